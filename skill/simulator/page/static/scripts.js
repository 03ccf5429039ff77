// Conversations as files: kept, had again, taken elsewhere.

import { get, post } from "./api.js";

const saved = document.getElementById("scripts");
const outcome = document.getElementById("outcome");

export class Scripts {
  constructor({ room, onReplay }) {
    this.room = room;
    document.getElementById("record").addEventListener("submit", (event) => this.#save(event));
    document.getElementById("replay").addEventListener("click", () => this.#replay(onReplay));
    for (const button of document.querySelectorAll(".export")) {
      button.addEventListener("click", () => this.#export(button.dataset.kind));
    }
    this.list().catch(() => {});
  }

  async list(chosen = saved.value) {
    const { names } = await get("/simulator/conversations");
    saved.replaceChildren(...names.map((name) => new Option(name, name, false, name === chosen)));
  }

  async #export(kind) {
    const given = await get(`${this.room()}/export/${kind}`).catch(() => null);
    if (!given) return;
    const url = URL.createObjectURL(new Blob([given.text], { type: "text/plain" }));
    Object.assign(document.createElement("a"), { href: url, download: given.file }).click();
    URL.revokeObjectURL(url);
    outcome.className = "";
    outcome.textContent = [`Saved as ${given.file}.`, ...(given.left_out || []).map((line) => `Left out: ${line}`)].join(" ");
  }

  async #save(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const given = await post(`${this.room()}/record`, Object.fromEntries(form)).catch((error) => ({ error }));
    outcome.textContent = given.error ? given.error.message : `Kept in ${given.file}. Replay it here, or with: python -m skill replay ${given.file}`;
    if (given.name) await this.list(given.name);
  }

  async #replay(onReplay) {
    if (!saved.value) return;
    const given = await post("/simulator/replays", { name: saved.value }).catch(() => null);
    if (!given) return;
    const wrong = given.turns.filter((turn) => turn.differences.length).length;
    outcome.textContent = wrong ? `Turns that go otherwise: ${wrong} of ${given.turns.length}. ${given.claim}`
      : `Every turn as it was: ${given.claim}`;
    outcome.className = wrong ? "bad" : "good";
    onReplay(given);
  }
}
