"""What people say for warning signs: a row a way of saying it, read with the project's own words."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.dialogue.pattern import tidy
from skill.dialogue.reading import Reader
from skill.store import content

READER = Reader(content.reading("en"))
CARDS = {item_id: card for item_id, card in content.cards("en").items() if item_id.startswith(("sign.", "risk."))}
KINDRED = {
    "sign.numbness": {"sign.both-legs", "sign.saddle"}, "sign.leg-weakness": {"sign.foot-drop", "sign.both-legs"},
    "sign.radiating": {"sign.both-legs", "sign.numbness"}, "sign.foot-drop": {"sign.leg-weakness"},
}
"""Signs that say more of the same: who reports one of them has reported the sign."""


@pytest.mark.parametrize(("said", "signs"), [
    ("I can't pee", ["sign.bladder-bowel"]),
    ("no feeling down there", ["sign.saddle"]),
    ("both my legs are numb", ["sign.both-legs", "sign.numbness"]),
    ("fever, and my foot's numb", ["sign.fever", "sign.numbness"]),
    ("no fever but my foot's numb", ["sign.numbness"]),
    ("no I can't walk properly", ["sign.walking"]),
    ("is it normal that i can't feel my foot", ["sign.numbness"]),
    ("my dad can't pee is that bad", ["sign.bladder-bowel"]),
    ("it's probably just the tablets but i can't pee", ["sign.bladder-bowel"]),
    ("is it bad that i want to die", ["sign.crisis"]),
    ("i haven't slept for four nights the pain's that bad", ["sign.severe-72h"]),
    ("is nausea normal because i have it now", ["sign.nausea"]),
    ("no weak with the fever all over but the legs are working", ["sign.fever"]),
    ("fell out of the loft hatch didn't i", ["sign.trauma"]), ("i've a numb foot haven't i", ["sign.numbness"]),
    ("been constipated since and can't feel to push", ["sign.bladder-bowel"]),
    ("my hands and feet are numb", ["sign.numbness", "sign.both-legs"]),
    ("my arms and legs gave way", ["sign.leg-weakness", "sign.both-legs"]),
    ("my eyes and legs are weak", ["sign.both-legs", "sign.leg-weakness"]),
    ("i've had weakness for two days", ["sign.leg-weakness"]), ("i had a fever last week", ["sign.fever"]),
    ("i lost ten kilos because i can't eat", ["sign.weight-loss"]),
    ("my son wet the bed and his back hurts", ["sign.bladder-bowel"]),
    ("no reason to go on", ["sign.crisis"]), ("no use going on", ["sign.crisis"]),
    ("lost weight for no reason", ["sign.weight-loss"]), ("no bladder feeling", ["sign.bladder-bowel"]),
    ("no urine since yesterday", ["sign.bladder-bowel"]), ("no bum feeling", ["sign.saddle"]),
    ("no lift in my left foot", ["sign.foot-drop"]), ("no leg power", ["sign.leg-weakness"]),
    ("zero control down there", ["sign.bladder-bowel"]), ("can no longer hold my wee", ["sign.bladder-bowel"]),
    ("i have no bowel control", ["sign.bladder-bowel"]), ("no bladder control at all", ["sign.bladder-bowel"]),
    ("can you get sciatica from skiing because mine's down to my ankle", ["sign.radiating"]),
])
def test_said(said: str, signs: list[str]) -> None:
    """Reported, whatever stands around it."""
    assert set(signs) <= set(READER.read(said).said)


@pytest.mark.parametrize("said", [
    "no numbness at all", "no chills or anything", "never had cancer", "no tingling no weakness no nothing",
    "i haven't lost any weight", "fever is not there", "i'm not pregnant",
])
def test_denied(said: str) -> None:
    """Denied is not said."""
    reading = READER.read(said)

    assert reading.said == ()
    assert reading.denied


@pytest.mark.parametrize("said", [
    "is numbness serious", "what happens if you lose bladder control", "what are the signs of a fever",
    "tell me about sciatica", "does cancer ever cause back pain", "what does numbness mean",
])
def test_asked(said: str) -> None:
    """Asked about in general is no news."""
    assert READER.read(said).said == ()


@pytest.mark.parametrize(("said", "general"), [
    ("can a bad back make people faint", True), ("what does foot drop mean", True), ("is numbness serious", True),
    ("when should i worry about a numb foot", True), ("why do you ask about my bladder", True),
    ("is it bad that i can't feel my foot", False), ("why is my wee so dark", False),
    ("when i wipe i can't feel it", False), ("my foot's numb", False),
])
def test_asks_in_general(said: str, general: bool) -> None:
    """A question about what somebody here has is no question in general, and a statement is none at all."""
    assert READER.asks_in_general(said) == general


@pytest.mark.parametrize(("said", "sign"), [
    ("can't feel my legs after leg day", "sign.numbness"), ("i feel rough today", "sign.fever"),
    ("i wet myself laughing", "sign.bladder-bowel"), ("my legs are killing me", "sign.leg-weakness"),
    ("my bum's gone numb from this hard floor", "sign.saddle"), ("i can't go on", "sign.crisis"),
])
def test_maybe(said: str, sign: str) -> None:
    """Idioms are neither ignored nor believed."""
    reading = READER.read(said)

    assert reading.said == ()
    assert sign in reading.maybe


@pytest.mark.parametrize("said", [
    "that was sick", "my abs are on fire", "my hands are numb from the cold", "i lost five kilos on my diet",
    "pause i'm going to the bathroom", "these trainers cost an arm and a leg", "i fell asleep", "the app crashed again",
    "my arms are weak i can't do push ups", "hay fever", "my triceps are giving out", "i'm weak with the laughing",
    "i trained chest yesterday and everything pains a bit", "skip it i nearly fainted with boredom",
    "i've a weakness for cake", "ran a fever last month", "i lost two kilos because i stopped eating rice",
    "my core's giving out on these planks", "something for the weak ones", "my legs haven't gone numb",
    "no bladder control problems", "i'm expecting a parcel", "you nearly gave me a heart attack",
    "ninety eight point six", "no sensation intact saddle area also",
])
def test_harmless(said: str) -> None:
    """Look-alikes set nothing off."""
    reading = READER.read(said)

    assert (reading.said, reading.maybe) == ((), ())


@pytest.mark.parametrize(("said", "mark"), [
    ("both of them", "both"), ("just the left", "one"), ("i take warfarin", "thinners"), ("i'm bunged up",
    "constipation"),
    ("it's been like that for years", "old"), ("i slipped on the step", "minor"), ("it's agony", "severity"),
    ("between my shoulder blades", "upper-back"), ("there's some bleeding", "bleeding"), ("it's my dad", "other"),
])
def test_marks(said: str, mark: str) -> None:
    """Details that make a sign weigh more or less."""
    assert mark in READER.read(said).marks


@pytest.mark.parametrize("said", ["i chased a four year old round the shop", "had the kids so i minded a two year old"])
def test_whose_age(said: str) -> None:
    """How old somebody is whom one looks after says nothing of who has the pain."""
    assert READER.read(said).said == ()


def test_denied_marks() -> None:
    """A detail that is denied is none."""
    assert "bleeding" not in READER.read("no bleeding no cramps").marks


def test_complaints() -> None:
    """A story about a sore back that asks for nothing."""
    assert READER.complains("my back is killing me after deadlifts")
    assert READER.complains("after yoga camp my back is aching")
    assert not READER.complains("my back is sore ice or heat")
    assert not READER.complains("is my back sore")
    assert not READER.complains("my arm is sore")


@pytest.mark.parametrize("item_id", sorted(CARDS))
def test_reported(item_id: str) -> None:
    """Of what the cards list as reported, most is read without an ear, and nothing of it is taken for a denial."""
    readings = [READER.read(said) for said in CARDS[item_id]["reported"]]
    same = {item_id, *KINDRED.get(item_id, ())}
    heard = sum(bool(same & set(reading.said)) for reading in readings)

    assert heard / len(readings) >= 0.4  # the rest is for the ear
    assert sum(item_id in reading.denied for reading in readings) / len(readings) <= 0.05


def test_what_is_no_sign() -> None:
    """Of thousands of questions and commands hardly one is taken for a sign."""
    commands = tomllib.loads((content.CONTENT / "en/_intents.toml").read_text("utf-8"))
    told = {"ReportSymptomIntent", "CheckWarningSignsIntent", "BasisIntent", "WhyIntent"}
    said = [text for name, entry in commands.items() if name not in told for text in entry["samples"]]
    said += [text for item_id, card in content.cards("en").items() if item_id.partition(".")[0] in ("treat", "prevent")
             for text in card["asked"]]

    wrong = [text for text in said if any(sign.startswith("sign.") for sign in READER.read(text).said)]

    assert len(wrong) / len(said) <= 0.02, wrong


@given(st.text(max_size=200))
def test_anything(said: str) -> None:
    """Whatever is said can be read, and tidying what is tidy changes nothing."""
    reading = READER.read(said)

    assert not set(reading.said) & set(reading.denied)
    assert READER.answer(said) in ("yes", "no", "unsure", None)
    assert tidy(tidy(said)) == tidy(said)


@pytest.mark.parametrize("said", [
    "the man in the film couldn't feel his legs", "in my book she loses control of her bladder and dies",
])
def test_fiction(said: str) -> None:
    """What happens to people in a film is no news of anybody."""
    assert READER.read(said).said == ()


@pytest.mark.parametrize("said", [
    "since i watched the film my legs are numb", "i saw it in a show and i can't pee either",
])
def test_no_fiction(said: str) -> None:
    """Who speaks of themselves is believed, whatever they watched."""
    assert READER.read(said).said


@pytest.mark.parametrize(("said", "about"), [
    ("leaked a bit on the star jumps", "sign.bladder-bowel"), ("whoa i can't feel my legs", "sign.numbness"),
    ("my wee's a funny colour", "sign.dark-urine"), ("my toe keeps catching on the rug", "sign.foot-drop"),
    ("it's kind of spreading", "sign.radiating"), ("my tummy isn't right", "sign.belly"),
    ("i got hit pretty hard at practice", "sign.trauma"),
])
def test_unclear(said: str, about: str) -> None:
    """What may be a sign or nothing is left to a question."""
    reading = READER.read(said)

    assert about in reading.maybe
    assert not reading.said


def test_sore_on_the_toilet() -> None:
    """Sore thighs make sitting down hard, not peeing."""
    said = "nah i pee fine sitting down on the toilet is the hard part"

    assert READER.read(said).said == ()
    assert READER.answer(said, ["sign.bladder-bowel"]) == "no"


def test_somebody_elses_children() -> None:
    """Children who are only mentioned have no bad back."""
    assert READER.read("i was on a bouncy castle with the kids").said == ()


@pytest.mark.parametrize("said", ["i don't want to die of boredom", "i would never kill myself", "i'm not suicidal"])
def test_no_crisis(said: str) -> None:
    """Who says in so many words that it isn't so is believed."""
    assert "sign.crisis" not in READER.read(said).said


@pytest.mark.parametrize("said", ["my seat has gone all novocaine since the deadlift", "it began in a spin class"])
def test_exercises_hide_nothing(said: str) -> None:
    """The name of an exercise is no excuse for the rest of a sentence."""
    assert not READER.read(said).harmless
