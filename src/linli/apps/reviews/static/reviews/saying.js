// Sentences of the room, and the line at the foot that says how the network stands.
export function word(name) {
  const store = document.getElementById("room-words");
  return (store && store.dataset[name]) || "";
}

export function say(text, good) {
  const line = document.getElementById("room-offline");
  if (!line) return;
  line.hidden = !text;
  line.classList.toggle("is-good", Boolean(good));
  line.querySelector("span").textContent = text;
}
