// Large keys beside each mark, the label of the mark chosen, and the total: only to see; the server reckons again.
import { word } from "./saying.js";

function key(text, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "stepper-key";
  button.textContent = text;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

function step(input, by) {
  const top = Number(input.max);
  const now = input.value === "" ? (by > 0 ? -by : top - by) : Number(input.value);
  input.value = String(Math.min(top, Math.max(0, Math.round((now + by) * 100) / 100)));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function label(input) {
  const mark = Number(input.value);
  const found = input.value === "" ? null : JSON.parse(input.dataset.anchors).find(([least, most]) => Number(least) <= mark && mark <= Number(most));
  return found ? found[2] : "";
}

export function total(form) {
  const marks = [...form.querySelectorAll("[data-stepper]")];
  if (!marks.length || marks.some((input) => input.value === "" || !input.checkValidity())) return "—";
  const sum = marks.reduce((all, input) => all + (Number(input.dataset.weight) * Number(input.value)) / Number(input.max), 0);
  return (Math.round(sum * 100) / 100).toFixed(2);
}

export function startSteppers() {
  for (const input of document.querySelectorAll("#sheet-form [data-stepper]")) {
    const name = input.closest(".field").querySelector("label").textContent.trim();
    const frame = document.createElement("div");
    frame.className = "stepper";
    input.before(frame);
    frame.append(key("−", `${name} ${word("less")}`, () => step(input, -1)), input, key("+", `${name} ${word("more")}`, () => step(input, 1)));
    const said = document.createElement("p");
    said.className = "stepper-label";
    frame.after(said);
    const show = () => {
      said.textContent = label(input);
      const sum = input.form.querySelector("[data-total]");
      if (sum) sum.textContent = total(input.form);
    };
    input.addEventListener("input", show);
    input.form.addEventListener("restored", show);
    show();
  }
}
