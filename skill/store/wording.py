"""Rules for what is spoken: short sentences, plain words, nothing that only the eye can read.

Rule 1: a text is judged as it is heard, blanks filled, in the locale where it is longest.
Rule 2: the numbers are ours; alexa-platform.md, section 7, says what they are for.
Rule 3: a finding begins with the field and ends with the cure: "say has 34 words; use 30 at most".
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from skill.store import spoken
from skill.store.content import Card

Blanks = Mapping[str, str]
"""Words by blank."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a text one can take in by ear."""

    sentences: int
    words: int


ANSWER = ("say", "sore", "well")
"""Fields of the normal answer."""

LIMITS = {"say": Limit(3, 30), "more": Limit(3, 45), "why": Limit(2, 28), "follow": Limit(1, 20),
          "guide": Limit(6, 45)}

GUIDED = ("into", "cues", "short", "out", "easier", "harder")
"""Fields of the guidance through a stretch that are spoken: a sentence each, or a sentence a line."""

FIRST = 16
"""Words of the first sentence: it is the answer where no more is wanted."""

SENTENCE = 20
"""Words of any other sentence outside the cards: one breath."""

SECONDS = 12.0
"""The normal answer."""

GRADE = 7.0
"""Flesch-Kincaid: a twelve-year-old follows."""

_SYLLABLE, _PAUSE = 0.23, 0.35
"""Seconds, as a calm synthetic voice speaks, and rests after a sentence."""

_STRANGE = re.compile(r"[^A-Za-z ,.?'{}-]|(?<![a-z])-|-(?![a-z])")
"""Marks that a voice stumbles over or swallows: digits, brackets, colons, dashes; a hyphen belongs inside a word."""

_BLANK = re.compile(r"\{([^{}]*)\}")

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
_NUMBER = f"{_TENS}|" + "|".join(spoken.number(value) for value in range(20))
_FIGURE = re.compile(rf"\b(?:{_NUMBER})[ -](?:seconds?|minutes?|hours?|days?|weeks?|times?|months?)\b", re.IGNORECASE)

JARGON = (
    "radiat(?:es?|ing)", "unilateral(?:ly)?", "bilateral(?:ly)?", "dysfunction(?:al)?", "acute", "chronic",
    "symptom(?:s|atic)?", "mobili[sz](?:e|es|ing|ation)", "(?<!anti-)inflammat(?:ion|ory)", "utili[sz](?:e|es|ing)",
    "please note", "it(?:'s| is) important", "delves?", "invalid", "exacerbat(?:e|es|ing)", "contraindicat(?:ed|ion)",
    "a?etiology", "prognosis", "musculature", "modalit(?:y|ies)", "paraesthesia", "paresthesia", "analgesics?",
    "in order to", "furthermore", "moreover", "additionally", "cures?", "guaranteed?", "alexa", "amazon",
)
"""What a coach does not say: clinic, office, promises, and brands."""

_ON = r"(?= (?!(?:and|or|but|then|now|until)\b)[a-z])"
"""The clause goes on: "stay where you are and wait" has nothing to shorten."""

STIFF = (
    "(?:do|does|did|is|are|was|were|has|have|had|could|should|would|must|need) not", "cannot", "can not", "will not",
    f"(?:it|that|there|here|what|who|where|how) is{_ON}", f"(?:you|we|they) are{_ON}", f"i am{_ON}",
    f"(?:i|you|it|we|they|that) will{_ON}", "let us",
)
"""Where a voice contracts."""

_JARGON, _STIFF = (re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for words in (JARGON, STIFF))


def card_flaws(card: Card, local: Mapping[str, Blanks]) -> Iterator[str]:
    """What is wrong with a card's texts; `local` holds the words of every locale."""
    facts = {name: spoken.figure((value, value) if isinstance(value, int) else (value[0], value[1]))
             for name, value in card.get("facts", {}).items()}
    blanks = [{**words, **facts} for words in local.values()]
    fields = dict(texts(card))
    for field, text in fields.items():
        yield from _told(field, text_flaws(text))
        yield from _told(field, item_flaws(text, by_line=field in (*ANSWER, "more") or field.startswith("guide.")))
    used = {blank for text in fields.values() for blank in _BLANK.findall(text)}
    for name in sorted(facts.keys() - used):
        yield f"facts.{name} is in none of the texts; use {{{name}}} in one, or take it out"
    open_blanks = [flaw for field, text in fields.items() for flaw in _told(field, blank_flaws(text, blanks))]
    yield from open_blanks or (_measured(fields, blanks) if blanks else ())


