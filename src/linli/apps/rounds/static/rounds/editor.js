// The proposal editor: saves the section while it is typed, adds the budget up, marks lines the money is not for.
// Without this module the same form is saved by its button and reckoned on the server.
const WAIT = 1500;

function formOf() {
  return document.getElementById("section");
}

function tell(text, bad) {
  const line = document.querySelector("[data-saved]");
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("error", Boolean(bad));
}

function showStanding(told) {
  const bar = document.querySelector("[data-bar] progress");
  const words = document.querySelector("[data-bar] .progress-head .figures");
  if (bar) bar.value = told.percent;
  if (words) words.textContent = told.percent + "%";
  for (const item of document.querySelectorAll("[data-section]")) {
    const done = told.done.includes(item.dataset.section);
    item.classList.toggle("is-done", done);
  }
}

function startSaving(form) {
  let timer = 0;
  let busy = false;
  let again = false;
  let leaving = null;
  const save = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const body = new FormData(form);
    body.delete("_once");
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body,
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
      });
      const told = await answer.json();
      if (answer.ok) {
        form.elements.namedItem("version").value = told.version;
        tell(told.saved, false);
        showStanding(told);
      } else tell(told.problem, true);
    } catch (error) {
      // offline: the draft in the browser keeps what was typed
    }
    busy = false;
    if (leaving) form.requestSubmit(leaving);
    else if (again) {
      again = false;
      save();
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  // The button pressed while a quiet save is under way waits for its version, or it would meet itself as a second writer.
  form.addEventListener(
    "submit",
    (event) => {
      clearTimeout(timer);
      if (!busy) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leaving = event.submitter || form.querySelector("[type=submit], button:not([type])");
    },
    true,
  );
}

// Money in whole fen and quantities in hundredths, so that nothing is rounded.
function hundredths(text) {
  const found = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text.replace(/[¥¥,,\s元]/g, ""));
  return found ? BigInt(found[1]) * 100n + BigInt((found[2] || "").padEnd(2, "0") || "0") : null;
}

function written(fen) {
  const text = fen.toString().padStart(3, "0");
  return "¥" + text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",") + "." + text.slice(-2);
}

function reckon(row) {
  const price = hundredths(row.querySelector("[name$=-unit_price]").value);
  const count = hundredths(row.querySelector("[name$=-quantity]").value || "1");
  if (price === null || count === null) return null;
  const product = price * count;
  return product % 100n === 0n ? product / 100n : null;
}

function startBudget(frame) {
  const uses = JSON.parse(frame.dataset.uses);
  const show = () => {
    let total = 0n;
    for (const row of frame.querySelectorAll("tbody tr")) {
      const item = row.querySelector("[name$=-item]").value;
      const grounds = row.querySelector("[name$=-grounds]").value;
      const amount = item ? reckon(row) : null;
      row.querySelector("[data-amount]").textContent = amount === null ? "" : written(amount);
      if (amount !== null) total += amount;
      const hit = uses.find(([words]) => words.some((word) => (item + " " + grounds).includes(word)));
      row.querySelector("[data-refused]").textContent = hit ? hit[1] : "";
    }
    frame.querySelector("[data-total]").textContent = written(total);
  };
  frame.addEventListener("input", show);
  show();
}

const form = formOf();
if (form) startSaving(form);
for (const frame of document.querySelectorAll("[data-budget]")) startBudget(frame);
