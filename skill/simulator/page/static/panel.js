// What happened in a turn, for developers: the meaning, ids, times and rules at once; the JSON when it's looked at.

import { get, tell } from "./api.js";

const tabs = [...document.querySelectorAll("[role=tab]")];
const LAZY = ["request", "response", "changes", "session"];

export class Panel {
  #turn = null;
  #path = "";
  #loaded = -1;

  constructor() {
    for (const tab of tabs) {
      tab.addEventListener("click", () => this.#open(tab));
      tab.addEventListener("keydown", (event) => this.#arrows(event, tab));
    }
    for (const button of document.querySelectorAll(".copy")) {
      button.addEventListener("click", () => copy(button));
    }
  }

  show(turn, path) {
    this.#turn = turn;
    this.#path = path;
    document.getElementById("which").textContent = turn ? `in turn ${turn.number}` : "";
    document.getElementById("panel-turn").replaceChildren(turn ? summary(turn) : hint("Nothing was said yet."));
    this.#loaded = -1;
    if (!turn) LAZY.forEach((name) => fill(name, ""));
    this.#fetch();
  }

  #open(tab) {
    for (const each of tabs) {
      const open = each === tab;
      each.setAttribute("aria-selected", String(open));
      each.tabIndex = open ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = !open;
    }
    this.#fetch();
  }

  #arrows(event, tab) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    this.#open(next);
  }

  async #fetch() {
    const open = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
    const turn = this.#turn;
    if (!turn || open.id === "tab-turn" || this.#loaded === turn.number) return;
    this.#loaded = turn.number;
    const given = await get(`${this.#path}/turns/${turn.number}`).catch(() => null);
    if (!given || turn !== this.#turn) return;
    fill("request", JSON.stringify(given.request, null, 2));
    fill("response", JSON.stringify(given.response, null, 2));
    fill("session", `Session attributes\n${JSON.stringify(given.session, null, 2)}\n\nWhat the user store keeps\n`
      + JSON.stringify(given.profile, null, 2));
    changes(given.changes);
  }
}

function fill(name, text) {
  document.querySelector(`#panel-${name} pre`).textContent = text;
}

function changes({ request, response }) {
  const pre = document.querySelector("#panel-changes pre");
  const lines = ["Request, against the turn before", ...request, "", "Response, against the turn before", ...response];
  pre.replaceChildren(...lines.map((line) => {
    const kind = { "+": "ins", "-": "del" }[line[0]] || "span";
    return Object.assign(document.createElement(kind), { textContent: `${line}\n` });
  }));
}

async function copy(button) {
  const text = document.querySelector(`#panel-${button.dataset.of} pre`).textContent;
  try {
    await navigator.clipboard.writeText(text);
    tell("Copied.", "good");
  } catch {
    tell("The browser doesn't let a page copy here; mark the text and copy it by hand.");
  }
}

function hint(text) {
  return Object.assign(document.createElement("p"), { className: "hint", textContent: text });
}

const percent = (share) => `${Math.round(100 * share)} %`;

function summary(turn) {
  const rows = [
    ["Intent", turn.intent && `${turn.intent}, ${percent(turn.share)} sure`],
    ["Rival", turn.intent && turn.rival && turn.rival !== turn.intent && `${turn.rival}, ${percent(turn.rival_share)}`],
    ...turn.resolved.map((slot) => [`Slot ${slot.slot}`,
      `“${slot.words}” → ${slot.ids.join(", ") || "nothing"} ${slot.status.join(", ")}`]),
    ["Ids spoken", turn.said.join(", ") || "none"],
    ["State", turn.state + (turn.open ? ", microphone open" : ", microphone closed")],
    ["Asking", turn.asking.join(", ")],
    ["Signs found", turn.found.join(", ")],
    ["Disposition", turn.disposition],
    ["Length", `${turn.seconds.toFixed(1)} s${turn.timeline.length ? `, ${turn.timeline.length} cues` : ""}`],
    ["Reprompt", turn.reprompt],
    ["Took", turn.sent ? `${turn.ear} ms to understand, ${turn.skill} ms to answer` : "nothing was sent to the skill"],
    ["Amazon's rules", turn.breaches.length ? turn.breaches.join("\n") : turn.sent ? "none broken" : ""],
    ["On", `${turn.device}, ${turn.locale}${turn.down ? ", the user store down" : ""}`],
    ["At", turn.clock.replace("T", " ").slice(0, 19)],
  ];
  const list = document.createElement("dl");
  for (const [name, value] of rows) {
    if (!value) continue;
    list.append(Object.assign(document.createElement("dt"), { textContent: name }),
      Object.assign(document.createElement("dd"), { textContent: value, className: name === "Amazon's rules" && turn.breaches.length ? "bad" : "" }));
  }
  return list;
}
