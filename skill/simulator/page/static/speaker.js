// The speaker's page: one tab, one person; what is typed goes to a room on the server, and what it says is played.

import { get, post, tell } from "./api.js";
import { follow } from "./news.js";
import { Panel } from "./panel.js";
import { Player } from "./player.js";
import { Screen } from "./screen.js";
import { Scripts } from "./scripts.js";
import { Tape } from "./tape.js";
import { Transcript } from "./transcript.js";
import { localVoices, recorded, spoken } from "./voice.js";

const by = (id) => document.getElementById(id);
const [words, devices, locales, voices, speeds, branches] =
  ["words", "devices", "locales", "voices", "speeds", "branches"].map(by);

let room = "";              // its name on the server
let settled = {};           // device, locale and store, as the room has them
let current = null;         // the turn that is being played, or was last
let working = Promise.resolve();

const player = new Player();
const tape = new Tape(player);
const panel = new Panel();
const transcript = new Transcript({ onLook: look, onBranch: branch });
const screen = new Screen((sent) => touch(sent.map(String)));
const scripts = new Scripts({ room: path, onReplay: (given) => { moveIn(given.turns.at(-1)); enter(given.room, given.turns, given.name); } });

player.busy = () => words.value !== "";
player.addEventListener("silence", (event) => move({ wait: event.detail }));
player.addEventListener("change", () => {
  by("ring").dataset.light = player.light;
  const light = { speaking: "Speaking", listening: "Listening", paused: "Paused", idle: "Idle" }[player.light];
  if (by("light").textContent !== light) by("light").textContent = light;
  screen.moveTo(player.position);
});

function path() {
  return `/simulator/rooms/${room}`;
}

// One after the other: what is typed while an answer is under way is said after it.
function move(what) {
  working = working.then(() => made(what));
  return working;
}

async function made(what) {
  const turn = await post(`${path()}/moves`, { ...what, ...settings() }).catch(async (error) => {
    if (error.status === 404) await begin();
    return null;
  });
  if (turn) await heard(turn);
}

// Where and how it is said, as far as that is otherwise than before.
function settings() {
  const now = { device: devices.value, locale: locales.value, store: by("down").checked ? "down" : "up" };
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => settled[name] !== value));
}

function settle({ device, locale, down }) {
  settled = { device, locale, store: down ? "down" : "up" };
}

async function heard(turn, differences) {
  settle(turn);
  transcript.add(turn, differences);
  by("clock").textContent = turn.clock.replace("T", " ").slice(0, 16);
  by("card").hidden = !turn.card;
  if (turn.card) by("card").textContent = `In the Alexa app: ${[turn.card.title, turn.card.content ?? turn.card.text].filter(Boolean).join(". ")}`;
  if (turn.screen) screen.show(turn.screen);
  else if (turn.state === "closed") screen.clear();
  look(turn);
  if (turn.sent || turn.speech) {
    current = turn;
    tape.load(turn);
    player.load(turn, await sound(turn));
    tape.load(turn);
  } else if (!turn.open) {
    player.load(turn);
  }
}

function look(turn) {
  transcript.mark(turn ? turn.number : 0);
  panel.show(turn, path());
}

async function sound(turn) {
  const cues = turn.timeline.length ? turn.timeline : [{ at: 0, seconds: turn.seconds, text: turn.speech }];
  if (voices.value === "off" || !turn.speech) return null;
  if (voices.value !== "server") {
    const voice = localVoices().find((each) => each.voiceURI === voices.value);
    return voice ? spoken(voice, cues, player) : null;
  }
  const at = `${path()}/turns/${turn.number}/voice`;
  const given = await get(`${at}.json`).catch(() => null);
  return given && recorded(`${at}.wav`, given.starts, cues);
}

async function say(text) {
  const said = text.trim();
  if (said) await breakIn({ you: said });
}

function touch(sent) {
  return breakIn({ touch: sent });
}

