"""Answers in words: changed, corrected, unsure, and what comes after the outcome."""

from __future__ import annotations

import pytest

from skill.domain.items import Disposition
from skill.simulator import Speaker
from tests.conftest import heard, phrases


def test_an_answer_is_changed() -> None:
    """Of the answers read back one is taken back, in words, and the outcome follows."""
    speaker = Speaker()
    for words in ("i have a fever and my back hurts", *["no"] * 20):
        turn = speaker.say(words)
        if turn.state != "check":
            break
    assert turn.disposition == Disposition.URGENT
    assert "sign.fever" in speaker.say("what did you base that on").said

    turn = speaker.say("no fever actually i was wrong")

    assert "sign.fever" not in turn.found
    assert turn.disposition != Disposition.URGENT


def test_corrections() -> None:
    """"I meant yes" goes back to the answer before; "go back" asks it again."""
    turns = heard("check my warning signs", "no", "no", "i meant yes")

    assert turns[-1].disposition == Disposition.EMERGENCY


@pytest.mark.parametrize(("said", "again"), [("not sure", "no idea"), ("pancakes", "bananas")])
def test_unsure_twice(said: str, again: str) -> None:
    """Not sure and not understood, twice: it counts as not sure, and is asked in other words first."""
    turns = heard("check my warning signs", "no", "no", "no", "no", "no", said, again)

    assert turns[-2].asking == turns[-3].asking
    assert turns[-1].asking != ("duration",)


def test_before_this_week() -> None:
    """How long is asked in other words, too: was it there before this week?"""
    turns = heard("check my warning signs", "no", "no", "no", "no", "no", "not sure", "yes", "no")

    assert turns[-1].asking == ("trend",)


@pytest.mark.parametrize("side", ["just the left", "the right one", "left one"])
def test_which_leg_told_early(side: str) -> None:
    """Which leg, told while something else is asked: taken in, and the question stays."""
    before, turn = heard("my left knee keeps buckling since the gym", side)

    assert (turn.asking, turn.found) == (before.asking, ("sign.leg-weakness",))
    assert turn.speech.startswith(tuple(phrases("fine")))


def test_words_of_suicide() -> None:
    """The crisis line first; and nothing about backs from then on."""
    turns = heard("check my warning signs", "no", "there's no point in living like this", "what about ice")

    for turn in turns[2:]:
        assert turn.disposition == Disposition.EMERGENCY
        assert "nine eight eight" in turn.speech


def test_gentle_things_alone() -> None:
    """After "see a doctor" a stretch comes with the caveat, and a hard one is a gentle one."""
    turns = heard("i've been nauseous with my back", *["no"] * 5, "two days", "a three", "no", "no",
                  "show me the plank", "give me the full routine")
    concluded = [turn for turn in turns if turn.disposition == Disposition.SEE_DOCTOR]

    assert len(concluded) >= 2
    assert "stretch.plank" not in {item for turn in concluded for item in turn.said}


def test_privacy_is_answered() -> None:
    """Whoever asks what is kept is told."""
    assert heard("do you keep a record of what hurts")[0].said[:1] == ("about.disclaimer",)


def test_yes_whatever_an_ear_makes_of_it() -> None:
    """What begins with a yes denies nothing, even where an ear takes it for a denial."""
    turns = heard("check my warning signs", "no", "no", "no", "yep the pinky toe side of my right foot")

    assert "sign.numbness" in (*turns[-1].asking, *turns[-1].found)


@pytest.mark.parametrize("said", ["no worries there", "not that he's said no"])
def test_no_is_no_leave(said: str) -> None:
    """A "no" that an ear takes for the end of it is an answer; one that names an end is the end."""
    turns = heard("check my warning signs", said, "no stop", "no")

    assert [turn.state for turn in turns[:3]] == ["check", "check", "closed"]
    assert turns[1].asking != turns[0].asking


@pytest.mark.parametrize("said", ["since the night", "when the neighbours came", "before the match you know"])
def test_a_question_comes_to_an_end(said: str) -> None:
    """An answer that can't be made out isn't asked for again and again."""
    turns = heard("check my warning signs", *["no"] * 5, *[said] * 5)

    assert turns[5].asking == ("duration",)
    assert turns[-1].asking != ("duration",)


@pytest.mark.parametrize(("answer", "level"), [
    ("every five minutes or so", Disposition.EMERGENCY), ("yes", Disposition.EMERGENCY), ("no", Disposition.SEE_DOCTOR),
])
def test_pregnant(answer: str, level: Disposition) -> None:
    """Who turns out to be pregnant is asked about bleeding and labour, though belly pain was denied before."""
    speaker = Speaker()
    for words in ("check my warning signs", *["no"] * 5, "two days", "no", "i'm thirty three weeks pregnant"):
        turn = speaker.say(words)
    while turn.asking and turn.asking != ("sign.belly",):
        turn = speaker.say("no")
    assert turn.asking == ("sign.belly",)

    turn = speaker.say(answer)
    while turn.state == "check":
        turn = speaker.say("no")

    assert turn.disposition == level


def test_both_of_what() -> None:
    """"Both", where neither legs were asked about nor a leg is told of, is about something else."""
    turn = heard("the pain goes down my left leg", "motion and urine both are normal")[-1]

    assert "sign.both-legs" not in turn.found
    assert turn.state == "check"


def test_both_legs_of_what_was_asked() -> None:
    """"Both", where weak legs were asked about, is a yes, and says which; beside walking, it is asked of each."""
    group, single, end = heard("check my warning signs", "no", "no", "both", "both")[-3:]

    assert group.asking == ("sign.leg-weakness", "sign.walking")
    assert single.asking == ("sign.leg-weakness",)
    assert (end.disposition, "sign.both-legs" in end.found) == ("emergency", True)


