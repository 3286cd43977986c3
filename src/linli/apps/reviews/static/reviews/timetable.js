// The timetable moved with the mouse: a block (a unit by its name, or one project) is dropped between two others.
// What is done is what the form behind "Move" does; without this module that form is the way.
let dragged = null;

function formOf() {
  return document.getElementById("tt-move");
}

function unmark() {
  for (const name of ["is-before", "is-after", "is-target"]) {
    for (const element of document.querySelectorAll("." + name)) element.classList.remove(name);
  }
}

// The entries of a column that stay where they are: not the dragged block, nor the rest of its unit.
function staying(column) {
  const unit = dragged.dataset.whole ? dragged.dataset.unit : null;
  const goes = (one) => one === dragged || (unit !== null && one.closest("[data-unit]").dataset.unit === unit);
  return Array.from(column.querySelectorAll(".tt-entry")).filter((one) => !goes(one));
}

// How many of them stand above the pointer.
function placeAt(column, y) {
  let place = 0;
  for (const one of staying(column)) {
    const box = one.getBoundingClientRect();
    if (y < box.top + box.height / 2) break;
    place += 1;
  }
  return place;
}

function mark(column, y) {
  unmark();
  const there = staying(column);
  const place = placeAt(column, y);
  if (place < there.length) there[place].classList.add("is-before");
  else if (there.length) there[there.length - 1].classList.add("is-after");
  else column.querySelector(".tt-units").classList.add("is-target");
}

// Only what changed is replaced: the timetable and the sentence above it.
function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("timetable");
  if (!fresh) return false;
  const scrolls = Array.from(document.querySelectorAll(".tt-day")).map((day) => day.scrollLeft);
  document.getElementById("timetable").replaceWith(document.importNode(fresh, true));
  Array.from(document.querySelectorAll(".tt-day")).forEach((day, number) => (day.scrollLeft = scrolls[number] || 0));
  const told = page.getElementById("messages");
  if (told) document.getElementById("messages").replaceChildren(...Array.from(document.importNode(told, true).childNodes));
  return true;
}

async function send(entry, whole, where, place) {
  const form = formOf();
  form.action = form.parentElement.dataset.move.replace(form.parentElement.dataset.none, entry);
  form.elements.namedItem("where").value = where;
  form.elements.namedItem("position").value = String(place + 1);
  form.elements.namedItem("whole").value = whole ? "on" : "";
  document.getElementById("timetable").classList.add("tt-waits");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (answer.ok && show(await answer.text())) return;
  } catch (error) {
    // no network: the form goes the plain way and the browser tells
  }
  const once = form.elements.namedItem("_once");
  if (once) once.remove();
  form.submit();
}

document.addEventListener("dragstart", (event) => {
  const block = event.target instanceof Element ? event.target.closest("[data-entry][draggable=true]") : null;
  if (!block || !formOf()) return;
  dragged = block;
  block.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", block.dataset.entry);
});

document.addEventListener("dragover", (event) => {
  const column = dragged && event.target instanceof Element ? event.target.closest("[data-where]") : null;
  if (!column) return;
  event.preventDefault();
  mark(column, event.clientY);
});

document.addEventListener("drop", (event) => {
  const column = dragged && event.target instanceof Element ? event.target.closest("[data-where]") : null;
  if (!column) return;
  event.preventDefault();
  const place = placeAt(column, event.clientY);
  send(dragged.dataset.entry, Boolean(dragged.dataset.whole), column.dataset.where, place);
});

document.addEventListener("dragend", () => {
  unmark();
  if (dragged) dragged.classList.remove("is-dragged");
  dragged = null;
});
