"""The rules, against the table of triage.md written a second time, as plain conditions."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import combinations

import pytest

from skill.domain import signs
from skill.domain.items import Disposition
from skill.domain.signs import unsure
from skill.domain.triage import MAY_BE_UNSURE, RULES, disposition, graver, raising, reasons

KNOWN = sorted({fact for rule in RULES for need in rule.needs for fact in need})
"""Every fact that a rule speaks of."""

MOST = 4
"""Facts put together; no rule needs more than three."""


def alike() -> list[str]:
    """One fact of each kind that the rules can tell apart: where two are in the same sets, one stands for both."""
    places: dict[tuple[tuple[int, int], ...], str] = {}
    for fact in KNOWN:
        where = tuple((row, place) for row, rule in enumerate(RULES) for place, need in enumerate(rule.needs)
                      if fact in need)
        places.setdefault(where, fact)
    return list(places.values())


def is_emergency(facts: AbstractSet[str]) -> bool:
    """Rows E0 to E10; who isn't sure whether they want to live counts as one who doesn't."""
    def has(*any_of: str) -> bool:
        return any(fact in facts for fact in any_of)

    leg = has(signs.LEG_WEAKNESS, signs.FOOT_DROP, signs.NUMBNESS, signs.RADIATING, signs.BOTH_LEGS)
    doubt = has(unsure(signs.BLADDER), unsure(signs.SADDLE))
    return any((
        has(signs.CRISIS, unsure(signs.CRISIS)),
        has(signs.BLADDER, signs.SADDLE, signs.BOTH_LEGS, signs.FOOT_DROP, signs.CHEST, signs.TRAUMA, signs.DARK_URINE),
        doubt and leg,
        has(unsure(signs.BOTH_LEGS)) and (has(signs.LEG_WEAKNESS) or {signs.NUMBNESS, signs.RADIATING} <= facts),
        has(signs.LEG_WEAKNESS) and has(signs.WORSENING, signs.WALKING),
        has(signs.FEVER) and (has(signs.LEG_WEAKNESS, signs.NUMBNESS) or doubt),
        has(signs.STABBING) and has(signs.BELLY),
        has(signs.PREGNANT) and has(signs.BLEEDING, signs.BELLY),
        has(signs.CANCER, signs.THINNERS) and (leg or doubt),
    ))


def is_urgent(facts: AbstractSet[str]) -> bool:
    """Rows U1 to U10."""
    def has(*any_of: str) -> bool:
        return any(fact in facts for fact in any_of)

    leg = has(signs.LEG_WEAKNESS, signs.FOOT_DROP, signs.NUMBNESS, signs.RADIATING, signs.BOTH_LEGS)
    return any((
        has(signs.FEVER, signs.LEG_WEAKNESS, signs.WALKING, signs.KIDNEY, signs.BELLY, signs.INFECTION),
        has(*(unsure(sign) for sign in (signs.BLADDER, signs.SADDLE, signs.BOTH_LEGS, signs.LEG_WEAKNESS,
                                        signs.FOOT_DROP))),
        has(signs.NUMBNESS) and has(signs.WORSENING),
        {signs.NUMBNESS, signs.RADIATING, signs.SEVERE} <= facts,
        has(signs.STABBING) and has(signs.SEVERE, signs.FRAGILE),
        has(signs.NAUSEA) and has(signs.SEVERE),
        has(signs.WEIGHT_LOSS) and has(signs.NIGHT_PAIN, signs.WORSENING, signs.CANCER),
        has(signs.CANCER) and has(signs.NIGHT_PAIN, signs.WORSENING, signs.WEEK),
        has(signs.MINOR) and has(signs.FRAGILE),
        has(signs.SEVERE_72H) and has(signs.WORSENING),
        {signs.UPPER_BACK, signs.NIGHT_PAIN, signs.WORSENING} <= facts,
        has(signs.CHILD) and (leg or has(signs.NIGHT_PAIN)),
    ))


def is_for_a_doctor(facts: AbstractSet[str]) -> bool:
    """Rows D1 to D3: anything that is known but the details that weigh only beside something else."""
    return bool(facts - {signs.FRAGILE, signs.THINNERS, signs.UPPER_BACK, signs.BLEEDING, signs.OTHER})


def by_hand(facts: AbstractSet[str]) -> Disposition:
    """Where to turn, by the table."""
    if is_emergency(facts):
        return Disposition.EMERGENCY
    if is_urgent(facts):
        return Disposition.URGENT
    return Disposition.SEE_DOCTOR if is_for_a_doctor(facts) else Disposition.SELF_CARE


def sets() -> Iterator[frozenset[str]]:
    """All combinations of up to four facts that the rules can tell apart, the smallest first."""
    for size in range(MOST + 1):
        yield from map(frozenset, combinations(alike(), size))


def test_every_combination() -> None:
    """The rules say what the table says, of every combination."""
    wrong = next(((sorted(facts), disposition(facts), by_hand(facts)) for facts in sets()
                  if disposition(facts) is not by_hand(facts)), None)

    assert wrong is None


def test_more_is_never_less() -> None:
    """One more fact never lowers the level."""
    facts_of = [facts for facts in sets() if len(facts) < MOST]
    wrong = next((f"{sorted(facts)}, then {more}" for facts in facts_of for more in alike()
                  if graver(disposition(facts), disposition(facts | {more}))), None)

    assert wrong is None


@pytest.mark.parametrize("sign", sorted(MAY_BE_UNSURE))
def test_unsure_is_never_no(sign: str) -> None:
    """Whoever isn't sure is sent to a doctor at least."""
    assert graver(disposition(frozenset({unsure(sign)})), Disposition.SELF_CARE)


def test_reasons_are_reason_enough() -> None:
    """The reasons alone lead to the same place, and there are some unless it's looked after at home."""
    wrong = next((sorted(facts) for facts in sets()
                  if disposition(reasons(facts)) is not disposition(facts) or not reasons(facts) <= facts), None)

    assert wrong is None


def test_what_may_raise() -> None:
    """Of what is open, just that is worth asking which may lead to somewhere graver."""
    open_ = frozenset({signs.FEVER, signs.NUMBNESS, signs.WORSENING})

    assert raising(frozenset(), open_) == open_
    assert raising(frozenset({signs.FEVER}), open_) == {signs.NUMBNESS}
    assert raising(frozenset({signs.SADDLE}), open_) == frozenset()
