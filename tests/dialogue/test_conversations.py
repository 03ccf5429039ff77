"""Every file of tests/conversations, had again: what a file is, `skill.simulator.script` says."""

from __future__ import annotations

from pathlib import Path

import pytest

from skill.simulator.script import load, replay
from skill.workshop import Workshop
from tests.conftest import TESTS

FILES = sorted((TESTS / "conversations").glob("*/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_conversation(path: Path) -> None:
    """A conversation goes as its file says, and breaks none of Amazon's rules."""
    workshop = Workshop()

    for step in replay(load(path), workshop, workshop.judge):
        assert not step.differences, step.taken.move


def test_claims() -> None:
    """Every file has its own claim, a whole sentence."""
    claims = [load(path).claim for path in FILES]

    assert len(set(claims)) == len(claims)
    assert all(claim[0].isupper() and claim.endswith(".") for claim in claims)
