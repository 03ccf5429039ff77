"""What must never be said too late, too softly or by halves."""

from __future__ import annotations

import tomllib

import pytest

from skill.dialogue.scene import FOLLOWS, is_emergency
from skill.domain.items import Disposition, doubt_name
from skill.simulator import Speaker
from skill.simulator.meant import Filled
from skill.store import content
from skill.workshop import is_urgent
from tests.conftest import Talk, heard

EMERGENCIES = {
    "sign.bladder-bowel", "sign.saddle", "sign.both-legs", "sign.foot-drop", "sign.chest", "sign.trauma",
    "sign.dark-urine", "sign.crisis",
}
"""Signs that can't wait, whatever else there is."""

CRISIS = "sign.crisis"
"""Somebody who doesn't want to live is spoken to first, and then told where help is."""


@pytest.mark.parametrize("locale", content.LOCALES)
def test_emergencies(locale: str) -> None:
    """No locale softens an emergency."""
    found = {item.id for item in content.library(locale) if is_emergency(item)}

    assert found >= EMERGENCIES


@pytest.mark.parametrize("locale", content.LOCALES)
@pytest.mark.parametrize("sign", sorted(EMERGENCIES - {CRISIS}))
def test_what_to_do_comes_first(sign: str, locale: str) -> None:
    """However an emergency sign comes up, the first sentence is where to turn, now."""
    item, said = content.library(locale)[sign], Filled(sign, (sign,), "Symptom")
    unanswered = [f"{name}Intent" for name, key in FOLLOWS.items() if key not in item.follow]
    turns = Talk(locale=locale).play(
        ("ReportSymptomIntent", {"symptom": said}), ("AskIntent", {"topic": said}), "ShorterIntent",
        *[(name, {"topic": said}) for name in unanswered], ("ReportSymptomIntent", {"symptom": said}),
        "AMAZON.RepeatIntent", "AMAZON.YesIntent",
    )

    assert unanswered
    assert [turn.speech for turn in turns if not is_urgent(turn.speech, locale)] == []
    assert all(sign in turn.said for turn in turns)


@pytest.mark.parametrize("locale", content.LOCALES)
def test_crisis(locale: str) -> None:
    """Who speaks of not wanting to live hears the crisis line of their country."""
    turn = Talk(locale=locale).play(("ReportSymptomIntent", {"symptom": CRISIS}))[0]

    assert content.local_words(locale)["crisis_line"] in turn.speech


@pytest.mark.parametrize("item_id", [item.id for item in content.library("en-US") if item.contradicts])
def test_contradictions(item_id: str) -> None:
    """Advice that is the opposite for a sore back and a well one is always told for both."""
    folder, name = item_id.split(".")
    card = tomllib.loads((content.CONTENT / "en" / folder / f"{name}.toml").read_text("utf-8"))
    item = content.library("en-US")[item_id]
    turn = Talk().play(("AskIntent", {"topic": item_id}))[0]

    assert {"sore", "well"} <= card.keys()
    assert all(sentence in turn.speech for sentence in item.say)
    assert all(other in content.library("en-US") for other in item.contradicts)


DOUBTS = [(item_id, said) for item_id, card in content.cards("en").items() for said in card.get("doubtful", ())[:8]]


@pytest.mark.parametrize(("sign", "said"), DOUBTS)
def test_doubt(sign: str, said: str) -> None:
    """Words that may mean a sign, or nothing: where only intents arrive, one question about it; nothing is found."""
    turn = Speaker(verbatim=False).say(said)

    assert turn.intent == f"{doubt_name(sign)}Intent"
    assert turn.asking == (sign,)
    assert (turn.found, turn.disposition) == ((), None)


def test_doubt_sorted_out() -> None:
    """A yes to that question is the sign; after a no, the same words are no longer asked about."""
    meant = Speaker(verbatim=False)
    meant.say("i'm dizzy")
    yes = meant.say("yes")
    other = Speaker(verbatim=False)
    other.say("what helps a sore back")
    other.say("i'm dizzy")
    no = other.say("no")
    again = other.say("i'm dizzy")

    assert yes.disposition == Disposition.EMERGENCY
    assert (no.state, no.asking, no.disposition) == ("open", (), None)
    assert again.asking != ("sign.chest",)
    assert again.disposition is None


def test_doubt_in_a_story() -> None:
    """After a no the check goes on where somebody has told of a sore back in the same breath."""
    speaker = Speaker()
    asked = speaker.say("my back and my legs are killing me after leg day")
    turn = speaker.say("no")

    assert "sign.leg-weakness" in asked.asking
    assert turn.state == "check"
    assert "sign.bladder-bowel" in turn.asking