def test_a_burn_beside_the_question() -> None:
    """Asked about the bladder, "it just burns" tells of the kidney, beside the no."""
    turn = heard("check my warning signs", "i can hold it it just burns")[-1]

    assert turn.found == ("sign.kidney",)
    assert "sign.bladder-bowel" not in turn.asking


@pytest.mark.parametrize("said", ["nup", "i'm up once in the night same as i've been for ten years", "like always",
                                  "not a drop out of place"])
def test_as_ever(said: str) -> None:
    """What is as it always was, or as it should be, is a no."""
    asked, turn = heard("check my warning signs", said)

    assert turn.asking != asked.asking
    assert turn.found == ()


@pytest.mark.parametrize(("said", "about"), [
    ("just off the bike can't breathe phew right my back's tight", "sign.chest"),
    ("i'm literally dying my back is broken i can't even walk", "sign.walking"),
])
def test_in_so_many_words(said: str, about: str) -> None:
    """Out of breath from training, or literally dying: asked about, and with a no it's nothing."""
    asked, turn = heard(said, "no")

    assert about in asked.asking
    assert (turn.found, turn.disposition) == ((), None)


def test_what_a_word_means() -> None:
    """Asked what "numb" means, and answered no in the same breath: nothing is numb."""
    turn = heard("check my warning signs", "no", "no", "no", "what means numb? like asleep, no, no")[-1]

    assert "sign.numbness" not in turn.found


def test_the_same_is_no_answer_to_all() -> None:
    """How it goes answers that alone: whether it's worse at night, and what was before, is asked again."""
    speaker = Speaker()
    for words in ("my son is fourteen and his back hurts", *["no"] * 5, "two days", "no"):
        turn = speaker.say(words)
    assert "sign.night-pain" in turn.asking

    turn = speaker.say("about the same")

    assert turn.state == "check"
    assert "sign.night-pain" in turn.asking
    assert "sign.worsening" not in turn.asking


@pytest.mark.parametrize("said", [
    "i'm seven months gone and my back aches", "i'm thirty weeks pregnant and my back hurts",
])
def test_a_pregnancy_is_no_duration(said: str) -> None:
    """How long somebody is pregnant isn't how long it hurts."""
    assert heard(said)[-1].found == ("risk.pregnant",)


def test_not_is_no_no() -> None:
    """Asked whether a leg is weak, "both do not obey me" is no "no", whatever an ear makes of it."""
    asked, turn = heard("check my warning signs", "no", "no", "both do not obey me")[-2:]

    assert turn.disposition == Disposition.EMERGENCY or turn.asking == asked.asking


def test_when_it_hurts_is_no_duration() -> None:
    """"In the night" is when it hurts, not since when: how long is still asked."""
    speaker = Speaker()
    turn = speaker.say("my back hurts most in the night")
    while turn.asking and turn.asking != ("duration",):
        turn = speaker.say("no")

    assert turn.asking == ("duration",)


def test_a_duration_is_no_pregnancy() -> None:
    """How long it hurts, told where a pregnancy is asked about as well, is no pregnancy."""
    turn = heard("check my warning signs", *["no"] * 5, "two days", "no", "it's been six weeks actually")[-1]

    assert "risk.pregnant" not in turn.found


def test_denied_in_passing() -> None:
    """A sign that is denied while something else is asked isn't told about, though an ear takes it for a topic."""
    turn = heard("check my warning signs", *["no"] * 5, "me ma says no fever")[-1]

    assert (turn.state, turn.said) == ("check", ())


def test_one_leg_is_a_yes() -> None:
    """Which leg it is, where weak legs are asked about, is a yes: "the left is okay" says nothing of the right."""
    turn = heard("check my warning signs", "no", "no", "right one only the left is okay")[-1]

    assert "sign.leg-weakness" in turn.found


@pytest.mark.parametrize(("said", "whose"), [
    ("my mum felt my head and i'm cool", "your"), ("no it's for my mum", "their"), ("she's my sister so no", "their"),
])
def test_whose_back(said: str, whose: str) -> None:
    """Who felt a forehead is mentioned in passing; whom it's for has a back of their own."""
    turn = heard("check my warning signs", *["no"] * 4, said)[-1]

    assert f"{whose} back" in turn.speech


def test_brought_by_somebody() -> None:
    """Whoever hurts tells of their own back, though others come into it."""
    assert "your back" in heard("my kids took me trampolining and my back is sore", *["no"] * 5)[-1].speech


def test_since_when_one_was_not_sick() -> None:
    """Who hasn't been sick since Christmas says nothing of how long the back hurts: that is asked."""
    speaker = Speaker()
    turns = [speaker.say(said) for said in ("check my warning signs", *["no"] * 4, "haven't been sick since christmas")]
    while turns[-1].state == "check":
        turns.append(speaker.say("no"))

    assert ("duration",) in [turn.asking for turn in turns]


def test_yes_and_what_is_not_so() -> None:
    """A yes, and one thing that isn't so, is no "no": what was asked is asked again, and then one by one."""
    said = "yes off and on i haven't thrown up though"
    once, twice = heard("check my warning signs", *["no"] * 5, "two days", said, said)[-2:]

    assert "sign.nausea" in once.asking
    assert twice.asking == ("sign.nausea",)


def test_one_thing_and_not_the_other() -> None:
    """A sign that is told of, and one that isn't so: only what is left of the question is asked."""
    turn = heard("check my warning signs", "no", "no", "no", "yes my foot tingles but there was no sudden stab")[-1]

    assert "sign.numbness" in turn.found
    assert "sign.stabbing" not in turn.asking
