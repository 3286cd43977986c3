// Small things a button does: data-press="theme|elder|print|close-toast|close-ask"; data-confirm asks first;
// open menus close when one looks elsewhere.
function remember(button) {
  const root = document.documentElement;
  if (button.dataset.press === "theme") root.dataset.bsTheme = button.value;
  else root.classList.toggle("elder", button.value === "1");
}

const ACTS = {
  theme: remember,
  elder: remember,
  print: () => window.print(),
  "close-toast": (button) => button.closest("[data-toast]").remove(),
  "close-ask": (button) => close(button.closest("details")),
};

function close(details) {
  if (!details || !details.open) return;
  details.open = false;
  details.querySelector("summary").focus();
}

// A question that opens takes the focus to its first field; Esc and "not now" bring it back to the button.
function enter(event) {
  if (!event.target.matches || !event.target.matches("details[data-ask][open]")) return;
  const first = event.target.querySelector(
    ".ask-panel input:not([type=hidden]), .ask-panel textarea, .ask-panel select, .ask-panel button",
  );
  if (first) first.focus();
}

const OPEN = "details[data-menu][open], details[data-ask][open]";

export function startPress() {
  document.addEventListener("toggle", enter, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-press]");
    if (button && ACTS[button.dataset.press]) ACTS[button.dataset.press](button);
    for (const details of document.querySelectorAll(OPEN)) if (!details.contains(event.target)) details.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(event.target.closest(OPEN) || document.querySelector(OPEN));
  });
  document.addEventListener("submit", (event) => {
    const asks = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
    if (asks && !window.confirm(asks)) event.preventDefault();
  }, true);
}
