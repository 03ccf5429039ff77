"""Judges of coverage: every intent, every filling of every slot, every sample, every device.

Rule 1: a sample is judged by what it means, with a real value in each slot: that is all that reaches the skill.
Rule 2: what is said on one device is what is said on the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from skill.evidence import Evidence
from skill.rehearsing import OPENING, STATES, Played, asking, ways_to_fill
from skill.reviewing import SLOWEST, asks
from skill.simulator.echo import PATIENCE
from skill.simulator.envelope import EITHER
from skill.simulator.meant import Meant
from skill.simulator.turn import Turn
from skill.store import content, lint

NEEDS_CONTEXT = frozenset({
    *(f"AMAZON.{name}Intent" for name in ("Yes", "No", "Repeat", "Next", "Previous", "Pause", "Resume", "StartOver")),
    *(f"{name}Intent" for name in ("Unsure", "Skip", "TellNumber", "TellDuration", "TellSide", "TellTrend", "Why",
                                   "More", "TimeLeft", "OtherSide", "ThatHurts", "Sharp", "Stretchy", "Basis")),
})
"""What makes sense only after something else."""

SHOWN = "Alexa.Presentation.APL."
"""How directives for a screen begin."""

ERRORS = ("envelope-malformed", "speech-malformed", "ssml-malformed", "ssml-unknown", "text-too-long",
          "response-too-large", "prompt-too-long")
"""Rules whose breach is heard as "There was a problem with the requested skill's response"."""

LISTED = re.compile(r"\b(?:[Ss]ay|Try) ((?:[a-z' ]+, )+(?:or )?[a-z' ]+|[a-z' ]+ or [a-z' ]+)\.")
LISTING = re.compile(r", or say |, or |, | or ")

HELPING = "_phrases.toml help-"
"""Where people are told a choice of commands."""

FEWEST_SHAPES = 5

Found = Iterator[str]


def _legal(plays: Iterable[Played]) -> Found:
    for each in plays:
        yield from (f"{each.where}: {breach}" for breach in each.breaches)
        if not each.counted:
            yield f'{each.where}: an apology, "{each.speech}"'


def everything(evidence: Evidence) -> Found:
    """Every intent is answered in every state, by all the rules for answers."""
    yield from _legal(evidence.plays)
    missing = {intent["name"] for intent in evidence.grammar(evidence.locales[0]).language["intents"]}
    played = Counter((each.meant.intent, each.setting.state) for each in evidence.plays)
    yield from (f"{state}, {intent} was never played" for intent in sorted(missing) for state in STATES
                if not played[intent, state])


def fillings(evidence: Evidence) -> Found:
    """Whatever a slot holds, the answer is sensible: about items that there are."""
    for each in evidence.plays:
        if each.meant.slots:
            unknown = [item for item in each.said if item not in content.library(each.setting.locale)]
            yield from (f"{each.where}: it draws on {item}" for item in unknown)
            if not each.speech or not each.counted:
                yield f'{each.where}: "{each.speech}"'


def samples(evidence: Evidence) -> Found:
    """Every sample is answered out of the blue, and is heard as the intent that it stands under."""
    for locale in evidence.locales:
        wanted = {(sample.intent, *sample.wanted): sample for sample in evidence.grammar(locale).samples.all}
        for sample in wanted.values():
            turn = evidence.stage.had(_meant(locale, sample.intent, sample.slots, sample.wanted), locale=locale)[0]
            if not turn.speech or not _session(turn):
                yield f'{locale}, "{sample.text}" of {sample.intent}: "{turn.speech}"'
    for locale, grammar in evidence.grammars.items():
        yield from (f"{locale}: {line}" for line in lint.thefts(grammar, {}))


def _meant(locale: str, intent: str, kinds: Mapping[str, str], wanted: Iterable[str]) -> Meant:
    """What a sample means, with a real value in each of its slots."""
    real = {slot: ways_to_fill(locale, kinds[slot])[-1] for slot in wanted}
    return Meant(intent, {slot: real.get(slot) for slot in kinds})


def _session(turn: Turn) -> bool:
    """Whether the coach answered: an apology leaves no session behind."""
    return bool(turn.response.get("sessionAttributes", {}).get("count"))


def varied(evidence: Evidence) -> Found:
    """Every intent has samples of five shapes, and shares none."""
    for locale, grammar in evidence.grammars.items():
        for intent in grammar.language["intents"]:
            shapes = {(sample.split()[0], len(sample.split())) for sample in intent["samples"]}
            if len(shapes) < FEWEST_SHAPES:
                yield f"{locale}, {intent['name']}: samples of {len(shapes)} shapes"
        yield from (f"{locale}: {line}" for line in (*lint.intents(grammar, {}), *lint.duplicates(grammar, {})))


def out_of_context(evidence: Evidence) -> Found:
    """What makes sense only after something else is answered all the same."""
    plays = [each for each in evidence.plays if each.meant.intent in NEEDS_CONTEXT and each.setting.state in OPENING]
    yield from _legal(plays)
    yield from (f"{each.where}: nothing is said" for each in plays if not each.speech)


def told(evidence: Evidence) -> Found:
    """What people are told to say is a sample."""
    for locale, grammar in evidence.grammars.items():
        yield from (f"{locale}: {line}" for line in lint.said(grammar, evidence.texts))
        for place, text in evidence.texts.items():
            for words in _listed(text) if place.startswith(HELPING) else ():
                if not grammar.owners(words):
                    yield f'{place}: people are told to say "{words}", which is no sample'


def _listed(text: str) -> Iterator[str]:
    """What people may choose from: "pause", "skip" and "that hurts" of "Say pause, skip, or that hurts."."""
    for listed in LISTED.findall(text):
        yield from (each for each in LISTING.split(listed) if not each.startswith("how it is"))


# --- devices ---


def silence_at_a_screen(evidence: Evidence) -> Found:
    """What is touched on a screen after a silence is answered."""
    for state in STATES:
        echo = evidence.stage.at(state, device="echo-show")
        echo.wait(2 * PATIENCE)
        for touch in ("pause", "next", "repeat"):
            turn = echo.touch(touch)
            if not turn.speech or not _session(turn):
                yield f'{state}, "{touch}" touched after a silence: "{turn.speech}"'


def same_on_both(evidence: Evidence) -> Found:
    """Who has a screen is told what everybody is told."""
    heard: dict[tuple[object, ...], Played] = {}
    for each in evidence.plays:
        slots = tuple((slot, value and (value.words, tuple(value.ids))) for slot, value in each.meant.slots.items())
        setting = each.setting._replace(device="")
        twin = heard.setdefault((setting, each.meant.intent, slots), each)
        if (twin.speech, twin.reprompt, twin.ends, twin.phase) != (each.speech, each.reprompt, each.ends, each.phase):
            yield f'{each.where}: "{each.speech[:60]}", and "{twin.speech[:60]}" on {twin.setting.device}'


def shown_on_screens(evidence: Evidence) -> Found:
    """Nothing is shown where there is no screen."""
    for each in evidence.plays:
        shown = [kind for kind in each.directives if kind.startswith(SHOWN)]
        if each.broken("screen-missing") or (shown and each.setting.device == EITHER[0]):
            yield f"{each.where}: {shown}"


# --- the verdicts that reviewers give ---


def left_open(evidence: Evidence) -> Found:
    """Never "the session is left open with no prompt"."""
    for each in evidence.plays:
        if each.ends is not True and not (asks(each.speech) and asks(each.reprompt)):
            yield f'{each.where}: "{each.speech[-40:]}" and then "{each.reprompt}"'


def asked_and_closed(evidence: Evidence) -> Found:
    """Never "it prompts the user and then closes"."""
    yield from (f'{each.where}: "{each.speech[-40:]}"' for each in evidence.plays
                if each.ends is not False and "?" in each.speech)


def unhelpful(evidence: Evidence) -> Found:
    """Never "help has no question"."""
    yield from (f'{each.where}: "{each.speech}"' for each in evidence.plays
                if each.meant.intent == "AMAZON.HelpIntent" and "?" not in each.speech)


def unstoppable(evidence: Evidence) -> Found:
    """Never "it does not stop": not after the launch, not in the middle, not twice."""
    for each in evidence.plays:
        if each.meant.intent == "AMAZON.StopIntent" and (each.phase != "closed" or each.ends is not True):
            yield f"{each.where}: it goes on"


def irrelevant(evidence: Evidence) -> Found:
    """Never "an irrelevant answer to a supported request": who asks for an item hears that item, in every locale."""
    for locale in evidence.locales:
        for item in content.library(locale):
            turn = evidence.stage.had(asking(item.id), locale=locale)[0]
            if not {item.id, *getattr(item, "parts", ())}.intersection(turn.said):
                yield f'{locale}, about {item.id}: "{turn.speech}"'


def problems(evidence: Evidence) -> Found:
    """Never "there was a problem with the requested skill's response", nor "it took too long"."""
    for each in evidence.plays:
        if each.broken(*ERRORS) or each.seconds >= SLOWEST:
            yield f"{each.where}: {', '.join(each.broken(*ERRORS)) or f'{each.seconds:.1f} s'}"
