"""The check where only intents and slots arrive, as from a real Echo: answers that are heard as something else."""

from __future__ import annotations

import pytest

from skill.domain.items import Disposition
from skill.simulator import Speaker
from skill.simulator.meant import Filled, Meant
from skill.simulator.turn import Turn
from tests.conftest import Talk

QUESTIONS = {"sign.saddle": 0, "sign.chest": 1, "sign.walking": 2, "sign.numbness": 3, "sign.fever": 4, "duration": 5}
"""How many times to say no before it is asked."""


def asked(about: str) -> Speaker:
    """A speaker that asks about this."""
    speaker = Speaker(verbatim=False)
    for words in ("check my warning signs", *["no"] * QUESTIONS[about]):
        turn = speaker.say(words)
    assert about in turn.asking
    return speaker


@pytest.mark.parametrize(("about", "said", "found"), [
    ("sign.numbness", "yes a tingle in my toes", "sign.numbness"),
    ("sign.numbness", "yes it goes down my leg", "sign.radiating"),
    ("sign.walking", "no i can't walk properly", "sign.walking"),
    ("sign.walking", "no she can't stand up", "sign.walking"),
    ("sign.fever", "yeah i've been shivering all night", "sign.fever"),
    ("sign.fever", "hundred and one", "sign.fever"),
])
def test_answer_that_names_it(about: str, said: str, found: str) -> None:
    """A yes, or a no that says what doesn't work, is found by what it names, and isn't asked about one by one."""
    turn = asked(about).say(said)

    assert found in turn.found


@pytest.mark.parametrize(("number", "said"), [("101", True), ("39", True), ("37", False), ("98", False)])
def test_temperature(number: str, said: bool) -> None:
    """A figure is an answer to the question about a fever, in either scale."""
    speaker = asked("sign.fever")
    turn = speaker.mean(Meant("TellNumberIntent", {"number": Filled(number, (), "AMAZON.NUMBER")}))

    assert ("sign.fever" in turn.found) == said
    assert "sign.fever" not in turn.asking


def test_both_legs() -> None:
    """"Down both", to a question about a leg, is a yes, and says which."""
    speaker = asked("sign.numbness")
    for words in ("yes", "no"):  # a yes to three things, then the first of them
        turn = speaker.say(words)
    assert turn.asking == ("sign.radiating",)

    assert speaker.say("down both legs").disposition == Disposition.EMERGENCY


def test_denial_of_a_failing() -> None:
    """Of "no {symptom}" the words "I can't walk" are no denial."""
    slot = {"symptom": Filled("i can't walk", ("sign.walking",), "Symptom")}
    speaker = asked("sign.walking")

    assert "sign.walking" in speaker.mean(Meant("DenySymptomIntent", slot)).found


@pytest.mark.parametrize("intent", ["SignSaddleIntent", "SignFeverIntent"])
def test_named_twice(intent: str) -> None:
    """A sign that was asked about, and is named twice, is believed: nobody knows if it's told of or asked about."""
    speaker = asked("sign.saddle" if intent == "SignSaddleIntent" else "sign.fever")
    first, second = speaker.mean(Meant(intent)), speaker.mean(Meant(intent))

    assert first.found == ()
    assert second.found


@pytest.mark.parametrize("intent", ["SourceIntent", "WhyIntent", "StretchyIntent", "SmallTalkIntent", "TreatIceIntent"])
def test_asides_end(intent: str) -> None:
    """What is heard as a question four times in a row was an answer that nobody made out: not sure, and on."""
    speaker = asked("sign.numbness")
    turns: list[Turn] = [speaker.mean(Meant(intent)) for _ in range(4)]

    assert [("sign.numbness" in turn.asking) for turn in turns] == [True, True, True, False]
    assert turns[0].speech != turns[1].speech
    assert turns[-1].state == "check"


def test_again_and_again() -> None:
    """"Say that again" is what it is, however often."""
    talk = Talk()
    *_, last = talk.play("CheckWarningSignsIntent", *["AMAZON.RepeatIntent"] * 4)

    assert last.response["sessionAttributes"]["asking"] == ["sign.bladder-bowel", "sign.saddle"]


def test_no_guess_hangs_up() -> None:
    """Words that are faintly like a command are no command: the session goes on."""
    turn = asked("sign.saddle").say("can go can go no problem")

    assert turn.state == "check"
