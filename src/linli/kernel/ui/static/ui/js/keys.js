// Keys of the desk: "/" goes to the search, arrows walk a list, Enter opens the row, "?" shows the keys.
import { make, makeButton, word } from "./words.js";

function typing(target) {
  return target.closest && target.closest("input, textarea, select, [contenteditable]");
}

function rowsOf(frame) {
  return Array.from(frame.querySelectorAll("tbody tr")).filter((row) => row.querySelector("a[href]"));
}

function walk(event) {
  const frame = event.target.closest(".table-frame");
  if (!frame) return;
  const rows = rowsOf(frame);
  const here = rows.indexOf(event.target.closest("tr"));
  const next = rows[event.key === "ArrowDown" ? here + 1 : here - 1];
  if (!next) return;
  event.preventDefault();
  next.querySelector("a[href]").focus();
}

function search(event) {
  const field = document.querySelector("[data-search-key]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function showKeys() {
  const old = document.getElementById("ui-keys");
  if (old) return old.remove();
  const lines = make("dl", "lines");
  for (const [key, name] of [["/", "keySearch"], ["↑ ↓", "keyRows"], ["Enter", "keyOpen"], ["?", "keyHelp"]]) {
    lines.append(make("dt", "", make("kbd", "", key)), make("dd", "", word(name)));
  }
  const panel = make("div", "keys-panel", make("h2", "", word("keys")), lines);
  panel.id = "ui-keys";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", word("keys"));
  panel.append(makeButton(word("close"), "btn", () => panel.remove()));
  document.body.append(panel);
  panel.querySelector("button").focus();
}

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "/") search(event);
    else if (event.key === "?") showKeys();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
    else if (event.key === "Escape") document.getElementById("ui-keys")?.remove();
  });
}
