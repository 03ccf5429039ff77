"""What may come out of a speaker: the rules about prompt and reprompt as they are heard.

A rule takes an `Exchange` and answers what is wrong, or "". Its name is the finding's name.
The sections are those of alexa-platform.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from skill.alexa.exchange import Exchange
from skill.alexa.ssml import Speech, words
from skill.dialogue.questionnaire import IN_A_BREATH

MOST_CHARACTERS = 8_000
MOST_SOUNDS = 5
LONGEST_BREAK = 10.0
LONGEST_PROMPT = 240.0
LONGEST_REPROMPT = 90.0
LONGEST_AUDIO = 220.0
"""Amazon's numbers (section 0), of an audio document the stricter (3.3-25); times in seconds."""

MOST_WORDS = IN_A_BREATH
"""In a sentence: more is more than a breath (section 7-1 advises 20)."""

LEAK = re.compile(r"[{}<>\[\]|\\_*#`~^=]|&#?\w+;|%[sd]\b")
"""Blanks that nobody filled, tags that were escaped twice, marks that only the eye reads."""

BRAND = re.compile(r"\b(?:alexa|amazon)\b", re.IGNORECASE)


def text_too_long(turn: Exchange) -> str:
    """Section 0: 8,000 characters of text or SSML, tags included."""
    most = max(speech.characters for speech in turn.heard)
    return f"{most} characters" if most > MOST_CHARACTERS else ""


def ssml_malformed(turn: Exchange) -> str:
    """Sections 1.6-38 and 2.1-2: malformed XML fails the whole response."""
    return _first(turn, lambda speech: [speech.flaw] if speech.flaw else [])


def ssml_unknown(turn: Exchange) -> str:
    """Sections 2.1-1, 3, 4 and 6: only Alexa's tags and their words; `break` in seconds or milliseconds."""
    return _first(turn, lambda speech: list(speech.strange))


def break_too_long(turn: Exchange) -> str:
    """Sections 0 and 2.3-12: one `<break>` lasts 10 s at most."""
    return _first(turn, lambda speech: [f"{pause:g} s" for pause in speech.breaks if pause > LONGEST_BREAK])


def breaks_too_long(turn: Exchange) -> str:
    """Section 2.3-16: 10 s of `<break>` in one response; a longer hold belongs into an audio document."""
    pauses = [pause for speech in turn.heard for pause in speech.breaks if pause <= LONGEST_BREAK]
    return f"{sum(pauses):g} s in {len(pauses)} breaks" if sum(pauses) > LONGEST_BREAK else ""


def too_many_sounds(turn: Exchange) -> str:
    """Section 0: five `<audio>` tags in one response."""
    sounds = sum(speech.sounds for speech in turn.heard)
    return f"{sounds} <audio> tags" if sounds > MOST_SOUNDS else ""


def prompt_too_long(turn: Exchange) -> str:
    """Section 0: 240 s of sound, be it speech or audio document."""
    seconds = turn.speech.seconds
    return f"about {seconds:.0f} s" if seconds > LONGEST_PROMPT else ""


def audio_too_long(turn: Exchange) -> str:
    """Section 3.3-25: from 220 s on, a slow voice may bring an audio document to Amazon's 240 (see above)."""
    seconds = turn.audio.seconds
    return f"about {seconds:.0f} s" if LONGEST_AUDIO < seconds <= LONGEST_PROMPT else ""


def reprompt_too_long(turn: Exchange) -> str:
    """Section 0: 90 s of sound in a reprompt."""
    seconds = turn.reprompt.seconds
    return f"about {seconds:.0f} s" if seconds > LONGEST_REPROMPT else ""


def markup_leak(turn: Exchange) -> str:
    """Section 2.2-9: words and punctuation; no blank left open, no tag read aloud, no symbol."""
    return _first(turn, lambda speech: [] if speech.flaw else [hit[0] for hit in LEAK.finditer(speech.text)])


def digits_only(turn: Exchange) -> str:
    """Section 2.2-9: a sentence is made of words; a bare number is a value that lost its sentence."""
    return _first(turn, lambda speech: [each for each in speech.sentences if _is_number(each)])


def brand_named(turn: Exchange) -> str:
    """Section 6-53: neither "Alexa" nor "Amazon" is the skill's to say."""
    return _first(turn, lambda speech: BRAND.findall(speech.text))


def sentence_too_long(turn: Exchange) -> str:
    """Section 7-1, in our measure: a sentence of 25 words at most."""
    return _first(turn, lambda speech: [each for each in speech.sentences if len(words(each)) > MOST_WORDS])


def _first(turn: Exchange, wrong: Callable[[Speech], list[str]]) -> str:
    """The first thing wrong with the prompt or the reprompt."""
    return next((found for speech in turn.heard for found in wrong(speech)), "")


def _is_number(sentence: str) -> bool:
    return any(letter.isdigit() for letter in sentence) and not any(letter.isalpha() for letter in sentence)


RULES = (
    text_too_long,
    ssml_malformed,
    ssml_unknown,
    break_too_long,
    breaks_too_long,
    too_many_sounds,
    prompt_too_long,
    audio_too_long,
    reprompt_too_long,
    markup_leak,
    digits_only,
    brand_named,
    sentence_too_long,
)
