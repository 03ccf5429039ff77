// What was said, turn by turn, as it grows.

const KEPT = 200;

export class Transcript {
  #list = document.getElementById("transcript");
  #log = document.getElementById("log");
  #beginning = document.getElementById("beginning");

  constructor({ onLook, onBranch }) {
    this.onLook = onLook;
    this.onBranch = onBranch;
  }

  clear() {
    this.#list.replaceChildren();
    this.#beginning.hidden = false;
  }

  add(turn, differences = []) {
    this.#beginning.hidden = true;
    const item = document.createElement("li");
    item.dataset.number = turn.number;
    item.append(turn.utterance ? line("you", turn.utterance + broken(turn)) : line("did", turn.did + broken(turn)));
    if (turn.speech) item.append(line("coach", turn.speech));
    else if (turn.sent) item.append(line("did", turn.state === "closed" ? "the session ends" : "nothing is said"));
    for (const breach of turn.breaches) item.append(line("bad", breach));
    for (const difference of differences) item.append(line("bad", difference));
    item.append(this.#foot(turn));
    this.#list.append(item);
    while (this.#list.children.length > KEPT) this.#list.firstElementChild.remove();
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  mark(number) {
    for (const item of this.#list.children) {
      if (Number(item.dataset.number) === number) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
  }

  #foot(turn) {
    const foot = line("foot", "");
    const look = button(`Turn ${turn.number}`, () => this.onLook(turn));
    const back = button("Go back to here", () => this.onBranch(turn.number));
    back.setAttribute("aria-label", `Go back to here: turn ${turn.number}`);
    const ids = Object.assign(document.createElement("span"), { textContent: turn.said.join(" "), className: "ids" });
    const state = turn.disposition || turn.state;
    foot.append(look, ids, Object.assign(document.createElement("span"), { textContent: state, className: `state ${state}` }), back);
    return foot;
  }
}

function broken(turn) {
  return turn.after === null ? "" : `  (after ${Math.round(turn.after)} s)`;
}

function line(kind, text) {
  return Object.assign(document.createElement("p"), { className: kind, textContent: text });
}

function button(text, onClick) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.addEventListener("click", onClick);
  return made;
}
