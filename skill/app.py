"""The only place where things are put together: library → coach → skill, model → ear, both → speaker.

Rule 1: content is read once; only who asks for it (`refresh`, `reload`) has it looked at again.
Rule 2: content that the skill cannot be made of changes nothing: the last good one goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from threading import Lock, RLock, Thread
from typing import TYPE_CHECKING, NamedTuple, Protocol

from skill.alexa.skill import Skill
from skill.dialogue import guiding
from skill.dialogue.coach import Coach
from skill.dialogue.questionnaire import Questionnaire
from skill.dialogue.reading import Reader
from skill.dialogue.wording import Texts, Wording
from skill.domain.profile import Users
from skill.store import content, memo, models, spoken
from skill.store.users import MemoryUsers

if TYPE_CHECKING:
    from skill.ear.ear import Ear, Heard
    from skill.ear.people import Interview, People


@memo.kept
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


@memo.kept
def coach() -> Coach:
    """The coach, in every locale."""
    return Coach(wordings())


def skill(users: Users | None = None, skill_id: str | None = None) -> Skill:
    """The skill as Alexa calls it; without a store, profiles live as long as the process."""
    return Skill(coach(), users if users is not None else MemoryUsers(), skill_id)


class Lessons(NamedTuple):
    """What an ear learns from."""

    model: models.Model
    people: People

    @staticmethod
    def of(locale: str, model: models.Model | None = None) -> Lessons:
        """Those of a locale, as content and models are now, or as another model is."""
        from skill.ear.people import People  # noqa: PLC0415  # Lambda does without ears
        from skill.store import voices  # noqa: PLC0415

        folder = content.language(locale)
        people = People(voices.people(folder), content.reading(folder)["dialect"])
        return Lessons(model or models.model(locale), people)


def interview(locale: str) -> Interview:
    """How the check's questions sound in a locale, and how people answered."""
    from skill.ear.people import Interview  # noqa: PLC0415
    from skill.store import voices  # noqa: PLC0415

    folder = content.language(locale)
    return Interview(voices.questions(locale), voices.answers(folder), voices.to_any(folder), voices.others(locale))


class Listener(Protocol):
    """Makes out what was said."""

    def __call__(self, said: str, asked: str = "", /) -> Heard:
        """What was meant; `asked` is the question that it follows, as it was heard."""


_ears: dict[str, tuple[Lessons, Ear]] = {}
"""Ears by locale, and what each has learnt."""

_learning: set[str] = set()
"""Locales whose ears are learning, aside."""

_schoolroom = Lock()
"""One ear learns at a time: the others mostly find that what it learnt is what they would learn."""


def ear(locale: str) -> Ear:
    """The ear of a locale: it is made anew where there is something else to learn."""
    lessons = Lessons.of(locale)
    learnt, made = _ears.get(locale, (None, None))
    if made is None or learnt != lessons:
        made = _learn(lessons)
        _ears[locale] = lessons, made
    return made


def _learn(lessons: Lessons) -> Ear:
    """An ear that has had its lessons. It needs numpy, which Lambda does without, so it is imported here."""
    from skill.ear.encoder import Encoder  # noqa: PLC0415
    from skill.ear.judge import Judge  # noqa: PLC0415
    from skill.ear.memory import ear as remembered  # noqa: PLC0415

    with _schoolroom:
        return remembered(*lessons, encoder=Encoder.find(), judge=Judge.find())


def _is_learnt(lessons: Lessons) -> bool:
    from skill.ear.memory import is_learnt  # noqa: PLC0415

    return is_learnt(*lessons)


@memo.kept
def _novice(locale: str) -> Ear:
    """An ear that has learnt nothing."""
    from skill.ear.ear import Ear  # noqa: PLC0415

    return Ear(models.model(locale))


def listener(locale: str) -> Listener:
    """The ear of a locale; it is made when the first word is said. Raises `ValueError` for another locale."""
    if locale not in content.LOCALES:
        raise ValueError(f"locale is {locale!r}; use one of {', '.join(content.LOCALES)}")

    def listen(said: str, asked: str = "") -> Heard:
        return ear(locale)(said, asked)

    return listen


def listener_at_once(locale: str) -> Listener:
    """As `listener`, but nobody waits while an ear learns: until then the ear there was hears, or a new one samples."""
    listener(locale)

    def listen(said: str, asked: str = "") -> Heard:
        return _ear_at_once(locale)(said, asked)

    return listen


def _ear_at_once(locale: str) -> Ear:
    lessons = Lessons.of(locale)
    learnt, made = _ears.get(locale, (None, None))
    if made and learnt == lessons:
        return made
    if locale not in _learning:
        if _is_learnt(lessons):
            return ear(locale)
        _learning.add(locale)
        Thread(target=_learn_aside, args=(locale,), daemon=True).start()
    return made or _novice(locale)


def is_learning() -> bool:
    """Whether an ear is learning, aside."""
    return bool(_learning)


def _learn_aside(locale: str) -> None:
    try:
        ear(locale)
    finally:
        _learning.discard(locale)


# --- content that changes while the skill runs ---

_lock = RLock()
"""One looks at the files at a time."""

_looked: dict[str, list[str]] = {}
"""The files as they were looked at last (their stamp), and what was wrong with them."""


def reload() -> None:
    """Forgets all that was made from files: the next request is answered from them as they are then."""
    with _lock:
        memo.forget()  # ears see for themselves whether their model is another now
        _looked.clear()
        guiding.forget()


def refresh() -> list[str]:
    """Takes up content and models as they are now, if they changed; else, and with each finding, all stays as it was.

    The findings, a line each, are those of `python -m skill check` that are in the way.
    """
    with _lock:
        stamp = content.stamp(models.MODELS)
        if stamp not in _looked:
            found = _taken_up()
            _looked.clear()
            _looked[stamp] = found
        return list(_looked[stamp])


def learn_again() -> list[str]:
    """Writes the models that content has outgrown, and has the ears learn them; a few minutes, and a finding stops it.

    Meanwhile everybody is answered with the ears that there are.
    """
    if found := refresh():
        return found
    built = {locale: models.build(locale) for locale in content.LOCALES}
    lessons = {locale: Lessons.of(locale, built[locale]) for locale in list(_ears) or content.LOCALES[:1]}
    learnt = {locale: (each, _learn(each)) for locale, each in lessons.items()}
    with _lock:
        for locale in content.LOCALES:
            if not models.is_fresh(locale):
                models.write(locale, built[locale])
        _ears.update(learnt)
        return refresh()


def _taken_up() -> list[str]:
    """Makes everything anew, aside; what is in the way, where it cannot be."""
    try:
        if found := _in_the_way():
            return found
        with memo.anew():
            coach()
            for locale in content.LOCALES:
                models.model(locale)
                models.build(locale)
    except Exception as error:  # noqa: BLE001  # whatever an author writes, the skill goes on
        return _in_words(error)
    guiding.forget()
    return []


def _in_the_way() -> list[str]:
    """What the checker has against it; without the checker's libraries, making it is the test."""
    try:
        from skill.store import quick  # noqa: PLC0415
    except ModuleNotFoundError:
        return []
    return quick.broken(content.CONTENT)


def _in_words(error: Exception) -> list[str]:
    """What could not be made, for an author: what the checker has to say of that file, or else the error's words."""
    told = str(error) if isinstance(error, content.ContentError) else f"content/: {error!r}; undo the last change"
    found = []
    with suppress(Exception):
        from skill.store import quick  # noqa: PLC0415

        found = quick.quick(content.CONTENT)
    return [line for line in found if line.startswith(f"{told.partition(':')[0]}: ")] or [told]
