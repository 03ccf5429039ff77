"""The ear: samples for certain, the rest as well as people deserve."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill import app
from skill.ear.ear import FALLBACK, Ear
from skill.ear.encoder import Encoder, weights_folder
from skill.ear.judge import Judge
from skill.ear.memory import ear as remembered
from skill.ear.samples import Samples
from skill.simulator import Speaker
from skill.store import content, models
from tests.heard import UTTERANCES, read, tally

LEAST = {"questions and commands": 0.88, "symptom": 0.85, "out-of-domain": 0.85}
"""Shares of right answers below which the ear has become worse; what it reaches is in the README."""

LEAST_WITHOUT_ENCODER = {"questions and commands": 0.80, "out-of-domain": 0.65}


@pytest.fixture(scope="module")
def ear() -> Ear:
    """The ear of the American model."""
    return app.ear("en-US")


def test_encoder_is_here() -> None:
    """The environment of the tests has the sentence encoder: `make setup` puts it there."""
    assert Encoder.find() is not None


def test_encoder_knows_likeness() -> None:
    """Sentences that mean the same are near, others are far: the published example of the model, without adapter."""
    folder = weights_folder()
    assert folder
    eating, bread, baby = Encoder(folder)([
        "A man is eating food.", "A man is eating a piece of bread.", "The girl is carrying a baby."])

    assert float(eating @ bread) == pytest.approx(0.7553, abs=0.002)
    assert float(eating @ baby) == pytest.approx(-0.1046, abs=0.005)


def test_encoder_in_batches() -> None:
    """A sentence's vector does not depend on its neighbours."""
    encoder = Encoder.find()
    assert encoder
    sentences = ["ice", "my back hurts", "what about heat", "ünïcödé ça va", "x" * 500]

    together = encoder(sentences)

    for sentence, vector in zip(sentences, together, strict=True):
        assert float(encoder([sentence])[0] @ vector) == pytest.approx(1.0, abs=1e-4)


def test_untaught() -> None:
    """An ear that has learnt nothing knows samples word for word, fills their slots, and makes nothing up."""
    ear = Ear(models.model("en-US"))
    heard = ear("what about ice")

    assert (heard.intent, heard.slots["topic"] and heard.slots["topic"].ids) == ("AskIntent", ("treat.ice",))
    assert ear("is my back pain serious").intent == "CheckWarningSignsIntent"
    assert ear("could one perhaps cool it a little").intent == FALLBACK
    assert "learnt nothing" in ear.mode


def test_every_sample_is_its_own_intent(ear: Ear) -> None:
    """Amazon promises to understand samples word for word, and so do we."""
    samples = Samples(models.model("en-US"))

    wrong = [(sample.text, sample.intent, heard.intent) for sample in samples.all
             if not sample.wanted and (heard := ear(sample.text)).intent != sample.intent]

    assert wrong == []


def test_held_out(ear: Ear) -> None:
    """Utterances that nobody used to make the model are understood."""
    shares = {name: good / of for name, (good, of) in tally(read(UTTERANCES / "held.jsonl"), ear).items()}

    assert all(shares[name] >= least for name, least in LEAST.items()), shares


def test_held_out_without_encoder() -> None:
    """Where the encoder could not be installed the ear is worse, but works."""
    alone = remembered(*app.Lessons.of("en-US"))

    shares = {name: good / of for name, (good, of) in tally(read(UTTERANCES / "held.jsonl"), alone).items()}

    assert "without" in alone.mode
    assert all(shares[name] >= least for name, least in LEAST_WITHOUT_ENCODER.items()), shares


