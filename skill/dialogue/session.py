"""What is remembered within one conversation: ids and counts, never words.

Rule 1: `Session.load(json.loads(json.dumps(s.dump()))) == s`.
Rule 2: junk, or another version, is a fresh session, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One conversation, as it travels in the session attributes."""

    state: str = "open"
    """"open", "check", "stretch" or "closed"."""
    said: tuple[str, ...] = ()
    """Ids that the last reply drew on."""
    lines: tuple[str, ...] = ()
    """The last reply, as references to texts (see `dialogue.wording`): what "repeat" renders again."""
    question: str = ""
    """Reference of the question left open; empty where none is."""
    topic: str = ""
    """Id of the item that "why" and "how long" are about."""
    told: tuple[str, ...] = ()
    """Parts of that item told so far: "say", "more", "follow.how_long"."""
    offer: str = ""
    """What "yes" would bring: an item's id, "again", or a follow-up key waiting for its item."""
    heard: tuple[str, ...] = ()
    """Ids of items told in this conversation, so that none is offered twice."""
    count: int = 0
    """Replies given, counted on from earlier visits; picks the variant of a phrase."""
    misses: int = 0
    """Turns in a row that were not understood."""
    alarm: str = ""
    """Id of an emergency sign that was reported; from then on its advice comes before any other answer."""
    asking: tuple[str, ...] = ()
    """Ids that the open question of the warning-sign check is about."""
    found: tuple[str, ...] = ()
    """Signs and risks found in the check."""
    disposition: str | None = None
    """What the check concluded."""

    def dump(self) -> dict[str, Any]:
        """A plain dictionary, ready for JSON."""
        plain = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        return {"v": VERSION, **{name: list(value) if isinstance(value, tuple) else value
                                 for name, value in plain.items()}}

    @staticmethod
    def load(attributes: Mapping[str, Any] | None) -> Session:
        """The session of a dump; a fresh one for anything that is none."""
        if not isinstance(attributes, Mapping) or attributes.get("v") != VERSION:
            return Session()
        known = {name: _value(attributes[name], fresh) for name, fresh in _FRESH.items() if name in attributes}
        return replace(Session(), **known)


_FRESH: Mapping[str, Any] = {entry.name: entry.default for entry in fields(Session)}


def _value(value: Any, fresh: Any) -> Any:  # noqa: ANN401  # whatever came back from outside
    """A value of the kind the field has, else the fresh one."""
    if isinstance(fresh, tuple):
        return tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else fresh
    if isinstance(fresh, int):
        return value if isinstance(value, int) and not isinstance(value, bool) else fresh
    return value if isinstance(value, str) else fresh


