"""What is played, as a sound: how long it really is, and whether a hold lasts what it should."""

from __future__ import annotations

import io
import shutil
import wave
from pathlib import Path

import pytest

from skill.__main__ import main
from skill.domain import speech
from skill.domain.items import Stretch
from skill.simulator import voice
from skill.simulator.turn import Turn
from skill.store import content
from tests.conftest import Json, Talk, library, session

NO = "AMAZON.NoIntent"
STRETCHES = [item.id for item in library() if isinstance(item, Stretch)]

speaking = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


def silence(seconds: float) -> Json:
    """A cue of silence."""
    return {"kind": "silence", "text": "", "seconds": seconds}


def said(text: str) -> Json:
    """A cue of speech."""
    return {"kind": "speech", "text": text, "seconds": speech.seconds(text)}


def test_a_silence_lasts_what_it_says() -> None:
    """A silence has its samples, no more and no less, and the header tells how many there are."""
    frames = round(1.5 * voice.RATE) + round(0.25 * voice.RATE)
    with wave.open(io.BytesIO(voice.wav([silence(1.5), silence(0.25)]))) as file:
        assert (file.getnframes(), file.getframerate()) == (frames, voice.RATE)


@speaking
def test_one_after_the_other() -> None:
    """Cues are played in their order, speech as long as the voice takes."""
    cues = [said("Five."), silence(0.5), said("Four.")]

    assert voice.played(cues) == pytest.approx([0, voice.seconds("Five."), voice.seconds("Five.") + 0.5], abs=1e-3)


def test_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a voice on the machine, what is missing is said in a line."""
    voice.spoken.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(voice.NoVoice, match="install espeak-ng"):
        voice.seconds("Nobody will say this.")


@speaking
@pytest.mark.parametrize("stretch", STRETCHES)
def test_holds_last_what_content_says(stretch: str) -> None:
    """Played aloud, each hold of each stretch is within a second of what it should be."""
    first = Talk().play(("StartStretchIntent", {"stretch": stretch}), NO)[-1]
    for planned, real in holds(first, stretch):
        assert real == pytest.approx(planned, abs=1)


def holds(turn: Turn, stretch: str) -> list[tuple[float, float]]:
    """Of each side: the seconds that content says, and those that it lasts as it is played."""
    item, course = library()[stretch], session(turn).course
    assert isinstance(item, Stretch)
    beat, hold = item.guide.beat, course.hold
    length = 2 * round(hold / (2 * beat)) * beat if beat else hold
    starts = voice.played(turn.timeline)
    found = []
    for place, cue in enumerate(turn.timeline):
        if cue["text"] == item.guide.out or cue["text"] in content.phrases("en-US")["other-side"]:
            begin = min(range(place), key=lambda each: abs(cue["at"] - length - turn.timeline[each]["at"]))
            found.append((float(length), starts[place] - starts[begin]))
    assert len(found) == item.guide.sides
    return found


@speaking
def test_hear(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m skill hear` writes the last answer as it sounds, and lists when what is said."""
    file = tmp_path / "plank.wav"
    assert main(["hear", "start the plank", "no", "--out", str(file)]) == 0

    shown = capsys.readouterr().out
    assert shown.endswith(f"wrote {file}\n")
    assert "s  Two." in shown
    with wave.open(str(file)) as sound:
        assert 35 < sound.getnframes() / sound.getframerate() < 60