@pytest.mark.parametrize("item_id", sorted(content.cards("en")))
def test_every_fact_is_reached(item_id: str) -> None:
    """Eight ways of asking for a fact lead to an answer that draws on it, unless a sign is told: that comes first."""
    asked = content.cards("en")[item_id]["asked"]
    item = content.library("en-US")[item_id]
    parts = set(getattr(item, "parts", ())) | {item_id}

    for utterance in asked[:: max(1, len(asked) // 8)][:8]:
        turn = Speaker().say(utterance)
        assert turn.found or turn.state == "check" or parts & set(turn.said), utterance


@pytest.mark.parametrize(("said", "intent", "slot", "value"), [
    ("start a plank", "StartStretchIntent", "stretch", "stretch.plank"),
    ("let's do the bridge", "StartStretchIntent", "stretch", "stretch.bridge"),
    ("ten minutes of stretching please", "StartRoutineIntent", "duration", "PT10M"),
    ("a quarter of an hour of stretching please", "StartRoutineIntent", "duration", "PT15M"),
    ("tell me about the frozen peas", "AskIntent", "topic", "treat.ice"),
    ("how long should i do child's pose for", "HowLongIntent", "topic", "stretch.childs-pose"),
])
def test_slots(said: str, intent: str, slot: str, value: str, ear: Ear) -> None:
    """A value is resolved to its id, an amount to what Amazon makes of it."""
    heard = ear(said)
    filled = heard.slots[slot]

    assert heard.intent == intent
    assert filled
    assert value in (filled.ids or (filled.words,))


def test_two_slots(ear: Ear) -> None:
    """Two values of one type fill two slots, in order."""
    heard = ear("what's better massage or yoga")
    first, second = heard.slots["topic"], heard.slots["other"]

    assert heard.intent == "CompareIntent"
    assert first
    assert second
    assert (first.ids, second.ids) == (("treat.massage",), ("treat.yoga",))


def test_unresolved_words_are_passed_on() -> None:
    """Words in a slot that match no value reach the skill as they were said, and no sample forbids it."""
    turn = Speaker().say("tell me about kettlebells")

    assert turn.state == "open"
    assert turn.intent


def test_rival(ear: Ear) -> None:
    """What else it might have been is told, and is less sure."""
    heard = ear("my lower back feels a little tight after rowing")

    assert heard.rival
    assert 0 <= heard.rival_share <= heard.share <= 1


@pytest.mark.parametrize(("said", "label"), [
    ("i wiped and couldn't feel a thing down there", "sign.saddle"),
    ("his foot slaps the lino every step he takes", "sign.foot-drop"),
    ("something feels a bit odd down below", "maybe sign.saddle"),
    ("could you put the volume down a bit", "nothing"), ("no that's all working as it should", "no"),
])
def test_warns(ear: Ear, said: str, label: str) -> None:
    """Of which sign the words tell, or may, is told, as shares of one whole; of a sample, too."""
    warns = ear(said).warns

    assert max(warns, key=warns.__getitem__) == label
    assert 0.5 < sum(warns.values()) <= 1 + 1e-6
    assert ear("what about ice").warns


@pytest.mark.parametrize(("said", "affirms"), [
    ("yes a fair bit in my left foot", True), ("well it's not what it was it keeps folding", True),
    ("nah mate that's all grand", False), ("i can go just fine", False),
])
def test_affirms(ear: Ear, said: str, affirms: bool) -> None:
    """Whether an answer means yes rather than no is told, whatever word it begins with."""
    heard = ear(said)

    assert (heard.affirms > heard.denies) == affirms


@pytest.mark.parametrize(("said", "intent"), [
    ("it's gone all numb down there since the weekend", "ReportSymptomIntent"),
    ("one of my feet keeps dragging along the floor", "ReportSymptomIntent"),
    ("can a bad back numb you between the legs", "SignSaddleIntent"),
    ("what does it mean if a foot drags along the floor", "SignFootDropIntent"),
])
def test_told_or_asked(ear: Ear, said: str, intent: str) -> None:
    """A symptom is told of, or asked about: an Echo has nothing but the intent to tell it by."""
    assert ear(said).intent == intent


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_anything(said: str) -> None:
    """Whatever is said, something legal is heard."""
    ear = app.ear("en-US")
    heard = ear(said)

    assert heard.intent in ear.intents
    assert 0 <= heard.share <= 1


def test_silence(ear: Ear) -> None:
    """Nothing, or nothing but marks, is not understood."""
    assert {ear(said).intent for said in ("", "   ", "?!…")} == {FALLBACK}


def test_the_same_again(ear: Ear) -> None:
    """An ear that is loaded hears as the one that learnt it."""
    again = remembered(*app.Lessons.of("en-US"), encoder=Encoder.find(), judge=Judge.find())

    for said in ("is cold good for it", "can i run tomorrow", "what's the capital of france"):
        assert again(said) == ear(said)


def test_only_the_model() -> None:
    """An ear is made from a model alone: a small foreign one works as well."""
    intents = [{"name": name, "slots": [], "samples": samples} for name, samples in {
        "TeaIntent": ["make me some tea", "a cup of tea please", "put the kettle on"],
        "CoffeeIntent": ["make me some coffee", "an espresso please", "i need caffeine"],
        FALLBACK: ["what's the weather", "play some music", "call my mother"],
    }.items()]
    model = json.loads(json.dumps({"interactionModel": {"languageModel": {"intents": intents, "types": []}}}))

    ear = remembered(model)

    assert ear("make me tea please").intent == "TeaIntent"
    assert ear("play music").intent == FALLBACK


@pytest.mark.parametrize("said", ["hang on there's somebody at the door", "the dog wants out", "what's on telly"])
def test_no_answer(ear: Ear, said: str) -> None:
    """What answers nothing means neither yes nor no."""
    assert max(ear(said).affirms, ear(said).denies) < 0.2


@pytest.mark.parametrize(("said", "standard"), [
    ("i cannae feel ma legs", "i can't feel my legs"), ("i do not feel it", "i don't feel it"),
])
def test_dialect(ear: Ear, said: str, standard: str) -> None:
    """Of which sign a dialect tells, and what it answers, is what the standard's words do."""
    heard, meant = ear(said), ear(standard)

    assert (heard.warns, heard.affirms, heard.denies) == (meant.warns, meant.affirms, meant.denies)
