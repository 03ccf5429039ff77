"""Teaches the judge: what people's words tell of, and what they answer to a question.

Rule 1: the same words are told with many questions: what tells of the sign that is asked about is a yes to it, what
tells of another or of none is no answer.
Rule 2: a line stands with one wording of its question; all wordings have their turn.
Rule 3: only `python -m skill adapt` comes here, as to `adapting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from safetensors.numpy import save_file

from skill.ear.adapter import arrays
from skill.ear.adapting import SEED, Head, Lessons, Parameters, Progress, narrow, train
from skill.ear.encoder import WIDTH, pieces
from skill.ear.judge import ANSWERS, FILE, WARNINGS, joined
from skill.ear.people import ASKED, NO, NOTHING, UNSURE, YES, Interview, People, answers, warnings
from skill.ear.samples import Samples
from skill.ear.words import Dialect, plain, tidy

ROUNDS = 2
"""How often every line is heard. A third round learnt lines by heart and strangers' words no better."""

SIGNS_EVENLY, ANSWERS_EVENLY = 0.5, 0.3
"""How evenly labels count, whatever the number of their lines: a rare sign matters as much as a common one."""

EVERY_SAMPLE = 3
"""Of the model's samples, only every third is heard: they are made up, and people aren't."""

ABOUT, ASIDE, BRIEFLY = 6000, 5000, 2500
"""Lines that are heard as answers besides: those that tell of a sign, those that tell of none, and plain short ones."""

SHORT, PLAINLY = 4, ("no", "nah", "nope", "none", "not", "never", "yes", "yeah", "yep", "aye", "yup", "maybe", "dunno")
"""Words at most of an answer that fits any question, and what it begins with."""


class Heard(NamedTuple):
    """One line to learn from."""

    words: str
    """In the standard."""
    question: str = ""
    """What had been asked; nothing where it was blurted out."""
    warning: str | None = None
    answer: str | None = None


def tune(model: Mapping[str, Any], people: People, interview: Interview, folder: Path, file: Path = FILE,
         told: Progress = lambda *_: None) -> None:
    """Teaches a judge with the weights in a folder, and writes what it learnt to a file."""
    lines = list(_lines(Samples(model), people, interview, np.random.default_rng(SEED)))
    heads = {WARNINGS: Head.of([line.warning for line in lines], [1.0] * len(lines), SIGNS_EVENLY),
             ANSWERS: Head.of([line.answer for line in lines], [1.0] * len(lines), ANSWERS_EVENLY)}
    split = pieces(folder)
    lessons = Lessons([joined(split, line.words, line.question) for line in lines], heads)
    write(train(lessons, arrays(folder / "model.safetensors"), ROUNDS, told), heads, file)


def write(learnt: Parameters, heads: Mapping[str, Head], file: Path) -> None:
    """The adapter, and the heads with their labels."""
    kept = {f"{name}.{part}": np.asarray(array, np.float16) for name in heads
            for part, array in (("weight", learnt[name][:WIDTH]), ("shift", learnt[name][WIDTH]))}
    save_file({**narrow(learnt), **kept}, file, {name: " ".join(_dashed(head.labels)) for name, head in heads.items()})


def _dashed(labels: Sequence[str]) -> Iterator[str]:
    """Labels without blanks, so that a blank parts them."""
    return (label.replace(" ", "_") for label in labels)


def _lines(samples: Samples, people: People, interview: Interview, chance: np.random.Generator) -> Iterator[Heard]:
    standard = Dialect(people.dialect)

    def heard(text: str) -> str:
        return standard(plain(tidy(text)))

    told = {heard(line): label for line, label in warnings(people)}
    answered = {heard(line): label for line, label in answers(people)}
    symptoms = [lesson for lesson in samples.practice() if not samples.is_of("Symptom", lesson)]
    wishes = {words for lesson in symptoms[::EVERY_SAMPLE]
              if (words := plain(tidy(lesson.text))) not in told and words not in answered}
    for words in sorted({*told, *answered}):
        yield Heard(words, "", told.get(words), answered.get(words))
    yield from (Heard(words, "", ASKED, NOTHING) for words in sorted(wishes))

    some = _Chooser(chance)
    for sign, by_answer in interview.answers.items():
        for answer, lines in by_answer.items():
            yield from (Heard(heard(line), some.one(interview.questions[sign]), None, answer) for line in lines)
    every = sorted({question for wordings in interview.questions.values() for question in wordings})
    for words in some.many([words for words, label in told.items() if label not in (NO, NOTHING)], ABOUT):
        yield from _about(words, told[words], interview.questions, some)
    aside = [*(words for words, label in told.items() if label == NOTHING), *sorted(wishes)]
    yield from (Heard(words, some.one(every), None, NOTHING) for words in some.many(aside, ASIDE))
    short = [words for words, answer in answered.items()
             if answer in (YES, NO, UNSURE) and len(words.split()) <= SHORT and words.split()[0] in PLAINLY]
    yield from (Heard(words, some.one([*every, *interview.others]), None, answered[words])
                for words in some.many(short, BRIEFLY))


def _about(words: str, label: str, questions: Mapping[str, Sequence[str]], some: _Chooser) -> Iterator[Heard]:
    """What tells of a sign, as an answer: to a question about it, or about another."""
    sign = label.removeprefix("maybe ")
    own = questions.get(sign, ())
    if own and some.often():
        yield Heard(words, some.one(own), None, YES if sign == label else UNSURE)
        return
    question = some.one(questions[some.one(list(questions))])
    if question not in own:
        yield Heard(words, question, None, NOTHING)


class _Chooser:
    """Chooses by chance, always the same."""

    def __init__(self, chance: np.random.Generator) -> None:
        self._chance = chance

    def one(self, of: Sequence[str]) -> str:
        return of[int(self._chance.integers(len(of)))]

    def many(self, of: Sequence[str], number: int) -> Sequence[str]:
        return [of[place] for place in self._chance.permutation(len(of))[:number]]

    def often(self) -> bool:
        return bool(self._chance.random() < 0.6)  # noqa: PLR2004
