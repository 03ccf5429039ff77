"""How long a calm voice takes to say something.

Rule 1: a sum over letters, words and pauses: it knows no words, and costs microseconds.
Rule 2: the figures are fitted to a synthetic voice at 150 words a minute, over everything that is spoken here;
`tests/bench/voice.py` measures them again.
"""

from __future__ import annotations

import re
from functools import lru_cache

START = 0.55
"""Seconds that any text takes: the voice's own silence before and after it."""

LETTER, WORD = 0.0523, 0.0757
COMMA, STOP = 0.374, 0.542
"""Seconds for each letter and each word, and for the pauses inside a text."""

_WORD = re.compile(r"[\w']+")
_STOP = re.compile(r"[.!?]\s")


@lru_cache(maxsize=4096)
def seconds(text: str) -> float:
    """Seconds that a plain text takes to say; none for an empty one."""
    letters = sum(map(str.isalnum, text))
    if not letters:
        return 0.0
    words, stops = len(_WORD.findall(text)), len(_STOP.findall(text))
    return START + LETTER * letters + WORD * words + COMMA * text.count(",") + STOP * stops
