"""Speech read back: what a person hears of SSML and of an audio document, and for how long."""

from __future__ import annotations

import pytest

from skill.alexa.ssml import Speech, read_audio, read_ssml
from tests.alexa.exchanges import audio, saying, silence


def test_heard_as_spoken() -> None:
    """Of SSML the words are kept, the alias for what it stands for, and sentences apart."""
    speech = read_ssml("<speak><s>See a <sub alias='doctor'>Dr</sub></s><s>Rest<break time='500ms'/>well</s></speak>")

    assert speech.sentences == ["See a doctor", "Rest well"]
    assert speech.breaks == (0.5,)
    assert speech.seconds == pytest.approx(5 * 0.4 + 0.5)


@pytest.mark.parametrize(
    ("kind", "text", "seconds"),
    [("Sequencer", "Up.\nAnd down.", 11.2), ("Mixer", "Up.\nAnd down.", 10.0), ("Selector", "", 10.0)],
)
def test_audio_document(kind: str, text: str, seconds: float) -> None:
    """A sequence lasts as long as its parts together, a mix as its longest; of a choice the longest counts."""
    speech = read_audio(audio(saying("Up."), silence(10), saying("And down."), kind=kind)["document"])

    assert speech.text == text
    assert speech.seconds == pytest.approx(seconds)


def test_no_audio_document() -> None:
    """What is no document says nothing."""
    assert read_audio("Up.") == read_audio({}) == Speech()
