// Draws boxes on a picture with the finger or the mouse: <div data-blur="id of a form"> around an <img>. The numbers stand
// in the form's fields (box0_left, …, per cent), where they can be typed as well.
import { make, word } from "./words.js";

const PARTS = ["left", "top", "width", "height"];
const LEAST = 1; // per cent

function rows(form) {
  const found = [];
  for (let number = 0; form.elements.namedItem("box" + number + "_left"); number += 1) {
    found.push(PARTS.map((part) => form.elements.namedItem("box" + number + "_" + part)));
  }
  return found;
}

function place(element, box) {
  PARTS.forEach((part, index) => {
    element.style[part] = box[index] + "%";
  });
}

function draw(stage, form) {
  for (const old of stage.querySelectorAll(".blur-box")) old.remove();
  for (const row of rows(form)) {
    const box = row.map((field) => parseFloat(field.value));
    if (!box.every(Number.isFinite)) continue;
    const shown = make("div", "blur-box");
    place(shown, box);
    const gone = make("button", "blur-gone", "×");
    gone.type = "button";
    gone.setAttribute("aria-label", word("blurRemove"));
    gone.addEventListener("click", () => {
      for (const field of row) field.value = "";
      draw(stage, form);
    });
    shown.append(gone);
    stage.append(shown);
  }
}

function point(stage, event) {
  const frame = stage.getBoundingClientRect();
  const within = (value) => Math.min(100, Math.max(0, value));
  return [within(((event.clientX - frame.left) / frame.width) * 100), within(((event.clientY - frame.top) / frame.height) * 100)];
}

function between(one, other) {
  const round = (value) => Math.round(value * 10) / 10;
  const left = Math.min(one[0], other[0]);
  const top = Math.min(one[1], other[1]);
  return [round(left), round(top), round(Math.abs(one[0] - other[0])), round(Math.abs(one[1] - other[1]))];
}

function watch(stage, form) {
  let start = null;
  let rubber = null;
  stage.classList.add("blur-ready");
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("button")) return;
    event.preventDefault();
    start = point(stage, event);
    rubber = make("div", "blur-box");
    stage.append(rubber);
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (start) place(rubber, between(start, point(stage, event)));
  });
  const stop = (event) => {
    if (!start) return;
    const box = between(start, point(stage, event));
    start = null;
    rubber.remove();
    const free = rows(form).find((row) => row.every((field) => field.value === ""));
    if (event.type === "pointerup" && free && box[2] >= LEAST && box[3] >= LEAST) {
      free.forEach((field, index) => {
        field.value = String(box[index]);
      });
    }
    draw(stage, form);
  };
  stage.addEventListener("pointerup", stop);
  stage.addEventListener("pointercancel", stop);
  form.addEventListener("input", () => draw(stage, form));
  draw(stage, form);
}

export function startBlur() {
  for (const stage of document.querySelectorAll("[data-blur]")) {
    const form = document.getElementById(stage.dataset.blur);
    if (form) watch(stage, form);
  }
}