def test_doubt_to_begin_with() -> None:
    """After a no the check goes on where somebody came with that: nothing else was told so far."""
    speaker = Speaker()
    speaker.launch()
    speaker.say("my legs are killing me")

    assert speaker.say("no").state == "check"


def test_doubt_in_a_stretch() -> None:
    """After a no the routine goes on from where it was."""
    speaker = Speaker()
    for words in ("give me a stretch", "no", "i feel dizzy"):
        speaker.say(words)
    turn = speaker.say("no")

    assert turn.state == "stretch"


def test_doubt_about_both() -> None:
    """"Yes, I can't feel either of them" is both legs."""
    speaker = Speaker()
    speaker.say("my legs are killing me")
    turn = speaker.say("yes both of them i can't feel them")

    assert turn.disposition == Disposition.EMERGENCY
    assert "sign.both-legs" in turn.found


@pytest.mark.parametrize("said", ["i haven't had any falls or anything", "i didn't fall", "no falls no crash nothing"])
def test_no_fall(said: str) -> None:
    """What was denied is no emergency, whatever an ear makes of it."""
    turn = Speaker().say(said)

    assert "sign.trauma" not in turn.found
    assert turn.disposition is None


@pytest.mark.parametrize(("said", "sign"), [
    ("no tingling", "sign.numbness"), ("no numbness at all", "sign.numbness"), ("no stabbing", "sign.stabbing"),
])
def test_denied_to_an_echo(said: str, sign: str) -> None:
    """Where only intents and slots arrive, a symptom that is denied is none, whatever the slot's words are alone."""
    speaker = Speaker(verbatim=False)
    for words in ("check my warning signs", "no", "no", "no", said):
        turn = speaker.say(words)

    assert turn.intent == "DenySymptomIntent"
    assert turn.found == ()
    assert sign not in turn.asking
    assert turn.state == "check"


@pytest.mark.parametrize(("denied", "answered"), [("sign.saddle", True), ("sign.fever", False), (None, True)])
def test_denied_elsewhere_to_an_echo(denied: str | None, answered: bool) -> None:
    """Where only intents and slots arrive, "no fever" is no answer to whether peeing goes wrong; it is asked again."""
    asked, after = Talk().play("CheckWarningSignsIntent", ("DenySymptomIntent", {"symptom": denied}))

    assert after.state == "check"
    assert (after.asking != asked.asking) == answered


def test_named_again_to_an_echo() -> None:
    """Where only intents arrive, an emergency sign that is named twice by whoever was asked about it is believed."""
    talk = Talk()
    *_, first, second = talk.play("CheckWarningSignsIntent", "SignSaddleIntent", "SignSaddleIntent")
    kept = [turn.response["sessionAttributes"] for turn in (first, second)]

    assert kept[0]["disposition"] is None
    assert "sign.saddle" in kept[0]["asking"]
    assert kept[1]["disposition"] == Disposition.EMERGENCY


@pytest.mark.parametrize(("said", "days"), [
    ("since yesterday", 1), ("a day", 1), ("two days now", 2), ("since this morning", 0),
])
def test_since_to_an_echo(said: str, days: int) -> None:
    """How long it has hurt is understood from the slots alone."""
    speaker = Speaker(verbatim=False)
    for words in ("check my warning signs", "no", "no", "no", "no", "no", said):
        turn = speaker.say(words)

    assert turn.intent == "TellDurationIntent"
    assert "duration" not in turn.asking
    assert f"duration={days}" in " ".join(turn.response["sessionAttributes"]["progress"]["answers"])


@pytest.mark.parametrize("said", ["i don't know", "maybe", "skip", "yeah sometimes"])
def test_crisis_in_doubt(said: str) -> None:
    """Asked whether they think of ending their life, who isn't sure, or won't say, hears the crisis line."""
    asked, turn = heard("what's the point", said)

    assert asked.asking == (CRISIS,)
    assert turn.disposition == Disposition.EMERGENCY
    assert content.local_words("en-US")["crisis_line"] in turn.speech


def test_no_crisis() -> None:
    """A no ends it, and no check of the back follows; who leaves the question open hears who listens."""
    no, left = (heard("what's the point", said)[-1] for said in ("no i'm just tired", "stop"))

    assert (no.state, no.disposition) == ("open", None)
    assert content.local_words("en-US")["crisis_line"] in left.speech
