"""Names of what the warning-sign check knows: signs, risks, and details that make one of them weigh more or less.

Signs and risks are ids of the content map. A detail is no item: it has no card, and nobody is asked about it
in so many words; it is heard in an answer.
"""

from __future__ import annotations

BLADDER, SADDLE = "sign.bladder-bowel", "sign.saddle"
BOTH_LEGS, LEG_WEAKNESS, FOOT_DROP = "sign.both-legs", "sign.leg-weakness", "sign.foot-drop"
NUMBNESS, RADIATING, WALKING = "sign.numbness", "sign.radiating", "sign.walking"
STABBING, FEVER, NAUSEA, WEIGHT_LOSS = "sign.stabbing", "sign.fever", "sign.nausea", "sign.weight-loss"
SEVERE_72H, WEEK, WORSENING = "sign.severe-72h", "sign.week", "sign.worsening"
TRAUMA, CHEST, BELLY, DARK_URINE = "sign.trauma", "sign.chest", "sign.belly", "sign.dark-urine"
KIDNEY, NIGHT_PAIN, CRISIS = "sign.kidney", "sign.night-pain", "sign.crisis"

CANCER, INFECTION, FRAGILE = "risk.cancer", "risk.infection", "risk.fragile"
PREGNANT, CHILD = "risk.pregnant", "risk.child"

SEVERE = "severity"
"""Pain of eight or more out of ten: so bad that it's hard to think, talk or sleep."""
THINNERS = "thinners"
"""Blood thinners, which weigh more than the rest of `FRAGILE`."""
OLD = "old"
"""A leak or numbness that has been the same for years."""
CONSTIPATION = "constipation"
"""Bunged up, while peeing is as ever."""
MINOR = "minor"
"""A slight knock or fall, not a serious one."""
UPPER_BACK = "upper-back"
"""The pain is between the shoulder blades."""
BLEEDING = "bleeding"
"""Bleeding, broken waters, or pains that come and go, in a pregnancy."""
OTHER = "other"
"""It is about somebody else."""

DETAILS = (SEVERE, THINNERS, OLD, CONSTIPATION, MINOR, UPPER_BACK, BLEEDING, OTHER)

DURATION, TREND, SIDE = "duration", "trend", "side"
"""What is asked that isn't yes or no."""


def unsure(fact: str) -> str:
    """The fact that somebody isn't sure of a sign, even after it was asked in other words."""
    return f"?{fact}"
