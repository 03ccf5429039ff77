"""How sure an ear is: where words arrive as well, it decides what is believed, asked about, or let pass."""

from __future__ import annotations

import pytest

from skill import app
from skill.rehearsing import CHECK, LAUNCH, NO, asking, having
from skill.simulator import Speaker
from skill.simulator.echo import Echo
from skill.simulator.envelope import Device
from skill.simulator.meant import Meant
from tests.conftest import PERSON
from tests.meant import UNREAD, heard, reported, warned


@pytest.mark.parametrize("sign", ["sign.both-legs", "sign.bladder-bowel", "sign.chest"])
def test_which_leg_hides_nothing(sign: str) -> None:
    """That it is "both" or "one" says nothing against the sign that an ear heard."""
    assert heard(UNREAD, reported(sign, 0.95), LAUNCH).disposition == "emergency"
    assert heard(UNREAD, reported(sign, 0.95), LAUNCH, CHECK, NO).disposition == "emergency"


@pytest.mark.parametrize(("share", "found"), [(0.3, ()), (0.95, ("risk.fragile",))])
def test_risk(share: float, found: tuple[str, ...]) -> None:
    """A risk that is no more than a guess isn't noted."""
    assert heard("i take a little something for that", reported("risk.fragile", share), LAUNCH).found == found


@pytest.mark.parametrize(("share", "disposition"), [(0.3, None), (0.95, "emergency")])
def test_no_answer(share: float, disposition: str | None) -> None:
    """Asked something, "nothing" is an answer, unless an ear is certain that it is something else, and grave."""
    meant = warned({"sign.crisis": share, "no": 1 - share})
    turn = heard("there's nothing in me tank anymore", meant, LAUNCH, CHECK, NO)

    assert turn.disposition == disposition
    assert (turn.state == "check") == (disposition is None)


@pytest.mark.parametrize(("share", "asking"), [(0.5, "sign.bladder-bowel"), (0.1, "sign.leg-weakness")])
def test_beside_an_answer(share: float, asking: str) -> None:
    """A "no" somewhere in what an ear takes for an emergency is asked about, unless that is no more than a guess."""
    turn = heard("it falls in bits and not full", reported("sign.bladder-bowel", share), LAUNCH, CHECK, NO)

    assert turn.asking[0] == asking


@pytest.mark.parametrize(("share", "disposition"), [(0.2, None), (0.95, "emergency")])
def test_certain_sign(share: float, disposition: str | None) -> None:
    """Words that may mean a sign are asked about, unless an ear hears that they do."""
    turn = heard("i can't catch my breath", reported("sign.chest", share), LAUNCH)

    assert turn.disposition == disposition
    assert disposition or turn.asking == ("sign.chest",)


@pytest.mark.parametrize(("share", "state"), [(0.1, "check"), (0.9, "check"), (1.0, "closed")])
def test_faint_stop(share: float, state: str) -> None:
    """What an ear only fancies to be "stop", however sure, doesn't end the check at once."""
    assert heard("can go can go no problem", Meant("AMAZON.StopIntent", {}, share), LAUNCH, CHECK).state == state


@pytest.mark.parametrize(("words", "disposition"), [
    ("is it normal that i haven't been able to pee since lunch", "emergency"),
    ("why has my foot started slapping the floor", "emergency"),
    ("should i be worried that my wife can't feel herself wiping", "emergency"),
    ("how come my pee looks like cola since boot camp", "emergency"),
    ("can a bad back make you wet yourself", None),
    ("is dark pee after training dangerous", None),
    ("why do you want to know about my pee", None),
    ("how would i know if my bladder was going", None),
    ("should i worry if my foot ever drags", None),
])
def test_told_in_a_question(words: str, disposition: str | None) -> None:
    """Who asks about what they have now tells of it; who asks in general doesn't."""
    assert Speaker().say(words).disposition == disposition


def test_answered() -> None:
    """An answer to "which leg?" is that, whatever else an ear fancies it may be."""
    echo_meant = iter([reported("sign.numbness", 0.9), warned({"sign.foot-drop": 0.4, "no": 0.6}, "TellSideIntent")])
    echo = Echo(app.skill(), lambda *_: next(echo_meant), Device("echo-dot", "en-US", PERSON))
    echo.launch()
    asked, answered = echo.say("my foot's gone numb"), echo.say("right foot only")

    assert asked.asking == ("side",)
    assert answered.disposition is None
    assert answered.state == "check"


def test_no_doubt_in_an_answer() -> None:
    """An answer to what was asked is that, though an ear fancies that it may mean a sign."""
    turn = heard("no it's maybe a bit less today", warned({"maybe sign.weight-loss": 0.6, "no": 0.4}), LAUNCH, CHECK)

    assert "sign.weight-loss" not in turn.asking


