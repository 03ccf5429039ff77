"""Every conversation of the check that the rules can tell apart, played with the rules alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, pairwise, product

from skill.domain import signs
from skill.domain.check import BY_NAME, QUESTIONS, Answer, Case, Trend, add_up, entry, pairs, upcoming
from skill.domain.items import Disposition
from skill.domain.triage import disposition, graver

ASKED = sorted({fact for question in QUESTIONS for fact in question.about}
               - {signs.DURATION, signs.TREND, signs.SEVERE_72H, signs.WORSENING})
"""Whatever is asked with yes or no and doesn't follow from the course."""

ONLY_AFTER = {fact: question.after for question in QUESTIONS if question.after for fact in question.about
              if fact in ASKED and not any(fact in other.about and not other.after for other in QUESTIONS)}
"""What sorts out something else, and means nothing without it: one leg or both, without anything in a leg."""

NO = Answer.NO
MOST_FOUND = 3
"""Signs of one person; no rule needs more."""

PLAIN_QUESTIONS = 8


@dataclass(frozen=True)
class Truth:
    """How it is with somebody."""

    facts: Mapping[str, Answer] = field(default_factory=dict)
    """What isn't a no."""
    days: float = 2
    trend: Trend = Trend.SAME

    def answer(self, fact: str) -> str:
        """What this person says, truthfully."""
        if fact == signs.DURATION:
            return f"{self.days:g}"
        if fact == signs.TREND:
            return self.trend
        if fact == signs.WORSENING and self.trend is Trend.WORSE:
            return Answer.YES
        return self.facts.get(fact, NO)

    @property
    def level(self) -> Disposition:
        """Where the rules send somebody of whom all is known that can be known."""
        whole = {fact: self.answer(fact) for fact in (*ASKED, signs.DURATION, signs.TREND)}
        asked = {fact: answer for fact, answer in whole.items() if fact not in ONLY_AFTER}
        known = add_up([entry("", asked)]).facts
        sorted_out = {fact: whole[fact] for fact in ONLY_AFTER if not known.isdisjoint(ONLY_AFTER[fact])}
        return disposition(add_up([entry("", {**asked, **sorted_out})]).facts)


def people() -> Iterator[Truth]:
    """Everybody with up to three signs or doubts, and every course; the simplest first."""
    courses = [(2.0, Trend.BETTER), (2.0, Trend.WORSE), (5.0, Trend.SAME), (10.0, Trend.BETTER), (10.0, Trend.SAME)]
    for size in range(MOST_FOUND + 1):
        for found in combinations(ASKED, size):
            for answers in product((Answer.YES, Answer.UNSURE), repeat=size):
                facts = dict(zip(found, answers, strict=True))
                few = courses if size < MOST_FOUND else courses[:1]
                yield from (Truth(facts, days, trend) for days, trend in few)


@cache
def after(answers: tuple[str, ...]) -> tuple[Disposition, str, tuple[str, ...]]:
    """The level after some answers, the next question, and its parts."""
    case = add_up(answers)
    question, parts = upcoming(case) or (None, ())
    return case.disposition, question.name if question else "", parts


def transcript(truth: Truth) -> tuple[str, ...]:
    """The answers of somebody who tells the truth, as they are kept."""
    answers: tuple[str, ...] = ()
    level, name, parts = after(answers)
    while name and level is not Disposition.EMERGENCY:
        answers += (entry(name, {fact: truth.answer(fact) for fact in parts}),)
        level, name, parts = after(answers)
    return answers


def played(truth: Truth) -> str:
    """A transcript to read."""
    answers = transcript(truth)
    return "\n".join([*answers, f"-> {add_up(answers).disposition}, and it should be {truth.level}"])


def test_everybody() -> None:
    """Everybody ends where the rules send them, so nothing slips through; and no answer lowers the level."""
    for truth in people():
        answers = transcript(truth)
        levels = [after(answers[:count])[0] for count in range(len(answers) + 1)]
        assert levels[-1] is truth.level, played(truth)
        assert not any(graver(one, other) for one, other in pairwise(levels)), played(truth)


