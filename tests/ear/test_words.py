"""Tidying, numbers and lengths of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.ear import words


@pytest.mark.parametrize(("said", "tidied"), [
    ("Don't!", "don't"), ("Ice, 10 min?", "ice ten min"), ("child’s pose", "child's pose"),
    ("  lots   of space ", "lots of space"), ("0'0", "zero zero"),
    ("rest & ice", "rest and ice"), ("'quoted'", "quoted"), ("", ""), ("?!", ""),
])
def test_tidy(said: str, tidied: str) -> None:
    """Typed text becomes what speech recognition would have written."""
    assert words.tidy(said) == tidied


@given(st.text(max_size=80))
def test_tidy_twice(said: str) -> None:
    """Tidying what is tidy changes nothing."""
    once = words.tidy(said)

    assert words.tidy(once) == once


@pytest.mark.parametrize(("said", "value"), [
    ("seven", 7), ("about twenty five", 25), ("twenty", 20), ("ninety nine of them", 99), ("none at all", None),
    ("twenty ten", 20),
])
def test_number(said: str, value: int | None) -> None:
    """The first number in a text is found."""
    assert words.number(said) == value


@given(st.integers(0, 99))
def test_number_back_and_forth(value: int) -> None:
    """Every number below a hundred is understood as it is spelled."""
    assert words.number(words.in_words(value)) == value


@pytest.mark.parametrize(("said", "seconds"), [
    ("ten minutes", 600), ("a couple of minutes", 120), ("half an hour", 1800), ("quarter of an hour", 900),
    ("a quarter of an hour", 900), ("an hour", 3600), ("one hour and five minutes", 3900), ("ninety seconds", 90),
    ("twenty five mins of stretching", 1500), ("a few minutes", 180), ("no time", None), ("minutes", None),
])
def test_duration(said: str, seconds: int | None) -> None:
    """Lengths of time are understood as people say them."""
    assert words.duration(said) == seconds


@pytest.mark.parametrize(("seconds", "iso"), [(600, "PT10M"), (90, "PT1M30S"), (3600, "PT1H"), (0, "PT0S")])
def test_iso_duration(seconds: int, iso: str) -> None:
    """Lengths of time are written as Amazon writes them."""
    assert words.iso_duration(seconds) == iso


@pytest.mark.parametrize(("one", "other"), [
    ("squats", "squatting"), ("deadlift", "deadlifts"), ("stretches", "stretching"), ("child's", "childs"),
])
def test_stem(one: str, other: str) -> None:
    """Forms of a word meet in their stem."""
    assert words.stem(one) == words.stem(other)
