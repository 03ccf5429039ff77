"""The warning-sign check: what was answered so far, and what to ask next.

Rule 1: the answers are the whole state. What is found, what comes next and the outcome are computed from them,
so an answer can be taken back, and everything follows.
Rule 2: gravest first; a question is asked only while its answer could still raise the level.
Rule 3: of two answers about one sign the graver counts, unless the person takes one back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import TypeVar

from skill.domain import signs, triage
from skill.domain.items import Disposition
from skill.domain.signs import unsure
from skill.domain.triage import Facts


class Answer(StrEnum):
    """What somebody says of one sign, gravest first."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


class Trend(StrEnum):
    """How it goes."""

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"


ANSWERS, TRENDS = tuple(Answer), tuple(Trend)
"""All there are, gravest first."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the check."""

    name: str
    """Its name in the content file `_check.toml`."""
    about: tuple[str, ...]
    """What a yes may mean: several only where each leads to the same place."""
    after: Facts = frozenset()
    """It is asked only once one of these is known; empty: it is asked of everybody."""

    def is_due(self, facts: Facts) -> bool:
        """Whether it is asked of somebody of whom this is known."""
        return not self.after or not self.after.isdisjoint(facts)


LONG = "long"
"""It has hurt for more than a week, so that it matters whether it gets better."""


def _after(*facts: str) -> Facts:
    return frozenset(facts)


QUESTIONS = (
    Question("side", (signs.BOTH_LEGS,), _after(signs.LEG_WEAKNESS, signs.NUMBNESS, signs.RADIATING)),
    Question("toilet", (signs.BLADDER, signs.SADDLE)),
    Question("danger", (signs.CHEST, signs.TRAUMA, signs.DARK_URINE)),
    Question("legs", (signs.LEG_WEAKNESS, signs.WALKING)),
    Question("lifting", (signs.FOOT_DROP,), _after(signs.LEG_WEAKNESS, unsure(signs.LEG_WEAKNESS))),
    Question("feeling", (signs.NUMBNESS, signs.RADIATING, signs.STABBING)),
    Question("labour", (signs.BELLY, signs.BLEEDING), _after(signs.PREGNANT)),
    Question("illness", (signs.FEVER, signs.KIDNEY, signs.BELLY, signs.INFECTION)),
    Question("pregnant", (signs.PREGNANT,), _after(signs.BELLY, signs.BLEEDING)),
    Question("history", (signs.CANCER, signs.THINNERS), _after(
        signs.LEG_WEAKNESS, signs.NUMBNESS, signs.RADIATING, unsure(signs.BLADDER), unsure(signs.SADDLE))),
    Question("duration", (signs.DURATION,)),
    Question("severity", (signs.SEVERE,), _after(signs.STABBING, signs.NAUSEA)),
    Question("body", (signs.NAUSEA, signs.WEIGHT_LOSS, signs.SEVERE)),
    Question("bones", (signs.FRAGILE,), _after(signs.STABBING, signs.MINOR)),
    Question("trend", (signs.TREND,), _after(LONG)),
    Question("course", (signs.WORSENING, signs.NIGHT_PAIN, signs.CANCER, signs.PREGNANT)),
    Question("lasting", (signs.SEVERE_72H,), _after(signs.SEVERE)),
)
"""All questions, gravest first; a sorting question stands right after what it sorts."""

BY_NAME: Mapping[str, Question] = {question.name: question for question in QUESTIONS}

FEW_DAYS, A_WEEK, TWO_WEEKS = 3.0, 7.0, 14.0
"""Days. Soreness after training peaks within three and goes within seven (triage.md, section 2)."""


@dataclass(frozen=True)  # no slots: its facts are made once, however often they're asked for
class Case:
    """One person's answers, added up."""

    said: Mapping[str, Answer] = field(default_factory=dict)
    """The answer about each sign, risk or detail, in the order in which they came."""
    days: float | None = None
    """How long it has hurt; None: not known."""
    trend: Trend | None = None
    """How it goes; None: not known."""
    vague: frozenset[str] = frozenset()
    """Of "duration" and "trend", those asked about in vain."""

    @cached_property
    def facts(self) -> Facts:
        """What the rules are about."""
        return frozenset(self._facts())

    def _facts(self) -> Iterator[str]:
        for fact, answer in self.said.items():
            if answer is Answer.YES:
                yield fact
            if answer is Answer.UNSURE:
                yield unsure(fact)
        yield from self._computed()

    def _computed(self) -> Iterator[str]:
        """Signs that follow from how long, how bad and how it goes."""
        if self.trend is Trend.WORSE:
            yield signs.WORSENING
        yield from (unsure({signs.TREND: signs.WORSENING, signs.DURATION: signs.WEEK}[each])
                    for each in self.vague)
        days = self.days or 0
        not_better = self.trend in (Trend.SAME, Trend.WORSE) or signs.TREND in self.vague
        if days > TWO_WEEKS or (days > A_WEEK and not_better):
            yield signs.WEEK
        if days > FEW_DAYS and self.said.get(signs.SEVERE) is Answer.YES:
            yield signs.SEVERE_72H
        if A_WEEK < days <= TWO_WEEKS:
            yield LONG

    @property
    def found(self) -> tuple[str, ...]:
        """Signs and risks found, the first said first."""
        facts = self.facts
        known = [*self.said, signs.WORSENING, signs.WEEK, signs.SEVERE_72H]
        return tuple(dict.fromkeys(fact for fact in known if "." in fact and fact in facts))

    @property
    def disposition(self) -> Disposition:
        """Where to turn, as far as is known."""
        return triage.disposition(self.facts)

    def _is_open(self, fact: str) -> bool:
        """Whether something could still be learnt by asking for it."""
        days = self.days
        if fact == signs.DURATION:
            return days is None and fact not in self.vague and signs.WEEK not in self.said
        if fact == signs.TREND:
            return self.trend is None and fact not in self.vague
        if fact == signs.WORSENING:
            return self.trend is None and signs.TREND not in self.vague and fact not in self.said
        if fact == signs.SEVERE_72H:
            return fact not in self.said and days is None
        return fact not in self.said

    def open_of(self, question: Question) -> tuple[str, ...]:
        """What a question could still tell that isn't known."""
        return tuple(filter(self._is_open, question.about))


