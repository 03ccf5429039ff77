"""Amazon's rules for an interaction model, as far as they can be proven here: alexa-platform.md, sections 4.2 and 4.5.

Rule 1: a model is judged as Amazon takes it, with all slot values put in; a finding says where its author mends it.
Rule 2: no sample is another intent's, by the letter, by a slot's value, or as the ear reads it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from skill.ear.literal import Literal
from skill.ear.samples import SLOT, Sample, Samples
from skill.ear.slots import Catalogue
from skill.ear.words import tidy
from skill.store import spoken

REQUIRED = tuple(f"AMAZON.{name}Intent" for name in (
    "Yes", "No", "Help", "Stop", "Cancel", "Repeat", "Next", "Previous", "Pause", "Resume", "StartOver",
    "NavigateHome", "Fallback",
))
"""Amazon's intents that every model has."""

AMAZONS_TYPES = frozenset({
    "AMAZON.DURATION", "AMAZON.NUMBER", "AMAZON.Ordinal", "AMAZON.DATE", "AMAZON.TIME", "AMAZON.SearchQuery",
})
"""Amazon's slot types that a coach may want (section 4.4)."""

LEAST_SAMPLES, LEAST_VALUES = 5, 2
LONGEST_VALUE = 140
LARGEST = 1_500_000
MOST_INTENTS = 250

_CHARACTERS = re.compile(r"(?:[a-zA-Z' .,_-]|\{\w+\})+")
_INTENT = re.compile(r"(?:AMAZON\.)?[A-Za-z_]+")
_TYPE = re.compile(r"[A-Za-z][A-Za-z_]*")
_INVOCATION = re.compile(r"[a-z]+(?:[ '.]+[a-z]+)+\.?")

_NUMBER = "|".join(spoken.number(value) for value in (*range(20), *range(20, 100, 10)))
_BUILT_IN = {
    "AMAZON.NUMBER": re.compile(rf"(?:(?:{_NUMBER})\b ?)+"),
    "AMAZON.DURATION": re.compile(
        rf"(?:(?:{_NUMBER}|an?|half|quarter|of|couple|few)\b ?)+ ?(?:second|minute|hour|day|week)s?"),
}
"""What counts as a value of Amazon's own slot types."""

TOLD = re.compile(r"(?:(?:^|(?<=[.,?] ))Say|\b(?:or|just|can) say) "
                  r"(?!that\b|it\b|so\b|how\b|wh|a bit\b|more\b)([a-z' -]+)(?=[.,?]|$)", re.MULTILINE)
"""What people are told to say: "Say check my warning signs, and I'll go through them."."""

FORBIDDEN = {
    "an article or a preposition": "the a an for to of at in on with by from",
    "a launch word": "ask tell open launch start load begin run play resume use enable",
    "a connecting word": "about if using that whether and so",
    "a wake word": "alexa amazon echo computer ziggy skill app",
}
"""Words that an invocation name may not hold (rules 28 and 29)."""

Model = Mapping[str, Any]
Homes = Mapping[str, str]
"""Where the samples of an intent are written: {"TreatIceIntent": "content/en/treat/ice.toml: asked"}."""


class Grammar:
    """A model's samples, with every value that may stand in their slots."""

    def __init__(self, model: Model) -> None:
        self.language: Model = model["interactionModel"]["languageModel"]
        self.samples = Samples(model)
        self._kinds: dict[str, set[str]] = {}
        for kind, values in self.samples.values.items():
            for name in _names(values):
                self._kinds.setdefault(name.lower(), set()).add(kind)
        self._shapes: dict[str, list[Sample]] = {}
        for sample in self.samples.all:
            self._shapes.setdefault(_shape(sample), []).append(sample)
        self._heads = {tuple(words[:place]) for words in map(str.split, self._shapes)
                       for place, word in enumerate(words) if "{" in word}
        """What samples have before a slot: only there a name need be looked for."""
        self._longest = max((len(name.split()) for name in self._kinds), default=1)

    @cached_property
    def literal(self) -> Literal:
        """What the ear makes of samples as they stand."""
        return Literal(self.samples, {kind: Catalogue(values) for kind, values in self.samples.values.items()})

    def owners(self, text: str) -> list[Sample]:
        """The samples that a text is, or becomes with values in their slots."""
        readings = {" ".join(words) for words in self._readings(tuple(text.split()), 0)}
        return [sample for reading in sorted(readings) for sample in self._shapes.get(reading, ())]

    def _readings(self, words: tuple[str, ...], start: int) -> Iterator[tuple[str, ...]]:
        """A text as it stands, and with each name that may fill a slot there replaced by the slot's type."""
        yield words
        for first in range(start, len(words)):
            if words[:first] not in self._heads:
                continue
            for end in range(first + 1, min(first + max(self._longest, 4), len(words)) + 1):
                for kind in self._kinds_of(" ".join(words[first:end])):
                    yield from self._readings((*words[:first], f"{{{kind}}}", *words[end:]), first + 1)

    def _kinds_of(self, name: str) -> set[str]:
        built_in = {kind for kind, pattern in _BUILT_IN.items() if pattern.fullmatch(name)}
        return self._kinds.get(name, set()) | built_in

    def overlapping(self) -> Iterator[tuple[Sample, Sample]]:
        """Samples of two intents that differ in a slot alone, and share a value of it."""
        carriers: dict[str, list[Sample]] = {}
        for sample in self.samples.all:
            for other in carriers.get(SLOT.sub("{}", sample.text), ()) if sample.wanted else ():
                if other.intent != sample.intent and self._share(sample, other):
                    yield sample, other
            carriers.setdefault(SLOT.sub("{}", sample.text), []).append(sample)

    def _share(self, one: Sample, other: Sample) -> bool:
        pairs = [(one.slots[mine], other.slots[theirs]) for mine, theirs in zip(one.wanted, other.wanted, strict=True)]
        return all(mine == theirs or any({mine, theirs} <= kinds for kinds in self._kinds.values())
                   for mine, theirs in pairs)


