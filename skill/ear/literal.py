"""Samples as they stand: what Amazon promises to understand, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skill.ear.samples import SLOT, Sample, Samples
from skill.ear.slots import Catalogue
from skill.ear.words import plain, stem, tidy, tokens


class Literal:
    """Samples as they stand, and with catalogued values of one slot type in their slots."""

    def __init__(self, samples: Samples, catalogues: Mapping[str, Catalogue]) -> None:
        self._catalogues = catalogues
        known = list(reversed(samples.all))
        self._plain = {plain(tidy(sample.text)): sample.intent for sample in known if not sample.wanted}
        self._shapes = {_shape(sample): sample.intent for sample in known
                        if sample.wanted and {sample.slots[slot] for slot in sample.wanted} <= catalogues.keys()}

    def __call__(self, text: str) -> str | None:
        """The intent whose sample this literally is; None where it is none."""
        exact = self._plain.get(plain(text))
        return exact or next(filter(None, map(self._shapes.get, self._read(text))), None)

    def _read(self, text: str) -> Iterator[tuple[str, ...]]:
        """The text with the values of one slot type marked, for each type that it names."""
        words = tokens(plain(text))
        for kind, catalogue in self._catalogues.items():
            mentions = catalogue.mentions(words)
            starts = {mention.start for mention in mentions}
            inside = {place for mention in mentions for place in range(mention.start, mention.end)}
            if starts:
                yield tuple(f"<{kind}>" if place in starts else stem(word)
                            for place, word in enumerate(words) if place in starts or place not in inside)


def _shape(sample: Sample) -> tuple[str, ...]:
    """A sample with its slots marked by their types: ("about", "<Topic>")."""
    marked = SLOT.sub(lambda slot: f" <{sample.slots[slot[1]]}> ", sample.text)
    return tuple(word if word.startswith("<") else stem(word) for word in marked.split())
