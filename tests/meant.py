"""Turns that follow from words, and from what an ear made of them: no ear is asked, so any may be tried."""

from __future__ import annotations

from collections.abc import Mapping

from skill import app
from skill.rehearsing import LAUNCH
from skill.simulator.echo import Echo
from skill.simulator.envelope import Device
from skill.simulator.meant import Filled, Meant
from skill.simulator.turn import Turn
from tests.conftest import PERSON

UNREAD = "something is well odd with both of them"
"""Words that read like no sign, but for which legs they are about."""


def heard(words: str, meant: Meant, *before: Meant, verbatim: bool = True) -> Turn:
    """The turn that follows from words, and from what an ear made of them."""
    echo = Echo(app.skill(), lambda *_: meant, Device("echo-dot", "en-US", PERSON, verbatim=verbatim))
    for each in before:
        echo.launch() if each is LAUNCH else echo.mean(each)
    return echo.say(words)


def reported(sign: str, share: float) -> Meant:
    """A report of a sign, as sure as this."""
    return Meant("ReportSymptomIntent", {"symptom": Filled("it", (sign,), "Symptom")}, share,
                 warns={sign: share, "nothing": 1 - share})


def warned(warns: Mapping[str, float], intent: str = "TreatIceIntent", affirms: float = 0.0,
           denies: float = 0.0) -> Meant:
    """Words that tell of signs, or may, as likely as this; what an ear makes of the rest hardly counts."""
    return Meant(intent, {}, 0.5, warns=warns, affirms=affirms, denies=denies)
