"""An answer is weighed: what words read like, a yes or a no, against what an ear hears in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skill.rehearsing import CHECK, LAUNCH, NO
from skill.simulator import Speaker
from skill.simulator.meant import Meant
from tests.meant import heard, warned


@pytest.mark.parametrize(("share", "asked"), [(0.9, "sign.fever"), (0.6, "sign.chest")])
def test_doubt_beside_a_not(share: float, asked: str) -> None:
    """What an ear is certain to be in doubt of is asked about, for all the "not" in the words."""
    turn = heard("i'm not feeling the best", warned({"maybe sign.fever": share, "no": 1 - share}), LAUNCH, CHECK)

    assert turn.asking[0] == asked


@pytest.mark.parametrize(("warns", "affirms", "asked_again"), [
    ({"nothing": 0.95}, 0.1, True), ({"nothing": 0.95}, 0.8, False), ({"nothing": 0.6, "no": 0.2}, 0.1, False),
])
def test_yes_that_sounds_idle(warns: dict[str, float], affirms: float, asked_again: bool) -> None:
    """What reads like a yes, and an ear hears neither a yes nor any harm in, is asked again."""
    turn = heard("i've got a bit of a soft spot", warned(warns, "AMAZON.YesIntent", affirms), LAUNCH, CHECK)

    assert (turn.disposition is None) == asked_again


def test_yes_at_last() -> None:
    """Words that no pattern knows, and an ear hears a yes in, are one where the question was put before in vain."""
    meant = warned({"no": 0.5, "nothing": 0.2}, "AMAZON.FallbackIntent", 0.9)

    first = heard("like jelly to be honest", meant, LAUNCH, CHECK, NO, NO)
    second = heard("like jelly to be honest", meant, LAUNCH, CHECK, NO, NO, meant)

    assert first.asking == ("sign.leg-weakness", "sign.walking")
    assert second.asking == ("sign.leg-weakness",)


@pytest.mark.parametrize(("nothing", "denies", "asked_again"), [
    (0.9, 0.82, False), (0.9, 0.5, True), (0.5, 0.82, True), (0.5, 0.9, False), (0.3, 0.9, True),
])
def test_all_is_well(nothing: float, denies: float, asked_again: bool) -> None:
    """What an ear takes for no harm is a "no" where it takes it for an answer, too."""
    before = heard("check my warning signs", Meant("CheckWarningSignsIntent"))

    turn = heard("it goes the way it goes", warned({"nothing": nothing, "asked": 1 - nothing}, "AMAZON.FallbackIntent",
                                                   denies=denies), LAUNCH, CHECK)

    assert (turn.asking == before.asking) == asked_again


@pytest.mark.parametrize(("words", "affirms", "denies", "disposition"), [
    ("aye i've been the toilet it's fine", 0.5, 0.5, None),
    ("aye i've been the toilet it's fine", 0.9, 0.1, "emergency"),
    ("yes it holds for hours", 0.0, 0.99, None), ("yes it leaks for hours", 0.6, 0.3, "emergency"),
])
def test_yes_that_goes_on(words: str, affirms: float, denies: float, disposition: str | None) -> None:
    """What begins with a yes, and says that all is well, or is a "no" to a certain ear, is asked again."""
    meant = warned({"no": 0.6, "nothing": 0.4}, "AMAZON.FallbackIntent", affirms, denies)

    assert heard(words, meant, LAUNCH, CHECK).disposition == disposition


@pytest.mark.parametrize(("share", "asked"), [(0.7, "sign.bladder-bowel"), (0.3, "sign.chest")])
def test_brief_yes(share: float, asked: str) -> None:
    """What an ear is sure to be "yes" in a few words is no "no", whatever else it hears in them."""
    meant = replace(warned({"no": 0.9, "nothing": 0.1}, "AMAZON.YesIntent", denies=0.95), share=share)

    turn = heard("so it would seem then", meant, LAUNCH, CHECK)

    assert turn.asking[0] == asked


def test_yes_after_all() -> None:
    """Words with a "not" somewhere in them that an ear is certain to hear a yes in are one the second time."""
    meant = warned({"no": 0.4, "sign.weight-loss": 0.6}, "AMAZON.FallbackIntent", 0.95)

    first = heard("can't say i noticed it come on me", meant, LAUNCH, CHECK, NO, NO)
    second = heard("can't say i noticed it come on me", meant, LAUNCH, CHECK, NO, NO, meant)

    assert "sign.leg-weakness" not in first.found
    assert "sign.leg-weakness" in second.asking


@pytest.mark.parametrize(("no", "disposition"), [(0.95, None), (0.5, "emergency")])
def test_no_that_reads_like_yes(no: float, disposition: str | None) -> None:
    """What reads like a yes is a "no" where an ear plainly hears one."""
    meant = warned({"no": no, "sign.week": 1 - no}, "AMAZON.YesIntent", 0.35 if no < 0.9 else 0.0)

    assert heard("that's kind of personal and it goes", meant, LAUNCH, CHECK).disposition == disposition


@pytest.mark.parametrize(("warns", "affirms", "asked_again"), [
    ({"no": 0.9, "nothing": 0.1}, 0.1, False), ({"no": 0.9, "nothing": 0.1}, 0.5, True), ({"nothing": 1.0}, 0.1, True),
])
def test_plain_no(warns: dict[str, float], affirms: float, asked_again: bool) -> None:
    """Words that no pattern knows are a "no" where an ear plainly hears one, and no yes; an aside is none."""
    before = heard("check my warning signs", Meant("CheckWarningSignsIntent"))

    turn = heard("all is as it should be", warned(warns, "AMAZON.FallbackIntent", affirms), LAUNCH, CHECK)

    assert (turn.asking == before.asking) == asked_again


@pytest.mark.parametrize(("warns", "affirms", "denies", "asked_again"), [
    ({"sign.night-pain": 0.8, "no": 0.2}, 0.4, 0.5, True), ({"sign.night-pain": 0.8, "no": 0.2}, 0.1, 0.5, False),
    ({"sign.night-pain": 0.8, "no": 0.2}, 0.1, 0.1, True), ({"nothing": 0.6, "no": 0.4}, 0.4, 0.1, False),
])
def test_not_somewhere(warns: dict[str, float], affirms: float, denies: float, asked_again: bool) -> None:
    """A "not" somewhere in words of which an ear makes something else, and no "no", is none, or it's asked again."""
    before = heard("check my warning signs", Meant("CheckWarningSignsIntent"))
    meant = warned(warns, "AMAZON.NoIntent", affirms, denies)

    turn = heard("it goes on with me doing nothing", meant, LAUNCH, CHECK)

    assert (turn.asking == before.asking) == asked_again