def test_worst_figure() -> None:
    """Of two figures the worse counts, whichever the slot holds."""
    speaker = Speaker()
    for words in ("check my warning signs", "no", "no", "no", "no", "no", "four days", "yes", "no", "no"):
        turn = speaker.say(words)

    assert turn.asking == ("severity",)
    assert "sign.severe-72h" in speaker.say("seven now was an eight").found


def test_doubted_once() -> None:
    """What was asked about and denied, and is said again, is believed."""
    doubt = warned({"maybe sign.both-legs": 1.0})
    meant = iter([doubt, Meant("AMAZON.NoIntent"), asking("treat.ice"), doubt])
    echo = Echo(app.skill(), lambda *_: next(meant), Device("echo-dot", "en-US", PERSON))
    echo.launch()

    said = ("both my legs are numb after spin class", "no", "is ice good", "both my legs are numb after spin class")
    asked, _, _, again = [echo.say(words) for words in said]

    assert asked.asking[0] == "sign.both-legs"
    assert again.disposition == "emergency"


@pytest.mark.parametrize("intent", ["MaybeSignCrisisIntent", "AsideIntent", "AMAZON.FallbackIntent"])
def test_crisis_is_not_doubted(intent: str) -> None:
    """Words of not wanting to live are believed, whatever an ear makes of them."""
    assert heard("i don't want to live anymore", Meant(intent, {}, 1.0), LAUNCH).disposition == "emergency"


@pytest.mark.parametrize(("share", "asked"), [(0.1, ()), (0.5, ("sign.chest",))])
def test_faint_doubt(share: float, asked: tuple[str, ...]) -> None:
    """Words that may mean a sign are asked about, but not where an ear only fancies it."""
    assert heard("well that was a lot", Meant("MaybeSignChestIntent", {}, share), LAUNCH).asking == asked


def test_faint_command() -> None:
    """In the check, what was hardly heard isn't obeyed: the question is asked again."""
    before, after = (heard("pancakes", Meant("FasterIntent", {}, share), LAUNCH, CHECK).speech for share in (0.9, 0.1))

    assert before != after


@pytest.mark.parametrize("verbatim", [True, False])
def test_figure_of_speech(verbatim: bool) -> None:
    """Asked whether it was meant so, an aside says that it wasn't."""
    turn = heard("only an expression", Meant("AsideIntent", {}, 0.9), LAUNCH, Meant("MaybeSignBothLegsIntent"),
                 verbatim=verbatim)

    assert "sign.both-legs" not in (*turn.asking, *turn.found)


@pytest.mark.parametrize(("meant", "state"), [
    (Meant("AMAZON.FallbackIntent", {}, 0.9), "check"), (Meant("CauseStrainIntent", {}, 0.2), "check"),
    (Meant("CauseStrainIntent", {}, 0.9), "open"),
])
def test_first_sentence(meant: Meant, state: str) -> None:
    """A first sentence that tells of pain and asks for nothing begins the check, unless it surely has an answer."""
    assert heard("there's an ache across the bottom of me since the match", meant).state == state


def test_aside_is_reassured() -> None:
    """An aside about something sore is reassured; any other is just let pass."""
    sore, other = (heard(words, Meant("AsideIntent", {}, 0.9), LAUNCH, asking("treat.ice"))
                   for words in ("my arms ache from all that", "my ears are on strike"))

    assert sore.said == ("normal.soreness",)
    assert other.said == ()
    assert {sore.state, other.state} == {"open"}


def test_without_words() -> None:
    """Where no words arrive, nobody tells how sure: intents and slots are believed as before."""
    assert heard("", having("sign.saddle"), LAUNCH, verbatim=False).disposition == "emergency"


@pytest.mark.parametrize("words", ["i'm on blood thinners", "i take a blood thinner", "they put me on warfarin"])
def test_blood_thinners(words: str) -> None:
    """Blood thinners are noted, and nothing else is heard in them."""
    speaker = Speaker()
    speaker.say("what helps a sore back")

    turn = speaker.say(words)

    assert turn.state == "open"
    assert set(turn.found) <= {"risk.fragile"}


@pytest.mark.parametrize(("share", "disposition"), [(0.95, "emergency"), (0.5, None)])
def test_report_that_sounds_like_a_question(share: float, disposition: str | None) -> None:
    """What an ear is certain is told of is told of, though it begins like a question."""
    words = "is normal after training that nothing goes out since morning"

    assert heard(words, reported("sign.bladder-bowel", share), LAUNCH).disposition == disposition
