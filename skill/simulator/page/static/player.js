// Plays a turn in time: where it is, how fast it runs, and what the ring of light shows.
// Speed 0 is "instant": an answer is over at once, and silence passes only when somebody lets it pass.

const TICK = 50;          // milliseconds
const PATIENCE = 8;       // seconds of silence until something is said to it

export class Player extends EventTarget {
  #turn = null;
  #sound = null;
  #last = 0;
  #silence = 0;
  speed = 0;
  position = 0;           // seconds into what is played
  playing = false;
  busy = () => false;     // whether somebody is about to say something, so that no silence counts

  constructor() {
    super();
    setInterval(() => this.#tick(), TICK);
  }

  get seconds() { return this.#turn ? this.#turn.seconds : 0; }
  get over() { return this.position >= this.seconds; }

  get light() {
    if (this.playing) return "speaking";
    if (!this.over) return "paused";
    return this.#turn && this.#turn.open ? "listening" : "idle";
  }

  // A new turn is heard, by a sound where there is one: {position, play, pause, seek}.
  load(turn, sound = null) {
    this.stop();
    this.#turn = turn;
    this.#sound = sound;
    this.#silence = 0;
    this.position = this.speed ? 0 : this.seconds;
    if (this.speed && this.seconds) this.play();
    this.#told();
  }

  play() {
    if (this.over) this.position = 0;
    this.playing = this.seconds > 0;
    this.#last = performance.now();
    if (this.#sound && this.playing) this.#sound.play(this.position, this.speed || 1);
    this.#told();
  }

  stop() {
    this.playing = false;
    if (this.#sound) this.#sound.pause();
  }

  pause() {
    this.stop();
    this.#told();
  }

  seek(second) {
    this.stop();
    this.position = Math.min(Math.max(second, 0), this.seconds);
    this.#told();
  }

  #tick() {
    const now = performance.now();
    const gone = ((now - this.#last) / 1000) * (this.speed || 1);
    this.#last = now;
    if (this.playing) this.#advance(gone);
    else if (this.light === "listening" && this.speed && this.over && !this.busy()) this.#listen(gone);
  }

  #advance(gone) {
    const heard = this.#sound ? this.#sound.position() : null;
    this.position = Math.min(heard ?? this.position + gone, this.seconds);
    if (this.over || (this.#sound && this.#sound.ended())) {
      this.stop();
      this.position = this.seconds;
    }
    this.#told();
  }

  #listen(gone) {
    this.#silence += gone;
    if (this.#silence < PATIENCE) return;
    this.#silence = 0;
    this.dispatchEvent(new CustomEvent("silence", { detail: PATIENCE }));
  }

  #told() {
    this.dispatchEvent(new Event("change"));
  }
}
