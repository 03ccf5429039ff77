"""What is spoken: every rule finds what it forbids, and nothing in what it allows."""

from __future__ import annotations

import pytest

from skill.store import wording

LOCAL = {"en-US": {"emergency_number": "nine one one", "line": "us"},
         "en-GB": {"emergency_number": "nine nine nine", "line": "the line on one two three"}}

LONG = "and rest it on the sore spot, then leave it there and wait for it to calm"

CARD = {
    "called": "ice", "say": "Wrap it for {minutes} minutes.\nDo it often.", "more": "Leave the cloth on.",
    "why": "Cold dulls it.", "facts": {"minutes": [10, 15]}, "follow": {"how": "Lie down."},
}


@pytest.mark.parametrize(("text", "flaw"), [
    ("Wait 2 days.", 'has "2"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("Ice (wrapped).", 'has "("; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("Two things: ice.", 'has ":"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("Ice; heat.", 'has ";"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("Ice – wrapped.", 'has "–"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("Ice - wrapped.", 'has "-"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("Don’t.", 'has "’"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ("Pain radiating down a leg.", 'says "radiating"; use a word that people use at home'),
    ("In the acute phase.", 'says "acute"; use a word that people use at home'),
    ("It reduces Inflammation.", 'says "Inflammation"; use a word that people use at home'),
    ("Please note the time.", 'says "Please note"; use a word that people use at home'),
    ("Do not lift.", 'says "Do not"; shorten it as a voice does, with an apostrophe'),
    ("You cannot lift.", 'says "cannot"; shorten it as a voice does, with an apostrophe'),
    ("It is sore.", 'says "It is"; shorten it as a voice does, with an apostrophe'),
    ("They will ask.", 'says "They will"; shorten it as a voice does, with an apostrophe'),
    ("Rest for two days.", 'says "two days"; put the figure under [facts] and a blank here'),
    ("Hold twenty-five seconds.", 'says "five seconds"; put the figure under [facts] and a blank here'),
    ("Three times a day.", 'says "Three times"; put the figure under [facts] and a blank here'),
])
def test_text(text: str, flaw: str) -> None:
    """One fault, one line."""
    assert list(wording.text_flaws(text)) == [flaw]


@pytest.mark.parametrize("text", [
    "Sit-ups, in {minutes} minutes.", "Stay where you are and wait.", "Say what it is.", "Go to A and E.",
    "An anti-inflammatory pill.", "Once a day, a few times a week.", "One of the two.", "Isn't it?",
])
def test_fine_text(text: str) -> None:
    """What a voice says well is let be."""
    assert list(wording.text_flaws(text)) == []


@pytest.mark.parametrize(("changes", "flaw"), [
    ({"say": f"Wrap it for {{minutes}} minutes {LONG}."}, "say has 24 words in its first sentence; use 16 at most"),
    ({"say": "A b.\nC d.\nE f.\nFor {minutes} minutes."}, "say has 4 sentences; use 3 at most"),
    ({"say": f"For {{minutes}} minutes.\nWrap it {LONG}.\nThen wait till it calms and gets easy."},
     "say has 32 words; use 30 at most"),
    ({"say": "Hold for {minutes} minutes.\nIt accelerates recuperation considerably."},
     "say reads like grade 13.5; use shorter words and sentences, for grade 7 at most"),
    ({"more": "One.\nTwo.\nThree.\nFour."}, "more has 4 sentences; use 3 at most"),
    ({"why": f"It cools {LONG}. It cools, {LONG}."}, "why has 38 words; use 28 at most"),
    ({"why": "It cools. It dulls. It helps."}, "why has 3 sentences; use 2 at most"),
    ({"follow": {"how": "Lie down. Rest."}}, "follow.how has 2 sentences; use 1 at most"),
    ({"follow": {"how": f"Lie down {LONG} and then some."}}, "follow.how has 22 words; use 20 at most"),
    ({"why": "It cools"}, 'why doesn\'t end "It cools" with a full stop; put one there'),
    ({"more": "One. Two.\nThree."}, 'more has two sentences in the line "One. Two."; put each on a line of its own'),
    ({"say": "For {minutes} minutes. Twice."},
     'say has two sentences in the line "For {minutes} minutes. Twice."; put each on a line of its own'),
    ({"more": "Is it on?"}, "more asks a question; only phrases ask, so say it as a statement"),
    ({"more": "Call {number}."},
     "more has the blank {number}, which is unknown; put it under [facts], or into every _locale.toml"),
    ({"more": "Call {number."}, "more has a brace too many or too few; a blank is {name}"),
    ({"called": "ice: cold"},
     'called has ":"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'),
    ({"facts": {"minutes": 10, "days": 2}}, "facts.days is in none of the texts; use {days} in one, or take it out"),
])
def test_card(changes: dict[str, object], flaw: str) -> None:
    """A card with one fault has one line."""
    assert list(wording.card_flaws({**CARD, **changes}, LOCAL)) == [flaw]


def test_seconds() -> None:
    """Long words take longer than as many short ones."""
    card = {**CARD, "say": "For {minutes} minutes.\n" + "Temperature variability matters considerably anyway.\n" * 2
            + "Everybody recuperates individually, incidentally, eventually."}

    assert "say takes about 17 seconds; use 12 at most" in list(wording.card_flaws(card, LOCAL))


def test_fine_card() -> None:
    """A card in order has none."""
    assert list(wording.card_flaws(CARD, LOCAL)) == []


def test_longest_locale() -> None:
    """A text is judged where it is longest."""
    card = {**CARD, "follow": {"how": f"Call {{line}} {LONG}."}}

    assert list(wording.card_flaws(card, LOCAL)) == ["follow.how has 24 words; use 20 at most"]


def test_both_situations() -> None:
    """What holds for a sore back and for one that is well is one answer."""
    card = {**CARD, "sore": "Wait {minutes} minutes.", "well": "A b.\nC d.\nE f."}
    del card["say"]

    assert list(wording.card_flaws(card, LOCAL)) == ["say has 4 sentences; use 3 at most"]


@pytest.mark.parametrize(("word", "count"), [
    ("ice", 1), ("cold", 1), ("muscle", 2), ("wrapped", 1), ("rested", 2), ("stretches", 2), ("moves", 1),
    ("doctor", 2), ("emergency", 4), ("the", 1), ("a", 1), ("sit-ups", 2), ("gentle", 2), ("noted", 2), ("{}", 1),
])
def test_syllables(word: str, count: int) -> None:
    """Near enough for a reading grade."""
    assert wording.syllables(word) == count


def test_length() -> None:
    """Thirty everyday words take about ten seconds, pauses between sentences counted."""
    answer = "Rest your back for a day or so. " * 3 + "Then walk, swim or ride a bike."

    assert 8 < wording.length(answer) < 11


def test_grade() -> None:
    """Plain talk is for anybody, office talk is not."""
    assert wording.grade("Wrap the ice in a cloth. Hold it on your back.") < 2
    assert wording.grade("Consultation of appropriate professionals is universally recommended.") > 15
