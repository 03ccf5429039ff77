"""The screen of a stretch: Amazon's own engine and validator find nothing, and the figures are drawn as people move."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from itertools import pairwise, product

import pytest

from skill.alexa.request import TOUCHES
from skill.alexa.screen import JOINTS, TOKEN, directive
from skill.domain.items import Joints, Stretch
from skill.domain.picture import Picture
from skill.simulator.turn import Turn
from skill.store import content
from tests.conftest import TESTS, Json, Talk, library

CLIENTS = TESTS / "clients"
LARGEST = 20 * 1024
"""Bytes of a document and its data."""

STRETCHES = [item for item in library() if isinstance(item, Stretch)]
NO, YES, PAUSE, RESUME = (f"AMAZON.{name}Intent" for name in ("No", "Yes", "Pause", "Resume"))
LABELS = content.screen("en")
FLOOR = 92
LIMBS = (("hip", "knee"), ("knee", "foot"), ("neck", "elbow"), ("elbow", "hand"), ("hip", "knee2"), ("knee2", "foot2"),
         ("neck", "elbow2"), ("elbow2", "hand2"), ("neck", "head"))
BENT = 0.15
"""Share by which a limb's length may differ between two postures: limbs turn towards and away from the viewer."""

RESTING = {
    "stretch.bridge": ("hand", "foot"), "stretch.cat-cow": ("hand", "knee", "foot"),
    "stretch.childs-pose": ("knee", "foot"), "stretch.knee-to-chest": ("foot2",),
    "stretch.kneeling-lunge": ("foot", "knee2", "foot2"), "stretch.plank": ("elbow", "hand", "foot"),
    "stretch.wall-slide": ("foot",),
}
"""What stays on the floor, where it is, for as long as the figure moves."""

LONG, GONE = 80.0, 20.0
"""Seconds of a block, and of it those that have gone by, on the screens that are made here."""

amazons = pytest.mark.skipif(shutil.which("node") is None or not (CLIENTS / "node_modules").is_dir(),
                             reason="Node or tests/clients/node_modules is missing; make setup says more")


def shown(turn: Turn) -> list[Json]:
    """The directives that show something."""
    listed = turn.response["response"].get("directives", [])
    return [each for each in listed if each["type"] == "Alexa.Presentation.APL.RenderDocument"]


@cache
def directives() -> Mapping[str, Json]:
    """What is shown of each stretch: alone, and in the full routine."""
    found: dict[str, Json] = {}
    for stretch in STRETCHES:
        found[stretch.id] = shown(Talk("echo-show").play(("StartStretchIntent", {"stretch": stretch.id}), NO)[-1])[0]
    turns = Talk("echo-show").play(("StartRoutineIntent", {"routine": "routine.full"}), NO, *[YES] * 6)
    found.update({f"full/{turn.said[-1]}": shown(turn)[0] for turn in turns[1:]})
    return found


def screens() -> list[Json]:
    """Every stretch, with and without a side, with and without something that follows."""
    return [
        directive(Picture(title=stretch.title, side=side, seconds=LONG, gone=GONE, following=following,
                          touch=LABELS["touch"], start=stretch.pose.start, end=stretch.pose.end,
                          wall=stretch.pose.wall))
        for stretch, side, following in product(STRETCHES, ("", "Left side"), ("", "Next: Kneeling lunge"))
    ]


