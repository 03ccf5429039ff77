"""Our serializer makes of everything what Amazon's makes of it, and does without the clients that nobody calls."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope, ResponseEnvelope

from skill.alexa.serial import Serializer
from tests.conftest import TESTS, Talk

ENVELOPES = sorted((TESTS / "envelopes").glob("*.json"))
ROOT = TESTS.parent


@pytest.mark.parametrize("path", ENVELOPES, ids=lambda path: path.stem)
def test_reads_as_amazon_s(path: Path) -> None:
    """An envelope becomes the same model, or is refused by both."""
    document = json.loads(path.read_text("utf-8"))
    try:
        theirs = DefaultSerializer().deserialize(json.dumps(document), RequestEnvelope)
    except (SerializationException, AttributeError, TypeError, ValueError) as error:
        with pytest.raises(type(error)):
            Serializer().read(document, RequestEnvelope)
    else:
        ours = Serializer().read(document, RequestEnvelope)
        assert _abilities(ours) == _abilities(theirs)
        assert ours.to_dict() == theirs.to_dict()


def _abilities(envelope: RequestEnvelope) -> set[str]:
    """What the device can do, by name; taken out of an envelope, as Amazon's model reads how it can as well."""
    device = envelope.context and envelope.context.system and envelope.context.system.device
    if not device or not device.supported_interfaces:
        return set()
    able, device.supported_interfaces = device.supported_interfaces, None
    return {name for name in able.deserialized_types if getattr(able, name) is not None}


def test_writes_as_amazon_s() -> None:
    """Answers, session and screens and all, are the documents that Amazon's serializer writes."""
    for turn in Talk("echo-show").play("LaunchRequest", ("StartStretchIntent", {"stretch": "stretch.plank"}),
                                       "AMAZON.NoIntent"):
        model = DefaultSerializer().deserialize(json.dumps(turn.response), ResponseEnvelope)
        assert Serializer().serialize(model) == DefaultSerializer().serialize(model) == turn.response


@pytest.mark.parametrize("time", ["yesterday", "", "2026-13-01T00:00:00Z"])
def test_no_time(time: str) -> None:
    """What is no time is refused in the way that the SDK refuses."""
    with pytest.raises(SerializationException):
        Serializer().read({"request": {"type": "LaunchRequest", "timestamp": time}}, RequestEnvelope)


LEAN = """
import sys
from skill.alexa import lean
lean.leave_services_out()
import ask_sdk_core.skill_builder
print(len([name for name in sys.modules if name.startswith("ask_sdk_model.services")]))
from skill.alexa.lean import SERVICES
assert sys.modules[SERVICES[0]].ServiceClientFactory is object
"""


def test_lean() -> None:
    """On Lambda the SDK comes without its clients of other services; elsewhere it is as Amazon made it."""
    ran = subprocess.run([sys.executable, "-c", LEAN], cwd=ROOT, capture_output=True, text=True, check=True)
    whole = [name for name in sys.modules if name.startswith("ask_sdk_model.services.")]

    assert int(ran.stdout) == 2
    assert len(whole) > 50


LATER = """
import sys
from skill.alexa import lean
lean.inspect_later()
from dataclasses import dataclass

@dataclass
class Documented:
    'As ours are.'

assert "ast" not in sys.modules

@dataclass
class Plain:
    side: str = "left"

import inspect
print(Plain.__doc__, inspect.signature(Plain))
"""


def test_later() -> None:
    """On Lambda `inspect` isn't read for our dataclasses; whoever needs it has it."""
    ran = subprocess.run([sys.executable, "-c", LATER], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "Plain(side: str = 'left') (side: str = 'left') -> None"