TELLS: Mapping[str, tuple[str, ...]] = {
    signs.DURATION: (signs.WEEK, signs.SEVERE_72H, unsure(signs.WEEK)),
    signs.TREND: (signs.WEEK, signs.WORSENING, unsure(signs.WORSENING)),
    signs.SEVERE: (signs.SEVERE, signs.SEVERE_72H, unsure(signs.SEVERE)),
}
"""What the rules learn from what isn't a sign."""


@cache
def tells(fact: str) -> Facts:
    """What the rules may learn by asking for something."""
    return frozenset(TELLS.get(fact, (fact, unsure(fact))))


def upcoming(case: Case) -> tuple[Question, tuple[str, ...]] | None:
    """The next question, and what of it is still to be asked; None where nothing could change the outcome."""
    facts = case.facts
    left = [(question, parts) for question in QUESTIONS if (parts := case.open_of(question))]
    raising = triage.raising(facts, _still_open(facts, left))
    for question, parts in left:
        if question.is_due(facts):
            asked = tuple(fact for fact in parts if not raising.isdisjoint(tells(fact)))
            if asked:
                return question, asked
    return None


def _still_open(facts: Facts, left: Sequence[tuple[Question, Sequence[str]]]) -> Facts:
    """What the rules may still learn: by what is asked of everybody, and by what that may lead to."""
    each = [(question, frozenset().union(*map(tells, parts))) for question, parts in left]
    known, before = facts, None
    while known != before:
        before = known
        known = known.union(*(told for question, told in each if question.is_due(before)))
    return known - facts


def add_up(answers: Iterable[str]) -> Case:
    """The case that answers amount to; each is `question:fact=answer,fact=answer` (see `entry`).

    Anything that is none is left out: they come back from outside with every turn.
    """
    said: dict[str, Answer] = {}
    days: float | None = None
    trend: Trend | None = None
    vague: set[str] = set()
    for fact, value in (pair for each in answers for pair in pairs(each)):
        if fact in (signs.DURATION, signs.TREND) and value == Answer.UNSURE:
            vague.add(fact)
        elif fact == signs.DURATION:
            days = max(days or 0.0, _days(value))
        elif fact == signs.TREND:
            trend = _graver(TRENDS, value, trend)
        else:
            said[fact] = _graver(ANSWERS, value, said.get(fact)) or Answer.UNSURE
    return Case(said, days, trend, frozenset(vague))


Kind = TypeVar("Kind", bound=StrEnum)


def _graver(kinds: Sequence[Kind], value: str, known: Kind | None) -> Kind | None:
    """The graver of two answers, the first of all their kinds in order."""
    return next((each for each in kinds if each == value or each is known), None)


def _days(value: str) -> float:
    try:
        return min(max(float(value), 0.0), 36500.0)
    except ValueError:
        return 0.0


def entry(question: str, facts: Mapping[str, str]) -> str:
    """An answer as it is kept: the question's name (empty for what was volunteered) and what was learnt."""
    return question + ":" + ",".join(f"{fact}={value}" for fact, value in facts.items())


def pairs(kept: str) -> Iterator[tuple[str, str]]:
    """What was learnt by an answer: facts with their values."""
    for part in kept.partition(":")[2].split(","):
        fact, mark, value = part.partition("=")
        if mark and fact:
            yield fact, value


def without(answers: Sequence[str], facts: Iterable[str]) -> tuple[str, ...]:
    """The answers with some facts taken out of them: what is corrected is first taken back."""
    gone = frozenset(facts)
    return tuple(entry(kept.partition(":")[0], {fact: value for fact, value in pairs(kept) if fact not in gone})
                 for kept in answers)