def judged(*documents: str) -> list[Json]:
    """What Amazon's own programs say of directives (see clients/apl.mjs)."""
    done = subprocess.run(["node", "apl.mjs"], cwd=CLIENTS, input="\n".join(documents), capture_output=True, text=True,
                          check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@amazons
def test_amazons_own_judgement() -> None:
    """Neither Amazon's engine nor its validator has a warning, on any screen, over a minute of every document."""
    found = judged(*map(json.dumps, directives().values()))

    assert [each["warnings"] for each in found] == [[] for _ in directives()]


@amazons
def test_every_kind_of_screen() -> None:
    """With a side or without, followed or not: no warning, the bar fills with the block, and each touch is sent."""
    found = judged(*map(json.dumps, screens()))
    shares = [pytest.approx((GONE + at) / LONG, abs=0.01) for at in range(0, 61, 10)]

    assert len(found) == len(STRETCHES) * 4
    for each in found:
        assert each["warnings"] == []
        assert all(row == shares for row in each["bars"])
        assert all(row == [[sends] for sends in LABELS["touch"]] for row in each["events"])


@amazons
def test_the_judges_are_awake() -> None:
    """They do complain of a component that there isn't, and of a formula that can't be read."""
    good = json.dumps(directives()["stretch.plank"])
    found = judged(good.replace('"type": "Bar"', '"type": "Nope"'), good.replace("Math.PI", "+}"))

    assert len(found) == 2
    assert all(each["warnings"] for each in found)


def test_small_enough() -> None:
    """A document with its data is at most 20 KB."""
    assert max(len(json.dumps(each)) for each in directives().values()) <= LARGEST


def test_only_where_announced() -> None:
    """A speaker without a screen is sent none, and hears the same."""
    asked = (("StartStretchIntent", {"stretch": "stretch.plank"}), NO)
    dot, show = Talk("echo-dot").play(*asked)[-1], Talk("echo-show").play(*asked)[-1]

    assert not shown(dot)
    assert dot.timeline == show.timeline


def test_what_is_on_it() -> None:
    """Title, side and what comes next are on the screen; at the last nothing comes next."""
    lunge, last = directives()["full/stretch.kneeling-lunge"], directives()["full/stretch.wall-slide"]
    data = lunge["datasources"]["stretch"]

    assert (data["title"], data["side"], data["following"]) == ("Kneeling lunge", "Left, then right", "Next: Plank")
    assert last["datasources"]["stretch"]["following"] == ""


def test_the_bar_runs_with_the_block() -> None:
    """The bar is full when the block ends."""
    turn = Talk("echo-show").play(("StartStretchIntent", {"stretch": "stretch.plank"}), NO)[-1]
    data = shown(turn)[0]["datasources"]["stretch"]
    block = sum(cue["seconds"] for cue in turn.timeline if cue["item"])

    assert data["gone"] == 0
    assert data["left"] / 1000 == pytest.approx(block, abs=0.5)


@pytest.mark.parametrize("touched", TOUCHES)
def test_touch(touched: str) -> None:
    """A touch does what the word does that is on it."""
    talk = Talk("echo-show")
    talk.play(("StartRoutineIntent", {"routine": "routine.quick"}), NO)
    turn = talk.touch(touched)

    assert turn.request["request"]["token"] == TOKEN
    assert (turn.state, turn.said) == ("stretch", {
        "repeat": ("stretch.cat-cow",), "pause": (), "next": ("stretch.childs-pose",)}[touched])


def spine(posture: Joints) -> float:
    """Length of the curve from neck to hip that `back` bends."""
    joints = [posture[name] for name in ("neck", "back", "hip")]
    weights = [((1 - t / 20) ** 2, 2 * t / 20 * (1 - t / 20), (t / 20) ** 2) for t in range(21)]
    points = [[sum(w * joint[axis] for w, joint in zip(row, joints, strict=True)) for axis in (0, 1)]
              for row in weights]
    return sum(math.dist(one, other) for one, other in pairwise(points))


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: stretch.id)
def test_figures_rest(stretch: Stretch) -> None:
    """What carries a figure is on the floor and doesn't slide, and its spine grows no longer."""
    start, end = stretch.pose.start, stretch.pose.end
    for joint in RESTING[stretch.id]:
        assert start[joint][1] == pytest.approx(FLOOR, abs=2), joint
        assert math.dist(start[joint], end[joint]) <= 2, joint

    assert spine(start) == pytest.approx(spine(end), rel=BENT)


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: stretch.id)
def test_figures(stretch: Stretch) -> None:
    """A figure's limbs keep their length, it stays in its frame, and it rests on the floor."""
    start, end = stretch.pose.start, stretch.pose.end
    for one, other in LIMBS:
        first, second = math.dist(start[one], start[other]), math.dist(end[one], end[other])
        assert abs(first - second) <= BENT * max(first, second), (one, other, first, second)
    for posture in (start, end):
        assert all(0 <= value <= 100 for joint in posture.values() for value in joint)
        assert max(down for _, down in posture.values()) == pytest.approx(FLOOR, abs=2)


def test_what_can_be_touched() -> None:
    """Every button sends what the skill takes for a command, and every joint that content has is drawn."""
    card = json.loads((content.CONTENT / "_schema" / "card.json").read_text("utf-8"))

    assert LABELS["touch"].keys() == TOUCHES.keys()
    assert list(JOINTS) == card["$defs"]["joints"]["required"]
