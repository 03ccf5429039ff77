"""Judges of the package: what the store shows, what reviewers are told, and what is claimed.

Rule 1: an example phrase is judged as Amazon judges it: cut to what follows the skill's name, it is a sample.
Rule 2: what is claimed is there, and what is there is told.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from hashlib import sha256

from skill import packaging
from skill.ear.samples import Sample
from skill.evidence import Evidence
from skill.rehearsing import ways_to_fill
from skill.simulator.meant import Filled, Meant
from skill.simulator.turn import Turn
from skill.store import content, lint, shape

PHRASES = 3
ALLOWED = re.compile(r"[\w\s.?:,'-]+[.?]")
OPENING = re.compile(r"alexa, (?:open|launch|start|ask|tell) back coach\b")
CUT = re.compile(rf"{OPENING.pattern}(?:,? (?:and|to|about|for|if|whether|that)\b)?,? (.+)[.?]")
"""What comes before a sample: wake word, launch word, the skill's name, a connecting word."""

FEATURES: Mapping[str, str] = {
    "cause": "why it hurts", "normal": "normal", "treat": "what helps", "avoid": "leave out|avoid",
    "prevent": "prevent", "life": "sleep", "return": "back to training", "stretch": "stretch", "routine": "routine",
    "sign": "warning signs", "meaning": "doctor", "seek": "get help now",
}
"""What stands in the description for each kind of item."""

MISSING = re.compile(r"\b(?:track\w*|remind\w*|personali[sz]ed|calories|connects? to|video|music|book an? appointment|"
                     r"live (?:doctor|coach))\b", re.IGNORECASE)
"""Features that there aren't."""

DISCLAIMERS = ("not medical advice", "no substitute for professional medical advice", "information and education")
"""What the description has to say."""

REACHED = ("CheckWarningSigns", "StartStretch", "StartRoutine", "Ask", "Compare", "ReturnWhen", "HowLong", "HowOften",
           "Why", "More", "Source", "ForgetMe", "TimeLeft", "ThatHurts", "ListCauses", "ListTreatments", "ListAvoid",
           "ListPrevention", "NormalSoreness", "MeaningDoctor", "SeekEmergency", "AboutDisclaimer")
"""Intents that reviewers are told how to reach, with Amazon's own below."""

REACHED_TOO = ("Help", "Stop", "Cancel", "Pause", "Resume", "Next", "Previous", "Repeat", "Yes", "No")

MOST_WORDS = {"invocation": 3, "keywords": 30}
MOST_CHARACTERS = {"name": 50, "summary": 160, "description": 4_000, "updatesDescription": 4_000}
PNG, RGB = b"\x89PNG\r\n\x1a\n", 2

Found = Iterator[str]


def shape_flaws() -> list[str]:
    """What is wrong with the files of the store, in their authors' words: before that no package can be made."""
    return [line for folder in dict.fromkeys(map(content.language, content.LOCALES)) for line in _shape_flaws(folder)]


def _shape_flaws(folder: str) -> list[str]:
    try:
        document = content.read(content.CONTENT / folder / "_store.toml")
    except content.ContentError as error:
        return [str(error).replace(f"{content.CONTENT.parent}/", "")]
    return [f"content/{folder}/_store.toml: {line}" for line in shape.flaws(shape.plain(document), "store")]


def first_phrase(evidence: Evidence) -> Found:
    """Three example phrases, each with wake word, launch word and the skill's name."""
    for locale, page in evidence.published.items():
        if len(page["examplePhrases"]) != PHRASES:
            yield f"{locale}: {len(page['examplePhrases'])} example phrases; Amazon shows {PHRASES}"
        yield from (f'{locale}: "{phrase}" doesn\'t open the skill' for phrase in page["examplePhrases"]
                    if not OPENING.match(phrase.lower()))


def exact_phrases(evidence: Evidence) -> Found:
    """Each example phrase is a sample word for word, with a real value in its slot, and is answered to the point."""
    for locale, phrase in _phrases(evidence):
        owners = _owners(evidence, locale, phrase)
        if not owners:
            yield f'{locale}: "{phrase}" is no sample'
        elif not _fits(turn := _played(evidence, locale, owners[0], phrase)):
            yield f'{locale}: "{phrase}" is answered with "{turn.speech}"'


def failing_phrases(evidence: Evidence) -> Found:
    """Never "an example phrase gives an error"."""
    for locale, phrase in _phrases(evidence):
        owners = _owners(evidence, locale, phrase)
        turn = _played(evidence, locale, owners[0], phrase) if owners else None
        if turn is None or not turn.open or not turn.response.get("sessionAttributes"):
            yield f'{locale}: "{phrase}"'


def _phrases(evidence: Evidence) -> Iterator[tuple[str, str]]:
    return ((locale, phrase) for locale, page in evidence.published.items() for phrase in page["examplePhrases"])


def _owners(evidence: Evidence, locale: str, phrase: str) -> list[Sample]:
    """The samples that a phrase is, once it is cut."""
    cut = CUT.fullmatch(phrase.lower())
    return evidence.grammar(locale).owners(cut[1]) if cut else []


def _played(evidence: Evidence, locale: str, sample: Sample, phrase: str) -> Turn:
    """What is answered to a phrase out of the blue; its slots hold what is in it."""
    slots = {slot: _filled(locale, kind, phrase.lower()) if slot in sample.wanted else None
             for slot, kind in sample.slots.items()}
    return evidence.stage.had(Meant(sample.intent, slots), locale=locale)[0]


