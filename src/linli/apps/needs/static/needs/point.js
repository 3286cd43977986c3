// Pointing at a place on the picture of a community: a tap, or the arrow keys. Without it the words say where.
const STEP = 12;
const SVG = "http://www.w3.org/2000/svg";

function fields(ground) {
  const form = ground.closest("form");
  return form ? [form.elements.latitude, form.elements.longitude] : [null, null];
}

function frameOf(ground) {
  const found = {};
  for (const name of ["west", "north", "narrow", "scale", "margin"]) found[name] = Number(ground.dataset[name]);
  return found;
}

function say(ground, latitude, longitude) {
  const box = ground.closest("details");
  const line = box.querySelector("[data-said]");
  const clear = box.querySelector("[data-point-clear]");
  clear.hidden = latitude === "";
  line.textContent = latitude === "" ? line.dataset.none : line.dataset.said.replace("0", latitude).replace("1", longitude);
}

function pinOf(svg) {
  let pin = svg.querySelector(".outline-pin");
  if (!pin) {
    pin = document.createElementNS(SVG, "circle");
    pin.setAttribute("class", "outline-pin");
    pin.setAttribute("r", "9");
    svg.append(pin);
  }
  return pin;
}

// x and y are points of the picture.
function choose(ground, x, y) {
  const frame = frameOf(ground);
  const svg = ground.querySelector("svg");
  const [latitude, longitude] = fields(ground);
  if (!svg || !latitude) return;
  const size = svg.viewBox.baseVal;
  const inX = Math.min(Math.max(x, 0), size.width);
  const inY = Math.min(Math.max(y, 0), size.height);
  const pin = pinOf(svg);
  pin.setAttribute("cx", inX.toFixed(1));
  pin.setAttribute("cy", inY.toFixed(1));
  latitude.value = (frame.north - (inY - frame.margin) / frame.scale).toFixed(6);
  longitude.value = (frame.west + (inX - frame.margin) / (frame.narrow * frame.scale)).toFixed(6);
  latitude.dispatchEvent(new Event("input", { bubbles: true }));
  say(ground, latitude.value, longitude.value);
}

function clear(ground) {
  const [latitude, longitude] = fields(ground);
  const pin = ground.querySelector(".outline-pin");
  if (pin) pin.remove();
  latitude.value = "";
  longitude.value = "";
  latitude.dispatchEvent(new Event("input", { bubbles: true }));
  say(ground, "", "");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-point-clear]");
  if (button) {
    clear(button.closest("details").querySelector("[data-point]"));
    return;
  }
  const ground = event.target.closest("[data-point]");
  const svg = ground && ground.querySelector("svg");
  if (!svg || !svg.getScreenCTM()) return;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  choose(ground, at.x, at.y);
});

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  const ground = event.target.closest && event.target.closest("[data-point]");
  const move = MOVES[event.key];
  if (!ground || !move) return;
  event.preventDefault();
  const svg = ground.querySelector("svg");
  const size = svg.viewBox.baseVal;
  const pin = svg.querySelector(".outline-pin");
  const [x, y] = pin ? [Number(pin.getAttribute("cx")), Number(pin.getAttribute("cy"))] : [size.width / 2, size.height / 2];
  choose(ground, x + (pin ? move[0] * STEP : 0), y + (pin ? move[1] * STEP : 0));
});

// Another community was chosen: the point of the first one is none of its own.
document.addEventListener("change", (event) => {
  if (event.target.id !== "id_place") return;
  const ground = document.querySelector("[data-point]");
  if (ground && ground.querySelector(".outline-pin")) clear(ground);
});
