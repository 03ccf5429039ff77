"""Where people are sent, and what is heard when they blurt something out: the figures of the README.

Run: .venv/bin/python tests/bench/triage.py [develop | everyday | report] [--intents] [--misses]
What people blurted out that the ear has learnt is in content/en/_people.toml, and is no benchmark any more.
With `--intents` the speaker passes on intents and slots alone, as a real Echo does. `--misses` lists what went wrong;
leave it to the set that the skill is made with, or the other is none to report on any more.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from skill.domain.items import Disposition  # noqa: E402
from skill.simulator import Speaker, Turn  # noqa: E402
from tests.played import PEOPLE, SITUATIONS, Row, Told, begins, blurt, kind, read, tell  # noqa: E402

VERDICTS = ("exact", "accepted", "unsafe", "under", "over", "lost")
OPENINGS = {"check": "tells of a sore back", "not": "asks for something"}

KINDS = ("emergency", "other sign", "ambiguous", "harmless")


def stories(told: list[Told]) -> None:
    """A table: where people with stories were sent, by where they should be."""
    print("| stories | n | " + " | ".join(VERDICTS) + " | questions |\n| --- |" + " --- |" * (len(VERDICTS) + 2))
    for level in (*Disposition, None):
        rows = [each for each in told if level in (None, each.row["disposition"])]
        counted = Counter(each.verdict for each in rows)
        asked = sum(each.questions for each in rows) / max(len(rows), 1)
        cells = (str(counted[verdict]) for verdict in VERDICTS)
        print(f"| {level or 'all'} | {len(rows)} | " + " | ".join(cells) + f" | {asked:.1f} |")


class Said(NamedTuple):
    """Something blurted out in a situation, and what came of it."""

    row: Row
    situation: str
    fine: bool
    turn: Turn

    def __str__(self) -> str:
        row, turn = self.row, self.turn
        return (f"{kind(row)}, {self.situation}: {row['text']!r} -> {turn.intent} {turn.found} {turn.asking}"
                f" {turn.disposition}; wanted {row['signs'] or row.get('could_be')}")


def blurted(everything: list[Said]) -> None:
    """A table: how many of the things blurted out were taken right, by the situation."""
    print("\n| blurted out | n | " + " | ".join(SITUATIONS) + " |\n| --- | --- |" + " --- |" * len(SITUATIONS))
    for name in KINDS:
        right = {situation: [said.fine for said in everything if (kind(said.row), said.situation) == (name, situation)]
                 for situation in SITUATIONS}
        shares = (f"{100 * sum(each) / len(each):.1f} %" if each else "-" for each in right.values())
        print(f"| {name} | {len(right['open'])} | " + " | ".join(shares) + " |")


def missed(everything: list[Said]) -> None:
    """A table: what came of the emergencies, said out of nowhere, that weren't sent to help at once."""
    urgent = [said for said in everything if (kind(said.row), said.situation) == ("emergency", "open")]
    print(f"\n| emergencies not sent at once, of {len(urgent)} | n |\n| --- | --- |")
    for name, count in Counter(_instead(said.turn) for said in urgent if not said.fine).most_common():
        print(f"| {name} | {count} |")


def _instead(turn: Turn) -> str:
    if turn.state == "check":
        return "asked about"
    return "told what to do if it is so" if any(item.startswith("sign.") for item in turn.said) else "unheard"


def opened(right: dict[str, list[bool]]) -> None:
    """A table: how many first sentences began the check, or rightly didn't."""
    print("\n| first said | n | right |\n| --- | --- | --- |")
    for name, each in right.items():
        print(f"| {OPENINGS[name]} | {len(each)} | {100 * sum(each) / len(each):.1f} % |")


def rows(what: str, name: str) -> list[Row]:
    """The rows of a set; none where its writers wrote no such thing."""
    path = PEOPLE / f"{what}-{name}.jsonl"
    return read(path) if path.exists() else []


def main() -> None:
    """Prints the tables."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("set", nargs="?", default="report", choices=("develop", "everyday", "report"))
    wanted.add_argument("--intents", action="store_true")
    wanted.add_argument("--misses", action="store_true")
    given = wanted.parse_args()

    def new() -> Speaker:
        return Speaker(verbatim=not given.intents)

    told = [tell(row, new) for row in rows("stories", given.set)]
    everything = [Said(row, situation, *blurt(row, situation, new))
                  for row in rows("blurted", given.set) for situation in SITUATIONS]
    first: dict[str, list[bool]] = defaultdict(list)
    for row in rows("openings", given.set):
        first[row["wants"]].append(begins(row["text"], new) == (row["wants"] == "check"))
    if told:
        stories(told)
    blurted(everything)
    missed(everything)
    if first:
        opened(first)
    if given.misses:
        _list(told, everything)


def _list(told: list[Told], everything: list[Said]) -> None:
    for each in told:
        if each.verdict not in ("exact", "accepted"):
            print(f"\n{each.row['id']} {each.verdict}: {each.disposition}, should be {each.row['disposition']}: "
                  f"{each.row['signs']} {each.row['extra']}")
            for turn in each.turns:
                print(f"   you    {turn.utterance}\n   coach  {turn.speech} {turn.asking} {turn.found}")
    print("\n".join(["", *(str(said) for said in everything if not said.fine)]))


if __name__ == "__main__":
    main()
