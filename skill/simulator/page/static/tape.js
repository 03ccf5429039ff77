// What is played, as a picture: a bar for each thing said, as long as it takes, with the playhead over it.

const WIDTH = 1000;
const SVG = "http://www.w3.org/2000/svg";

export class Tape {
  #box = document.getElementById("tape");
  #picture = document.getElementById("cues");
  #slider = document.getElementById("playhead");
  #second = document.getElementById("second");
  #words = document.getElementById("cue");
  #play = document.getElementById("play");
  #barge = document.getElementById("barge");
  #head = null;
  #cues = [];

  constructor(player) {
    this.player = player;
    this.#slider.addEventListener("input", () => player.seek(Number(this.#slider.value)));
    this.#play.addEventListener("click", () => (player.playing ? player.pause() : player.play()));
    player.addEventListener("change", () => this.#follow());
  }

  load(turn) {
    this.#cues = turn.timeline;
    this.#box.hidden = !turn.seconds;
    this.#slider.max = turn.seconds;
    this.#picture.replaceChildren(...this.#bars(turn), (this.#head = part("line", { class: "head", y1: 0, y2: 60 })));
    this.#picture.setAttribute("aria-label", `What is played: ${Math.round(turn.seconds)} seconds, `
      + `${turn.timeline.length || 1} parts`);
    this.#follow();
  }

  #bars(turn) {
    const cues = turn.timeline.length ? turn.timeline : [{ at: 0, seconds: turn.seconds, kind: "speech", text: turn.speech }];
    const scale = WIDTH / (turn.seconds || 1);
    return cues.map((cue) => {
      const quiet = cue.kind === "silence";
      const bar = part("rect", {
        x: cue.at * scale, width: Math.max(1, cue.seconds * scale - 1), y: quiet ? 26 : 8, height: quiet ? 8 : 44,
        class: `${cue.kind} ${cue.side || ""}`,
      });
      bar.append(Object.assign(part("title"), { textContent: `${cue.at.toFixed(1)} s ${cue.text || "silence"} ${cue.side || ""}` }));
      return bar;
    });
  }

  #follow() {
    const { position, seconds, playing, over } = this.player;
    const x = (WIDTH * position) / (seconds || 1);
    this.#head?.setAttribute("x1", x);
    this.#head?.setAttribute("x2", x);
    this.#slider.value = position;
    this.#slider.setAttribute("aria-valuetext", `${position.toFixed(1)} of ${seconds.toFixed(1)} seconds`);
    this.#second.textContent = `${position.toFixed(1)} s of ${seconds.toFixed(1)} s`;
    this.#play.textContent = playing ? "Pause" : "Play";
    this.#barge.hidden = over;
    const cue = this.#cues.findLast((each) => each.at <= position && each.text);
    this.#words.textContent = cue && !over ? `“${cue.text}”${cue.side ? `, ${cue.side} side` : ""}` : "";
  }
}

function part(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
