"""Speech read back: from plain text, SSML or an audio document to what a person hears.

Rule 1: only Alexa's tags, and nothing but elements and text: no comments, no DOCTYPE (alexa-platform.md 2.1).
Rule 2: whatever comes in, a `Speech` comes out; what is wrong with it is written in the `Speech`.
Rule 3: a length is an estimate: 0.4 s a word and the pauses as stated (3.3-25); a sound file counts nothing.
Rule 4: an audio document is read as it stands: a text bound to data ("${payload.x}") keeps its braces, and of
a Selector's items the longest counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.parsers import expat

SECONDS_A_WORD = 0.4

TAGS = frozenset((
    "speak", "p", "s", "break", "emphasis", "prosody", "phoneme", "say-as", "sub", "w", "voice", "lang", "audio",
    "amazon:effect", "amazon:emotion", "amazon:domain", "alexa:name",
))  # fmt: skip
"""The tags Alexa knows; she drops any other without a word."""

VALUES = {
    ("say-as", "interpret-as"): (
        "characters", "spell-out", "cardinal", "number", "ordinal", "digits", "fraction", "unit",
        "date", "time", "telephone", "address", "interjection", "expletive",
    ),
    ("phoneme", "alphabet"): ("ipa", "x-sampa"),
    ("amazon:effect", "name"): ("whispered",),
    ("amazon:emotion", "name"): ("excited", "disappointed"),
    ("amazon:emotion", "intensity"): ("low", "medium", "high"),
}  # fmt: skip
"""Attributes that take one of a few words."""

BLOCKS = ("speak", "p", "s")
"""Tags at whose edges a sentence ends."""

PAUSE = re.compile(r"(\d+(?:\.\d+)?)(ms|s)")
TAG = re.compile(r"<[^<>]*>")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Speech:
    """What is heard of an answer."""

    text: str = ""
    """The words, with no tags in them. Sentences that tags keep apart are on lines of their own."""
    seconds: float = 0.0
    """How long it takes, roughly."""
    breaks: tuple[float, ...] = ()
    """The seconds of each `<break>`. An audio document's silence is no break: it may be longer."""
    sounds: int = 0
    """How many `<audio>` tags are in it."""
    characters: int = 0
    """The longest single text as it was sent, tags included."""
    flaw: str = ""
    """Why it is no SSML at all; empty where it is."""
    strange: tuple[str, ...] = ()
    """Tags and attributes that Alexa does not know: `blink`, `break time="soon"`; or `speak` inside another."""

    @property
    def sentences(self) -> list[str]:
        """Its sentences, none of them empty."""
        return [sentence.strip() for sentence in SENTENCE_END.split(self.text) if sentence.strip()]


def words(text: str) -> list[str]:
    """What is spoken of a text; a dash between blanks is no word."""
    return [token for token in text.split() if any(letter.isalnum() for letter in token)]


def read_plain(text: str) -> Speech:
    """Speech of type PlainText."""
    return Speech(text=text, seconds=_speaking(text), characters=len(text))


def read_ssml(ssml: str) -> Speech:
    """Speech of type SSML."""
    reader = _Reader()
    flaw = reader.read(ssml)
    text = TAG.sub(" ", ssml) if flaw else "".join(reader.text)
    text = "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
    return Speech(
        text=text,
        seconds=_speaking(text) + sum(reader.breaks),
        breaks=tuple(reader.breaks),
        sounds=reader.sounds,
        characters=len(ssml),
        flaw=flaw,
        strange=tuple(reader.strange),
    )


def read_audio(node: object) -> Speech:
    """The speech of an APLA document, or of a component in it with all that it holds."""
    if not isinstance(node, Mapping):
        return Speech()
    children = [read_audio(child) for child in _children(node)]
    longest = max(children, key=lambda child: child.seconds, default=Speech())
    match node.get("type"):
        case "Speech":
            read = read_ssml if node.get("contentType") == "SSML" else read_plain
            return read(str(node.get("content", "")))
        case "Silence":
            return Speech(seconds=_number(node.get("duration")) / 1000)
        case "Mixer":
            return replace(joined(children), seconds=longest.seconds)
        case "Selector":
            return longest
        case _:
            return joined(children)


def joined(pieces: Sequence[Speech]) -> Speech:
    """Several pieces as one, heard one after the other."""
    return Speech(
        text="\n".join(piece.text for piece in pieces if piece.text),
        seconds=sum(piece.seconds for piece in pieces),
        breaks=tuple(pause for piece in pieces for pause in piece.breaks),
        sounds=sum(piece.sounds for piece in pieces),
        characters=max((piece.characters for piece in pieces), default=0),
        flaw=next((piece.flaw for piece in pieces if piece.flaw), ""),
        strange=tuple(name for piece in pieces for name in piece.strange),
    )


def _children(node: Mapping[str, Any]) -> list[Any]:
    """What a document or component holds; the format allows one or a list, by either name."""
    held = [node.get(key) for key in ("mainTemplate", "item", "items")]
    return [child for each in held for child in (each if isinstance(each, list) else [each]) if child]


def _speaking(text: str) -> float:
    return SECONDS_A_WORD * len(words(text))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


class _Reader:
    """Listens to the parser and keeps what is heard. One a text."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.breaks: list[float] = []
        self.sounds = 0
        self.strange: list[str] = []
        self._open: list[str] = []

    def read(self, ssml: str) -> str:
        """Why this is no SSML; empty where it is."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        parser.CharacterDataHandler = self._heard
        try:
            parser.Parse(ssml, True)
        except (expat.ExpatError, UnicodeError) as error:
            return str(error)
        return "it holds more than elements and text" if "<!" in ssml or "<?" in ssml else ""

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in TAGS or (tag == "speak") == bool(self._open):
            self.strange.append(tag)
        self.strange += [
            f'{tag} {name}="{value}"'
            for name, value in attributes.items()
            if value not in VALUES.get((tag, name), (value,))
        ]
        self.sounds += tag == "audio"
        if tag == "break" and "time" in attributes:
            self._pause(attributes["time"])
        if tag == "sub":
            self._heard(attributes.get("alias", ""))
        self._edge(tag)
        self._open.append(tag)

    def _closed(self, tag: str) -> None:
        self._open.pop()
        self._edge(tag)

    def _heard(self, text: str) -> None:
        if "sub" not in self._open:  # its alias is heard in place of what it holds
            self.text.append(text.replace("\n", " "))

    def _edge(self, tag: str) -> None:
        if tag in BLOCKS:
            self.text.append("\n")
        if tag == "break":
            self.text.append(" ")

    def _pause(self, time: str) -> None:
        found = PAUSE.fullmatch(time)
        if found is None:
            self.strange.append(f'break time="{time}"')
            return
        self.breaks.append(float(found[1]) / (1000 if found[2] == "ms" else 1))
