"""Envelopes gone wrong, by the thousand: whatever arrives, a legal answer goes out.

The same examples are tried every time; `FUZZ=20000 pytest tests/alexa/test_fuzz.py` tries that many new ones.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill import app
from tests.conftest import TESTS, Json, envelope, intents, judged

TRIES = int(os.environ.get("FUZZ", "0"))
SKILL = app.skill()
ENVELOPES = {path.stem: envelope(path.stem) for path in sorted((TESTS / "envelopes").glob("*.json"))}
TYPES = sorted({each["request"]["type"] for each in ENVELOPES.values()})

Path = tuple[str | int, ...]
"""Keys and places, from the whole to a part of it."""


def fuzz(examples: int) -> settings:
    """As many examples as a test run can bear, or as many as were asked for."""
    return settings(
        max_examples=TRIES or examples, derandomize=not TRIES, deadline=None, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


WORDS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", "?", "\ud800", "<speak>", "&", "{called}", "=what/0", "treat.ice", "0" * 5_000]),
    st.sampled_from([*TYPES, *intents()]),
)
NUMBERS = st.one_of(st.integers(-3, 3), st.sampled_from([10**30, -(10**4_000)]), st.floats(allow_nan=False))
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=4,
)

CHANGES: tuple[Callable[[Any, Any], Any], ...] = (
    lambda _, junk: junk,
    lambda part, _: [part],
    lambda part, _: {"value": part},
    lambda part, _: str(part),
    lambda part, _: [part, part],
    lambda part, junk: {**part, str(junk): junk} if isinstance(part, dict) else {str(part): junk},
    lambda part, _: list(part) if isinstance(part, dict) else {},
)
"""What may happen to a part, given some junk: replaced, nested, retyped, doubled, added to, taken to pieces."""


def paths(node: Any, here: Path = ()) -> Iterator[Path]:
    """Where every part of a document is, the whole excepted."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in inner:
        yield (*here, key)
        yield from paths(part, (*here, key))


def parent(document: Any, path: Path) -> Any:
    """What holds the part at the end of a path."""
    for key in path[:-1]:
        document = document[key]
    return document


@st.composite
def changed(draw: st.DrawFn) -> Json:
    """An envelope with up to five of its parts dropped or changed, at any depth."""
    document = deepcopy(ENVELOPES[draw(st.sampled_from(sorted(ENVELOPES)))])
    for _ in range(draw(st.integers(1, 5))):
        places = list(paths(document))
        if not places:
            break
        path = draw(st.sampled_from(places))
        change = draw(st.sampled_from([None, *CHANGES]))
        if change is None:
            del parent(document, path)[path[-1]]
        else:
            parent(document, path)[path[-1]] = change(parent(document, path)[path[-1]], draw(JUNK))
    return document


class Bugs(logging.Handler):
    """Every failure of ours that an apology has covered."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what was logged."""
        self.seen.append(record.getMessage())


BUGS = Bugs()
logging.getLogger("skill").addHandler(BUGS)


def survived(asked: Json) -> None:
    """The answer is legal and can be sent, and no bug of ours was apologised for."""
    BUGS.seen.clear()

    assert json.dumps(judged(asked, SKILL))
    assert BUGS.seen == []


@fuzz(800)
@given(changed())
def test_changed_envelopes(asked: Json) -> None:
    """However an envelope is broken, the answer is legal, and nothing is raised."""
    survived(asked)


@fuzz(200)
@given(st.sampled_from(sorted(ENVELOPES)), st.one_of(st.sampled_from(TYPES), WORDS))
def test_another_type(name: str, kind: str) -> None:
    """A request that calls itself something else gets what is legal for that."""
    asked = deepcopy(ENVELOPES[name])
    asked["request"]["type"] = kind

    survived(asked)


@fuzz(200)
@given(st.sampled_from(sorted(intents())), st.dictionaries(st.sampled_from(["topic", "other", "symptom"]), JUNK))
def test_any_slots(name: str, slots: Json) -> None:
    """An intent's slots may be anything."""
    asked = deepcopy(ENVELOPES["ask"])
    asked["request"]["intent"] = {"name": name, "slots": slots}

    survived(asked)


@fuzz(200)
@given(st.sampled_from(sorted(intents())), st.dictionaries(
    st.sampled_from(sorted(ENVELOPES["yes"]["session"]["attributes"])), JUNK))
def test_any_attributes(name: str, attributes: Json) -> None:
    """Session attributes may have become anything."""
    asked = deepcopy(ENVELOPES["ask"])
    asked["request"]["intent"]["name"] = name
    asked["session"]["attributes"] |= attributes

    survived(asked)
