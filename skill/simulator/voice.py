"""What an Echo plays, as a WAV file: to listen to, and to measure.

Rule 1: it is played as Alexa's Sequencer does: speech takes as long as the voice takes, a silence what it says.
Rule 2: the voice is espeak-ng's, at 150 words a minute; where it isn't installed, that is said in a line.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

RATE = 22_050
"""Samples a second, 16 bits each, one channel: what espeak-ng makes."""

HEADER = 44
"""Bytes before the samples; espeak-ng can't know their number when it writes it, so it is left unread."""

COMMAND = ("espeak-ng", "-v", "en-us", "-s", "150", "--stdout", "--stdin")

Cue = Mapping[str, Any]


class NoVoice(OSError):
    """There is no voice on this machine."""


def wav(cues: Sequence[Cue]) -> bytes:
    """A WAV file of cues played one after the other; each has `kind`, `text` and `seconds`. Raises `NoVoice`."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(map(_samples, cues)))
    return sound.getvalue()


def played(cues: Sequence[Cue]) -> list[float]:
    """The second at which each cue really begins. Raises `NoVoice`."""
    starts, at = [], 0
    for cue in cues:
        starts.append(at / 2 / RATE)
        at += len(_samples(cue))
    return starts


def seconds(text: str) -> float:
    """How long the voice takes for a text. Raises `NoVoice`."""
    return len(spoken(text)) / 2 / RATE


def _samples(cue: Cue) -> bytes:
    return spoken(cue["text"]) if cue["kind"] == "speech" else bytes(2 * round(RATE * cue["seconds"]))


def audible() -> bool:
    """Whether there is a voice on this machine."""
    return shutil.which(COMMAND[0]) is not None


@lru_cache(maxsize=4096)
def spoken(text: str) -> bytes:
    """The samples of a text. Raises `NoVoice`."""
    try:
        run = subprocess.run(COMMAND, input=text.encode(), capture_output=True, check=True)  # noqa: S603  # our own words, no shell
    except FileNotFoundError:
        raise NoVoice("there is no voice here; install espeak-ng, as in: apt-get install espeak-ng") from None
    except subprocess.CalledProcessError as error:
        raise NoVoice(f"espeak-ng failed: {error.stderr.decode(errors='replace').strip()}") from error
    samples = run.stdout[HEADER:]
    return samples[:len(samples) // 2 * 2]
