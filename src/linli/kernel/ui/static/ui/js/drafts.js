// Half-typed forms survive a closed tab and a sign-out: <form data-draft="name">. The server says when a form was
// done (cookie linli_done = its one-time key); only then is the draft dropped.
import { cookie, keep, kept, make, makeButton, word } from "./words.js";

const PREFIX = "linli:draft:";
const SENT = "linli:sent";
const LIFE = 7 * 24 * 3600 * 1000;
const SKIP = ["hidden", "password", "file", "submit", "button", "reset"];

function storageKey(form) {
  const reader = document.body.dataset.reader || "";
  return PREFIX + reader + ":" + location.pathname + ":" + form.dataset.draft;
}

function controls(form) {
  return Array.from(form.elements).filter(
    (one) => one.name && !one.name.startsWith("_") && !SKIP.includes(one.type) && !("noDraft" in one.dataset),
  );
}

function version(form) {
  return form.elements.namedItem("version");
}

function read(form) {
  const values = {};
  for (const one of controls(form)) {
    const chosen = one.type === "checkbox" || one.type === "radio";
    if (!(one.name in values)) values[one.name] = [];
    if (one.type === "select-multiple") values[one.name].push(...Array.from(one.selectedOptions, (option) => option.value));
    else if (!chosen || one.checked) values[one.name].push(one.value);
  }
  return values;
}

function write(form, values) {
  const left = {};
  for (const name of Object.keys(values)) left[name] = values[name].slice();
  for (const one of controls(form)) {
    if (!(one.name in left)) continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = left[one.name].includes(one.value);
    else if (one.type === "select-multiple") for (const option of one.options) option.selected = left[one.name].includes(option.value);
    else if (left[one.name].length) one.value = left[one.name].shift();
  }
}

function save(form) {
  const now = JSON.stringify(read(form));
  if (now === form.linliStart) return;
  const seen = version(form);
  keep(storageKey(form), JSON.stringify({ at: Date.now(), values: JSON.parse(now), version: seen ? seen.value : null }));
}

function offerDiscard(form, key, fresh) {
  const notice = make("div", "notice notice-info");
  notice.setAttribute("role", "status");
  notice.dataset.draftNotice = "";
  const discard = makeButton(word("discard"), "btn", () => {
    keep(key, null);
    write(form, JSON.parse(fresh.values));
    if (version(form)) version(form).value = fresh.version;
    notice.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  notice.append(make("div", "grow", make("p", "", word("restored"))), discard);
  form.prepend(notice);
}

function restore(form) {
  const key = storageKey(form);
  const seen = version(form);
  const fresh = { values: JSON.stringify(read(form)), version: seen ? seen.value : null };
  form.linliStart = fresh.values;
  const text = kept(key);
  if (!text || form.querySelector(".has-error")) return;
  let draft;
  try {
    draft = JSON.parse(text);
  } catch (error) {
    draft = null;
  }
  if (!draft || !draft.values || Date.now() - draft.at > LIFE) return void keep(key, null);
  if (JSON.stringify(draft.values) === fresh.values) return;
  write(form, draft.values);
  if (seen && draft.version !== null) seen.value = draft.version;
  offerDiscard(form, key, fresh);
}

function dropDone() {
  const done = cookie("linli_done");
  const sent = kept(SENT);
  if (!done || !sent) return;
  const [once, key] = JSON.parse(sent);
  if (once !== done) return;
  keep(key, null);
  keep(SENT, null);
}

function watch(form) {
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 300);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(form);
    const once = form.elements.namedItem("_once");
    if (once) keep(SENT, JSON.stringify([once.value, storageKey(form)]));
  });
  window.addEventListener("pagehide", () => {
    if (timer) save(form);
  });
}

export function startDrafts() {
  dropDone();
  for (const form of document.querySelectorAll("form[data-draft]")) {
    restore(form);
    watch(form);
  }
}