def _filled(locale: str, kind: str, phrase: str) -> Filled | None:
    """A slot with the item that the phrase names; Amazon's own with any value."""
    named = [item.id for item in content.library(locale)
             if any(re.search(rf"\b{re.escape(name)}\b", phrase) for name in item.names)]
    return Filled("it", (named[0],), kind) if named else ways_to_fill(locale, kind)[-1]


def _fits(turn: Turn) -> bool:
    """Whether an answer is to the point: it tells of an item, or it begins what was asked for."""
    return turn.open and (bool(turn.said) or turn.state in ("check", "stretch"))


def spelled_phrases(evidence: Evidence) -> Found:
    """Example phrases have letters and Amazon's punctuation alone, and don't enable anything."""
    for locale, phrase in _phrases(evidence):
        if not ALLOWED.fullmatch(phrase) or phrase.lower().startswith("alexa, enable"):
            yield f'{locale}: "{phrase}"'


def described(evidence: Evidence) -> Found:
    """The description has every feature, and none that isn't there."""
    kinds = {item.id.partition(".")[0] for item in content.library(evidence.locales[0])}
    for locale, page in evidence.published.items():
        told = page["description"].lower()
        yield from (f"{locale}: the description has nothing on {kind} ({words})" for kind, words in FEATURES.items()
                    if kind in kinds and not re.search(words, told))
        yield from (f'{locale}: the description promises "{found[0]}"' for found in MISSING.finditer(told))


def sized(evidence: Evidence) -> Found:
    """Texts are as long as Amazon takes them; icons have their size, no transparency, and are two."""
    for locale, page in evidence.published.items():
        yield from (f"{locale}: {field} has {len(page[field])} characters, of {most}"
                    for field, most in MOST_CHARACTERS.items() if not 1 < len(page[field]) <= most)
        words = sum(len(keyword.split()) for keyword in page["keywords"])
        if words > MOST_WORDS["keywords"]:
            yield f"{locale}: {words} keywords"
        for key, size in zip(("smallIconUri", "largeIconUri"), packaging.SIZES, strict=True):
            yield from (f"{locale}: {key} {flaw}" for flaw in _icon_flaws(evidence, page[key], size))
    icons = [data for name, data in evidence.package.items() if name.endswith(".png")]
    if len({sha256(data).digest() for data in icons}) < len(icons):
        yield "two icons are the same"


def _icon_flaws(evidence: Evidence, address: str, size: int) -> Found:
    data = evidence.package.get(f"{packaging.METADATA}/{address.removeprefix('file://')}", b"")
    if not data.startswith(PNG):
        yield "is no PNG"
    elif struct.unpack(">IIxB", data[16:26]) != (size, size, RGB):
        yield f"isn't {size} by {size} pixels without transparency"


def invocation(evidence: Evidence) -> Found:
    """The invocation name follows Amazon's rules, and has three words at most."""
    for locale in evidence.locales:
        grammar = evidence.grammar(locale)
        yield from (f"{locale}: {line}" for line in lint.invocation(grammar, {}))
        if len(grammar.language["invocationName"].split()) > MOST_WORDS["invocation"]:
            yield f"{locale}: the invocation name has more than three words"


def every_locale(evidence: Evidence) -> Found:
    """Every locale has its texts, its model, its policies, and the same example phrases."""
    policies = evidence.manifest["privacyAndCompliance"]["locales"]
    phrases = {tuple(page["examplePhrases"]) for page in evidence.published.values()}
    for locale in evidence.locales:
        page = evidence.published.get(locale, {})
        yield from (f"{locale}: {field} is missing" for field in MOST_CHARACTERS if not page.get(field))
        yield from (f"{locale}: {field} still has a blank" for field, text in page.items() if "{" in str(text))
        if f"{packaging.METADATA}/interactionModels/custom/{locale}.json" not in evidence.package:
            yield f"{locale}: the model is missing"
        yield from (f"{locale}: {key} is no https address" for key in ("privacyPolicyUrl", "termsOfUseUrl")
                    if not str(policies.get(locale, {}).get(key)).startswith("https://"))
    if len(phrases) > 1:
        yield "locales of one language have different example phrases"


def instructed(evidence: Evidence) -> Found:
    """Reviewers are told how to reach every feature, in words that are samples."""
    grammar = evidence.grammar(evidence.locales[0])
    heard: set[str] = set()
    for words in re.findall(r'"([^"]+)"', evidence.testing):
        owners = {sample.intent for sample in grammar.owners(words)}
        heard |= owners
        if not owners and "back coach" not in words:
            yield f'"{words}" is no sample'
    wanted = [*(f"{name}Intent" for name in REACHED), *(f"AMAZON.{name}Intent" for name in REACHED_TOO)]
    yield from (f"nothing reaches {intent}" for intent in wanted if intent not in heard)


def disclaimed(evidence: Evidence) -> Found:
    """The description says that it's no substitute for a professional, and has the locale's emergency number."""
    for locale, page in evidence.published.items():
        told = page["description"].lower()
        number = packaging.written(content.local_words(locale)["emergency_number"])
        yield from (f'{locale}: the description lacks "{words}"' for words in DISCLAIMERS if words not in told)
        if not re.search(rf"\b{number}\b", told):
            yield f"{locale}: the description lacks {number}"


def flagged(evidence: Evidence) -> Found:
    """Not for children, no advertising, no purchases, no personal or health information."""
    answers = {key: value for key, value in evidence.manifest["privacyAndCompliance"].items() if key != "locales"}
    yield from (f"{key} is {answers.get(key)}" for key, value in packaging.COMPLIANCE.items()
                if answers.get(key) is not value)
    if evidence.manifest["publishingInformation"]["category"] != "HEALTH_AND_FITNESS":
        yield "the category isn't HEALTH_AND_FITNESS"
