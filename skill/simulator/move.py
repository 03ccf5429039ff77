"""What happens in one turn, from outside: something said, touched or waited for, or the world changed.

Rule 1: a move is a value; a list of moves is a conversation that can be had again.
Rule 2: a move is one thing: words, a meaning, a touch, a silence, a span of time, or something done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

LAUNCH = "LaunchRequest"

DEEDS = ("leave", "drop")
"""What else a person can do: end the session by "exit", or lose it without the skill being told."""

STORES = ("up", "down")

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
        happens = [name for name in ("you", "touch", "wait", "later", "do") if getattr(self, name)]
        if not happens and self.intent:
            happens = ["intent"]
        if len(happens) != 1:
            raise ValueError(f"a turn is one thing, not {' and '.join(happens) or 'nothing'}; "
                             "give one of you, intent, touch, wait, later, do")
        if self.do and self.do not in DEEDS:
            raise ValueError(f"do is {self.do!r}; use one of {', '.join(DEEDS)}")
        if self.store and self.store not in STORES:
            raise ValueError(f"store is {self.store!r}; use up or down")
        if min(self.wait, self.later, self.after or 0) < 0:
            raise ValueError("time goes forward; give seconds and hours above nought")

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Move:
        """The move in a document. Raises `ValueError` naming the key that is wrong."""
        known = {entry.name: entry for entry in fields(cls)}
        for key, value in given.items():
            if key not in known:
                raise ValueError(f"a turn has no {key!r}; use {', '.join(known)}")
            if not isinstance(value, _TYPES[key]) or isinstance(value, bool):
                raise ValueError(f"{key} is {value!r}; write {_WORDS[_TYPES[key]]}")
        touch = given.get("touch", ())
        if not all(isinstance(each, str) for each in touch):
            raise ValueError("touch is what the screen sends, a list of words")
        return cls(**{**given, "touch": tuple(touch)})


_TEXT, _NUMBER = (str,), (int, float)
_LIST, _TABLE = (list, tuple), (dict,)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "you": _TEXT, "after": (int, float, type(None)), "intent": _TEXT, "slots": _TABLE, "touch": _LIST,
    "wait": _NUMBER, "later": _NUMBER, "do": _TEXT, "device": _TEXT, "locale": _TEXT, "store": _TEXT,
}
_WORDS = {_TEXT: "text", _NUMBER: "a number", (int, float, type(None)): "a number of seconds", _LIST: "a list",
          _TABLE: "a table"}
