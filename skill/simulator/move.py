"""What happens in one turn, from outside: something said, touched or waited for, or the world changed.

Rule 1: a move is a value; a list of moves is a conversation that can be had again.
Rule 2: a move is one thing: words, a meaning, a touch, a silence, a span of time, or something done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

LAUNCH = "LaunchRequest"

DEEDS = ("leave", "drop")
"""What else a person can do: end the session by "exit", or lose it without the skill being told."""

STORES = ("up", "down")

LONGEST = {"after": 86_400.0, "wait": 86_400.0, "later": 8_784.0}
"""A day in seconds, and a year in hours: longer ago, nothing of a conversation is left."""

Slots = Mapping[str, str | list[str]]
"""Slot → an id, several ids, or words that mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing that happens."""

    you: str = ""
    """What is said."""
    after: float | None = None
    """Seconds into what is being played at which it's said; None is when it's over."""
    intent: str = ""
    """What is meant, where no words are said; "LaunchRequest" opens the skill."""
    slots: Slots = field(default_factory=dict)
    """With it."""
    touch: tuple[str, ...] = ()
    """What is sent by the part of the screen that is touched."""
    wait: float = 0.0
    """Seconds of silence."""
    later: float = 0.0
    """Hours with nobody there."""
    do: str = ""
    """One of `DEEDS`."""
    device: str = ""
    """Before that: the device that is spoken to from now on."""
    locale: str = ""
    """Before that: the locale it's set to from now on."""
    store: str = ""
    """Before that: the user store goes "down", or comes "up" again."""

    def __post_init__(self) -> None:
        """Raises `ValueError` for what can't be done, with the cure."""
        happens = self._happening()
        if len(happens) != 1:
            raise ValueError(f"a turn is one thing, not {' and '.join(happens) or 'nothing'}; "
                             "give one of you, intent, touch, wait, later, do")
        if self.do and self.do not in DEEDS:
            raise ValueError(f"do is {self.do!r}; use one of {', '.join(DEEDS)}")
        if self.store and self.store not in STORES:
            raise ValueError(f"store is {self.store!r}; use up or down")
        for name, longest in LONGEST.items():
            if not 0 <= (getattr(self, name) or 0) <= longest:
                raise ValueError(f"{name} is {getattr(self, name)}; give a number from 0 to {longest:g}")

    @property
    def kind(self) -> str:
        """The one thing that happens: "you", "touch", "wait", "later", "intent", or one of `DEEDS`."""
        return self.do or self._happening()[0]

    @property
    def done(self) -> str:
        """What is done, where nothing is said, in words: "8 s of silence"."""
        told = {
            "touch": f"the screen is touched ({' '.join(', '.join(self.touch).split())})",
            "wait": f"{self.wait:g} s of silence",
            "later": f"{self.later:g} hours later",
            "drop": "the session is lost",
            "leave": "somebody leaves",
        }
        return told.get(self.kind) or f"{self.intent} without words"

    def _happening(self) -> list[str]:
        return [name for name in ("you", "intent", "touch", "wait", "later", "do") if getattr(self, name)]

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Move:
        """The move in a document. Raises `ValueError` naming the key that is wrong."""
        known = {entry.name: entry for entry in fields(cls)}
        for key, value in given.items():
            if key not in known:
                raise ValueError(f"a turn has no {key!r}; use {', '.join(known)}")
            if not _is(_TYPES[key], value):
                raise ValueError(f"{key} is {value!r}; write {_WORDS[_TYPES[key]]}")
        touch, slots = given.get("touch", ()), given.get("slots", {})
        if not _are_words(touch):
            raise ValueError(f"touch is {touch!r}; write what the screen sends, a list of words")
        if not all(_is(_TEXT, slot) or (_is(_LIST, slot) and _are_words(slot)) for slot in slots.values()):
            raise ValueError(f"slots is {slots!r}; write an id, several in a list, or words, for each")
        return cls(**{**given, "touch": tuple(touch)})


def _is(kind: tuple[type, ...], value: object) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _are_words(listed: Iterable[object]) -> bool:
    return all(isinstance(each, str) for each in listed)


_TEXT, _NUMBER = (str,), (int, float)
_LIST, _TABLE = (list, tuple), (dict,)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "you": _TEXT, "after": (int, float, type(None)), "intent": _TEXT, "slots": _TABLE, "touch": _LIST,
    "wait": _NUMBER, "later": _NUMBER, "do": _TEXT, "device": _TEXT, "locale": _TEXT, "store": _TEXT,
}
_WORDS = {_TEXT: "text", _NUMBER: "a number", (int, float, type(None)): "a number of seconds", _LIST: "a list",
          _TABLE: "a table"}
