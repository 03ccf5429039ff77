"""The ear: what was said → the intent it asks for and the slots it fills.

Rule 1: a sentence that is literally a sample (slots filled from the catalogue) is that intent, for certain.
Rule 2: otherwise the meaning is decided first, then the intent by which it was said; the rival is reported.
Rule 3: what fits nothing is AMAZON.FallbackIntent, which is a meaning like others and learns from its samples.
Rule 4: a slot's words are passed on even where they match no value.
Rule 5: of which sign words tell, and whether they are a yes or a no, a judge is asked as well, where there is one: what
counts is the mean; of an answer, the judge's word alone, who knows the question.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from skill.ear.classifier import Classifier, Lessons, Solved, solve
from skill.ear.features import Encode, Features, Matrix, Places, rarities
from skill.ear.literal import Literal
from skill.ear.people import ASKED, NO, YES, Line, People, answers, warnings
from skill.ear.samples import Samples
from skill.ear.slots import Catalogue, Mention, built_in
from skill.ear.words import Dialect, plain, tidy, tokens

FALLBACK = "AMAZON.FallbackIntent"

SAMPLE = "sample"
"""Stands for all intents that ask for one value by their samples; which of them, its meaning tells."""

RELUCTANCE = 0.2
"""What is added for AMAZON.FallbackIntent: in doubt, nothing is made up."""

SHARPNESS, KEENNESS = 3.2, 4.5
"""Turn scores into shares that add up to one: of what words mean, and of which sign they tell."""

MADE_UP = 0.3
"""What a sample counts beside what somebody really said."""

SYMPTOM = "Symptom"
"""The slot type whose values people tell of, and mostly without their names."""

FAINT = 0.2
"""A command of Amazon's own that is less likely than this is none: nobody is hung up on by a guess."""

UNLIKELY = 0.01
"""What is less likely isn't told of."""

LEAST_LIKE = -0.9
"""Score from which on a value may have been described without its name."""


Shares = Mapping[str, float]
"""How likely each of several things is; all together 1."""

Opinion = Callable[[str, str], tuple[Shares, Shares]]
"""What the judge says of words and the question they follow: which sign is told of, and what is answered."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that is learnt from a model, and from people."""

    rarity: Matrix
    """How rare words and runs of letters are."""
    meanings: Solved
    """What a sentence is about: a value's id, or an intent that is its own meaning."""
    ways: Solved
    """By which of several intents it was said, of most values."""
    tellings: Solved
    """By which of several intents it was said, of symptoms: told of, denied or asked about."""
    warnings: Solved
    """Which warning sign it tells of, or may; learnt from what people said."""
    answers: Solved
    """Whether it means yes, no or not sure, as an answer, or is none; learnt from how people answered."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with something in it."""

    words: str
    """As it was said; for Amazon's own types the value Amazon makes of it: "PT10M"."""
    kind: str
    """The slot's type."""
    ids: tuple[str, ...] = ()
    """The values it resolves to; none where nothing matched."""
    names: tuple[str, ...] = ()
    """Their usual names, in the same order."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the ear made of one utterance."""

    intent: str
    slots: Mapping[str, Filled | None]
    """Every slot of the intent; None where it is empty."""
    share: float
    """How sure, from 0 to 1; 1.0 for a literal sample."""
    rival: str
    """The next best meaning: a value's id or an intent's name."""
    rival_share: float
    warns: Mapping[str, float] = field(default_factory=dict)
    """Of which warning sign it tells, or may (see `people`), with the share of each; empty where nobody taught it."""
    affirms: float = 0.0
    """How likely it means yes, as an answer."""
    denies: float = 0.0
    """How likely it means no, as an answer; a wish or an aside is neither."""


