"""The skill on stage: every intent in every state, on either device, on a first visit and a later one.

Rule 1: it is handed a skill and plays it through its own door; it knows no answer.
Rule 2: what is kept of a play is what a judge reads; its envelopes are let go.
Rule 3: a play changes nothing for the next one: each begins where its state began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from timeit import default_timer
from typing import Any, NamedTuple

from skill.alexa.rules import findings as breaches
from skill.dialogue.session import Session
from skill.domain.profile import Profile, Users
from skill.simulator.echo import Echo, Handler
from skill.simulator.envelope import EITHER, Device
from skill.simulator.meant import Filled, Meant
from skill.simulator.turn import Turn
from skill.store import content, models
from skill.store.users import MemoryUsers

PERSON = "amzn1.ask.account.REHEARSING"
VISITS = (0, 3)
"""How often somebody was here before: never, or a few times."""

LAUNCH = Meant("LaunchRequest")
STOP, HELP, LOST, PAUSE, YES, NO = (
    Meant(f"AMAZON.{name}Intent") for name in ("Stop", "Help", "Fallback", "Pause", "Yes", "No"))
CHECK, UNSURE, HURTS, STRETCHY, HOW_LONG = (
    Meant(f"{name}Intent") for name in ("CheckWarningSigns", "Unsure", "ThatHurts", "Stretchy", "HowLong"))


def asking(item_id: str) -> Meant:
    """A question about an item."""
    return Meant("AskIntent", {"topic": Filled("it", (item_id,))})


def having(sign: str) -> Meant:
    """Somebody reports a sign."""
    return Meant("ReportSymptomIntent", {"symptom": Filled("it", (sign,), "Symptom")})


FULL = Meant("StartRoutineIntent", {"routine": Filled("it", ("routine.full",), "Routine")})
ICE, SADDLE, NUMB = asking("treat.ice"), having("sign.saddle"), having("sign.numbness")

STATES: Mapping[str, Sequence[Meant]] = {
    "closed": (),
    "opened": (LAUNCH,),
    "answered": (LAUNCH, ICE),
    "offered": (LAUNCH, HELP, ICE),
    "which one": (LAUNCH, HOW_LONG),
    "missed": (LAUNCH, LOST),
    "missed twice": (LAUNCH, LOST, LOST),
    "missed three times": (LAUNCH, LOST, LOST, LOST),
    "emergency": (LAUNCH, SADDLE),
    "checking": (LAUNCH, CHECK),
    "checking unsure": (LAUNCH, CHECK, UNSURE),
    "checking halfway": (LAUNCH, CHECK, NO, NO, NO, NO),
    "checking a sign": (LAUNCH, NUMB),
    "checking which leg": (LAUNCH, NUMB, NO, NO, NO),
    "checked": (LAUNCH, CHECK, *[NO] * 9),
    "left": (LAUNCH, ICE, STOP),
    "before a stretch": (FULL,),
    "in a stretch": (FULL, NO),
    "in a pause": (FULL, NO, PAUSE),
    "in pain": (FULL, NO, HURTS),
    "going gently": (FULL, NO, HURTS, STRETCHY),
    "stretch left": (FULL, NO, STOP),
}
"""What was meant before, by the name of the state that it leads to."""

OPENING = ("closed", "opened")
"""States in which nothing went before."""


class Setting(NamedTuple):
    """Where a play takes place."""

    locale: str
    state: str
    """Its name in `STATES`."""
    device: str
    visits: int
    """Times this person was here before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One play: what was meant, where, and what came of it."""

    setting: Setting
    meant: Meant
    speech: str
    reprompt: str
    said: tuple[str, ...]
    """Items that the answer draws on."""
    ends: bool | None
    """`shouldEndSession`; None where it is left out."""
    phase: str
    """"open", "check", "stretch" or "closed", afterwards."""
    counted: bool
    """Whether the coach answered; an apology counts nothing."""
    breaches: tuple[str, ...]
    """Rules of Alexa that the answer breaks."""
    directives: tuple[str, ...]
    card: str
    """Type of the card; empty where there is none."""
    seconds: float
    """How long the answer took."""

    @property
    def where(self) -> str:
        """For a finding: "en-US, in a pause, HelpIntent on echo-dot"."""
        slots = (f"{slot}={', '.join(value.ids) or value.words}" for slot, value in self.meant.slots.items() if value)
        said = " ".join((self.meant.intent.removeprefix("AMAZON."), *slots))
        return f"{self.setting.locale}, {self.setting.state}, {said} on {self.setting.device}"

    def broken(self, *rules: str) -> list[str]:
        """What is wrong by these rules; by any rule, if none is named."""
        return [each for each in self.breaches if not rules or each.partition(":")[0] in rules]


class Stage:
    """One skill, and people who play with it."""

    def __init__(self, skill: Callable[[Users], Handler]) -> None:
        self._skill = skill

    def echo(self, locale: str = "en-US", device: str = "echo-dot", users: Users | None = None) -> Echo:
        """A speaker of somebody new, unless the users know them."""
        person = Device(device, locale, PERSON, verbatim=False)
        return Echo(self._skill(users if users is not None else MemoryUsers()), lambda *_: LOST, person)

    def had(self, *meant: Meant, locale: str = "en-US", device: str = "echo-dot",
            users: Users | None = None) -> list[Turn]:
        """A conversation, turn by turn."""
        echo = self.echo(locale, device, users)
        return [_play(echo, each) for each in meant]

    def at(self, state: str, locale: str = "en-US", device: str = "echo-dot", users: Users | None = None) -> Echo:
        """A speaker of somebody who is in this state."""
        echo = self.echo(locale, device, users)
        for each in STATES[state]:
            _play(echo, each)
        return echo

    def plays(self, locale: str, states: Sequence[str] = tuple(STATES)) -> Iterator[tuple[Played, Turn]]:
        """Every intent in these states on either device, each play with its twin on the other.

        Where nothing went before it's said on a first visit and on a later one; else visits take turns with states.
        """
        for number, state in enumerate(states):
            for visits in VISITS if state in OPENING else VISITS[number % 2:][:1]:
                for device in EITHER:
                    yield from self._state(Setting(locale, state, device, visits))

    def _state(self, setting: Setting) -> Iterator[tuple[Played, Turn]]:
        users = MemoryUsers()
        users.save(PERSON, Profile(), Profile(visits=setting.visits))
        echo = self.at(setting.state, setting.locale, setting.device, users)
        mark, profile = echo.mark(), users.load(PERSON)
        count = Session.load(mark.attributes).count if echo.open else setting.visits
        for meant in _meanings(setting):
            users.forget(PERSON)
            users.save(PERSON, Profile(), profile)
            echo.back_to(mark)
            began = default_timer()
            turn = _play(echo, meant)
            took = default_timer() - began
            yield _played(setting, meant, turn, setting.visits if meant is LAUNCH else count, took), turn


def _meanings(setting: Setting) -> Iterator[Meant]:
    """The launch, and every intent; where slots are filled in several ways, visits take turns with them."""
    yield LAUNCH
    for intent in models.model(setting.locale)["interactionModel"]["languageModel"]["intents"]:
        fillings = list(_fillings(setting.locale, {slot["name"]: slot["type"] for slot in intent["slots"]}))
        turns = islice(cycle(fillings), max(2, len(fillings)))
        for number, slots in enumerate(turns):
            if number % 2 == (setting.visits > 0):
                yield Meant(intent["name"], slots)


def _fillings(locale: str, kinds: Mapping[str, str]) -> Iterator[Mapping[str, Filled | None]]:
    """An intent's slots, all filled alike, and then each where the others are empty."""
    if not kinds:
        yield {}
        return
    ways = {slot: ways_to_fill(locale, kind) for slot, kind in kinds.items()}
    for filling in zip(*ways.values(), strict=True):
        yield dict(zip(ways, filling, strict=True))
    if len(kinds) > 1:
        empty: dict[str, Filled | None] = dict.fromkeys(kinds)
        for slot, fillings in ways.items():
            yield from ({**empty, slot: filling} for filling in fillings if filling)


