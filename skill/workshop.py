"""What the simulator is made of here: the skill, its ears, its content, and who judges them.

The simulator knows none of these; it is handed a `Workshop`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from skill import app
from skill.alexa.rules import findings as breaches
from skill.domain.library import Library
from skill.domain.profile import Users
from skill.simulator.echo import Ear, Echo, Handler
from skill.simulator.envelope import Device
from skill.simulator.meant import Filled, Meant
from skill.simulator.move import Move, Slots
from skill.simulator.room import Room
from skill.simulator.script import Judge
from skill.simulator.turn import Json
from skill.store import content, models
from skill.store.users import MemoryUsers


class Workshop:
    """The skill of this project, for the simulator (see `simulator.room.Parts`)."""

    locales = content.LOCALES

    def handler(self, users: Users) -> Handler:
        """The skill, as content has it at the moment of each request."""
        def answer(asked: Mapping[str, Any]) -> Json:
            return app.skill(users)(asked)

        return answer

    def users(self) -> Users:
        """A user store in which nobody is known."""
        return MemoryUsers()

    def listen(self, locale: str) -> Ear:
        """The ear of a locale. Raises `ValueError` for one that there isn't."""
        return app.listener(locale)

    def means(self, locale: str, intent: str, slots: Slots) -> Meant:
        """An intent with all of its slots; those not named are empty."""
        types = _slots(locale, intent)
        library = content.library(locale)
        return Meant(intent, {slot: _filled(slots.get(slot), types.get(slot, "Topic"), library)
                              for slot in {**types, **slots}})

    def breaches(self, request: Mapping[str, Any], response: Mapping[str, Any]) -> list[str]:
        """Amazon's rules that a response breaks."""
        return breaches(request, response)

    def speaker(self, locale: str) -> Echo:
        """A speaker of somebody who is new here. Raises `ValueError` for a locale that there isn't."""
        return Echo(self.handler(self.users()), self.listen(locale), Device("echo-dot", locale, "somebody"))

    def warm_up(self) -> None:
        """Reads and builds what the first words would have to wait for."""
        Room(self, self.locales[0]).do(Move(you="what about ice"))

    @property
    def judge(self) -> Judge:
        """Who judges a replay."""
        return Judge(content.library, is_urgent)


def is_urgent(speech: str, locale: str) -> bool:
    """Whether the first sentence says to call the emergency number, or to go where it's treated, now."""
    words = content.local_words(locale)
    first = re.split(r"(?<=[.!?])\s", speech)[0]
    return " now" in first and (words["emergency_number"] in first or words["emergency_room"] in first)


def _slots(locale: str, intent: str) -> Mapping[str, str]:
    """The slots of an intent and their types; none of an intent that there isn't."""
    for each in models.model(locale)["interactionModel"]["languageModel"]["intents"]:
        if each["name"] == intent:
            return {slot["name"]: slot["type"] for slot in each["slots"]}
    return {}


def _filled(said: str | list[str] | None, kind: str, library: Library) -> Filled | None:
    """A slot as Alexa fills it: an id, several, or words that it knows nothing of."""
    if said is None:
        return None
    if not isinstance(said, str):
        return Filled("something", tuple(said), kind)
    return Filled(next(iter(library[said].names), said), (said,), kind) if said in library else Filled(said, (), kind)
