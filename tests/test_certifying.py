"""The certification list: it passes here, and each of its points fails where a fault is planted."""

from __future__ import annotations

import pytest

from skill.__main__ import main
from skill.certifying import ROWS, Row, Verdict, failures, listed, verdicts
from skill.evidence import Evidence
from tests.conftest import Edit
from tests.package.faults import FAULTS


@pytest.fixture(scope="module")
def sound() -> Evidence:
    """What the skill is judged by as it is."""
    evidence = Evidence()
    assert evidence.plays
    return evidence


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_passes(row: Row, sound: Evidence) -> None:
    """The skill passes each point that can be judged here."""
    assert list(row.judge(sound) if row.judge else ()) == []


@pytest.mark.parametrize(("number", "which"), [(number, which) for number, faults in FAULTS.items()
                                               for which in range(len(faults))])
def test_fails(number: int, which: int, sound: Evidence) -> None:
    """A point fails where there is something wrong."""
    row = next(each for each in ROWS if each.number == number)
    assert row.judge

    assert list(row.judge(FAULTS[number][which](sound)))


def test_every_point_can_fail() -> None:
    """The list has all sixty points; who is judged here has a planted fault, the others say who judges them."""
    assert [row.number for row in ROWS] == list(range(1, 61))
    assert {row.number for row in ROWS if row.judge} == FAULTS.keys()
    assert all(row.by and row.because and row.what for row in ROWS if not row.judge)
    assert len({row.text for row in ROWS}) == len(ROWS)


def test_how_it_is_told() -> None:
    """A line a point, three findings of it at most, what is left to others, and the sum."""
    found = tuple(f"en-US: fault {number}" for number in range(5))
    judged = [Verdict(ROWS[0]), Verdict(ROWS[6], found), Verdict(ROWS[17]), Verdict(ROWS[35]), Verdict(ROWS[41])]
    lines = list(listed(judged))

    assert lines[0] == " 1  pass    An answer that keeps the session ends with a question."
    assert lines[1:6] == [" 7  fail    The launch names the skill, says what there is, and asks.",
                          *(f"            en-US: fault {number}" for number in range(3)), "            and 2 more"]
    assert lines[6].endswith("(left to a device: whether Alexa hears it so)")
    assert [line.split()[1] for line in lines[7:9]] == ["device", "person"]
    assert lines[-1] == "2 pass, 1 fail, 1 person, 1 device."
    assert failures(judged) == [*(f"certification 7: en-US: fault {number}" for number in range(3)),
                                "certification 7: and 2 more"]


@pytest.mark.parametrize(("old", "new", "told"), [
    ("summary =", "sumary =", "content/en/_store.toml: summary is missing; write it: one sentence"),
    ("summary =", "summary", "content/en/_store.toml: this is not TOML"),
])
def test_misshapen_texts(edit: Edit, old: str, new: str, told: str) -> None:
    """Texts that no package can be made of are findings, told as an author wants to be told."""
    edit("content/en/_store.toml", old, new)

    assert failures(verdicts())[0].startswith(told)


def test_certification_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m skill check --certification` prints the whole list, and the skill passes."""
    assert main(["check", "--certification"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [int(line[:2]) for line in lines[:-1]] == list(range(1, 61))
    assert lines[-1] == "57 pass, 2 person, 1 device."
