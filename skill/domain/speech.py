"""How long a calm voice takes to say something."""

from __future__ import annotations

import re


def seconds(text: str) -> float:
    """Seconds that a text takes to say."""
    return 0.2 + 0.19 * len(re.findall(r"[aeiouy]+", text.lower())) + 0.25 * len(re.findall(r"[.!?]", text))
