// Sends a form with files so that one sees how far it is: <form data-upload>. When the network is lost it says so, keeps
// everything that was typed and chosen, and tries again when asked. The one-time key makes a second try harmless.
import { make, makeButton, word } from "./words.js";

const STILL = 60000; // milliseconds without a byte after which the network counts as lost

function hasFiles(form) {
  return Array.from(form.elements).some((one) => one.type === "file" && one.files.length > 0);
}

function panelOf(form) {
  let panel = form.querySelector("[data-upload-panel]");
  if (panel) return panel;
  panel = make("div", "progress-box");
  panel.dataset.uploadPanel = "";
  const foot = form.querySelector(".form-foot");
  if (foot) foot.before(panel);
  else form.append(panel);
  return panel;
}

function showProgress(form, part) {
  const panel = panelOf(form);
  let bar = panel.querySelector("progress");
  if (!bar) {
    bar = make("progress", "");
    bar.max = 100;
    bar.setAttribute("aria-label", word("uploading"));
    const head = make("div", "progress-head", make("span", "", word("uploading")), make("span", "figures", ""));
    panel.replaceChildren(head, bar);
  }
  const percent = Math.floor(part * 100);
  bar.value = percent;
  panel.querySelector(".figures").textContent = percent < 100 ? percent + "%" : word("uploadAtWork");
}

function fail(form, submitter, sentence, link) {
  delete form.dataset.sending;
  const text = make("div", "grow", make("p", "notice-title", word("uploadFailed")), make("p", "", sentence));
  if (link) {
    const anchor = make("a", "", word("idleSignIn"));
    anchor.href = link;
    anchor.target = "_blank";
    anchor.rel = "opener";
    text.append(make("p", "", anchor));
  }
  const again = makeButton(word("uploadAgain"), "btn", () => send(form, submitter));
  const notice = make("div", "notice notice-stop", text, again);
  notice.setAttribute("role", "alert");
  panelOf(form).replaceChildren(notice);
  again.focus();
}

// A form that came back with mistakes: the new page, with the files that were chosen put back into their fields.
function putBack(form, page) {
  const chosen = new Map();
  for (const one of form.elements) if (one.type === "file") chosen.set(one.name, one);
  document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
  for (const fresh of document.querySelectorAll("form[data-upload] input[type=file]")) {
    const old = chosen.get(fresh.name);
    if (old) fresh.replaceWith(old);
  }
  const wrong = document.querySelector(".has-error input, .has-error textarea, .has-error select, [role=alert]");
  if (wrong) {
    wrong.scrollIntoView({ block: "center" });
    wrong.focus();
  }
}

function answered(form, submitter, request) {
  const next = request.getResponseHeader("X-Go");
  if (next !== null) {
    if (request.getResponseHeader("X-Signed-Out")) return fail(form, submitter, word("uploadSignedOut"), next);
    const same = new URL(next, location.href).href.split("#")[0] === location.href.split("#")[0];
    location.assign(next);
    if (same && next.includes("#")) location.reload();
    return undefined;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (page.querySelector("#main form[data-upload]")) return putBack(form, page);
  const said = page.querySelector("#main .lead, #main .notice p");
  return fail(form, submitter, said ? said.textContent.trim() : word("uploadBroken"));
}

function send(form, submitter) {
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  const fresh = document.cookie.match(/(?:^|; )(?:linli_\w+_)?csrftoken=([^;]+)/);
  if (token && fresh) token.value = fresh[1]; // a new one after signing in elsewhere
  const body = new FormData(form);
  if (submitter && submitter.name) body.append(submitter.name, submitter.value);
  const request = new XMLHttpRequest();
  let timer = 0;
  const lost = () => {
    clearTimeout(timer);
    if (form.dataset.sending) fail(form, submitter, word("uploadLost"));
  };
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      request.abort();
      lost();
    }, STILL);
  };
  request.open("POST", form.getAttribute("action") || location.href);
  request.setRequestHeader("X-Upload", "1");
  request.upload.addEventListener("progress", (event) => {
    alive();
    if (event.lengthComputable) showProgress(form, event.loaded / event.total);
  });
  request.upload.addEventListener("load", () => clearTimeout(timer));
  request.addEventListener("error", lost);
  request.addEventListener("load", () => {
    clearTimeout(timer);
    delete form.dataset.sending;
    answered(form, submitter, request);
  });
  showProgress(form, 0);
  alive();
  request.send(body);
}

export function startUpload() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-upload]") || event.defaultPrevented || !hasFiles(form)) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}
