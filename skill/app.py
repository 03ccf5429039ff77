"""The only place where things are put together: library → coach → skill, model → ear, both → speaker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from skill.alexa.skill import Skill
from skill.dialogue.coach import Coach
from skill.dialogue.questionnaire import Questionnaire
from skill.dialogue.reading import Reader
from skill.dialogue.wording import Texts, Wording
from skill.domain.profile import Users
from skill.store import content, models, spoken
from skill.store.users import MemoryUsers

if TYPE_CHECKING:
    from skill.ear.ear import Ear, Heard


@cache
def wordings() -> Mapping[str, Wording]:
    """Everything there is to say, by locale."""
    folders = sorted(set(map(content.language, content.LOCALES)))
    readers = {folder: Reader(content.reading(folder)) for folder in folders}
    return {
        locale: Wording(content.library(locale), _texts(locale), Questionnaire(content.questionnaire(locale)),
                        readers[content.language(locale)])
        for locale in content.LOCALES
    }


def _texts(locale: str) -> Texts:
    return Texts(phrases=content.phrases(locale), sources=content.sources(locale),
                 labels=content.screen(content.language(locale)), number=spoken.number)


@cache
def coach() -> Coach:
    """The coach, in every locale."""
    return Coach(wordings())


def skill(users: Users | None = None, skill_id: str | None = None) -> Skill:
    """The skill as Alexa calls it; without a store, profiles live as long as the process."""
    return Skill(coach(), users if users is not None else MemoryUsers(), skill_id)


@cache
def ear(locale: str) -> Ear:
    """The ear of a locale. It needs numpy, which Lambda does without, so it is imported here."""
    from skill.ear.encoder import Encoder  # noqa: PLC0415
    from skill.ear.memory import ear as remembered  # noqa: PLC0415

    return remembered(models.model(locale), encoder=Encoder.find())


def listener(locale: str) -> Callable[[str], Heard]:
    """The ear of a locale; it is made when the first word is said. Raises `ValueError` for another locale."""
    if locale not in content.LOCALES:
        raise ValueError(f"locale is {locale!r}; use one of {', '.join(content.LOCALES)}")

    def listen(said: str) -> Heard:
        return ear(locale)(said)

    return listen
