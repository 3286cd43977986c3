// Without a network a form is not sent: a sentence stands at its button instead of the browser's error page, and what
// was typed stays where it is. Forms with files and those kept on the phone say it themselves.
import { make, word } from "./words.js";

const NOTICE = "data-offline-notice";

function say(form, title, text, kind) {
  const notice = make("div", `notice notice-${kind}`, make("div", "grow", make("p", "notice-title", title), make("p", "", text)));
  notice.setAttribute("role", "alert");
  notice.setAttribute(NOTICE, "");
  form.querySelector(`[${NOTICE}]`)?.remove();
  const foot = form.querySelector(".form-foot");
  if (foot) foot.before(notice);
  else form.append(notice);
}

export function startOffline() {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || navigator.onLine) return;
    event.preventDefault();
    say(event.target, word("offline"), word("offlineText"), "stop");
  });
  window.addEventListener("online", () => {
    for (const notice of document.querySelectorAll(`[${NOTICE}]`)) say(notice.closest("form"), word("online"), word("onlineText"), "info");
  });
}