// Into what is being played, at the second where the playhead is.
async function breakIn(what) {
  const after = current?.sent && !player.over ? { after: Math.round(10 * player.position) / 10 } : {};
  player.stop();
  await move({ ...what, ...after });
}

// --- rooms: a new one, another one, one that branches off ---

async function begin() {
  const given = await post("/simulator/rooms",
    { device: devices.value, locale: locales.value, words: !by("intents").checked }).catch(() => null);
  if (!given) return;
  settle({ device: devices.value, locale: locales.value, down: false });
  enter(given.room, [], `begun at ${new Date().toTimeString().slice(0, 5)}`);
}

async function branch(number) {
  const given = await post(`${path()}/branch`, { turn: number }).catch(() => null);
  if (given) await resume(given.room, `from turn ${number}`);
}

async function resume(name, title) {
  const given = await get(`/simulator/rooms/${name}`);
  by("intents").checked = !given.words;
  moveIn(given);
  enter(name, given.turns, title);
}

function moveIn({ device, locale, down }) {
  by("down").checked = down;
  devices.value = device;
  locales.value = locale;
  settle({ device, locale, down });
}

function enter(name, turns, title) {
  room = name;
  sessionStorage.setItem("room", name);
  if (![...branches.options].some((option) => option.value === name)) {
    branches.add(new Option(`${branches.length + 1}: ${title}`, name));
  }
  branches.value = name;
  current = null;
  player.stop();
  transcript.clear();
  screen.clear();
  screen.device(devices.value);
  look(null);
  by("tape").hidden = true;
  const speed = player.speed;
  player.speed = 0;             // what was said before isn't played again
  working = turns.reduce((done, turn) => done.then(() => heard(turn, turn.differences)), Promise.resolve());
  working.then(() => { player.speed = speed; });
  player.load({ seconds: 0, open: false, timeline: [] });
}

// --- what a person does ---

by("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value;
  words.value = "";
  say(text);
});
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => { say(example.textContent); words.focus(); });
}
for (const button of document.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => move(JSON.parse(button.dataset.move)));
}
by("silence").addEventListener("submit", (event) => {
  event.preventDefault();
  move({ wait: by("seconds").valueAsNumber });
});
by("restart").addEventListener("click", begin);
by("intents").addEventListener("change", begin);
branches.addEventListener("change", () => resume(branches.value, ""));
devices.addEventListener("change", () => screen.device(devices.value));
speeds.addEventListener("change", () => { player.speed = Number(speeds.value); });
voices.addEventListener("change", () => {
  if (voices.value !== "off" && speeds.value === "0") {
    speeds.value = "1";
    player.speed = 1;
  }
});

// --- the browser's own voices, and its own hearing, where it has them ---

function addVoices() {
  const known = new Set([...voices.options].map((option) => option.value));
  for (const voice of localVoices()) if (!known.has(voice.voiceURI)) voices.add(new Option(voice.name, voice.voiceURI));
}
addVoices();
if ("speechSynthesis" in window) speechSynthesis.addEventListener("voiceschanged", addVoices);

// Only recognition that stays on this machine: most browsers' own would send the sound away.
const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
const hears = { langs: ["en-US"], processLocally: true };
if (Recognition?.available && (await Recognition.available(hears).catch(() => "")) === "available") {
  by("mic").hidden = false;
  by("mic").addEventListener("click", () => {
    const recognition = Object.assign(new Recognition(), { lang: locales.value, processLocally: true });
    recognition.addEventListener("result", (event) => say(event.results[0][0].transcript));
    recognition.addEventListener("error", () => tell("The browser heard nothing; press again, or type it."));
    recognition.start();
  });
}

const kept = sessionStorage.getItem("room");
if (kept) await resume(kept, "before").catch(begin);
else await begin();
follow(() => tell("Content was read anew; it's spoken from the next turn on.", "good"));
document.body.dataset.ready = "yes";