def _names(values: list[Mapping[str, Any]]) -> list[str]:
    return [name for value in values for name in (value["name"]["value"], *value["name"].get("synonyms", ()))]


def _shape(sample: Sample) -> str:
    """A sample with its slots as types: "how long for {Topic}"."""
    return SLOT.sub(lambda slot: "{" + sample.slots.get(slot[1], slot[1]) + "}", sample.text)


def flaws(grammar: Grammar, homes: Homes) -> Iterator[str]:
    """What Amazon would refuse, or take for something else than meant."""
    for rule in RULES if _declared(grammar) else STRUCTURE:
        yield from rule(grammar, homes)


def _declared(grammar: Grammar) -> bool:
    """Whether all slots are declared: only then can samples be compared."""
    return all(sample.slots.keys() >= set(sample.wanted) for sample in grammar.samples.all)


def invocation(grammar: Grammar, _: Homes) -> Iterator[str]:
    """Rules 26 to 29: two words or more, letters, none of those that Alexa listens for."""
    name: str = grammar.language["invocationName"]
    if not _INVOCATION.fullmatch(name):
        yield f'invocationName is "{name}"; use two words or more, in lower-case letters'
    for what, words in FORBIDDEN.items():
        for word in sorted(set(name.lower().split()) & set(words.split())):
            yield f'invocationName has "{word}", {what}; choose another word'


def size(grammar: Grammar, _: Homes) -> Iterator[str]:
    """Section 0 and rule 12: bytes of the file, and how many intents."""
    found, intents = len(json.dumps(grammar.language, indent=1).encode()), len(grammar.samples.slots)
    if found > LARGEST:
        yield f"the model has {found} bytes, and Amazon takes {LARGEST}; delete samples"
    if intents > MOST_INTENTS:
        yield f"the model has {intents} intents, and Amazon takes {MOST_INTENTS}; join some"


def intents(grammar: Grammar, homes: Homes) -> Iterator[str]:
    """Rules 8 and 15: Amazon's own are there, names are letters, samples enough, each name once."""
    named = [intent["name"] for intent in grammar.language["intents"]]
    for name in REQUIRED:
        if name not in named:
            yield f"{name} is missing, and every skill needs it; write it into _intents.toml"
    for intent in grammar.language["intents"]:
        name, where = intent["name"], _where(intent["name"], homes)
        if not _INTENT.fullmatch(name):
            yield f"{where} makes the intent {name}; Amazon allows letters alone, so rename it"
        if named.count(name) > 1:
            yield f"{where} makes the intent {name}, which is there already; rename it"
        if len(intent["samples"]) < LEAST_SAMPLES:
            yield f"{where} has {len(intent['samples'])} samples; write {LEAST_SAMPLES} at least"


def characters(grammar: Grammar, homes: Homes) -> Iterator[str]:
    """Rule 7: letters, spaces, apostrophes, hyphens, full stops in abbreviations; no digit."""
    for sample in grammar.samples.all:
        if not _CHARACTERS.fullmatch(sample.text):
            yield f"{_at(sample, homes)}; use letters, apostrophes and hyphens, and spell numbers out"


def slots(grammar: Grammar, homes: Homes) -> Iterator[str]:
    """Rules 8 and 9: no slot twice in a sample, and none that takes everything stands alone."""
    for sample in grammar.samples.all:
        if len(set(sample.wanted)) < len(sample.wanted):
            yield f"{_at(sample, homes)}, with one slot twice; use two slots"
        if SLOT.fullmatch(sample.text) and sample.slots.get(sample.wanted[0]) == "AMAZON.SearchQuery":
            yield f"{_at(sample, homes)}; put words around the slot"


