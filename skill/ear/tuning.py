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

from skill.ear.adapter import Matrix, arrays, noted
from skill.ear.adapting import SEED, Head, Lessons, Parameters, Progress, narrow, train
from skill.ear.encoder import WIDTH, pieces
from skill.ear.judge import ANSWERS, FILE, WARNINGS, joined
from skill.ear.people import ASKED, NO, NOTHING, UNSURE, YES, Interview, People, answers, warnings
from skill.ear.samples import Samples
from skill.ear.words import Dialect, plain, tidy

ROUNDS = 2
"""How often every line is heard; with all weights free to learn, a third round brought strangers' words no further."""

SIGNS_EVENLY, ANSWERS_EVENLY = 0.5, 0.3
"""How evenly labels count, whatever the number of their lines: a rare sign matters as much as a common one."""

EVERY_SAMPLE = 3
"""Of the model's samples, only every third is heard: they are made up, and people aren't."""

ABOUT, ASIDE = 6000, 5000
"""Lines that are heard as answers besides: those that tell of a sign, and those that tell of none."""

ANSWERING = {"AMAZON.YesIntent": YES, "AMAZON.NoIntent": NO, "UnsureIntent": UNSURE}
"""Intents whose samples answer any question."""

MOSTLY = 0.6
"""How often a sign that is told of is told when it was asked about."""

OFTEN = 6
"""With how many questions an answer is heard that fits any: that it was asked much else is no reason for a "no"."""

AGAIN = 3
"""Where a judge learns on, every which line it hears again of those that it knows."""


class Heard(NamedTuple):
    """One line to learn from."""

    words: str
    """In the standard."""
    question: str = ""
    """What had been asked; nothing where it was blurted out."""
    warning: str | None = None
    answer: str | None = None
    fits_any: bool = False
    """Whether it answers any question."""


def tune(lines: Sequence[Heard], folder: Path, file: Path = FILE, told: Progress = lambda *_: None,
         on: Path | None = None) -> None:
    """Teaches a judge with the weights in a folder, and writes what it learnt to a file.

    It learns from nothing, every line; or goes `on` from what another file holds, with all the answers that fit any
    question and a third of the rest. Raises `ValueError` where that one knows other signs.
    """
    heads = {WARNINGS: Head.of([line.warning for line in lines], [1.0] * len(lines), SIGNS_EVENLY),
             ANSWERS: Head.of([line.answer for line in lines], [1.0] * len(lines), ANSWERS_EVENLY)}
    chosen = [place for place, line in enumerate(lines) if not on or line.fits_any or place % AGAIN == 0]
    split = pieces(folder)
    lessons = Lessons([joined(split, lines[place].words, lines[place].question) for place in chosen],
                      {name: Head(head.labels, head.so[chosen], head.counts[chosen]) for name, head in heads.items()})
    known = _known(on, heads) if on else None
    write(train(lessons, arrays(folder / "model.safetensors"), 1 if on else ROUNDS, told, known), heads, file)


def _known(file: Path, heads: Mapping[str, Head]) -> Mapping[str, Matrix]:
    """What a file's judge learnt, as `train` has it."""
    if noted(file) != _notes(heads):
        raise ValueError(f"{file} was taught other signs than there are lines for now; teach it anew, without --on")
    kept = arrays(file)
    joint = {name: np.concatenate([kept.pop(f"{name}.weight"), kept.pop(f"{name}.shift")[None]]) for name in heads}
    return {**kept, **joint}


def write(learnt: Parameters, heads: Mapping[str, Head], file: Path) -> None:
    """The adapter, and the heads with their labels."""
    kept = {f"{name}.{part}": np.asarray(array, np.float16) for name in heads
            for part, array in (("weight", learnt[name][:WIDTH]), ("shift", learnt[name][WIDTH]))}
    save_file({**narrow(learnt), **kept}, file, _notes(heads))


def _notes(heads: Mapping[str, Head]) -> dict[str, str]:
    """The labels of each head, parted by blanks: they have none in themselves then."""
    return {name: " ".join(label.replace(" ", "_") for label in head.labels) for name, head in heads.items()}


def lines(model: Mapping[str, Any], people: People, interview: Interview) -> Iterator[Heard]:
    """All there is to learn from, always the same for the same of them."""
    some, standard = _Chooser(np.random.default_rng(SEED)), Dialect(people.dialect)

    def heard(text: str) -> str:
        return standard(plain(tidy(text)))

    samples = Samples(model)
    practice = list(samples.practice())
    told = {heard(line): label for line, label in warnings(people)}
    answered = {heard(line): label for line, label in answers(people)}
    others = [each for each in practice if not samples.is_of("Symptom", each) and each.intent not in ANSWERING]
    wishes = sorted({plain(tidy(each.text)) for each in others[::EVERY_SAMPLE]} - {*told, *answered})
    yield from (Heard(words, "", told.get(words), answered.get(words)) for words in sorted({*told, *answered}))
    yield from (Heard(words, "", ASKED, NOTHING) for words in wishes)

    for sign, by_answer in interview.answers.items():
        for answer, said in by_answer.items():
            yield from (Heard(heard(line), some.one(interview.questions[sign]), None, answer) for line in said)
    to_any = {heard(line): answer for answer, said in interview.to_any.items() for line in said}
    to_any |= {plain(tidy(each.text)): ANSWERING[each.intent] for each in practice if each.intent in ANSWERING}
    yield from _asides(told, wishes, to_any, interview, some)


def _asides(told: Mapping[str, str], wishes: Sequence[str], to_any: Mapping[str, str], interview: Interview,
            some: _Chooser) -> Iterator[Heard]:
    """What is heard as an answer besides: signs that are told of, what tells of none, and what answers any question."""
    every = sorted({question for wordings in interview.questions.values() for question in wordings})
    for words in some.many([words for words, label in told.items() if label not in (NO, NOTHING)], ABOUT):
        yield from _about(words, told[words], interview.questions, some)
    harmless = [*(words for words, label in told.items() if label == NOTHING), *wishes]
    yield from (Heard(words, some.one(every), None, NOTHING) for words in some.many(harmless, ASIDE))
    yield from (Heard(words, some.one([*every, *interview.others]), None, answer, fits_any=True)
                for words, answer in to_any.items() for _ in range(OFTEN))


def _about(words: str, label: str, questions: Mapping[str, Sequence[str]], some: _Chooser) -> Iterator[Heard]:
    """What tells of a sign, as an answer: to a question about it, or about another."""
    sign = label.removeprefix("maybe ")
    own = questions.get(sign, ())
    if own and some.mostly():
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

    def mostly(self) -> bool:
        return bool(self._chance.random() < MOSTLY)