def learn(model: Mapping[str, Any], people: People, encode: Encode | None) -> Learnt:
    """Learns a model, and people's words; takes a few minutes, and gives the same for the same of them and encoder."""
    samples = Samples(model)
    lessons = list(samples.practice())
    texts = [plain(tidy(lesson.text)) for lesson in lessons]
    rarity = rarities(texts)
    features = Features(_catalogues(samples), rarity)
    rows = [features(text) for text in texts]
    vectors = encode(texts) if encode else np.zeros((len(texts), 0), np.float32)
    trust = [lesson.trust for lesson in lessons]

    def of_samples(labels: list[str], chosen: list[int]) -> Lessons:
        return Lessons([rows[n] for n in chosen], features.width, vectors[chosen],
                       [labels[n] for n in chosen], [trust[n] for n in chosen])

    standard = Dialect(people.dialect)

    def of_people(lines: Sequence[Line], others: Sequence[int] = ()) -> Lessons:
        said = [standard(plain(tidy(text))) for text, _ in lines]
        heard = encode(said) if encode and said else np.zeros((len(said), vectors.shape[1]), np.float32)
        return Lessons([*map(features, said), *(rows[n] for n in others)], features.width,
                       np.concatenate([heard, vectors[list(others)]]),
                       [*(label for _, label in lines), *[ASKED] * len(others)],
                       [*[1.0] * len(said), *(MADE_UP * trust[n] for n in others)])

    said_by = [lesson.intent if lesson.intent in samples.subjects else SAMPLE for lesson in lessons]
    doubtful = [n for n, lesson in enumerate(lessons) if lesson.meaning != lesson.intent]
    symptoms = samples.ids(SYMPTOM)
    asked = [n for n, lesson in enumerate(lessons) if not samples.is_of(SYMPTOM, lesson)] if people.lines else []
    with ThreadPoolExecutor() as pool:  # each reckons on a core of its own
        return Learnt(rarity, *pool.map(solve, [
            of_samples([lesson.meaning for lesson in lessons], list(range(len(lessons)))),
            of_samples(said_by, [n for n in doubtful if lessons[n].meaning not in symptoms]),
            of_samples(said_by, [n for n in doubtful if lessons[n].meaning in symptoms]),
            of_people(list(warnings(people)), asked),
            of_people(list(answers(people)), asked),
        ]))


def _catalogues(samples: Samples) -> dict[str, Catalogue]:
    return {kind: Catalogue(values) for kind, values in samples.values.items()}


def _shares(scores: Mapping[str, float], sharpness: float = SHARPNESS) -> dict[str, float]:
    """Scores as shares of one whole, with the reluctance to make things up."""
    sharp = {label: math.exp(sharpness * (score + (RELUCTANCE if label == FALLBACK else 0)))
             for label, score in scores.items()}
    whole = sum(sharp.values())
    return {label: each / whole for label, each in sharp.items()}


def _mean(one: Shares, other: Shares) -> Shares:
    return {label: (one.get(label, 0.0) + other.get(label, 0.0)) / 2 for label in {**one, **other}}


def _worth_telling(shares: Shares) -> dict[str, float]:
    return {label: share for label, share in shares.items() if share >= UNLIKELY}


class _Guess:
    """What was learnt, at work on one sentence."""

    def __init__(self, features: Features, encode: Encode | None, learnt: Learnt, standard: Dialect) -> None:
        self._features, self._encode, self._standard = features, encode, standard
        self._of_model = tuple(map(Classifier, (learnt.meanings, learnt.ways, learnt.tellings)))
        self._of_people = tuple(map(Classifier, (learnt.warnings, learnt.answers)))

    def __call__(self, text: str) -> Sequence[Mapping[str, float]]:
        """A score for every sign, answer, meaning, way to say it, and way to tell of a symptom."""
        heard, standard = self._perceived(text), self._standard(text)
        told = heard if standard == text else self._perceived(standard)
        return [*(machine(*told) for machine in self._of_people), *(machine(*heard) for machine in self._of_model)]

    def _perceived(self, text: str) -> tuple[tuple[Places, Matrix], Matrix]:
        vector = self._encode([text])[0] if self._encode else np.zeros(0, np.float32)
        return self._features(text), vector