@pytest.mark.parametrize(("affirms", "asked_again"), [(0.2, False), (0.7, True)])
def test_no_that_sounds_like_yes(affirms: float, asked_again: bool) -> None:
    """What reads like a no, and an ear hears a yes in, is asked again."""
    before = heard("check my warning signs", Meant("CheckWarningSignsIntent"))

    turn = heard("not really i hang on to stuff", warned({"no": 1.0}, "AMAZON.NoIntent", affirms), LAUNCH, CHECK)

    assert (turn.asking == before.asking) == asked_again


@pytest.mark.parametrize("words", ["it stays put and nothing else", "it does not do as i want"])
def test_not_of_an_emergency(words: str) -> None:
    """A "not" in words in which an ear hears an emergency that is asked about is no "no": it's asked again."""
    before = heard("no", warned({"no": 1.0}, "AMAZON.NoIntent"), LAUNCH, CHECK, NO)

    turn = heard(words, warned({"sign.foot-drop": 0.5, "no": 0.4}, "DenySymptomIntent"), LAUNCH, CHECK, NO, NO)

    assert before.asking == turn.asking
    assert "sign.leg-weakness" in turn.asking


def test_guessed_end() -> None:
    """Words that an ear only guesses to be "stop" end a check the second time; "stop" does at once."""
    speaker, other = Speaker(), Speaker()
    states = [speaker.say(said).state for said in ("check my warning signs", *["that's all dead on"] * 2)]

    other.say("check my warning signs")

    assert states == ["check", "check", "closed"]
    assert other.say("stop it there please").state == "closed"


def test_weak_no() -> None:
    """A sign's word in what an ear plainly takes for a "no" tells of none."""
    meant = warned({"no": 1.0}, "AsideIntent", denies=0.97)

    assert heard("weak no they only ache", meant, LAUNCH, CHECK, NO, NO).found == ()


def test_end_of_a_sentence() -> None:
    """"That's all" at the end of an answer ends nothing, however sure an ear is."""
    speaker = Speaker()
    states = [speaker.say(said).state for said in ("check my warning signs", "i've wind that's all")]

    assert states == ["check", "check"]


def test_no_after_all() -> None:
    """What reads like a sign in words that begin with a "no", and are one to a certain ear, is one the second time."""
    words, meant = "no i've a nurse's bladder no problem", warned({"no": 1.0}, "ReportSymptomIntent", denies=0.99)

    first, second = heard(words, meant, LAUNCH, CHECK), heard(words, meant, LAUNCH, CHECK, meant)

    assert (first.disposition, second.disposition) == (None, None)
    assert "sign.chest" in second.asking


def test_doubt_beside_a_risk() -> None:
    """What may be a sign is asked about, though a risk is told of in the same breath; and the risk is kept."""
    meant = warned({"sign.trauma": 0.75, "nothing": 0.25}, "MaybeSignTraumaIntent")

    turn = heard("my kid got thrown and his back's sore", meant, LAUNCH, CHECK, NO, NO)

    assert (turn.asking, turn.found) == (("sign.trauma",), ("risk.child",))
