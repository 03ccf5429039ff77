"""How well the length of speech is estimated: every text that is spoken, against a synthetic voice.

Run: .venv/bin/python tests/bench/voice.py
Ends with 1 where the mean error is over `BAR`. Without espeak-ng there is nothing to measure against, and it says so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

BAR = 0.08
"""Mean error, as a share of the real length."""

SHORT = 6
"""Words up to which a text is a cue."""


def texts() -> Iterator[str]:
    """Everything that is spoken: cards, guidance, phrases, their blanks filled with those of some stretches."""
    from skill.domain.items import Stretch  # noqa: PLC0415
    from skill.store import content, spoken  # noqa: PLC0415

    library = content.library("en-US")
    for item in library:
        yield from (*item.say, *item.more, *item.why, *item.follow.values())
        if isinstance(item, Stretch):
            guide = item.guide
            yield from (*guide.into, *guide.cues, *guide.short, guide.out, guide.easier, guide.harder)
    for variants in content.phrases("en-US").values():
        for text in variants:
            for called, number in (("the plank", 20), ("cat cow", 45), ("child's pose", 5)):
                said = spoken.number(number)
                yield text.format(called=called, seconds=said, number=said, source="our source", section="relief")
    yield from (f"{spoken.number(number).capitalize()}." for number in range(1, 61))


def main() -> int:
    """Prints a table."""
    from skill.domain import speech  # noqa: PLC0415
    from skill.simulator import voice  # noqa: PLC0415

    said = sorted(set(texts()))
    try:
        with ThreadPoolExecutor() as pool:
            real = dict(zip(said, pool.map(voice.seconds, said), strict=True))
    except voice.NoVoice as error:
        print(error)
        return 0
    wrong = {text: abs(speech.seconds(text) - seconds) / seconds for text, seconds in real.items()}
    cues = [text for text in said if len(text.split()) <= SHORT]
    print("| what | texts | mean error | largest |\n| --- | --- | --- | --- |")
    means = [row(name, kind, wrong) for name, kind in (
        ("cues, six words at most", cues), ("sentences", sorted(wrong.keys() - set(cues))))]
    return int(max(means) > BAR)


def row(name: str, kind: list[str], wrong: dict[str, float]) -> float:
    """Prints one row; answers the mean error."""
    mean, most = sum(wrong[text] for text in kind) / len(kind), max(wrong[text] for text in kind)
    print(f"| {name} | {len(kind)} | {100 * mean:.1f} % | {100 * most:.0f} % |")
    return mean


if __name__ == "__main__":
    sys.exit(main())
