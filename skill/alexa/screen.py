"""Placeholder."""

from __future__ import annotations

from typing import Any

from skill.domain.picture import Picture


def directive(picture: Picture) -> dict[str, Any]:
    """The directive."""
    return {}
