// Somebody who left the desk is asked in place; without an answer he is signed out. What was typed stays in the page
// and in the draft. <body data-idle-minutes data-keep-alive data-sign-out>
import { keep, kept, make, makeButton, word } from "./words.js";

const ALIVE = "linli:alive";
const GRACE = 1 / 3;
const PING = 4 * 60000;

function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

function post(address) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
  return fetch(address, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
}

function panel(...children) {
  const box = make("div", "idle-panel", ...children);
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", word("idleTitle"));
  const cover = make("div", "idle-cover", box);
  cover.id = "ui-idle";
  return cover;
}

class Watch {
  constructor(data) {
    this.limit = Number(data.idleMinutes) * 60000;
    this.keepAlive = data.keepAlive;
    this.signOut = data.signOut;
    this.told = Date.now();
    this.seen();
    for (const name of ["pointerdown", "keydown", "scroll", "touchstart"]) {
      document.addEventListener(name, () => this.cover || this.seen(), { passive: true, capture: true });
    }
    setInterval(() => this.look(), Math.min(5000, this.limit / 4));
  }

  seen() {
    this.last = Date.now();
    keep(ALIVE, String(this.last));
  }

  // Activity in another tab counts.
  idle() {
    return Date.now() - Math.max(this.last, Number(kept(ALIVE)) || 0);
  }

  look() {
    if (this.out) return;
    const idle = this.idle();
    if (idle < PING && Date.now() - this.told > PING) this.tell();
    if (idle < this.limit) this.close();
    else if (idle > this.limit * (1 + GRACE)) this.leave();
    else if (!this.cover) this.ask();
  }

  show(...children) {
    this.back = this.back || document.activeElement;
    if (this.cover) this.cover.remove();
    this.cover = panel(...children);
    document.body.append(this.cover);
    this.cover.querySelector("button, a").focus();
  }

  close() {
    if (!this.cover) return;
    this.cover.remove();
    this.cover = null;
    if (this.back) this.back.focus();
    this.back = null;
  }

  // Somebody who types for long sends nothing else: the server is told now and then.
  tell() {
    this.told = Date.now();
    post(this.keepAlive).catch(() => {});
  }

  ask() {
    const stay = makeButton(word("idleStay"), "btn btn-main", () => this.stay());
    this.show(make("h2", "", word("idleTitle")), make("p", "", word("idleAsk")), stay);
  }

  async stay() {
    let here = false;
    try {
      const answer = await post(this.keepAlive);
      here = answer.ok && !answer.redirected;
    } catch (error) {
      here = true; // the network is away, the person is not
    }
    if (!here) return this.say();
    this.seen();
    this.close();
  }

  async leave() {
    this.out = true;
    try {
      await post(this.signOut);
    } catch (error) {
      // the server ends the session by itself
    }
    this.say();
  }

  say() {
    this.out = true;
    const link = make("a", "btn btn-main", word("idleSignIn"));
    link.href = location.pathname + location.search;
    this.show(make("h2", "", word("idleOut")), make("p", "", word("idleOutText")), link);
  }
}

export function startIdle() {
  if (document.body.dataset.idleMinutes) new Watch(document.body.dataset);
}
