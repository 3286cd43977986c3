// Looks every two seconds whether the room changed; an unchanged room answers 304 with nothing in it.
import { learnTime } from "./clock.js";
import { say, word } from "./saying.js";

const EVERY = 2000;
let tag = "";
let down = false;
let pressed = 0;

// A button that is being pressed stays until its click has arrived.
document.addEventListener("pointerdown", () => { pressed = Date.now(); });

// Somebody presses, types or has a question open in this part of the page: it is not replaced under the fingers.
function isBusy(part) {
  if (Date.now() - pressed < 800) return true;
  const here = document.activeElement;
  if (here && part.contains(here) && here.matches("input:not([type=hidden]), textarea, select")) return true;
  return Boolean(part.querySelector("details[open]")) || [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value !== field.defaultValue);
}

function stateOf(part) {
  const mark = part.querySelector("[data-current]");
  return mark ? `${mark.dataset.current}|${mark.dataset.state}` : "";
}

// The page of a judge follows the room, unless marks on it are not handed in.
function follow(part, sheet) {
  if (!sheet.isDirty()) {
    window.location.assign(part.dataset.home);
    return;
  }
  if (part.querySelector(".room-moved")) return;
  const link = document.createElement("a");
  link.className = "room-moved";
  link.href = part.dataset.home;
  link.textContent = word("moved");
  part.append(link);
}

async function look(part, sheet) {
  const answer = await fetch(part.dataset.poll, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", credentials: "same-origin" });
  learnTime(answer.headers.get("Date"));
  if (answer.status === 403) {
    say(word("released"));
    if (part.dataset.door && !sheet.isDirty()) window.location.assign(part.dataset.door);
    return;
  }
  if (answer.status !== 200) return;
  if (isBusy(part)) return;
  const before = stateOf(part);
  tag = answer.headers.get("ETag") || "";
  part.innerHTML = await answer.text();
  if (part.dataset.follow && before !== stateOf(part)) follow(part, sheet);
}

export function startPolling(part, sheet) {
  if (!part || !part.dataset.poll) return;
  const turn = async () => {
    try {
      await look(part, sheet);
      if (down) {
        down = false;
        say("");
      }
      await sheet.deliver();
    } catch (error) {
      down = true;
      sheet.sayDown();
    }
    window.setTimeout(turn, EVERY + Math.random() * 400);
  };
  window.setTimeout(turn, EVERY * Math.random());
  window.addEventListener("online", () => sheet.deliver().catch(() => {}));
}
