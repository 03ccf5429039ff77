// The device's screen: Amazon's renderer in a frame of its own, as large as the device's pixels and scaled to fit.
// Without the renderer the same is shown as text, with buttons for what can be touched.

import { tell } from "./api.js";

const SCREENS = JSON.parse(document.getElementById("screens").textContent);

export class Screen {
  #frame = document.getElementById("frame");
  #blank = document.getElementById("blank");
  #words = document.getElementById("words-shown");
  #directive = null;
  #inside = null;           // the frame with the renderer
  #spent = false;           // whether that has shown as much as it may
  #size = null;
  #queue = Promise.resolve();
  #at = 0;

  constructor(onTouch) {
    this.onTouch = onTouch;
    this.renders = this.#frame.dataset.renderer === "yes";
    new ResizeObserver(() => this.#fit()).observe(this.#frame);
  }

  // The device is another one; what it shows it shows anew.
  device(name) {
    this.#size = SCREENS[name];
    this.#frame.hidden = !this.#size;
    this.#frame.classList.toggle("round", Boolean(this.#size?.round));
    if (this.#size) this.#frame.style.aspectRatio = `${this.#size.width} / ${this.#size.height}`;
    this.#draw();
  }

  show(directive) {
    this.#directive = directive;
    this.#draw();
  }

  clear() {
    this.show(null);
  }

  // The document's time, in seconds. Back in time means: shown anew.
  moveTo(second) {
    const back = second < this.#at - 0.2;
    this.#at = second;
    if (back) this.#draw();
    else this.#inside?.contentWindow.screenHost?.moveTo(1000 * second);
  }

  #draw() {
    const empty = !this.#directive || !this.#size;
    this.#blank.hidden = !empty;
    this.#words.hidden = empty || this.renders;
    if (this.#inside) this.#inside.hidden = empty;
    if (empty) {
      this.#inside?.contentWindow.screenHost?.clear();
    } else if (this.renders) {
      this.#queue = this.#queue.then(() => this.#render(this.#directive)).catch((error) => tell(String(error.message || error)));
    } else {
      this.#asText(this.#directive);
    }
  }

  async #render(directive) {
    if (directive !== this.#directive || !this.#size) return;
    if (this.#spent) this.#close();
    this.#inside ??= await this.#opened();
    this.#inside.hidden = false;
    this.#inside.width = this.#size.width;
    this.#inside.height = this.#size.height;
    this.#fit();
    const host = this.#inside.contentWindow.screenHost;
    const { warnings, spent } = await host.show(directive, this.#size, (sent) => this.onTouch(sent));
    host.moveTo(1000 * this.#at);
    if (warnings.length) tell(`The renderer warns: ${warnings.join(" ")}`);
    this.#frame.dataset.shown = directive.token;
    this.#spent = spent;
  }

  // The engine gives no memory back, so after many documents it goes, and a new one comes.
  #close() {
    this.#inside.remove();
    this.#inside = null;
    this.#spent = false;
  }

  #opened() {
    const frame = Object.assign(document.createElement("iframe"), { src: "/simulator/screen", title: "The device's screen" });
    this.#frame.append(frame);
    return new Promise((done) => frame.addEventListener("load", () => done(frame), { once: true }));
  }

  #fit() {
    if (!this.#inside || !this.#size) return;
    this.#inside.style.transform = `scale(${this.#frame.clientWidth / this.#size.width})`;
  }

  // Everything that says something: texts of the data, and the touch targets by their labels.
  #asText(directive) {
    const lines = Object.values(directive.datasources || {}).flatMap((data) => Object.values(data))
      .filter((value) => typeof value === "string" && value);
    const buttons = targets(directive.document).map(({ label, sends }) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
      button.addEventListener("click", () => this.onTouch(sends));
      return button;
    });
    this.#words.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
      ...buttons);
  }
}

// The touch targets of a document: components of our own layouts that say what they send, once each.
function targets(node, found = new Map()) {
  if (Array.isArray(node)) node.forEach((each) => targets(each, found));
  else if (node && typeof node === "object") {
    if (node.type && node.sends) found.set(node.sends, { label: node.words || node.sends, sends: [node.sends] });
    Object.values(node).forEach((each) => targets(each, found));
  }
  return [...found.values()];
}
