// The report page: looks at the words while they are typed, records a voice, counts photos.
// Everything can be sent without it.
import { startVoice } from "./voice.js";

const WAIT = 700;

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function show(page) {
  for (const part of page.querySelectorAll("[data-part]")) {
    const here = document.getElementById(part.dataset.part);
    if (here && here.innerHTML.trim() !== part.innerHTML.trim()) here.innerHTML = part.innerHTML;
  }
}

function startLooking() {
  const field = document.querySelector("textarea[data-look]");
  const place = document.getElementById("looked");
  if (!field || !place) return;
  let timer = 0;
  let last = field.value;
  const look = async () => {
    if (field.value === last) return;
    last = field.value;
    const body = new URLSearchParams({ matter: field.value.slice(0, 5000), csrfmiddlewaretoken: token() });
    const ours = document.querySelector("input[name=ours]");
    if (ours && ours.checked) body.set("ours", "1");
    const where = document.querySelector("select[name=place]");
    if (where) body.set("place", where.value);
    try {
      const answer = await fetch(place.dataset.address, { method: "POST", body, credentials: "same-origin" });
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // no network: the numbers to call stand above anyway
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
}

function startPhotos() {
  const box = document.querySelector("[data-photo-box]");
  const field = box && box.querySelector("input[type=file]");
  if (!field) return;
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  field.after(note);
  field.addEventListener("change", () => {
    const many = field.files.length > Number(field.dataset.photos);
    note.textContent = many ? box.dataset.many : "";
    field.setCustomValidity(many ? box.dataset.many : "");
  });
}

startVoice();
startLooking();
startPhotos();
