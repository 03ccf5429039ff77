// One item: its file judged while it is edited, and heard in every length.

import { post } from "./api.js";
import { follow, show } from "./news.js";

const PAUSE = 400;        // milliseconds after the last key
const main = document.querySelector("main");
const file = document.getElementById("file");
const saved = document.getElementById("saved");
const path = `/simulator/content/${main.dataset.item}`;
let before = file.value;
let due = 0;
let playing = 0;          // which hearing is under way; another one ends it
let audio = null;

async function judge() {
  const { findings } = await post(`${path}/judge`, { text: file.value });
  const lines = findings.length ? findings : ["Nothing."];
  document.getElementById("findings").replaceChildren(...lines.map((line) =>
    Object.assign(document.createElement("li"), { textContent: line, className: findings.length ? "bad" : "good" })));
}

async function save() {
  const given = await post(`${path}/save`, { text: file.value, before }).catch(() => null);
  if (!given) return;
  before = file.value;
  if (!given.findings.length) return location.reload();
  saved.textContent = "Saved, and not spoken yet.";
  show(given);
}

file.addEventListener("input", () => {
  saved.textContent = file.value === before ? "" : "Not saved.";
  clearTimeout(due);
  due = setTimeout(() => judge().catch(() => {}), PAUSE);
});
document.getElementById("save").addEventListener("click", save);
addEventListener("beforeunload", (event) => { if (file.value !== before) event.preventDefault(); });

async function hear(buttons) {
  const mine = ++playing;
  hush();
  for (const button of buttons) {
    if (mine !== playing) return;
    button.setAttribute("aria-pressed", "true");
    await heard(button.dataset.part, button.closest("tr").querySelector(".text").textContent).catch(() => {});
    button.removeAttribute("aria-pressed");
  }
}

function heard(part, text) {
  return new Promise((done, failed) => {
    if (main.dataset.voice === "yes") {
      audio = new Audio(`${path}/voice.wav?locale=${main.dataset.locale}&part=${part}`);
      for (const end of ["ended", "pause"]) audio.addEventListener(end, done);
      audio.addEventListener("error", failed);
      audio.play().catch(failed);
    } else {
      const words = Object.assign(new SpeechSynthesisUtterance(text), { lang: main.dataset.locale, onend: done, onerror: failed });
      speechSynthesis.speak(words);
    }
  });
}

function hush() {
  audio?.pause();
  window.speechSynthesis?.cancel();
}

const buttons = [...document.querySelectorAll(".hear")];
for (const button of buttons) button.addEventListener("click", () => hear([button]));
document.getElementById("hear-all").addEventListener("click", () => hear(buttons));
document.getElementById("hush").addEventListener("click", () => { playing += 1; hush(); });

follow(() => {
  if (file.value === before) location.reload();
  else saved.textContent = "The file was changed by somebody else meanwhile; copy your text, and load the page again.";
});
document.body.dataset.ready = "yes";
