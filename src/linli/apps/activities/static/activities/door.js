// Taps at the door are kept on the phone until the server has them; each is taken once, however often it is sent.
const list = document.querySelector("[data-door]");
const PREFIX = "linli.door.";
const LATER = 5000;

function read() {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + list.dataset.door) || "[]");
  } catch (error) {
    return [];
  }
}

function write(taps) {
  try {
    if (taps.length) localStorage.setItem(PREFIX + list.dataset.door, JSON.stringify(taps));
    else localStorage.removeItem(PREFIX + list.dataset.door);
  } catch (error) {
    // a closed storage keeps nothing; the tap is sent at once or not at all
  }
}

function tell() {
  const count = read().length;
  const place = document.querySelector("[data-door-waiting]");
  place.hidden = count === 0;
  place.textContent = list.dataset.waiting.replace("0", String(count));
}

function mark(form) {
  const cell = form.parentElement;
  cell.textContent = list.dataset.here;
}

let sending = false;
async function send() {
  const taps = read();
  if (sending || !taps.length) return;
  sending = true;
  try {
    const body = new URLSearchParams({ taps: JSON.stringify(taps) });
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(list.dataset.address, { method: "POST", body, credentials: "same-origin" });
    if (answer.ok) {
      const told = await answer.json();
      write(read().slice(taps.length));
      const unclear = document.querySelector("[data-door-unclear]");
      for (const one of told.unclear) {
        const line = document.createElement("li");
        line.textContent = `${taps[one.tap].name}: ${one.why}`;
        unclear.append(line);
      }
    }
  } catch (error) {
    // no network: the taps stay and are sent later
  } finally {
    sending = false;
    tell();
  }
}

if (list) {
  list.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-name]") || event.target.querySelector("[data-name]");
    if (!form) return;
    event.preventDefault();
    write([...read(), { name: form.dataset.name, mark: form.dataset.mark, at: new Date().toISOString() }]);
    mark(event.target);
    tell();
    send();
  });
  window.addEventListener("online", send);
  window.setInterval(send, LATER);
  tell();
  send();
}
