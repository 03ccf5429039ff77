"""What people blurt out in everyday words: an emergency beside a no, and what only sounds like a sign."""

from __future__ import annotations

import pytest

from tests.conftest import heard


@pytest.mark.parametrize("said", [
    "haven't been able to take a leak all day man", "bunged up five days and now i can't wee either",
    "my bowels just let go in the supermarket", "oh god i've just gone on the mat", "no pain now just numb legs",
    "my bottom is not having any sensation", "one leg has stopped working entirely", "all ten toes numb",
    "i've nothing from the waist down no feeling", "a car rammed me and there's this stabbing in my spine",
    "i'm going to the toilet without feeling it", "my pee keeps dripping after the set", "my leg just won't move",
])
def test_an_emergency_whatever_is_in_the_words(said: str) -> None:
    """A no, a trip to the toilet, a bowel that is blocked as well, or "working" in them takes nothing from it."""
    assert heard(said)[-1].disposition == "emergency"
    assert heard("check my warning signs", "no", "no", said)[-1].disposition == "emergency"


@pytest.mark.parametrize("said", [
    "nipping to the loo carry on without me", "dripping after that set where's my towel", "how do i lose weight",
    "i cannot touch my toes since always", "oops dropped the weight sorry", "i'll take another stab at that one",
    "hang on the baby's been sick on me", "my bladder's ok don't worry", "okay i got on my hands and knees",
    "brought it up with my coach",
])
def test_no_sign_at_all(said: str) -> None:
    """A toilet break, a second meaning, a wish, how somebody kneels."""
    turn = heard(said)[-1]

    assert (turn.found, turn.disposition) == ((), None)


@pytest.mark.parametrize("said", ["there's no warning it just floods out", "there's no sensation when i wipe"])
def test_no_is_not_always_an_answer(said: str) -> None:
    """In the check, a "no" in the middle of what can't wait answers nothing."""
    assert heard("check my warning signs", "no", "no", "no", said)[-1].disposition == "emergency"


@pytest.mark.parametrize(("said", "not_found"), [
    ("the leg pain won't budge", "sign.foot-drop"), ("i'm thirty nine now and my back hurts", "sign.fever"),
])
def test_no_more_than_is_said(said: str, not_found: str) -> None:
    """A pain that stays is no leg that won't move, and an age is no fever."""
    assert not_found not in heard(said)[-1].found


def test_on_the_right() -> None:
    """"Right" at the end makes no question of a sign."""
    assert heard("it's numb in my foot on the right")[-1].found == ("sign.numbness",)


def test_an_accident_may_be_either() -> None:
    """"A little accident" is asked about: which kind of it was?"""
    assert heard("i had a little accident")[-1].asking == ("sign.bladder-bowel", "sign.trauma")


def test_easing_is_not_getting_worse() -> None:
    """What an ear makes of a pain that eases isn't believed."""
    assert heard("it's easing off each morning")[-1].found == ()
