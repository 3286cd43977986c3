// What is found on a round is kept on the phone until the server has it. Each finding carries its own key: however often
// it is sent, it is one need. Nothing else is kept, and nothing is asked of the phone but what is typed and chosen.
const box = document.querySelector("[data-walk]");
const form = document.getElementById("walk-form");
const NAME = "linli.needs.walk";
const STORE = "findings";
const LATER = 8000;

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "submission" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function work(mode, act) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const deal = base.transaction(STORE, mode);
    const asked = act(deal.objectStore(STORE));
    deal.oncomplete = () => { base.close(); resolve(asked.result); };
    deal.onerror = () => { base.close(); reject(deal.error); };
  });
}

const all = () => work("readonly", (store) => store.getAll());
const keep = (row) => work("readwrite", (store) => store.put(row));
const drop = (key) => work("readwrite", (store) => store.delete(key));

// Browsers without randomUUID: a key of the same form from the same chance.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function say(text) {
  box.querySelector("[data-walk-note]").textContent = text;
}

let last = "";
async function draw(text) {
  last = text || last;
  const rows = await all();
  const waiting = rows.length ? box.dataset.waiting.replace("0", String(rows.length)) : "";
  say([last, waiting].filter(Boolean).join(" "));
  const wrong = rows.filter((row) => row.wrong).map((row) => {
    const line = document.createElement("li");
    const away = document.createElement("button");
    away.type = "button";
    away.className = "btn";
    away.textContent = box.dataset.drop;
    away.addEventListener("click", async () => { await drop(row.submission); draw(""); });
    const words = row.fields.find((pair) => pair[0] === "matter");
    line.append(`${words ? words[1] : ""}: ${row.wrong} `, away);
    return line;
  });
  box.querySelector("[data-walk-unclear]").replaceChildren(...wrong);
}

async function deliver(row) {
  const body = new FormData();
  for (const [name, value] of row.fields) body.append(name, value);
  for (const file of row.files) body.append("photos", file.blob, file.name);
  body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  const answer = await fetch(location.pathname, { method: "POST", body, credentials: "same-origin", headers: { "X-Kept": "1" }, redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 403) return { text: box.dataset.signedOut, stop: true };
  if (answer.status === 422) {
    await keep({ ...row, wrong: (await answer.json()).detail });
    return { text: "" };
  }
  if (!answer.ok) return { text: "", stop: true };
  const told = await answer.json();
  await drop(row.submission);
  return { text: box.dataset.sent.replace("0", told.number) };
}

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  let text = "";
  try {
    for (const row of (await all()).filter((one) => !one.wrong)) {
      const told = await deliver(row);
      if (told.text) text = told.text;
      if (told.stop) break;
    }
  } catch (error) {
    // no network: everything stays on the phone and is sent later
  } finally {
    sending = false;
    await draw(text);
  }
}

function entryOf() {
  const given = new FormData(form);
  const fields = Array.from(given.entries()).filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const files = given.getAll("photos").filter((one) => one instanceof File && one.size).map((one) => ({ blob: one, name: one.name }));
  const set = (name, value) => fields.splice(fields.findIndex((pair) => pair[0] === name), 1, [name, value]);
  set("found_at", new Date().toISOString());
  return { submission: given.get("submission"), fields, files };
}

if (box && form && window.indexedDB) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const row = entryOf();
    try {
      await keep(row);
    } catch (error) {
      form.submit();
      return;
    }
    for (const name of ["matter", "spot", "name", "phone", "photos"]) form.elements.namedItem(name).value = "";
    form.elements.namedItem("submission").value = newKey();
    form.dispatchEvent(new Event("change"));
    await draw(box.dataset.kept);
    send();
  });
  window.addEventListener("online", send);
  window.setInterval(send, LATER);
  send();
}
