"""What can go wrong in a conversation: one class a cause, each knowing the phrase that says so."""

from __future__ import annotations


class CoachError(Exception):
    """Anything the coach answers kindly instead of failing; `phrase` is the key of the words."""

    phrase = "sorry"


class UnknownItem(CoachError):
    """The person named something the library doesn't hold."""

    phrase = "unknown"
