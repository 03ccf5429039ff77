"""Samples as they stand: what Amazon promises to understand, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from skill.ear.samples import SLOT, Sample, Samples
from skill.ear.slots import Catalogue
from skill.ear.words import plain, stem, tidy, tokens

ARTICLES = ("a", "an", "the", "some")


class Literal:
    """Samples as they stand, and with catalogued values of one slot type in their slots."""

    def __init__(self, samples: Samples, catalogues: Mapping[str, Catalogue]) -> None:
        self._catalogues = catalogues
        known = list(reversed(samples.all))
        self._exact = {tidy(sample.text): sample.intent for sample in known if not sample.wanted}
        self._plain = {plain(text): intent for text, intent in self._exact.items()}
        self._shapes = {_shape(sample): sample.intent for sample in known
                        if sample.wanted and {sample.slots[slot] for slot in sample.wanted} <= catalogues.keys()}
        needy = samples.needy()
        self._bare: dict[tuple[str, ...], str] = {
            (f"<{kind}>",): intent for intent, kind in samples.subjects.items() if intent in needy}
        """A name and nothing else: "ice" asks about ice."""

    def __call__(self, text: str) -> str | None:
        """The intent whose sample this literally is; None where it is none."""
        shapes = list(self._read(text))
        found = (known.get(shape) for known in (self._shapes, self._bare) for shape in shapes)
        return self._exact.get(text) or self._plain.get(plain(text)) or next(filter(None, found), None)

    def _read(self, text: str) -> Iterator[tuple[str, ...]]:
        """The text with the values of one slot type marked, for each type that it names."""
        words = tokens(plain(text))
        for kind, catalogue in self._catalogues.items():
            mentions = catalogue.mentions(words)
            starts = {mention.start for mention in mentions}
            inside = {place for mention in mentions for place in range(mention.start, mention.end)}
            if starts:
                yield _marked(f"<{kind}>" if place in starts else word
                              for place, word in enumerate(words) if place in starts or place not in inside)


def _shape(sample: Sample) -> tuple[str, ...]:
    """A sample with its slots marked by their types: ("about", "<Topic>")."""
    return _marked(SLOT.sub(lambda slot: f" <{sample.slots[slot[1]]}> ", sample.text).split())


def _marked(words: Iterable[str]) -> tuple[str, ...]:
    """Words by their stems, marks as they are; an article before a mark belongs to the value: "a plank"."""
    shape: list[str] = []
    for word in words:
        if word.startswith("<") and shape and shape[-1] in ARTICLES:
            shape.pop()
        shape.append(word if word.startswith("<") else stem(word))
    return tuple(shape)
