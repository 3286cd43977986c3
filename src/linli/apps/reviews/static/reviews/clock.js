// Counts the clock of the room between two looks. The server's time counts, whatever this device thinks it is.
let skew = 0;

export function learnTime(date) {
  const server = Date.parse(date || "");
  if (server) skew = server - Date.now();
}

function draw() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    if (!clock.dataset.since) continue;
    const left = Number(clock.dataset.left) - Math.max(0, Math.floor((Date.now() + skew - Number(clock.dataset.since)) / 1000));
    const whole = Math.abs(left);
    const two = (number) => String(number).padStart(2, "0");
    clock.querySelector("[data-clock-figure]").textContent = `${left < 0 ? "-" : ""}${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
    clock.classList.toggle("is-over", left < 0);
  }
}

// A long ranking shows one slide after the other; whoever wants less motion sees all of it.
function slide() {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const turn = Math.floor(Date.now() / 8000);
  for (const ranking of document.querySelectorAll("[data-slides]")) {
    const slides = [...ranking.querySelectorAll("[data-slide]")];
    slides.forEach((one, number) => { one.hidden = number !== turn % slides.length; });
  }
}

export function startClock() {
  const tick = () => { draw(); slide(); };
  tick();
  window.setInterval(tick, 500);
}
