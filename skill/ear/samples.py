"""The samples of an interaction model, and the sentences that the ear practises with.

A sentence has a meaning and an intent. Two intents may mean the same thing: "tell me about ice" fills the
slot of one, "does freezing it do any good" is a sample of another, and both are about treat.ice. What is
learnt first is the meaning; by which intent it was said is decided afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SLOT = re.compile(r"\{(\w+)\}")

SUBJECTS = frozenset({"Topic", "Symptom"})
"""Slot types whose value is what the sentence is about, not a detail of a command."""

FILLINGS = 6
"""How many slot values a sample is practised with; more changes nothing (measured)."""

_BUILT_IN = {
    "AMAZON.DURATION": ("ten minutes", "five minutes", "fifteen minutes", "a couple of minutes",
                        "half an hour", "three minutes", "quarter of an hour", "twenty minutes"),
    "AMAZON.NUMBER": ("three", "seven", "ten", "one", "five"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample of an intent."""

    intent: str
    text: str
    slots: Mapping[str, str]
    """Slot name → type, of the whole intent."""

    @property
    def wanted(self) -> list[str]:
        """Names of the slots in this sample."""
        return SLOT.findall(self.text)


@dataclass(frozen=True, slots=True)
class Practice:
    """A sentence to learn from."""

    text: str
    meaning: str
    """A value's id, or an intent's name where the intent is the meaning."""
    intent: str
    trust: float
    """All fillings of a sample count as much as one sample; a bare name counts less than a sentence."""


class Samples:
    """All samples of a model."""

    def __init__(self, model: Mapping[str, Any]) -> None:
        language = model["interactionModel"]["languageModel"]
        self.values: dict[str, list[Mapping[str, Any]]] = {kind["name"]: kind["values"] for kind in language["types"]}
        self.slots: dict[str, dict[str, str]] = {
            intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
            for intent in language["intents"]
        }
        self.all = [Sample(intent["name"], text, self.slots[intent["name"]])
                    for intent in language["intents"] for text in intent["samples"]]
        ids = {_letters(value["id"]): value["id"] for values in self.values.values() for value in values}
        self.about = {intent: ids[_letters(intent.removesuffix("Intent"))] for intent in self.slots
                      if _letters(intent.removesuffix("Intent")) in ids}
        """Intents that ask for one value: "TreatIceIntent" → "treat.ice"."""
        self._ids = {kind: frozenset(value["id"] for value in values) for kind, values in self.values.items()}
        self._names = {kind: [(value["id"], name) for value in values for name in _names(value)]
                       for kind, values in self.values.items()}

        self.subjects = {intent: subjects[0] for intent, slots in self.slots.items()
                         if len(subjects := [kind for kind in slots.values() if kind in SUBJECTS]) == 1}
        """Intents with one slot that tells what they are about, and that slot's type."""

    def ids(self, kind: str) -> Container[str]:
        """Ids of the values of a slot type; none of a type that there isn't."""
        return self._ids.get(kind, frozenset())

    def is_of(self, kind: str, practice: Practice) -> bool:
        """Whether a sentence is about a value of a slot type, or names one, or may ("MaybeSignSaddleIntent")."""
        about = self.about.get(practice.intent.removeprefix("Maybe"), practice.meaning)
        return about in self.ids(kind) or self.subjects.get(practice.intent) == kind

    def needy(self) -> set[str]:
        """Intents that say nothing without their one slot."""
        without = {sample.intent for sample in self.all if not sample.wanted}
        return {intent for intent, slots in self.slots.items() if len(slots) == 1 and intent not in without}

    def practice(self) -> Iterator[Practice]:
        """Sentences to learn from."""
        for place, sample in enumerate(self.all):
            if not sample.wanted:
                yield Practice(sample.text, self.about.get(sample.intent, sample.intent), sample.intent, 1.0)
            elif SLOT.fullmatch(sample.text):
                yield from self._values_alone(sample)
            else:
                yield from self._filled(sample, place)
        yield from self._names_in_carriers()

    def _values_alone(self, sample: Sample) -> Iterator[Practice]:
        kind = sample.slots[sample.wanted[0]]
        for value, name in self._names[kind]:
            yield Practice(name, value if kind in SUBJECTS else sample.intent, sample.intent, 1.0)

    def _filled(self, sample: Sample, place: int) -> Iterator[Practice]:
        """A sample with values in its slots; the steps are prime, so that all values get their turn."""
        subject = self.subjects.get(sample.intent)
        for turn in range(FILLINGS):
            text, meaning = sample.text, sample.intent
            for order, slot in enumerate(sample.wanted):
                choice = self._choice(sample.slots[slot])
                value, name = choice[((place * FILLINGS + turn) * 131 + order * 37) % len(choice)]
                text = text.replace("{" + slot + "}", name, 1)
                meaning = value if sample.slots[slot] == subject else meaning
            yield Practice(text, meaning, sample.intent, 1 / FILLINGS)

    def _choice(self, kind: str) -> Sequence[tuple[str, str]]:
        return self._names.get(kind) or [("", value) for value in _BUILT_IN[kind]]

    def _names_in_carriers(self) -> Iterator[Practice]:
        """Every name of a topic, alone and in one sample of the intent that is about nothing else."""
        needy = self.needy()
        carriers = [sample for sample in self.all
                    if sample.intent in needy and self.subjects.get(sample.intent) == "Topic"]
        for place, (value, name) in enumerate(self._names.get("Topic", ())):
            carrier = carriers[place * 7 % len(carriers)]
            yield Practice(name, value, carrier.intent, 0.3)
            yield Practice(SLOT.sub(name, carrier.text), value, carrier.intent, 0.5)


def _names(value: Mapping[str, Any]) -> Sequence[str]:
    return [value["name"]["value"], *value["name"].get("synonyms", ())]


_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _letters(name: str) -> str:
    """A name as letters alone: an intent's may hold nothing else, so "sign.severe-72h" meets its intent."""
    spelled = "".join(_DIGITS[int(mark)] if mark.isdigit() else mark for mark in name)
    return re.sub(r"[^a-z]", "", spelled.lower())
