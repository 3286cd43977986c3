// Records up to a minute of speech into the file field of the form. Without a microphone the field itself takes a file.
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// Plays by the sound engine of the browser: a recording that has no address yet.
async function play(blob) {
  const Engine = window.AudioContext || window.webkitAudioContext;
  const engine = new Engine();
  const sound = await engine.decodeAudioData(await blob.arrayBuffer());
  const source = engine.createBufferSource();
  source.buffer = sound;
  source.connect(engine.destination);
  source.addEventListener("ended", () => engine.close());
  source.start();
}

class Recorder {
  constructor(box, field) {
    this.words = box.dataset;
    this.field = field;
    this.most = Number(field.dataset.voice);
    this.tools = document.createElement("div");
    this.tools.className = "voice-tools";
    this.note = document.createElement("span");
    this.note.setAttribute("role", "status");
    field.before(this.tools);
    field.addEventListener("change", () => { if (!this.mine) this.idle(""); });
    this.idle("");
  }

  show(note, ...buttons) {
    this.note.textContent = note;
    this.note.classList.toggle("is-on", Boolean(this.machine));
    this.tools.replaceChildren(...buttons, this.note);
  }

  idle(note) {
    this.show(note, button(this.words.start, () => this.start()));
  }

  async start() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
      this.machine = new MediaRecorder(this.stream, { mimeType: type, audioBitsPerSecond: 32000 });
    } catch (error) {
      this.machine = null;
      this.idle(this.words.denied);
      return;
    }
    this.parts = [];
    this.begun = Date.now();
    this.machine.addEventListener("dataavailable", (event) => this.parts.push(event.data));
    this.machine.addEventListener("stop", () => this.finish());
    this.machine.start();
    const stop = button(this.words.stop, () => this.stop(false));
    this.show("", stop);
    stop.focus();
    this.clock = window.setInterval(() => this.tick(), 250);
    this.tick();
  }

  tick() {
    const left = this.most - Math.floor((Date.now() - this.begun) / 1000);
    this.note.textContent = this.words.left.replace("0", String(Math.max(0, left)));
    if (left <= 0) this.stop(true);
  }

  stop(over) {
    window.clearInterval(this.clock);
    this.over = over;
    if (this.machine && this.machine.state !== "inactive") this.machine.stop();
  }

  finish() {
    const seconds = Math.min(this.most, Math.round((Date.now() - this.begun) / 1000));
    const type = this.machine.mimeType.split(";")[0];
    for (const track of this.stream.getTracks()) track.stop();
    this.machine = null;
    const blob = new Blob(this.parts, { type });
    const ending = type === "audio/mp4" ? "m4a" : type.split("/")[1];
    const box = new DataTransfer();
    box.items.add(new File([blob], `voice.${ending}`, { type }));
    this.mine = true;
    this.field.files = box.files;
    this.mine = false;
    const note = `${this.over ? this.words.longer : ""}${this.words.done.replace("0", String(seconds))}`;
    const again = button(this.words.again, () => this.start());
    const drop = button(this.words.drop, () => { this.field.value = ""; this.idle(""); });
    this.show(note, button(this.words.play, () => play(blob).catch(() => {})), again, drop);
  }
}

export function startVoice() {
  const box = document.querySelector("[data-voice-box]");
  const field = box && box.querySelector("input[type=file][data-voice]");
  if (!field || !window.MediaRecorder || !navigator.mediaDevices || !window.DataTransfer) return;
  new Recorder(box, field);
}
