"""Rules for the words of the warning-sign check and for what is read as a sign: each with one fault planted."""

from __future__ import annotations

import pytest

from tests.store.conftest import House

CHECK, READING = "en/_check.toml", "en/_reading.toml"

FAULTS = [
    (CHECK, '"sign.fever"         = "fever or shivers"\n', "", 'part has no "sign.fever"; write it there'),
    (CHECK, 'side     = "One leg can', 'sides    = "One leg can', 'why has no "side"; write it there'),
    (CHECK, "Is it in both legs?", "It is in both legs?", 'ask.sign.both-legs says "It is"; shorten it'),
    (CHECK, "Is it in both legs?", "It's in both legs.", "ask.sign.both-legs isn't one question"),
    (CHECK, "Those three can't wait, whatever your back does.", "Why not?", "why.danger doesn't tell"),
    (CHECK, '"fever or shivers"', '"fever or shivers."', "part.sign.fever is a part of a sentence"),
    (CHECK, "Any trouble peeing or pooing, or leaks, since this started?",
     "Any trouble at all with peeing or pooing, or any leaks, big or small, ever since all of this once began?",
     "ask.sign.bladder-bowel has a sentence of 21 words; use 20 at most"),
    (CHECK, "[test]\n", '[test]\nmood = "Feeling fine?"\n', "test.mood is never asked; take it out"),
    (CHECK, "[ask]\n", '[ask]\nmood = ["Feeling fine?"]\n', "ask.mood is never asked; take it out"),
    (CHECK, "[meant]\n", '[meant]\nmood = "do {you} feel fine"\n', "meant.mood is never asked; take it out"),
    (READING, '"<numb> .. <private>"', '"<nmb> .. <private>"', "<nmb> is used and not written; put it under [class]"),
    (READING, "[class]\n", '[class]\nspare = "none"\n', "class.spare is used nowhere; take it out"),
    (READING, "stop     =", "stopp    =", "class.stop is missing; write it there"),
    (READING, '"sign.fever" = [\n', '"sign.fevers" = [\n', 'sign has "sign.fevers", and no rule knows it'),
    (READING, '"puk*", ', '"puk*", "puk*", ', 'sign.sign.nausea has "puk*" 2 times; once is enough'),
    (READING, '"puk*", ', '"puk* now/$", ',
     'sign.sign.nausea has "puk* now/$", where a gap or an end is one of several words; write it by itself'),
    (READING, '"puk*", ', '"puk* .. now?", ',
     'sign.sign.nausea has "puk* .. now?", which says no more than it does without its end; take that off'),
    (READING, '"puk*", ', '"puk*", "i cannae keep it", ',
     'sign.sign.nausea has "i cannae keep it"; write "can\'t" for "cannae", as [dialect] does'),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), FAULTS)
def test_fault(house: House, file: str, old: str, new: str, line: str) -> None:
    """The fault is told in its author's words."""
    house.plant(file, old, new)

    assert any(found.startswith(f"content/{file}: {line}") for found in house.findings()), house.findings()
