"""What an ear makes of words is weighed: signs against each other, against what is read, and against what is none."""

from __future__ import annotations

import pytest

from skill.rehearsing import CHECK, LAUNCH, NO
from skill.simulator import Speaker
from skill.simulator.meant import Meant
from tests.meant import UNREAD, heard, warned


@pytest.mark.parametrize(("warns", "disposition"), [
    ({"sign.saddle": 0.2, "sign.both-legs": 0.15, "nothing": 0.3}, "emergency"),
    ({"sign.saddle": 0.2, "sign.both-legs": 0.15, "nothing": 0.6}, None),
    ({"sign.saddle": 0.2, "nothing": 0.8}, None),
    ({"sign.numbness": 0.2, "sign.walking": 0.15, "nothing": 0.65}, None),
])
def test_added_up(warns: dict[str, float], disposition: str | None) -> None:
    """What may be any of several emergencies is one, however unlikely each."""
    assert heard(UNREAD, warned(warns), LAUNCH).disposition == disposition


@pytest.mark.parametrize(("warns", "asked"), [
    ({"sign.saddle": 0.2, "nothing": 0.8}, ("sign.saddle",)),
    ({"sign.saddle": 0.1, "nothing": 0.9}, ()),
    ({"maybe sign.numbness": 0.6, "nothing": 0.4}, ("sign.numbness",)),
    ({"maybe sign.numbness": 0.3, "maybe sign.leg-weakness": 0.2, "nothing": 0.4},
     ("sign.numbness", "sign.leg-weakness")),
    ({"maybe sign.numbness": 0.4, "nothing": 0.6}, ()),
    ({"sign.saddle": 0.2, "maybe sign.numbness": 0.6}, ("sign.numbness",)),
])
def test_suspected(warns: dict[str, float], asked: tuple[str, ...]) -> None:
    """What may be meant is asked about, two signs at most, unless it's likelier that nothing is."""
    turn = heard(UNREAD, warned(warns), LAUNCH)

    assert (turn.disposition, turn.asking) == (None, asked)


@pytest.mark.parametrize(("words", "share", "found"), [
    ("it's gone odd on me", 0.55, True), ("it's gone odd on me", 0.35, False),
    ("my back aches from the gym and something is odd", 0.55, False),
    ("my back aches from the gym and something is odd", 0.65, True),
])
def test_sign(words: str, share: float, found: bool) -> None:
    """A sign is believed where it's likely; beside a sore back, which is asked about anyhow, where an ear is sure."""
    turn = heard(words, warned({"sign.fever": share, "nothing": 1 - share}), LAUNCH)

    assert ("sign.fever" in turn.found) == found


@pytest.mark.parametrize("words", ["can a bad back do something odd to people", "no trouble at all with any of it"])
def test_settled(words: str) -> None:
    """Nobody is alarmed who asks in general, or says that all is well."""
    turn = heard(words, warned({"sign.saddle": 0.5, "nothing": 0.5}), LAUNCH)

    assert turn.disposition is None
    assert turn.found == ()


@pytest.mark.parametrize(("warns", "disposition", "asked"), [
    ({"maybe sign.both-legs": 1.0}, None, "sign.both-legs"), ({"nothing": 1.0}, None, "sign.both-legs"),
    ({"maybe sign.both-legs": 0.9, "sign.both-legs": 0.1}, "emergency", ""), ({}, "emergency", ""),
])
def test_disbelieved(warns: dict[str, float], disposition: str | None, asked: str) -> None:
    """What reads like an emergency is one, unless an ear hears next to none: then it's asked about."""
    turn = heard("both my legs are numb after spin class", warned(warns), LAUNCH)

    assert turn.disposition == disposition
    assert turn.asking[:1] == ((asked,) if asked else ())


def test_emergency_beside_a_sign() -> None:
    """What reads like an emergency is one, though an ear hears no more than a lesser sign beside it."""
    turn = heard("my nuts and my left leg are tingling", warned({"sign.numbness": 1.0}), LAUNCH)

    assert turn.disposition == "emergency"


@pytest.mark.parametrize(("nothing", "found"), [(0.9, False), (0.3, True)])
def test_disbelieved_sign(nothing: float, found: bool) -> None:
    """What reads like a lesser sign is let pass where an ear hears that it's none."""
    turn = heard("i'm shivering with a fever", warned({"nothing": nothing, "sign.fever": 1 - nothing}), LAUNCH)

    assert ("sign.fever" in turn.found) == found


@pytest.mark.parametrize("share", [0.16, 0.25])
def test_faint_emergency_beside_a_sign(share: float) -> None:
    """Beside a sign that the words tell of, a faint guess of an emergency is none: the check asks about it anyway."""
    warns = {"sign.foot-drop": share, "sign.weight-loss": 1 - share}
    turn = heard("i've lost a stone and i've done nothing", warned(warns))

    assert turn.disposition is None
    assert "sign.weight-loss" in turn.found


@pytest.mark.parametrize("words", [
    "they're not tingling now they belong to somebody else", "it's not numb or tingly it's just not there when i wipe",
])
def test_denied_and_more(words: str) -> None:
    """A denial takes nothing from what follows it."""
    assert heard(words, warned({"sign.saddle": 0.8, "no": 0.2}), LAUNCH).disposition == "emergency"


@pytest.mark.parametrize(("words", "share", "found"), [
    ("my left leg's numb", 0.4, False), ("my left leg's numb and now the other one too", 0.9, True),
])
def test_one_leg(words: str, share: float, found: bool) -> None:
    """One leg is no two, unless an ear is certain of it."""
    warns = {"sign.both-legs": share, "sign.numbness": 1 - share}

    assert ("sign.both-legs" in heard(words, warned(warns), LAUNCH).found) == found


