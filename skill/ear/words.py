"""Tidying what was said: one spelling for one thing, fillers aside, numbers and lengths of time read.

Everything here works on lower-case words as speech recognition writes them; typed text is brought
to that form first, so that "Don't!" and "don't" are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

FILLERS = frozenset((
    "um", "umm", "uh", "uhm", "er", "erm", "ah", "hmm", "hm", "mm", "please", "so", "well", "okay", "ok", "oh", "hey",
    "alexa",
))
"""Words that carry no meaning of their own; left out where a sample is looked for literally."""

_UNITS = {word: value for value, word in enumerate((
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
))}
_TENS = {
    word: 10 * value for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_LOOSE = {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 5, "dozen": 12}
_SPANS = {"second": 1, "sec": 1, "minute": 60, "min": 60, "hour": 3600, "hr": 3600, "day": 86400, "week": 604800}
_PARTS = {"half": 0.5, "quarter": 0.25}

_LINKING = frozenset({"of", "or", "so"})


def tidy(said: str) -> str:
    """Lower case, plain apostrophes, no punctuation, digits as words: "Ice, 10 min?" → "ice ten min"."""
    text = said.lower().replace("’", "'").replace("`", "'").replace("&", " and ")
    text = re.sub(r"\d{1,9}", lambda digits: f" {in_words(int(digits[0]))} ", text)
    text = re.sub(r"[^\w' -]|_", " ", text)
    return " ".join(word for edged in text.split() if (word := edged.strip("'-")))


class Dialect:
    """Brings a tidied text to the standard: "i cannae stand" → "i can't stand"."""

    def __init__(self, standard: Mapping[str, str]) -> None:
        self._standard = {tidy(said): tidy(meant) for said, meant in standard.items()}
        words = "|".join(map(re.escape, self._standard))
        self._words = re.compile(rf"(?<!\S)(?:{words})(?!\S)" if words else r"(?!)")

    def __call__(self, said: str) -> str:
        """The same with the standard's words."""
        return self._words.sub(lambda match: self._standard[match[0]], said)


def tokens(said: str) -> list[str]:
    """The words of a tidied text; a hyphen joins nothing."""
    return [word for word in said.replace("-", " ").split() if word]


def plain(said: str) -> str:
    """A tidied text without fillers, unless nothing else is left."""
    kept = [word for word in tokens(said) if word not in FILLERS]
    return " ".join(kept or tokens(said))


def stem(word: str) -> str:
    """A word without its commonest endings, so that "squats", "squat" and "squatting" meet."""
    word = word.replace("'", "")
    for ending in ("ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004  # a stem of three letters tells
            word = word[: -len(ending)]
            return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word  # noqa: PLR2004  # squatt → squat
    return word[:-1] if word.endswith("e") and len(word) > 3 else word  # noqa: PLR2004


def stems(said: str) -> str:
    """All words of a text, stemmed."""
    return " ".join(map(stem, tokens(said)))


def in_words(value: int) -> str:
    """0 to 99 in words, more in groups of two, as years and room numbers are said."""
    if value < 20:  # noqa: PLR2004
        return list(_UNITS)[value]
    if value < 100:  # noqa: PLR2004
        ten, one = divmod(value, 10)
        return list(_TENS)[ten - 2] + (f" {in_words(one)}" if one else "")
    head, tail = divmod(value, 100)
    return f"{in_words(head)} {in_words(tail)}"


def number(said: str) -> int | None:
    """The first number in a text: "about twenty five" → 25, "a hundred and one" → 101; None where there is none."""
    before, hundred, after = f" {said} ".partition(" hundred ")
    if hundred:
        return 100 * (number(" ".join(before.split()[-1:])) or 1) + (number(after) or 0)
    words = tokens(said)
    for place, word in enumerate(words):
        if word in _TENS:
            following = _UNITS.get(words[place + 1], 0) if place + 1 < len(words) else 0
            return _TENS[word] + (following if following < 10 else 0)  # noqa: PLR2004
        if word in _UNITS:
            return _UNITS[word]
    return None


def duration(said: str) -> int | None:
    """Seconds of the length of time in a text: "a couple of minutes" → 120; None where there is none."""
    words = tokens(said)
    total, found = 0.0, False
    for place, word in enumerate(words):
        span = _SPANS.get(word) or _SPANS.get(word.removesuffix("s"))
        if span and (amount := _amount_before(words[:place])) is not None:
            total, found = total + amount * span, True
    return round(total) if found else None


def _amount_before(words: list[str]) -> float | None:
    """How many of a unit, read backwards from it: "half an", "twenty five", "a couple of"."""
    nearby = [word for word in words[-4:] if word not in _LINKING]
    if len(nearby) > 1 and nearby[-1] in ("a", "an") and nearby[-2] in _PARTS:
        return _PARTS[nearby[-2]]
    if len(nearby) > 1 and nearby[-2] in _TENS and nearby[-1] in _UNITS:
        return _TENS[nearby[-2]] + _UNITS[nearby[-1]]
    known = {**_LOOSE, **_UNITS, **_TENS, **_PARTS}
    return known.get(nearby[-1]) if nearby else None


def iso_duration(seconds: int) -> str:
    """As Amazon sends it: 600 → "PT10M"."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M"), (left, "S"))
    return "PT" + ("".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0S")
