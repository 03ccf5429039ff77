"""How well the ear understands, next to two others: the figures of the README.

Run: .venv/bin/python tests/bench/understanding.py [FILE.jsonl]
Without a file: tests/utterances/held.jsonl, written by people who had not seen the model, and never used to make it.

- exact: the samples word for word, with the slot values word for word, as virtual-alexa matches;
- SVM: TF-IDF of words and letters with a linear support vector machine (scikit-learn) over intents, on the same
  practice sentences as ours, with the same catalogues for the slots.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.pipeline import make_pipeline, make_union  # noqa: E402
from sklearn.svm import LinearSVC  # noqa: E402

from skill import app  # noqa: E402
from skill.ear.ear import FALLBACK  # noqa: E402
from skill.ear.memory import ear as remembered  # noqa: E402
from skill.ear.samples import SLOT, Samples  # noqa: E402
from skill.ear.slots import Catalogue  # noqa: E402
from skill.simulator.meant import Filled, Meant  # noqa: E402
from skill.store import models  # noqa: E402
from tests.heard import UTTERANCES, Hear, read, tally  # noqa: E402


def exact(samples: Samples) -> Hear:
    """Word for word, slots by their catalogued names."""
    names = {kind: {name.lower(): value["id"] for value in values
                    for name in (value["name"]["value"], *value["name"].get("synonyms", ()))}
             for kind, values in samples.values.items()}
    plain = {sample.text: sample.intent for sample in samples.all if not sample.wanted}
    shaped = [(re.compile(SLOT.sub("(.+)", sample.text)), sample) for sample in samples.all if sample.wanted]

    def hear(said: str) -> Meant:
        if said in plain:
            return Meant(plain[said])
        for pattern, sample in shaped:
            found = pattern.fullmatch(said)
            values = [names.get(sample.slots[slot], {}).get(words)
                      for slot, words in zip(sample.wanted, found.groups(), strict=True)] if found else []
            if values and all(values):
                return Meant(sample.intent, {slot: Filled(said, (str(value),), sample.slots[slot])
                                             for slot, value in zip(sample.wanted, values, strict=True)})
        return Meant(FALLBACK)

    return hear


def support_vectors(samples: Samples) -> Hear:
    """TF-IDF and a linear SVM over intents; then the slots of the intent, from the catalogue."""
    lessons = list(samples.practice())
    machine = make_pipeline(
        make_union(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[\w']+"),
                   TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)),
        LinearSVC(class_weight="balanced"))
    machine.fit([lesson.text for lesson in lessons], [lesson.intent for lesson in lessons],
                linearsvc__sample_weight=[lesson.trust for lesson in lessons])
    catalogues = {kind: Catalogue(values) for kind, values in samples.values.items()}

    def hear(said: str) -> Meant:
        intent = str(machine.predict([said])[0])
        named = {slot: catalogues[kind].mentions(said.split())
                 for slot, kind in samples.slots[intent].items() if kind in catalogues}
        return Meant(intent, {slot: Filled(found[0].words, found[0].ids, samples.slots[intent][slot])
                              for slot, found in named.items() if found})

    return hear


def main() -> None:
    """Prints one table: right of all, in percent, by kind and difficulty."""
    utterances = read(Path(sys.argv[1]) if len(sys.argv) > 1 else UTTERANCES / "held.jsonl")
    samples = Samples(models.model("en-US"))
    ears: dict[str, Callable[[], Hear]] = {
        "Back Coach": lambda: app.ear("en-US"),
        "without encoder": lambda: remembered(*app.Lessons.of("en-US")),
        "TF-IDF + SVM": lambda: support_vectors(samples),
        "exact": lambda: exact(samples),
    }
    tallies = {name: tally(utterances, make()) for name, make in ears.items()}
    print("| | n | " + " | ".join(tallies) + " |\n| --- |" + " --- |" * (len(tallies) + 1))
    for row, (_, total) in tallies["Back Coach"].items():
        cells = (f"{100 * counts[row][0] / total:.1f} %" for counts in tallies.values())
        print(f"| {row} | {total} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
