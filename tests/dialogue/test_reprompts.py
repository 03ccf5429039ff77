"""What is asked after a silence fits the question before it: the same yes answers both."""

from __future__ import annotations

import pytest

from skill.dialogue.session import Session
from tests.conftest import Spoken, Talk, phrases, session

ROUTINE: tuple[Spoken, ...] = (("StartRoutineIntent", {"routine": "routine.full"}), "AMAZON.NoIntent")
NUMB: Spoken = ("ReportSymptomIntent", {"symptom": "sign.numbness"})


@pytest.mark.parametrize(("turns", "key"), [
    ((*ROUTINE, "SignBothLegsIntent"), "short-answer"),
    ((*ROUTINE, "SignBladderBowelIntent"), "short-answer"),
    ((*ROUTINE, "BasisIntent"), "yes-or-no"),
    ((*ROUTINE, "RiskCancerIntent"), "yes-or-no"),
    (ROUTINE, "go-on"),
    ((NUMB, "AMAZON.HelpIntent"), "one-or-both"),
    (("CheckWarningSignsIntent",), "short-answer"),
    ((("AskIntent", {"topic": "treat.ice"}),), "yes-or-no"),
])
def test_fits(turns: tuple[Spoken, ...], key: str) -> None:
    """A sign is asked about by yes or no, a leg by one or both, a routine by whether to go on."""
    assert Talk().play(*turns)[-1].reprompt in phrases(key)


@pytest.mark.parametrize("then", [("StretchyIntent",), ("StretchyIntent", "AMAZON.PauseIntent"),
                                  ("StretchyIntent", "AMAZON.StopIntent", "LaunchRequest")])
def test_nothing_is_left(then: tuple[Spoken, ...]) -> None:
    """Where a stretch is over, nobody is told of no seconds left of it: what comes next is."""
    talk = Talk()
    talk.play(*ROUTINE)
    for turn in (talk.say("ThatHurtsIntent"), *talk.play(*then)):
        assert "zero" not in turn.speech
        assert isinstance(session(turn), Session)
