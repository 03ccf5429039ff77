"""What an ear makes of words is weighed: signs against each other, and against all that only sounds like them."""

from __future__ import annotations

import pytest

from skill.rehearsing import LAUNCH
from skill.simulator.meant import Meant
from tests.meant import UNREAD, heard, likely


@pytest.mark.parametrize(("meant", "disposition"), [
    (likely(treat_ice=0.2, sign_saddle=0.12, sign_both__legs=0.1), "emergency"),
    (likely(treat_ice=0.2, sign_saddle=0.12), None),
    (likely(treat_ice=0.8, sign_saddle=0.12, sign_both__legs=0.1), None),
    (likely(treat_ice=0.2, sign_numbness=0.09, sign_walking=0.08), None),
])
def test_added_up(meant: Meant, disposition: str | None) -> None:
    """What may be any of several emergencies is one, however unlikely each; but not where something else is meant."""
    assert heard(UNREAD, meant, LAUNCH).disposition == disposition


@pytest.mark.parametrize(("meant", "asked"), [
    (likely(treat_ice=0.2, sign_numbness=0.18, MaybeSignNumbnessIntent=0.14), ("sign.numbness",)),
    (likely(treat_ice=0.2, sign_saddle=0.12), ("sign.saddle",)),
    (likely(treat_ice=0.2, sign_numbness=0.1), ()),
    (likely(treat_ice=0.5, sign_numbness=0.18, MaybeSignNumbnessIntent=0.14), ()),
])
def test_suspected(meant: Meant, asked: tuple[str, ...]) -> None:
    """Words of which nothing certain can be made are asked about, where a sign is likelier than not."""
    assert heard(UNREAD, meant, LAUNCH).asking == asked


@pytest.mark.parametrize("words", ["can a bad back do something odd to people", "no trouble at all with any of it"])
def test_settled(words: str) -> None:
    """Nobody is alarmed who asks in general, or says that all is well."""
    turn = heard(words, likely(treat_ice=0.2, sign_saddle=0.5), LAUNCH)

    assert (turn.disposition, turn.state) == (None, "open")


@pytest.mark.parametrize(("words", "share", "asked"), [
    ("no not that one it's the other thing", 0.5, "sign.saddle"), ("no not that one it's the other thing", 0.2, ""),
    ("my legs aren't numb", 0.5, ""),
])
def test_no_but(words: str, share: float, asked: str) -> None:
    """A "no" before something that an ear takes for an emergency has it asked about; a plain denial doesn't."""
    turn = heard(words, likely(treat_ice=0.3, sign_saddle=share), LAUNCH)

    assert turn.disposition is None
    assert turn.asking == ((asked,) if asked else ())


@pytest.mark.parametrize(("doubt", "sign", "disposition"), [(0.4, 0.1, None), (0.4, 0.3, "emergency")])
def test_explained(doubt: float, sign: float, disposition: str | None) -> None:
    """What reads like an emergency, and an effort explains, is asked about where that's much likelier."""
    meant = likely(MaybeSignBothLegsIntent=doubt, sign_both__legs=sign)

    assert heard("both my legs are numb after spin class", meant, LAUNCH).disposition == disposition


def test_small_fall() -> None:
    """A small fall is asked about, where an ear isn't sure that it was none."""
    turn = heard("i slipped on the wet floor and went down on my bum", likely(MaybeSignTraumaIntent=0.6), LAUNCH)

    assert turn.asking == ("sign.trauma",)


def test_outweighed() -> None:
    """An emergency that only an ear makes of words isn't believed where something harmless is likelier."""
    sent, asked = (heard(UNREAD, likely(MaybeSignSaddleIntent=doubt, sign_saddle=0.3), LAUNCH) for doubt in (0.3, 0.5))

    assert sent.disposition == "emergency"
    assert asked.disposition is None
    assert asked.asking == ("sign.saddle",)


@pytest.mark.parametrize(("meant", "disposition", "asked"), [
    (likely(MaybeSignTraumaIntent=0.5, sign_saddle=0.3), "emergency", ()),
    (likely(MaybeSignTraumaIntent=0.5, sign_crisis=0.3), "emergency", ()),
    (likely(AsideIntent=0.55, sign_saddle=0.35), None, ("sign.saddle",)),
    (likely(AsideIntent=0.55, sign_crisis=0.35), None, ("sign.crisis",)),
    (likely(AsideIntent=0.45, sign_crisis=0.5), "emergency", ()),
])
def test_other_doubts(meant: Meant, disposition: str | None, asked: tuple[str, ...]) -> None:
    """A doubt about something else takes nothing from an emergency, and a likelier figure of speech has it asked."""
    turn = heard(UNREAD, meant, LAUNCH)

    assert (turn.disposition, turn.asking) == (disposition, asked)


@pytest.mark.parametrize("words", [
    "they're not tingling now they belong to somebody else", "it's not numb or tingly it's just not there when i wipe",
])
def test_denied_and_more(words: str) -> None:
    """A denial takes nothing from what follows it."""
    assert heard(words, likely(sign_saddle=0.8), LAUNCH).disposition == "emergency"


@pytest.mark.parametrize(("words", "share", "found"), [
    ("my left leg's numb", 0.4, False), ("my left leg's numb and now the other one too", 0.9, True),
])
def test_one_leg(words: str, share: float, found: bool) -> None:
    """One leg is no two, unless an ear is sure of it."""
    assert ("sign.both-legs" in heard(words, likely(sign_both__legs=share), LAUNCH).found) == found


@pytest.mark.parametrize(("share", "disposition"), [(0.0, "emergency"), (0.5, "emergency"), (0.95, None)])
def test_certain_denial(share: float, disposition: str | None) -> None:
    """What reads like an emergency, and an ear is certain that it is denied, is asked about."""
    turn = heard("i can't feel my legs", Meant("DenySymptomIntent", {}, share), LAUNCH)

    assert turn.disposition == disposition
