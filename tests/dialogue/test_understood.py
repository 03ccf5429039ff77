"""What only an ear understood: believed where it is a statement, never against plain soreness."""

from __future__ import annotations

import pytest

from skill.domain.items import Disposition
from skill.simulator import Speaker


def heard(*said: str) -> Speaker:
    """A speaker to which some things were said already."""
    speaker = Speaker()
    for words in said:
        speaker.say(words)
    return speaker


@pytest.mark.parametrize("said", [
    "my trousers keep slipping off my hips and i eat like a horse",
    "i've hardly any strength left in this one thigh",
])
@pytest.mark.parametrize("before", [(), ("check my warning signs", "no", "no"), ("what helps a sore back",)])
def test_statement(said: str, before: tuple[str, ...]) -> None:
    """A sign said at length is found in any situation."""
    turn = heard(*before).say(said)

    assert turn.found
    assert turn.state == "check" or turn.disposition is not None


def test_mild_soreness() -> None:
    """Soreness that is played down, and that the ear heard as plain, is reassured; no check begins."""
    turn = heard().say("my lower back is a bit stiff from rowing")

    assert "normal.soreness" in turn.said
    assert turn.found == ()
    assert turn.state != "check"


@pytest.mark.parametrize("said", [
    "tweaked my back picking up the toddler", "slept on a bad mattress and woke up with a sore back",
    "did too many squats and my lower back's sore", "long flight and now my back is very stiff",
    "my lower back is knackered from shifting sandbags", "i pulled my back at yoga",
])
def test_story(said: str) -> None:
    """Who tells of a sore back and asks for nothing is asked about warning signs, whatever the ear took it for."""
    turn = heard().say(said)

    assert turn.state == "check"
    assert "sign.bladder-bowel" in turn.asking


@pytest.mark.parametrize("said", [
    "my back's sore from rowing give me a stretch", "back's stiff after the gym start the quick routine",
    "my back hurts after squats should i use ice or heat", "lower back's tight take me through cat cow",
])
def test_story_with_a_wish(said: str) -> None:
    """Who tells of a sore back and asks for something gets that."""
    turn = heard().say(said)

    assert turn.state in ("stretch", "open")
    assert turn.intent != "CheckWarningSignsIntent"


def test_about_what_was_asked() -> None:
    """What an ear may take for the sign that was asked about is no yes."""
    speaker = heard("check my warning signs", "no", "no")
    turn = speaker.say("legs are heavy but they hold me")

    assert "sign.leg-weakness" not in turn.found
    assert turn.state == "check"


@pytest.mark.parametrize("said", ["my back and my legs are killing me after leg day", "my legs are killing me"])
def test_killing_legs(said: str) -> None:
    """Words of a leg day are asked about, whatever the ear made of them."""
    turn = heard().say(said)

    assert turn.disposition is None
    assert turn.found == ()
    assert turn.asking


def test_check_again() -> None:
    """After a harmless outcome the check can be done once more, from its first question."""
    speaker = heard("check my warning signs", *["no"] * 5, "since yesterday", "no", "no it's better")
    assert speaker.say("what did you base that on").disposition == Disposition.SELF_CARE

    again = speaker.say("check my warning signs again")

    assert again.state == "check"
    assert again.disposition is None
    assert "sign.bladder-bowel" in again.asking


@pytest.mark.parametrize(("said", "level"), [
    ("i can't poo i'm bunged up with constipation", None),
    ("i fell over but it was just a small slip on a step", None),
    ("i can't pee", Disposition.EMERGENCY),
])
def test_less_than_it_sounds(said: str, level: Disposition | None) -> None:
    """What makes less of a sign is heard: constipation is no lost control, a small slip no crash."""
    turn = heard("check my warning signs").say(said)

    assert turn.disposition == level


@pytest.mark.parametrize(("said", "intent"), [
    ("hang on i need to nip to the loo", "AMAZON.PauseIntent"),
    ("pause it a sec the doorbell's gone", "AMAZON.PauseIntent"),
    ("oh shoot can you say that again", "AMAZON.RepeatIntent"), ("whoa slow down i can't keep up", "SlowerIntent"),
    ("this one's way too hard for me", "EasierIntent"), ("ugh skip this one i hate it", "SkipIntent"),
    ("how much longer have i got in this plank", "TimeLeftIntent"), ("that's enough for me today", "AMAZON.StopIntent"),
])
def test_a_command_and_its_reason(said: str, intent: str) -> None:
    """In the middle of a stretch a command is obeyed, whatever is said beside it that sounds like something else."""
    assert heard("give me a stretch", "no").say(said).intent == intent


@pytest.mark.parametrize("said", ["my back's just a bit achy", "i'm a bit stiff today", "back's a bit tender today"])
def test_told_in_passing(said: str) -> None:
    """Plain soreness told of in passing is reassured, and nothing else comes of it, on a real Echo, too."""
    for verbatim in (True, False):
        speaker = Speaker(verbatim=verbatim)
        speaker.say("what helps a sore back")
        turn = speaker.say(said)

        assert (turn.state, turn.found) == ("open", ())
        assert turn.said[0].startswith("normal.")