def ways_to_fill(locale: str, kind: str) -> tuple[Filled | None, ...]:
    """Empty, unknown, a question mark, an item there isn't, several candidates, and a real value."""
    known = values(locale, kind)
    return (
        None, Filled("my elbow", kind=kind), Filled("?", kind=kind), Filled("leeches", ("treat.leeches",), kind),
        Filled("something", known[:2], kind), Filled("something" if known else "PT10M", known[-1:], kind),
    )


def values(locale: str, kind: str) -> tuple[str, ...]:
    """The ids of a slot type; none for Amazon's own."""
    types = models.model(locale)["interactionModel"]["languageModel"]["types"]
    return tuple(value["id"] for each in types if each["name"] == kind for value in each["values"])


def _play(echo: Echo, meant: Meant) -> Turn:
    return echo.launch() if meant.intent == LAUNCH.intent else echo.mean(meant)


def _played(setting: Setting, meant: Meant, turn: Turn, before: int, took: float) -> Played:
    answer: Mapping[str, Any] = turn.response.get("response") or {}
    after = Session.load(turn.response.get("sessionAttributes"))
    return Played(
        setting=setting, meant=meant, speech=turn.speech, reprompt=turn.reprompt, said=turn.said,
        ends=answer.get("shouldEndSession"), phase=turn.state, counted=after.count > before,
        breaches=tuple(breaches(turn.request, turn.response)),
        directives=tuple(str(each.get("type")) for each in answer.get("directives") or ()),
        card=str((answer.get("card") or {}).get("type", "")), seconds=took,
    )


def whole(stage: Stage) -> Iterator[Played]:
    """All of it in the first locale; in the others, which have other words alone, each intent out of the blue."""
    first, *others = content.LOCALES
    yield from (played for played, _ in stage.plays(first))
    for locale in others:
        yield from (played for played, _ in stage.plays(locale, ("closed",)))
