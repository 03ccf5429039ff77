"""Idioms and signs: words that mean no harm, or may, hide nothing that is plainly said."""

from __future__ import annotations

import pytest

from skill.dialogue.reading import Reader
from skill.simulator import Speaker
from skill.store import content

READER = Reader(content.reading("en"))
CARDS = {item_id: card for item_id, card in content.cards("en").items() if item_id.startswith(("sign.", "risk."))}


def test_not_swallowed() -> None:
    """Of what is reported hardly anything is taken for words that mean no harm, and of an emergency nothing is."""
    said = [(item_id, text) for item_id, card in CARDS.items() for text in card["reported"]]
    lost = [(item_id, text) for item_id, text in said
            if (reading := READER.read(text)).harmless and not (reading.said or reading.maybe)]

    assert len(lost) / len(said) <= 0.015, lost
    assert not [text for item_id, text in lost if CARDS[item_id]["alone"] == "emergency"]


@pytest.mark.parametrize(("said", "signs"), [
    ("what's the point of living with this back", ["sign.crisis"]),
    ("both legs have gone weak on me since last night", ["sign.both-legs", "sign.leg-weakness"]),
    ("i can't tell when i need to go to the toilet", ["sign.bladder-bowel"]),
    ("my left arm and chest ache", ["sign.chest"]),
    ("my leg won't hold me up any more", ["sign.leg-weakness", "sign.walking"]),
])
def test_no_idiom(said: str, signs: list[str]) -> None:
    """Words that begin like an idiom and go on to mean it."""
    reading = READER.read(said)

    assert set(signs) <= set(reading.said)
    assert reading.maybe == ()


@pytest.mark.parametrize(("said", "sign"), [
    ("i can't feel my bum", "sign.saddle"), ("my bum's gone numb after i fell", "sign.saddle"),
    ("numb down there after deadlifting", "sign.saddle"), ("i can't feel my legs after the fall", "sign.both-legs"),
    ("deadlifts yesterday and now i can't feel my legs", "sign.both-legs"), ("my legs won't work", "sign.both-legs"),
    ("both my legs are tingling after i lifted the sofa", "sign.both-legs"), ("my chest is a bit tight", "sign.chest"),
    ("i can't walk since the deadlifts", "sign.walking"), ("i can't stand up", "sign.walking"),
    ("i've got the chills", "sign.fever"), ("i wake up drenched in sweat", "sign.fever"),
])
def test_plainly_said(said: str, sign: str) -> None:
    """A sign that is said in so many words is no matter of doubt, however near an idiom is."""
    assert sign in READER.read(said).said


@pytest.mark.parametrize("said", [
    "can't feel my legs after leg day", "can't walk after those lunges", "bit numb down there after a long bike ride",
    "chest's a bit tight after that last sprint", "these booty bands have ruined me i can't feel me bum",
    "my butt fell asleep",
])
def test_of_training(said: str) -> None:
    """What training does to anybody is asked about."""
    reading = READER.read(said)

    assert reading.maybe
    assert reading.said == ()


@pytest.mark.parametrize("said", [
    "i can't feel my bum", "my bum's gone numb after i fell", "numb down there since this morning",
    "i can't feel my legs after the fall", "both my legs are tingling since i lifted the sofa", "can't feel either leg",
    "i can't pee since last night", "i peed myself and didn't notice", "my foot drags when i walk",
    "my pee is brown like cola", "i've got crushing chest pain", "i fell off a roof onto my back",
])
def test_plainly_heard(said: str) -> None:
    """Nor does an ear that has learnt what training does to anybody doubt it."""
    assert Speaker().say(said).disposition == "emergency"


@pytest.mark.parametrize("item_id", sorted(item_id for item_id, card in CARDS.items() if "doubtful" in card))
def test_doubtful(item_id: str) -> None:
    """What reads like a sign and may be nothing is asked about, an emergency only if an effort explains it."""
    speaker = Speaker()
    listed = [said for said in CARDS[item_id]["doubtful"]
              if item_id in (reading := READER.read(said)).said and reading.marks.isdisjoint(("old", "minor"))]
    turns = []
    for said in listed:
        speaker.drop()
        turns.append(speaker.say(said))

    assert {(turn.state, turn.disposition) for turn in turns} <= {("check", None), ("open", "emergency")}
    assert [turn.utterance for turn in turns if (turn.disposition or turn.found) and item_id != "sign.trauma"
            and READER.tells_of_effort(turn.utterance or "")] == []
