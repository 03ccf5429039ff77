"""The session: what is remembered survives the way to Alexa and back, and junk is nothing."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.dialogue.session import STEPS, VERSION, Progress, Session
from skill.domain.course import Course
from skill.domain.signs import SADDLE

IDS = st.lists(st.text(max_size=20), max_size=5).map(tuple)
TEXT = st.text(max_size=20)
COUNT = st.integers(-(10**12), 10**12)
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "str": TEXT, "tuple[str, ...]": IDS, "int": COUNT, "str | None": st.none() | TEXT, "bool": st.booleans(),
}


def progress(step: str, parts: tuple[str, ...], rest: dict[str, Any]) -> Progress:
    """A check that may be open: a question that there is, about something."""
    return Progress(**rest, step=step if parts else "", parts=parts if step else ())


REST = {each.name: KINDS[str(each.type)] for each in fields(Progress) if each.name not in ("step", "parts")}
KINDS["Progress"] = st.builds(progress, st.sampled_from(["", *sorted(STEPS)]), IDS, st.fixed_dictionaries(REST))
KINDS["Course"] = st.builds(Course, **{each.name: KINDS[str(each.type)] for each in fields(Course)})
SESSIONS = st.builds(Session, **{each.name: KINDS[str(each.type)] for each in fields(Session)})
"""Any session there can be; a field of a new type is a KeyError here, so that it's thought of."""

JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)


@given(SESSIONS)
def test_round_trip(session: Session) -> None:
    """What is dumped, sent as JSON and loaded is what it was."""
    assert Session.load(json.loads(json.dumps(session.dump()))) == session


@given(JUNK)
def test_junk(junk: Any) -> None:
    """Anything can be loaded; what isn't a session is a fresh one."""
    assert Session.load(junk) == Session()


@given(st.dictionaries(st.sampled_from([each.name for each in fields(Session)]), JUNK))
def test_junk_in_the_fields(junk: dict[str, Any]) -> None:
    """A field that holds anything else than it should is as at the start; the result can be dumped and loaded."""
    loaded = Session.load({"v": VERSION, **junk})

    assert Session.load(json.loads(json.dumps(loaded.dump()))) == loaded


@pytest.mark.parametrize("version", [None, 0, 1, "2", [], {}])
def test_another_version(version: Any) -> None:
    """A dump of another version is a fresh session."""
    assert Session.load({**Session(topic="treat.ice").dump(), "v": version}) == Session()


def test_unknown_fields() -> None:
    """What a later release remembers is passed over."""
    assert Session.load({**Session(topic="treat.ice").dump(), "mood": "fine"}) == Session(topic="treat.ice")


@given(SESSIONS)
def test_no_words(session: Session) -> None:
    """A dump holds names of fields, ids and counts; check and routine are tables in it, nothing lies deeper."""
    dumped = session.dump()
    check, course = dumped.pop("progress", {}), dumped.pop("course", {})
    for value in (*dumped.values(), *check.values(), *course.values()):
        assert value is None or isinstance(value, (str, int, list))


@pytest.mark.parametrize("open_", [{"step": "what", "parts": [SADDLE]}, {"step": "toilet", "parts": []}])
def test_nothing_to_ask(open_: dict[str, Any]) -> None:
    """A question that there isn't, or that is about nothing, is not open."""
    assert Session.load({**Session().dump(), "progress": open_}) == Session()


@given(SESSIONS)
def test_told_to_others(session: Session) -> None:
    """What others read of a session is always there; what is as at the start is not sent to and fro besides."""
    dumped = session.dump()

    assert {"said", "state", "asking", "found", "disposition"} <= dumped.keys()
    assert dumped["said"] == list(session.said)
    assert dumped["state"] == session.state
    assert len(json.dumps(Session().dump())) < 100