def test_plain_soreness_is_short() -> None:
    """Somebody who is plainly sore has eight questions to answer, and is told to look after it at home."""
    for days in (0.5, 1, 2, 3, 5, 7):
        answers = transcript(Truth(days=days))
        assert len(answers) == PLAIN_QUESTIONS
        assert add_up(answers).disposition is Disposition.SELF_CARE


def test_first_emergency_ends_it() -> None:
    """Nothing is asked after a certain emergency."""
    for sign in (signs.BLADDER, signs.SADDLE, signs.CHEST, signs.TRAUMA, signs.DARK_URINE):
        answers = transcript(Truth({sign: Answer.YES}))
        assert sign in answers[-1]
        assert len(answers) <= 2  # both groups of emergencies come first


def test_groups_lead_to_one_place() -> None:
    """A question groups only what leads to the same place, each alone with what it is asked after."""
    for question in QUESTIONS:
        known = question.after if len(question.after) == 1 else frozenset()
        alone = {disposition(known | {part}) for part in question.about
                 if part not in (signs.DURATION, signs.TREND, signs.THINNERS, signs.FRAGILE)}
        assert len(alone) <= 1, question


def test_what_was_said_is_not_asked() -> None:
    """Whatever was volunteered is never a part of a question."""
    for fact in ASKED:
        answers = [entry("", {fact: NO})]
        while found := upcoming(add_up(answers)):
            assert fact not in found[1]
            answers.append(entry(found[0].name, dict.fromkeys(found[1], Answer.UNSURE.value)))


def test_of_two_answers_the_graver_counts() -> None:
    """Said yes once, it stays yes, unless it's taken back."""
    case = add_up([entry("", {signs.FEVER: "yes", signs.DURATION: "5"}), entry("illness", {signs.FEVER: "no"}),
                   entry("", {signs.DURATION: "2", signs.TREND: "worse"}), entry("", {signs.TREND: "better"})])

    assert case.said == {signs.FEVER: Answer.YES}
    assert (case.days, case.trend) == (5, Trend.WORSE)


def test_junk_is_no_answer() -> None:
    """What comes back from outside may be anything."""
    case = add_up(["", "::", "toilet", "a=b", ":duration=long", ":trend=sideways", f":{signs.FEVER}=perhaps", ":=yes"])

    assert case == Case({signs.FEVER: Answer.UNSURE}, 0.0)


def test_signs_that_follow_from_the_course() -> None:
    """How long, how bad and which way make signs of their own."""
    def found(**facts: str) -> set[str]:
        return set(add_up([entry("", facts)]).facts)

    assert signs.WEEK in found(duration="8", trend="same")
    assert signs.WEEK not in found(duration="8", trend="better")
    assert signs.WEEK in found(duration="15", trend="better")
    assert signs.SEVERE_72H in found(duration="4", severity="yes")
    assert signs.SEVERE_72H not in found(duration="2", severity="yes")
    assert signs.WORSENING in found(trend="worse")
    assert {"?" + signs.WEEK, "?" + signs.WORSENING} <= found(duration="unsure", trend="unsure")


def test_found() -> None:
    """Signs and risks, in the order in which they came; details and doubts are none."""
    case = add_up([entry("", {signs.FEVER: "yes", signs.THINNERS: "yes", signs.NAUSEA: "unsure"}),
                   entry("", {signs.CANCER: "yes", signs.TREND: "worse"})])

    assert case.found == (signs.FEVER, signs.CANCER, signs.WORSENING)


def test_kept_and_read_back() -> None:
    """An answer is kept in one short text."""
    kept = entry("legs", {signs.WALKING: "yes", signs.LEG_WEAKNESS: "no"})

    assert kept == "legs:sign.walking=yes,sign.leg-weakness=no"
    assert dict(pairs(kept)) == {signs.WALKING: "yes", signs.LEG_WEAKNESS: "no"}
    assert BY_NAME["legs"].about == (signs.LEG_WEAKNESS, signs.WALKING)
