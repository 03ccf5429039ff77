"""A small house of content, in order until a test plants a fault in it; and the server that is DynamoDB."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from skill.store import check
from skill.store.content import CONTENT
from tests.cloud import account, client, dynamo, moto

__all__ = ["account", "client", "dynamo", "moto"]  # fixtures

ICE = """
title  = "Ice"
called = "ice"
names  = ["ice", "cold pack"]
source = { article = "Ice Packs" }
say = '''
Wrap it in a cloth for {minutes} minutes.
You can do that several times a day.'''
more = "Leave the cloth on."
why = "Cold dulls the ache."
goes_with = ["treat.heat"]
asked = ["does freezing it help", "should it be cold", "is cold good", "peas on my back", "do i cool it"]

[facts]
minutes = [10, 15]

[follow]
how_long = "{minutes} minutes at a time."
"""

HEAT = """
title  = "Heat"
called = "heat"
names  = ["heat", "warm pack"]
source = { article = "Heat Therapy", guideline = "nhs-back-pain" }
sore = "Wait while it's new."
well = "Later on, a warm bath helps."
more = "Leave it out with a bruise."
why = "Warmth brings blood to the muscle."
goes_with = ["treat.ice"]
contradicts = ["treat.ice"]
asked = ["does warming it help", "should it be warm", "is warm good", "bottle on my back", "do i warm it"]
"""

FEVER = """
title  = "Fever"
called = "a fever"
names  = ["fever", "chills"]
source = { guideline = "nhs-back-pain" }
say = "Get seen today, or call {emergency_number}."
more = "Don't train."
why = "Sore muscles don't give you a fever."
goes_with = ["treat.ice"]
alone = "urgent"
asked = ["why am i hot", "is it flu", "am i ill", "why do i shiver", "is it catching"]
reported = ["i'm burning up", "i'm hot", "i shiver", "my head's hot", "i'm freezing"]
"""

JOINTS = ("head", "neck", "back", "hip", "elbow", "hand", "knee", "foot", "elbow2", "hand2", "knee2", "foot2")
POSE = "".join(f"[pose.{posture}]\n" + "".join(f"{joint} = [50, 50]\n" for joint in JOINTS)
               for posture in ("start", "end"))

CAT_COW = """
title  = "Cat cow"
called = "cat cow"
names  = ["cat cow", "cat stretch"]
source = { article = "Cat-Cow Pose" }
say = "Round your back, then let it sink."
more = "Go slowly."
why = "It loosens your back."
goes_with = ["treat.heat"]
position = "hands-and-knees"
area = ["lower-back"]
level = 1
asked = ["how do i round it", "which way first", "do my hands move", "do my knees move", "do i look up"]

[guide]
into = "Go on all fours."
cues = ["Out, round your back.", "In, let it sink."]
short = ["Out.", "In."]
beat = 4
hold = [24, 80]
out = "Rest."
easier = "Move less."
harder = "Move more."
gentler = "stretch.plank"
""" + POSE

PLANK = CAT_COW
for there, here in {
    "Cat cow": "Plank", "cat cow": "plank", "cat stretch": "elbow plank", "Cat-Cow Pose": "Plank",
    "do i round it": "do i hold it", "which way first": "which elbow first", "do my hands move": "do my hips sag",
    "do my knees move": "do my arms shake", "do i look up": "do i look down", "stretch.plank": "stretch.cat-cow",
}.items():
    PLANK = PLANK.replace(there, here)

QUICK = """
title  = "Quick routine"
called = "the quick routine"
names  = ["quick routine", "short routine"]
source = { article = "Exercises to Promote Back Pain Relief" }
say = "It's short."
more = "You stay on your knees."
why = "A short break helps."
goes_with = ["treat.heat"]
stretches = ["stretch.cat-cow"]
asked = ["what's short", "what fits a break", "what's fast", "what's in it", "how short is it"]
"""

TREATMENTS = """
title  = "Treatments"
called = "what helps"
names  = []
source = { article = "Treatments for Soreness Relief" }
say = "Ice helps, and so does heat."
more = "Ice comes first."
why = "Both ease the ache."
goes_with = ["treat.heat"]
parts = ["treat.ice", "treat.heat"]
asked = ["what helps", "what eases it", "what's good for it", "what can i do", "how do i treat it"]
"""

INTENTS = """
[AskIntent]
slots = { topic = "Topic" }
samples = ["tell me about {topic}", "what about {topic}", "and {topic}", "explain {topic}", "is {topic} any good"]

["AMAZON.YesIntent"]
samples = ["yes i do", "a bit", "sure", "it does", "correct"]
"""

TYPES = """
[Activity]
"treat.heat" = ["sauna", "going to the sauna"]
"running"    = ["running", "a run"]
"""

PEOPLE = """
[told]
"sign.fever" = ["i'm burning up", "my teeth are chattering"]
[maybe]
"sign.fever" = ["i'm sweating buckets"]
[nothing]
said = ["this room's boiling", "turn the heating down"]
[answered]
yes = ["yes a bit hot"]
no = ["no cool as a cucumber"]
unsure = ["i've not got a thermometer"]
"""

ANSWERS = """
["sign.fever"]
yes = ["thirty nine this morning"]
no = ["cool as you like"]
no-but = ["no it's the toothache that shivers me"]
"""

FILES = {
    "treat/ice": ICE, "treat/heat": HEAT, "sign/fever": FEVER, "stretch/cat-cow": CAT_COW, "stretch/plank": PLANK,
    "routine/quick": QUICK,
    "list/treatments": TREATMENTS, "_intents": INTENTS, "_types": TYPES, "_people": PEOPLE,
    "_answers": ANSWERS,
}


class House:
    """A content folder of seven cards, beside the project's own phrases, sources, check and locales."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.models = root.parent / "interaction_models"
        for name, text in FILES.items():
            path = root / "en" / f"{name}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        own = (CONTENT / f"en/_{name}.toml" for name in ("phrases", "sources", "check", "reading", "screen"))
        for path in (*own, *CONTENT.glob("en-*/*.toml")):
            copy = root / path.relative_to(CONTENT)
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(path, copy)

    def plant(self, file: str, old: str, new: str) -> None:
        """Writes `new` where `old` was; the test is at fault where it was not there."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def findings(self) -> list[str]:
        """What is wrong with the content; the models are another matter."""
        return [line for line in check.findings(self.root, self.models) if not line.startswith("interaction_models/")]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house in order."""
    return House(tmp_path / "content")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Holds servers until the test is over."""
    with ExitStack() as held:
        yield held


@pytest.fixture
def at(stack: ExitStack, account: pytest.MonkeyPatch) -> Any:
    """Sets the environment so that this server is DynamoDB."""
    return lambda place: account.setenv("AWS_ENDPOINT_URL_DYNAMODB", stack.enter_context(place()))
