// A turn as sound: the server's own voice as a WAV file, or one of the browser's that needs no net.

export function localVoices() {
  if (!("speechSynthesis" in window)) return [];
  return speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.startsWith("en"));
}

// The server's voice takes its own time: `starts` are the seconds at which it begins each cue.
export function recorded(url, starts, cues) {
  const audio = new Audio(url);
  audio.preservesPitch = true;
  const heard = () => {
    const cue = Math.max(0, starts.findLastIndex((start) => start <= audio.currentTime));
    return cues[cue].at + Math.min(cues[cue].seconds, audio.currentTime - starts[cue]);
  };
  const sound = (second) => {
    const cue = Math.max(0, cues.findLastIndex((each) => each.at <= second));
    return starts[cue] + (second - cues[cue].at);
  };
  return {
    play(second, speed) {
      audio.playbackRate = speed;
      audio.currentTime = sound(second);
      audio.play().catch(() => {});       // the browser wants a click first; the text is there
    },
    pause: () => audio.pause(),
    position: () => (audio.paused ? null : heard()),
    ended: () => audio.ended,
  };
}

// The browser's voice says each cue when its time comes.
export function spoken(voice, cues, player) {
  let next = 0;
  const due = () => {
    while (next < cues.length && cues[next].at <= player.position + 0.05) {
      const cue = cues[next];
      next += 1;
      if (!cue.text) continue;
      const words = new SpeechSynthesisUtterance(cue.text);
      words.voice = voice;
      words.rate = Math.min(player.speed || 1, 4);
      speechSynthesis.speak(words);
    }
  };
  return {
    play(second) {
      next = Math.max(0, cues.findIndex((cue) => cue.at + cue.seconds > second));
      due();
    },
    pause: () => speechSynthesis.cancel(),
    position: () => { due(); return null; },
    ended: () => false,
  };
}