class Ear:
    """Understands one locale; made from its interaction model and what was learnt from it.

    An ear that has learnt nothing is there at once, and knows samples word for word alone.
    """

    def __init__(self, model: Mapping[str, Any], encode: Encode | None = None, learnt: Learnt | None = None,
                 dialect: Mapping[str, str] | None = None, judge: Opinion | None = None) -> None:
        self._samples = Samples(model)
        self._catalogues = _catalogues(self._samples)
        self._literal = Literal(self._samples, self._catalogues)
        self._encode, self._judge = encode, judge
        self._standard = Dialect(dialect or {})
        self._guess = _Guess(Features(self._catalogues, learnt.rarity), encode, learnt,
                             self._standard) if learnt else None
        self._needy = self._samples.needy()

    @property
    def intents(self) -> frozenset[str]:
        """Every intent it may hear."""
        return frozenset(self._samples.slots)

    @property
    def mode(self) -> str:
        """Which of its ways of hearing it has."""
        if self._guess is None:
            return "for samples word for word: it has learnt nothing yet"
        if self._encode:
            return "with its sentence encoder"
        return "without its sentence encoder: it understands clearly less (`make setup` fetches it)"

    def __call__(self, said: str, asked: str = "") -> Heard:
        """What was meant; never fails, whatever was said. `asked` is the question that it follows, as it was heard."""
        text = tidy(said)
        if not text:
            return Heard(FALLBACK, {}, 1.0, FALLBACK, 0.0)
        certain = self._literal(text)
        told, answered, meanings, *ways = self._guess(plain(text)) if self._guess else ({}, {}, {})
        warns, answer = self._weighed(text, asked, _shares(told, KEENNESS), _shares(answered))
        of_checks = _worth_telling(warns), answer.get(YES, 0.0), answer.get(NO, 0.0)
        if certain:
            return Heard(certain, self._fill(certain, text, meanings), 1.0, certain, 0.0, *of_checks)
        if not self._guess:
            return Heard(FALLBACK, {}, 0.0, FALLBACK, 0.0)
        shares = _shares(meanings)
        best, rival = sorted(shares, key=shares.__getitem__, reverse=True)[:2]
        guessed = best.startswith("AMAZON.") and shares[best] < FAINT
        intent = FALLBACK if guessed else self._said_by(best, text, *ways)
        return Heard(intent, self._fill(intent, text, meanings), shares[best], rival, shares[rival], *of_checks)

    def _weighed(self, text: str, asked: str, warns: Shares, answer: Shares) -> tuple[Shares, Shares]:
        """What is told of and what is answered, in the judge's light, if there is one."""
        if not self._judge or not warns:
            return warns, answer
        signs, judged = self._judge(self._standard(plain(text)), asked)
        return _mean(warns, signs), judged if asked else _mean(answer, judged)

    def _said_by(self, meaning: str, text: str, of_most: Mapping[str, float], of_symptoms: Mapping[str, float]) -> str:
        """The intent by which a value was asked for; one with a slot only if the value is named."""
        if meaning in self._samples.slots:
            return meaning
        scores = of_symptoms if meaning in self._samples.ids(SYMPTOM) else of_most
        named = {kind for kind, catalogue in self._catalogues.items()
                 if any(meaning in mention.ids for mention in catalogue.mentions(tokens(text)))}
        ways = {intent: SAMPLE for intent, about in self._samples.about.items() if about == meaning}
        ways |= {intent: intent for intent, kind in self._samples.subjects.items()
                 if self._takes(kind, meaning, named)}
        return max(ways, key=lambda intent: scores.get(ways[intent], -1.0))

    def _takes(self, kind: str, meaning: str, named: set[str]) -> bool:
        """Whether a slot of this type can hold the value: reports of symptoms are heard without its name, too."""
        return kind in named or (kind == SYMPTOM and meaning in self._samples.ids(kind))

    def _fill(self, intent: str, text: str, scores: Mapping[str, float]) -> dict[str, Filled | None]:
        words = tokens(text)
        filled: dict[str, Filled | None] = dict.fromkeys(self._samples.slots[intent])
        taken: set[Mention] = set()
        for slot, kind in self._samples.slots[intent].items():
            catalogue = self._catalogues.get(kind)
            found = catalogue.mentions(words) if catalogue else list(built_in(kind, words))
            free = [mention for mention in found if mention not in taken]
            best = self._likeliest(kind, free, scores)
            if best:
                taken.add(best)
                filled[slot] = Filled(best.words, kind, best.ids, self._usual(kind, best.ids))
            elif catalogue and intent in self._needy:
                filled[slot] = self._unnamed(kind, text, scores)
        return filled

    def _likeliest(self, kind: str, mentions: list[Mention], scores: Mapping[str, float]) -> Mention | None:
        """Of several values named, the one that the whole sentence is most about."""
        if not mentions or kind.startswith("AMAZON."):
            return mentions[0] if mentions else None
        return max(mentions, key=lambda mention: max(scores.get(value, -1.0) for value in mention.ids))

    def _unnamed(self, kind: str, text: str, scores: Mapping[str, float]) -> Filled:
        """A value that was described, not named: the likeliest, if the sentence is about it at all."""
        values = sorted(self._catalogues[kind].usual, key=lambda value: scores.get(value, -1.0))
        best = values[-1] if scores.get(values[-1], -1.0) >= LEAST_LIKE else ""
        ids = (best,) if best else ()
        return Filled(text, kind, ids, self._usual(kind, ids))

    def _usual(self, kind: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._catalogues[kind].usual[value] for value in ids)