def texts(card: Card) -> Iterator[tuple[str, str]]:
    """Everything of a card that is spoken, by field."""
    yield "called", card["called"]
    for field in (*ANSWER, "more", "why"):
        if field in card:
            yield field, card[field].strip()
    for key, text in card.get("follow", {}).items():
        yield f"follow.{key}", text
    for key, text in card.get("guide", {}).items():
        if key in GUIDED:
            yield f"guide.{key}", "\n".join(text) if isinstance(text, list) else text.strip()


def _told(field: str, flaws: Iterator[str]) -> Iterator[str]:
    return (f"{field} {flaw}" for flaw in flaws)


def text_flaws(text: str) -> Iterator[str]:
    """What is wrong with any text that is spoken, on a card or off."""
    bare = _BLANK.sub("blank", text).replace("\n", " ")
    if mark := _STRANGE.search(bare):
        yield f'has "{mark[0]}"; a voice reads letters, commas, full stops, apostrophes and hyphens inside words'
    for hit in _JARGON.finditer(bare):
        yield f'says "{hit[0]}"; use a word that people use at home'
    for hit in _STIFF.finditer(bare):
        yield f'says "{hit[0]}"; shorten it as a voice does, with an apostrophe'
    for hit in _FIGURE.finditer(bare):
        yield f'says "{hit[0]}"; put the figure under [facts] and a blank here'


def item_flaws(text: str, *, by_line: bool) -> Iterator[str]:
    """What is wrong with a text on a card: it tells; an answer may stop after any line, so each is a sentence."""
    if "?" in text:
        yield "asks a question; only phrases ask, so say it as a statement"
    for line in text.splitlines() if by_line else ():
        if len(sentences(line)) > 1:
            yield f'has two sentences in the line "{line}"; put each on a line of its own'


def blank_flaws(text: str, known: Sequence[Container[str]]) -> Iterator[str]:
    """Blanks that nobody can fill; `known` holds what each locale knows."""
    try:
        blanks = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield "has a brace too many or too few; a blank is {name}"
        return
    for name in blanks:
        if not all(name in words for words in known):
            yield f"has the blank {{{name}}}, which is unknown; put it under [facts], or into every _locale.toml"


def _measured(fields: Mapping[str, str], blanks: list[dict[str, str]]) -> Iterator[str]:
    """What is too long or too hard, in the locale where it is worst."""
    answer = "\n".join(fields[field] for field in ANSWER if field in fields)
    parts = {"say": answer, **{field: fields[field] for field in fields if field not in (*ANSWER, "called")}}
    for field, text in parts.items():
        heard = [filled(text, words) for words in blanks]
        limit = LIMITS[field.partition(".")[0]]
        yield from _told(field, _unended(text))
        yield from _told(field, _over("sentences", max(len(sentences(one)) for one in heard), limit.sentences))
        yield from _told(field, _over("words", max(len(words(one)) for one in heard), limit.words))
    yield from _answer_flaws([filled(answer, words) for words in blanks])


def _answer_flaws(heard: list[str]) -> Iterator[str]:
    first = max(len(words(sentences(text)[0])) for text in heard)
    yield from _told("say", _over("words in its first sentence", first, FIRST))
    seconds, hardest = max(map(length, heard)), max(map(grade, heard))
    if seconds > SECONDS:
        yield f"say takes about {seconds:.0f} seconds; use {SECONDS:.0f} at most"
    if hardest > GRADE:
        yield f"say reads like grade {hardest:.1f}; use shorter words and sentences, for grade {GRADE:.0f} at most"


def _over(what: str, found: int, most: int) -> Iterator[str]:
    if found > most:
        yield f"has {found} {what}; use {most} at most"


def _unended(text: str) -> Iterator[str]:
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.endswith((".", "?")):
            yield f'doesn\'t end "{line[-20:]}" with a full stop; put one there'


def filled(text: str, blanks: Blanks) -> str:
    """A text as it is heard, its lines one after the other."""
    return " ".join(spoken.fill(line.strip(), blanks) for line in text.splitlines() if line.strip())


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", text.strip()) if sentence]


def words(text: str) -> list[str]:
    """The words of a text; a hyphen makes one word of two."""
    return [word for word in text.split() if any(letter.isalpha() for letter in word)]


def syllables(word: str) -> int:
    """How many syllables a word has, roughly: groups of vowels, a silent e aside."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", letters))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouyscxzhg]es$", letters) is not None
    return max(1, groups - silent)


def length(text: str) -> float:
    """Seconds that a text takes, roughly."""
    return _SYLLABLE * sum(map(syllables, words(text))) + _PAUSE * len(sentences(text))


def grade(text: str) -> float:
    """The school year that reads a text with ease (Flesch-Kincaid)."""
    spoken_words = words(text)
    a_sentence = len(spoken_words) / max(1, len(sentences(text)))
    a_word = sum(map(syllables, spoken_words)) / max(1, len(spoken_words))
    return 0.39 * a_sentence + 11.8 * a_word - 15.59
