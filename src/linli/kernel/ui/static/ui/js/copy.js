// Copies one field at a time into the clipboard, and says on the button that it is done.
const place = document.querySelector("[data-copies]");

function mark(button) {
  const words = button.querySelector("span");
  if (words) words.textContent = place.dataset.done;
}

function copy(button) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  if (!field) return;
  field.select();
  if (navigator.clipboard) {
    navigator.clipboard.writeText(field.value).then(() => mark(button), () => undefined);
  } else if (document.execCommand("copy")) {
    mark(button); // plain http inside a street's network has no clipboard
  }
}

if (place) {
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button[aria-controls]");
    if (button) copy(button);
  });
}
