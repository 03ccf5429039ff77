"""Conversations of files, had again: a line about each, and what is otherwise than its file says.

Rule 1: a file that can't be read or played is a line like any other, with the cure; the others are still played.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from skill.simulator import export
from skill.simulator.room import Parts, Taken
from skill.simulator.script import Judge, Replayed, load, replay

FORMATS = ("bespoken", "dialog")
"""What a conversation can be exported as."""


class Outcome(NamedTuple):
    """What came of one file."""

    word: str
    """"ok"; "not so", where something is otherwise; "broken", where it can't be played to its end."""
    lines: tuple[str, ...]


def files(given: Iterable[str]) -> list[Path]:
    """The files, and all those in the folders, each once. Raises `ValueError` for a folder without any."""
    found: list[Path] = []
    for path in map(Path, given):
        listed = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
        if not listed:
            raise ValueError(f"{path}: there are no conversations in it; name a folder with .toml files, or a file")
        found += listed
    return list(dict.fromkeys(found))


def had_again(path: Path, parts: Parts, judge: Judge) -> Outcome:
    """A file's conversation, played through the skill."""
    name = f"{path.parent.name}/{path.stem}"
    try:
        script = load(path)
        different = tuple(line for step in replay(script, parts, judge) for line in _told(step))
    except OSError as error:
        return Outcome("broken", (f"broken {path}: {error.strerror}; name a file or a folder of conversations",))
    except ValueError as error:
        return Outcome("broken", (f"broken {path}: {str(error).removeprefix(f'{path}: ')}",))
    word = "not so" if different else "ok"
    return Outcome(word, (f"{word:<6} {name:<32} {script.claim}", *different))


def counted(outcomes: Iterable[Outcome]) -> str:
    """How many went which way."""
    words = [outcome.word for outcome in outcomes]
    parts = {"as they should": "ok", "otherwise": "not so", "broken": "broken"}
    counts = [f"{words.count(word)} {told}" for told, word in parts.items() if word == "ok" or word in words]
    return f"{len(words)} {'conversation' if len(words) == 1 else 'conversations'}: {', '.join(counts)}"


def exported(path: Path, kind: str, parts: Parts, judge: Judge) -> export.Dialog:
    """A file's conversation for another program (one of `FORMATS`). Raises `ValueError` where it can't be."""
    script = load(path)
    taken: list[Taken] = [step.taken for step in replay(script, parts, judge)]
    return export.dialog(taken) if kind == "dialog" else export.Dialog(export.bespoken(script.claim, taken), ())


def _told(step: Replayed) -> Iterator[str]:
    move = step.taken.move
    done = f'"{move.you}"' if move.you else move.done
    yield from (f"       turn {step.taken.number}, {done}: {line}" for line in step.differences)