@pytest.mark.parametrize(("sure", "intent"), [
    (0.5, "MaybeSignChestIntent"), (0.5, "ReportSymptomIntent"), (0.9, "CheckWarningSignsIntent"),
    (0.9, "MaybeSignBothLegsIntent"),
])
def test_aside(sure: float, intent: str) -> None:
    """Words that tell of nothing and ask for nothing begin no check, whatever an ear took them for."""
    meant = Meant(intent, {}, sure, warns={"nothing": 0.9, "maybe sign.chest": 0.1})

    assert heard("the bins go out tonight", meant, LAUNCH).state == "open"


@pytest.mark.parametrize(("said", "warns"), [
    ("would you look me over", {"asked": 0.9, "nothing": 0.1}), ("my back aches", {"nothing": 1.0}),
])
def test_no_aside(said: str, warns: dict[str, float]) -> None:
    """Who asks for the check, or tells of a sore back, gets it, though there is no sign in the words."""
    assert heard(said, warned(warns, "CheckWarningSignsIntent"), LAUNCH).state == "check"


@pytest.mark.parametrize(("share", "found"), [(0.8, False), (0.9, True)])
def test_sign_in_general(share: float, found: bool) -> None:
    """A question in general tells of a sign only where an ear is certain of it."""
    warns = {"sign.fever": share, "asked": 1 - share}

    assert ("sign.fever" in heard("can people run when they are hot", warned(warns), LAUNCH).found) == found


@pytest.mark.parametrize("words", [
    "yesterday it was bad and it's getting better today", "yesterday was the worst of it and today's easier",
    "yesterday it was worse than now", "it was more when i woke up", "nicely better than yesterday",
])
def test_getting_better(words: str) -> None:
    """Who says that it gets better doesn't tell that it gets worse, whatever an ear hears."""
    turn = heard(words, warned({"sign.worsening": 1.0}), LAUNCH)
    answer = heard(words, warned({"sign.worsening": 1.0}, affirms=0.97), LAUNCH, CHECK)

    assert "sign.worsening" not in (*turn.found, *answer.found)


@pytest.mark.parametrize("words", [
    "it was a niggle worse now", "it was bad and now it's worse", "it was okay before more pain now",
    "it was bad when i woke and it's got worse", "it was fine yesterday and it's worse today",
])
def test_getting_worse(words: str) -> None:
    """What was better before gets worse."""
    assert "sign.worsening" in heard(words, warned({"sign.worsening": 1.0}), LAUNCH).found


@pytest.mark.parametrize("words", [
    "i feel nothing it's gone numb between my legs", "nothing down there gone numb",
    "there's nothing there it's dead", "i can't hold all the water in",
])
def test_nothing_felt(words: str) -> None:
    """Who feels nothing isn't well, and water that can't be held is no drink."""
    assert heard(words, warned({"sign.saddle": 0.7, "nothing": 0.3}), LAUNCH).disposition == "emergency"


@pytest.mark.parametrize(("nothing", "found"), [(0.9, False), (0.7, True)])
def test_disbelieved_risk(nothing: float, found: bool) -> None:
    """What reads like a risk is let pass only where an ear is certain that it's none."""
    turn = heard("blood thinners", warned({"nothing": nothing, "risk.fragile": 1 - nothing}), LAUNCH)

    assert ("risk.fragile" in turn.found) == found


@pytest.mark.parametrize(("share", "disposition", "asked"), [(0.9, "emergency", ()), (0.6, None, ("sign.crisis",))])
def test_crisis(share: float, disposition: str | None, asked: tuple[str, ...]) -> None:
    """Whether it's about living is asked where an ear isn't certain: "I don't want to keep going", in a class."""
    turn = heard("that's it for me and all of it", warned({"sign.crisis": share, "nothing": 1 - share}), LAUNCH)

    assert (turn.disposition, turn.asking) == (disposition, asked)


def test_certain_aside() -> None:
    """What an ear is certain is a figure of speech is asked about only where it may be an emergency."""
    meant = Meant("AsideIntent", {}, 0.9, warns={"maybe sign.chest": 0.6, "nothing": 0.4})

    assert heard("my arms went all odd in the cold", meant, LAUNCH).asking == ()


def test_training_that_kills() -> None:
    """A plank that kills somebody, as the first thing said, begins no check."""
    assert Speaker().say("this plank is killing me").state == "open"


@pytest.mark.parametrize(("share", "disposition", "asked"), [
    (0.75, None, ("sign.bladder-bowel",)), (0.9, "emergency", ()),
])
def test_emergency_beside_a_complaint(share: float, disposition: str | None, asked: tuple[str, ...]) -> None:
    """Beside a sore back an ear has to be certain of an emergency, for the check begins with the gravest anyhow."""
    turn = heard("my back aches from the gym and something is odd",
                 warned({"sign.bladder-bowel": share, "nothing": 1 - share}), LAUNCH)

    assert (turn.disposition, turn.asking) == (disposition, asked)


def test_ear_fancies_a_fall() -> None:
    """A fall that only an ear hears, and isn't certain of, is asked about; in answer to just that it's believed."""
    meant = warned({"sign.trauma": 0.7, "nothing": 0.3})
    words = "i went way too hard on the kilter board"

    assert heard(words, meant, LAUNCH).asking == ("sign.trauma",)
    assert "sign.trauma" in heard(words, meant, LAUNCH, CHECK, NO).found
