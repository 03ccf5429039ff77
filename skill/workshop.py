"""What the simulator is made of here: the skill, its ears, its content, and who judges them.

The simulator knows none of these; it is handed a `Workshop`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from skill import app
from skill.alexa.rules import findings as breaches
from skill.domain.library import Library
from skill.domain.profile import Users
from skill.simulator.echo import Ear, Echo, Handler
from skill.simulator.envelope import Device
from skill.simulator.meant import Filled, Meant
from skill.simulator.move import Move, Slots
from skill.simulator.page import Shop
from skill.simulator.page.authors import News
from skill.simulator.room import Room
from skill.simulator.script import Judge
from skill.simulator.turn import Json
from skill.store import content, models
from skill.store.quick import card_findings
from skill.store.survey import Surveyed, survey
from skill.store.users import MemoryUsers

RENDERER = content.ROOT / "web" / "node_modules" / "apl-viewhost-web" / "index.js"
"""Where `make setup` puts Amazon's APL renderer."""


class Workshop:
    """The skill of this project, for the simulator (see `simulator.room.Parts`)."""

    locales = content.LOCALES

    def __init__(self, *, patient: bool = True) -> None:
        """`patient` is who waits for an ear that is still learning; others are heard as well as it can meanwhile."""
        self._listen = app.listener if patient else app.listener_at_once
        self._fresh = "", True  # the stamp of the files that were looked at, and whether the models were up to date

    def handler(self, users: Users) -> Handler:
        """The skill, as content has it at the moment of each request."""
        def answer(asked: Mapping[str, Any]) -> Json:
            app.refresh()
            return app.skill(users)(asked)

        return answer

    def users(self) -> Users:
        """A user store in which nobody is known."""
        return MemoryUsers()

    def listen(self, locale: str) -> Ear:
        """The ear of a locale. Raises `ValueError` for one that there isn't."""
        return self._listen(locale)

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

    def entries(self, locale: str) -> Sequence[Surveyed]:
        """Every item of a locale, for its author. Raises `ValueError` for one that there isn't."""
        if locale not in self.locales:
            raise ValueError(f"locale is {locale!r}; use one of {', '.join(self.locales)}")
        return survey(locale)

    def path(self, file: str) -> Path:
        """Where a content file is: "content/en/treat/ice.toml"."""
        return content.CONTENT.parent / file

    def judged(self, item_id: str, text: str) -> list[str]:
        """What is wrong with a draft of an item's file, a line each."""
        return card_findings(item_id, text, content.CONTENT)

    def news(self) -> News:
        """How the content stands; files that changed are taken up."""
        stamp = content.stamp(models.MODELS)  # first: what changes from here on is news to the next look
        found = app.refresh()
        if self._fresh[0] != stamp:
            self._fresh = stamp, bool(found) or all(map(models.is_fresh, self.locales))
        return News(sha256(stamp.encode()).hexdigest(), found, stale=not self._fresh[1], learning=app.is_learning())

    def learn(self) -> list[str]:
        """Has the ears learn what people say now; what is in the way, a line each."""
        return app.learn_again()

    @property
    def shop(self) -> Shop:
        """What the simulator's page is made of."""
        return Shop(parts=self, judge=self.judge, content=self, locales=self.locales, renderer=RENDERER,
                    conversations=content.ROOT / "tests" / "conversations")

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
