// Sentences that modules show; the server translates them into data attributes of #ui-words.
export function word(name) {
  const store = document.getElementById("ui-words");
  return (store && store.dataset[name]) || "";
}

// An element with a class and children; text is never read as markup.
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// A button that does `act` when pressed.
export function makeButton(text, className, act) {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

export function cookie(name) {
  const pair = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

// Storage may be closed (private windows, full disk): then nothing is kept and nothing breaks.
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch (error) {
    return false;
  }
}

export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    return null;
  }
}
