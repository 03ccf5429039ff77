"""Where to turn: the rules of the warning-sign check, first match wins (triage.md, section 7).

Rule 1: a rule is a list of sets; it fits where something of every set was said. So one more sign can only raise
the level, never lower it.
Rule 2: "not sure" is a fact of its own (`unsure("sign.fever")`), and never the same as no.
Rule 3: this module knows what was said; no words, no order of questions, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from skill.domain.items import Disposition
from skill.domain.signs import (
    BELLY,
    BLADDER,
    BLEEDING,
    BOTH_LEGS,
    CANCER,
    CHEST,
    CHILD,
    CONSTIPATION,
    CRISIS,
    DARK_URINE,
    FEVER,
    FOOT_DROP,
    FRAGILE,
    INFECTION,
    KIDNEY,
    LEG_WEAKNESS,
    MINOR,
    NAUSEA,
    NIGHT_PAIN,
    NUMBNESS,
    OLD,
    PREGNANT,
    RADIATING,
    SADDLE,
    SEVERE,
    SEVERE_72H,
    STABBING,
    THINNERS,
    TRAUMA,
    UPPER_BACK,
    WALKING,
    WEEK,
    WEIGHT_LOSS,
    WORSENING,
    unsure,
)

Facts = frozenset[str]
"""What is known of somebody: ids of signs and risks, details, and `unsure(…)` of them."""

EMERGENCY, URGENT, SEE_DOCTOR, SELF_CARE = Disposition


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    name: str
    """As in triage.md: "E1"."""
    level: Disposition
    """Where to turn."""
    needs: tuple[Facts, ...]
    """Sets of facts; of each, one must be there."""

    def fits(self, facts: Facts) -> bool:
        """Whether the rule speaks of these facts."""
        return not any(map(facts.isdisjoint, self.needs))


def _rule(name: str, *needs: set[str]) -> Rule:
    level = {"E": EMERGENCY, "U": URGENT, "D": SEE_DOCTOR}[name[0]]
    return Rule(name, level, tuple(frozenset(need) for need in needs))


IN_A_LEG = {LEG_WEAKNESS, FOOT_DROP, NUMBNESS, RADIATING, BOTH_LEGS}
OF_LEGS = {*IN_A_LEG, WALKING}
"""What a question about legs may be about, and a hard session may explain."""

SIGNS_ALONE = {RADIATING, NUMBNESS, STABBING, NAUSEA, WEIGHT_LOSS, SEVERE_72H, WEEK, WORSENING}
MAY_BE_UNSURE = {
    BLADDER, SADDLE, BOTH_LEGS, LEG_WEAKNESS, FOOT_DROP, NUMBNESS, RADIATING, WALKING, STABBING, FEVER, NAUSEA,
    WEIGHT_LOSS, SEVERE_72H, WEEK, WORSENING, TRAUMA, CHEST, BELLY, DARK_URINE, KIDNEY, NIGHT_PAIN, SEVERE,
    CANCER, INFECTION, FRAGILE, PREGNANT, BLEEDING,
}
"""What may be asked about, so that somebody may not know it."""

RULES = (
    _rule("E0", {CRISIS, unsure(CRISIS)}),
    _rule("E1", {BLADDER, SADDLE}),
    _rule("E2", {unsure(BLADDER), unsure(SADDLE)}, IN_A_LEG),
    _rule("E3", {BOTH_LEGS}),
    _rule("E3", {unsure(BOTH_LEGS)}, {LEG_WEAKNESS}),
    _rule("E3", {unsure(BOTH_LEGS)}, {NUMBNESS}, {RADIATING}),
    _rule("E4", {FOOT_DROP}),
    _rule("E4", {LEG_WEAKNESS}, {WORSENING, WALKING}),
    _rule("E5", {FEVER}, {LEG_WEAKNESS, NUMBNESS, unsure(BLADDER), unsure(SADDLE)}),
    _rule("E6", {CHEST}),
    _rule("E6", {STABBING}, {BELLY}),
    _rule("E7", {TRAUMA}),
    _rule("E8", {DARK_URINE}),
    _rule("E9", {PREGNANT}, {BLEEDING, BELLY}),
    _rule("E10", {CANCER, THINNERS}, {*IN_A_LEG, unsure(BLADDER), unsure(SADDLE)}),
    _rule("U1", {FEVER}),
    _rule("U1", {unsure(FEVER)}, {INFECTION}),
    _rule("U2", {LEG_WEAKNESS, unsure(LEG_WEAKNESS), unsure(FOOT_DROP), WALKING}),
    _rule("U2", {unsure(BLADDER), unsure(SADDLE), unsure(BOTH_LEGS)}),
    _rule("U3", {NUMBNESS}, {WORSENING}),
    _rule("U3", {NUMBNESS}, {RADIATING}, {SEVERE}),
    _rule("U4", {STABBING}, {SEVERE, FRAGILE}),
    _rule("U5", {NAUSEA}, {SEVERE}),
    _rule("U5", {KIDNEY, BELLY}),
    _rule("U6", {WEIGHT_LOSS}, {NIGHT_PAIN, WORSENING, CANCER}),
    _rule("U6", {CANCER}, {NIGHT_PAIN, WORSENING, WEEK}),
    _rule("U7", {MINOR}, {FRAGILE}),
    _rule("U8", {INFECTION}),
    _rule("U9", {SEVERE_72H}, {WORSENING}),
    _rule("U9", {UPPER_BACK}, {NIGHT_PAIN}, {WORSENING}),
    _rule("U10", {CHILD}, {NIGHT_PAIN, *IN_A_LEG}),
    _rule("D1", SIGNS_ALONE),
    _rule("D2", {unsure(sign) for sign in MAY_BE_UNSURE}),
    _rule("D3", {PREGNANT, CHILD, CANCER, NIGHT_PAIN, OLD, CONSTIPATION, MINOR, SEVERE}),
)
"""The table, gravest first. What fits none of it is looked after at home."""


_ORDER = {level: place for place, level in enumerate(Disposition)}


def graver(one: Disposition, other: Disposition) -> bool:
    """Whether the one is more urgent than the other."""
    return _ORDER[one] < _ORDER[other]


_GRAVER = {level: tuple(rule for rule in RULES if graver(rule.level, level)) for level in Disposition}
"""The rules that could raise each level."""


def disposition(facts: Facts) -> Disposition:
    """Where to turn with these facts."""
    return next((rule.level for rule in RULES if rule.fits(facts)), SELF_CARE)


def reasons(facts: Facts) -> Facts:
    """The facts that a disposition rests on: all that fit a rule of that level; none for self-care."""
    level = disposition(facts)
    return frozenset(fact for rule in RULES if rule.level is level and rule.fits(facts)
                     for need in rule.needs for fact in need & facts)


def raising(facts: Facts, still_open: Facts) -> Facts:
    """Of the facts still open, those that could raise the level, alone or together with others still open.

    A rule matters if it is graver than what holds now and each of its sets is met already or still may be.
    """
    now, known_then = disposition(facts), facts | still_open
    return frozenset(fact for rule in _GRAVER[now] if rule.fits(known_then)
                     for need in rule.needs if need.isdisjoint(facts) for fact in need & still_open)