def declarations(grammar: Grammar, homes: Homes) -> Iterator[str]:
    """Rule 8: slots that are declared are used, those that are used are declared, always of one type."""
    used: dict[str, set[str]] = {name: set() for name in grammar.samples.slots}
    for sample in grammar.samples.all:
        used[sample.intent].update(sample.wanted)
    kinds: dict[str, str] = {}
    for intent, declared in grammar.samples.slots.items():
        for slot in sorted(used[intent] ^ declared.keys()):
            what = "is declared and used in no sample" if slot in declared else "is used and not declared in slots"
            yield f"{_where(intent, homes)}: {{{slot}}} {what}; take it out, or add it"
        for slot, kind in declared.items():
            if kinds.setdefault(slot, kind) != kind:
                yield f"{_where(intent, homes)}: {{{slot}}} is a {kind} here and a {kinds[slot]} elsewhere; rename it"


def types(grammar: Grammar, _: Homes) -> Iterator[str]:
    """Rules 8 and 10: every type is used and has two values or more, and there is no other."""
    used = {kind for declared in grammar.samples.slots.values() for kind in declared.values()}
    for kind in sorted(used - grammar.samples.values.keys() - AMAZONS_TYPES):
        yield f"slot type {kind} is used, and there is none; write it into _types.toml, or correct the name"
    for kind, values in grammar.samples.values.items():
        if not _TYPE.fullmatch(kind):
            yield f"slot type {kind} is no name for Amazon; use letters and underscores"
        if kind not in used:
            yield f"slot type {kind} is used by no intent; take it out, or use it"
        if len(values) < LEAST_VALUES:
            yield f"slot type {kind} has fewer values than {LEAST_VALUES}; write more"


def names(grammar: Grammar, _: Homes) -> Iterator[str]:
    """Rule 10: ids are unique, names short."""
    for kind, values in grammar.samples.values.items():
        ids = [value["id"] for value in values]
        for item_id in sorted({one for one in ids if ids.count(one) > 1}):
            yield f"slot type {kind} has the id {item_id} twice; keep one"
        for name in _names(values):
            if len(name) > LONGEST_VALUE:
                yield f'slot type {kind} has "{name[:40]}…" of {len(name)} characters; use {LONGEST_VALUE} at most'


def duplicates(grammar: Grammar, homes: Homes) -> Iterator[str]:
    """Rule 8: no sample twice in an intent or in two, also after slot values are put in."""
    first: dict[str, Sample] = {}
    for sample in grammar.samples.all:
        if first.setdefault(sample.text, sample) is not sample:
            yield f"{_at(sample, homes)} {_again(sample, first[sample.text], homes)}; delete one"
        for other in () if sample.wanted else grammar.owners(sample.text):
            if other.wanted and other.intent != sample.intent:
                yield f'{_at(sample, homes)}, and {other.intent} has it as "{other.text}"; delete it'
    for sample, other in grammar.overlapping():
        yield f'{_at(sample, homes)}, which is "{other.text}" of {other.intent} for some values; reword one'


def _again(sample: Sample, other: Sample, homes: Homes) -> str:
    return "twice" if sample.intent == other.intent else f"as does {_where(other.intent, homes)}"


def thefts(grammar: Grammar, homes: Homes) -> Iterator[str]:
    """What is said word for word is heard as the intent it stands under."""
    count = Counter(sample.text for sample in grammar.samples.all)
    plain = [(sample, tidy(sample.text)) for sample in grammar.samples.all if not sample.wanted]
    owners: dict[str, set[str]] = {}
    for sample, text in plain:
        owners.setdefault(text, set()).add(sample.intent)
    for sample, text in plain:
        heard = grammar.literal(text) if len(owners[text]) > 1 else sample.intent  # alone, it is heard as it stands
        if heard and heard != sample.intent and count[sample.text] == 1:
            yield f"{_at(sample, homes)}, and the ear takes that for {heard}; reword or delete it"


def said(grammar: Grammar, texts: Mapping[str, str]) -> Iterator[str]:
    """Rule 11: what the coach tells people to say is a sample; `texts` are told by where they are."""
    for place, text in texts.items():
        for words in TOLD.findall(text):
            if not grammar.owners(tidy(words)):
                yield f'{place} tells people to say "{words}", and no intent has that; add it to one, or reword'


def _where(intent: str, homes: Homes) -> str:
    return homes.get(intent, intent)


def _at(sample: Sample, homes: Homes) -> str:
    return f'{_where(sample.intent, homes)} has "{sample.text}"'


Rule = Callable[[Grammar, Homes], Iterator[str]]

STRUCTURE: tuple[Rule, ...] = (invocation, size, intents, characters, slots, declarations, types, names)
RULES: tuple[Rule, ...] = (*STRUCTURE, duplicates, thefts)
