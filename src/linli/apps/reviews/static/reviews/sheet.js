// A sheet is kept on the phone from its first mark until the server has it; it is delivered once, by its own key.
import { say, word } from "./saying.js";

const PREFIX = "linli.sheet.";
const LATER = 2500;

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) || "null");
  } catch (error) {
    return null;
  }
}

function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch (error) {
    // a closed storage keeps nothing; the sheet still stands in the form
  }
}

// A key of our own also over a hall's plain http, where crypto.randomUUID is missing.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function marksOf(form) {
  const given = {};
  for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken" && name !== "key") given[name] = value;
  return given;
}

async function post(address, given) {
  const body = new URLSearchParams(given);
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (token) body.set("csrfmiddlewaretoken", token.value);
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
}

// Every sheet of this phone that was handed in without the network. Returns how many were taken.
let under = null;
async function deliverAll() {
  let taken = 0;
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    const kept = read(name);
    if (!kept || !kept.handIn || !kept.address.startsWith(window.location.pathname.split("/").slice(0, 3).join("/"))) continue;
    const answer = await post(kept.address, { ...kept.marks, key: kept.key });
    if (answer.ok) {
      write(name, null);
      taken += 1;
    } else if (answer.status < 500) {
      const problem = await answer.json().catch(() => ({}));
      write(name, { ...kept, handIn: false });
      say(`${word("refused")} ${problem.detail || ""}`);
      return -1;
    }
  }
  return taken;
}

function deliver() {
  if (!under) under = deliverAll().finally(() => { under = null; });
  return under;
}

function hasWaiting() {
  return Object.keys(localStorage).some((name) => name.startsWith(PREFIX) && (read(name) || {}).handIn);
}

function restore(form, kept) {
  for (const [name, value] of Object.entries(kept.marks)) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }
  form.dispatchEvent(new Event("restored"));
}

export function startSheet() {
  const part = document.getElementById("room-sheet");
  const form = document.getElementById("sheet-form");
  const note = document.getElementById("room-kept");
  const after = async () => {
    if (!hasWaiting()) return;
    const taken = await deliver();
    if (taken <= 0) return;
    say(word("delivered"), true);
    if (part) window.setTimeout(() => window.location.reload(), 1200);
  };
  const sayDown = () => say(hasWaiting() || (form && part && read(part.dataset.keep)) ? word("offline") : word("away"));
  if (!form || !part || !part.dataset.writable) return { isDirty: () => false, deliver: after, sayDown };

  const name = part.dataset.keep;
  const before = read(name);
  if (before) restore(form, before);
  let key = (before && before.key) || part.dataset.key;
  let timer = 0;
  const keep = (handIn) => write(name, { marks: marksOf(form), key, handIn, address: form.getAttribute("action") });
  const drafts = () => post(part.dataset.draftAddress, marksOf(form)).catch(() => {});

  form.addEventListener("input", () => {
    key = newKey();
    keep(false);
    window.clearTimeout(timer);
    timer = window.setTimeout(drafts, LATER);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!form.reportValidity()) return;
    window.clearTimeout(timer);
    keep(true);
    try {
      const taken = await deliver();
      if (taken > 0) window.location.reload();
    } catch (error) {
      sayDown();
      if (note) note.textContent = word("waits");
    }
  });
  return { isDirty: () => read(name) !== null, deliver: after, sayDown };
}
