"""A pretend Echo on this machine: no cloud, no account, no waiting.

`Speaker` is its door. It comes with the skill and the ear of this project; `Echo` is the same for any.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from itertools import count

from skill.simulator.echo import Echo
from skill.simulator.envelope import DEVICES, Device
from skill.simulator.turn import Turn

__all__ = ["DEVICES", "Speaker", "Turn"]

_people = count(1)


class Speaker(Echo):
    """An Echo that has Back Coach.

    `locale` is one of the five English ones, `device` one of `DEVICES`, `at` the moment it is switched on. It
    passes on what was said word for word, unless `verbatim` is off, as with a real Echo.
    Each speaker is somebody else's: nobody has used the skill on it before.
    """

    def __init__(self, locale: str = "en-US", device: str = "echo-dot", at: datetime | None = None, *,
                 verbatim: bool = True) -> None:
        if device not in DEVICES:
            raise ValueError(f"device is {device!r}; use one of {', '.join(DEVICES)}")
        # The one place that knocks at `app`: so that `Speaker()` is all that a test has to say.
        app = import_module("skill.app")
        super().__init__(app.skill(), app.listener(locale),
                         Device(device, locale, f"person-{next(_people)}", verbatim), at)
