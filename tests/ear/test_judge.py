"""The judge: it reads a question and its answer together, and what it is taught makes it tell them apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skill.dialogue.guessing import CERTAIN
from skill.ear import judge
from skill.ear.encoder import weights_folder
from skill.ear.judge import Judge
from skill.ear.people import ASKED, NO, NOTHING, UNSURE, YES, Interview, People
from skill.ear.tuning import lines, tune
from skill.ear.words import plain, tidy
from skill.store import voices
from tests.played import PEOPLE, read

MODEL: dict[str, Any] = {"interactionModel": {"languageModel": {"types": [], "intents": [
    {"name": "ColdIntent", "samples": ["put a cold pack on it", "ice on my back", "is freezing it any good"]},
]}}}

SAID = People({"sign.fever": ("i'm burning up", "i've got the shivers"), "maybe sign.fever": ("i'm boiling",),
               NOTHING: ("turn the heating down",), YES: ("yes",), NO: ("no", "none of that"), UNSURE: ("maybe",)}, {})

WARM, WORSE = "Any fever or shivers?", "Is it getting worse?"

ASKED_OF = Interview({"sign.fever": (WARM,), "sign.worsening": (WORSE,)},
                     {"sign.fever": {NO: ("cool as you like", "thirty six six"), YES: ("thirty nine this morning",)},
                      "sign.worsening": {NO: ("easing off now", "about the same"), YES: ("more every day",)}},
                     {YES: ("that is so",), NO: ("far from it",)}, ("How long has it hurt?",))


LINES = list(lines(MODEL, SAID, ASKED_OF))


@pytest.fixture(scope="module")
def shipped() -> Judge:
    """The judge that is shipped."""
    found = Judge.find()
    assert found
    return found


@pytest.fixture(scope="module")
def weights() -> Path:
    """The folder of the encoder's weights."""
    folder = weights_folder()
    assert folder
    return folder


@pytest.fixture(scope="module")
def taught(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a judge that was taught a few lines; to teach one takes half a minute, so all look at this one."""
    file = tmp_path_factory.mktemp("judge") / "judge.safetensors"
    tune(LINES, weights, file)
    return file


def test_taught(weights: Path, taught: Path) -> None:
    """A judge that was taught knows every sign and answer that it was taught of, and is another one then."""
    signs, answers = Judge(weights, taught)("thirty six six", WARM)

    assert set(signs) == {"sign.fever", "maybe sign.fever", NOTHING, NO, ASKED}
    assert set(answers) == {YES, NO, UNSURE, NOTHING}
    assert sum(signs.values()) == pytest.approx(1, abs=0.01)
    assert sum(answers.values()) == pytest.approx(1, abs=0.01)
    assert Judge(weights, taught).version != Judge(weights).version


def test_learns_on(weights: Path, taught: Path, tmp_path: Path) -> None:
    """It learns on from what it knew, which tells how far off it is."""
    file = tmp_path / "judge.safetensors"
    off: list[float] = []

    tune(LINES, weights, file, lambda _done, _steps, each: off.append(each), on=taught)

    assert set(Judge(weights, file)("no")[0]) == set(Judge(weights, taught)("no")[0])
    assert Judge(weights, file).version != Judge(weights, taught).version
    assert off


def test_knows_other_signs(weights: Path, tmp_path: Path) -> None:
    """From what knows other signs, it can't learn on."""
    with pytest.raises(ValueError, match="was taught other signs than there are lines for now; teach it anew"):
        tune(LINES, weights, tmp_path / "judge.safetensors", on=judge.FILE)


def test_shipped(shipped: Judge) -> None:
    """The one that is shipped is small, and knows the signs that people are heard by, and no others."""
    signs, _ = shipped("my back hurts")

    assert judge.FILE.stat().st_size < 3_000_000
    assert set(signs) == {ASKED, *voices.people("en")} - {YES, UNSURE}


@pytest.mark.parametrize(("words", "asked", "answer"), [
    ("it's easing a bit", "sign.worsening", NO),
    ("a bit more each morning", "sign.worsening", YES),
    ("thirty six point five", "sign.fever", NO),
    ("i'm eating like a horse", "sign.nausea", NO),
    ("five kilos and i wasn't even trying", "sign.weight-loss", YES),
    ("up and down the stairs all day", "sign.walking", NO),
])
def test_in_the_light_of_the_question(shipped: Judge, words: str, asked: str, answer: str) -> None:
    """What words mean hangs on what was asked."""
    for question in voices.questions("en-US")[asked]:
        shares = shipped(words, question)[1]
        assert max(shares, key=shares.__getitem__) == answer, question


def test_strangers(shipped: Judge) -> None:
    """Of people whose words it wasn't taught, it takes few answers for their contrary, however they were asked."""
    wordings = voices.questions("en-US")
    answered = [(plain(tidy(words)), wordings[sign], bool(row["signs"].get(sign)))
                for row in read(PEOPLE / "stories-everyday.jsonl")
                for sign, answers in row["answers"].items() if sign in wordings
                for words in answers]

    wrong = [words for number, (words, asked, so) in enumerate(answered)
             if shipped(words, asked[number % len(asked)])[1][NO if so else YES] >= CERTAIN]

    assert len(answered) > 1000
    assert len(wrong) < len(answered) / 50


def test_signs_are_heard_whatever_was_asked(shipped: Judge) -> None:
    """A sign is judged by the words alone."""
    assert shipped("my bum's gone numb", WORSE)[0] == shipped("my bum's gone numb")[0]


YESES = ("that would be right", "that is the case", "sure is", "it has been", "they are", "i do have that",
         "it would seem so", "for definite", "well it is a bit", "you could say so")
"""What says yes to anything, and names nothing."""


@pytest.mark.parametrize("words", YESES)
def test_bare_yes(shipped: Judge, words: str) -> None:
    """A bare yes is never taken for a certain no, whatever was asked: that would let a sign go by."""
    for wordings in voices.questions("en-US").values():
        assert shipped(words, wordings[0])[1][NO] < CERTAIN
