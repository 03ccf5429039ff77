// How the content stands that the skill speaks from: looked at while the page is in sight.

import { get, post } from "./api.js";

const EVERY = 2000;       // milliseconds
const news = document.getElementById("news");
let stamp = "";

export function follow(onChange = () => {}) {
  const look = async () => {
    if (!document.hidden) await get("/simulator/news", true).then((given) => show(given, onChange)).catch(() => {});
    setTimeout(look, EVERY);
  };
  look();
}

export function show(given, onChange = () => {}) {
  const parts = given.findings.map((line) => paragraph(line));
  if (parts.length) parts.unshift(paragraph("The skill goes on with what it had, until this is mended:"));
  else if (given.learning) parts.push(paragraph("The ear is learning what people say, for a few minutes. Until then it knows only what it was taught before; at first, sentences like those offered here."));
  else if (given.stale) parts.push(learning());
  news.replaceChildren(...parts);
  news.hidden = !parts.length;
  const changed = stamp && stamp !== given.stamp;
  stamp = given.stamp;
  if (changed) onChange(given);
}

function learning() {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Learn it" });
  button.addEventListener("click", async () => show(await post("/simulator/learn", {})));
  const line = paragraph("What people can say has changed, and the ear doesn't know it yet. ");
  line.append(button);
  return line;
}

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}
