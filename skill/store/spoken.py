"""Figures as words: the data says [10, 15], the ear hears "ten to fifteen"."""

from __future__ import annotations

from collections.abc import Mapping

from skill.domain.items import Figure

_UNDER_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number(value: int) -> str:
    """0 to 999 in English words; anything else in digits."""
    if not 0 <= value < 1000:  # noqa: PLR2004  # no figure of the content map comes near
        return str(value)
    if value < len(_UNDER_TWENTY):
        return _UNDER_TWENTY[value]
    if value < 100:  # noqa: PLR2004
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f" {_UNDER_TWENTY[ones]}" if ones else "")
    hundreds, rest = divmod(value, 100)
    return f"{_UNDER_TWENTY[hundreds]} hundred" + (f" {number(rest)}" if rest else "")


def figure(value: Figure) -> str:
    """A range or a single number: (10, 15) → "ten to fifteen", (48, 48) → "forty eight"."""
    low, high = value
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def fill(text: str, blanks: Mapping[str, str]) -> str:
    """A text with its named blanks filled; a sentence that begins with a blank begins in upper case."""
    filled = text.format_map(blanks)
    return filled[:1].upper() + filled[1:] if text.startswith("{") else filled
