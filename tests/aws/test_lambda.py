"""On Lambda: the bundle that is built, run by Amazon's own runtime client, from envelope to answer."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from skill.alexa.rules import findings
from skill.building import LAZY, NotReady, build, modules
from skill.store import content
from tests.aws.runtime import Ran, run
from tests.cloud import TABLE, account, client, dynamo, moto
from tests.conftest import Edit, Json, envelope

__all__ = ["account", "client", "dynamo", "moto"]

SKILL = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
LARGEST = 6_000_000
"""Bytes of the archive."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bundle that was just built."""
    folder = tmp_path_factory.mktemp("bundle") / "lambda"
    build(folder)
    return folder


def addressed(name: str, skill: str) -> Json:
    """An envelope of our tests, to this skill."""
    asked = envelope(name)
    for place in (asked.get("session"), asked.get("context", {}).get("System")):
        if place:
            place["application"] = {"applicationId": skill}
    return asked


def answered(bundle: Path, *events: object, **settings: str) -> Ran:
    """What became of events on Lambda."""
    ran = run(bundle, "skill.aws.handler", events, **settings)
    assert ran.failed is None, ran.log
    assert len(ran.answers) == len(events), ran.log
    return ran


def test_session(bundle: Path) -> None:
    """Somebody opens the skill, asks, is checked, stretches and leaves; every answer is legal."""
    names = ("launch", "one-shot", "symptom", "launch-on-a-screen", "help", "ended-by-user")
    events = [envelope(name) for name in names]
    answers = answered(bundle, *events).answers

    assert [findings(asked, given) for asked, given in zip(events, answers, strict=True)] == [[] for _ in names]
    assert answers[1]["sessionAttributes"]["said"] == ["treat.ice"]
    assert answers[-1]["response"] == {}


def test_stretch(bundle: Path) -> None:
    """A stretch is started and played, its state in the session that goes back and forth."""
    first = envelope("one-shot")
    first["request"]["intent"] = {"name": "StartStretchIntent", "confirmationStatus": "NONE", "slots": {"stretch": {
        "name": "stretch", "value": "plank", "resolutions": {"resolutionsPerAuthority": [{
            "authority": "x", "status": {"code": "ER_SUCCESS_MATCH"},
            "values": [{"value": {"id": "stretch.plank", "name": "plank"}}]}]}}}}
    asked = answered(bundle, first).answers[0]
    second = envelope("no")
    second["session"]["attributes"] = asked["sessionAttributes"]
    played = answered(bundle, second).answers[0]

    assert asked["sessionAttributes"]["state"] == "stretch"
    assert played["sessionAttributes"]["said"] == ["stretch.plank"]
    assert played["response"]["directives"][0]["type"] == "Alexa.Presentation.APLA.RenderDocument"


@pytest.mark.parametrize("junk", [{}, [], 7, None, "x", {"request": 7}, {"request": {"type": "Strange"}}])
def test_junk(bundle: Path, junk: object) -> None:
    """Whatever comes in is answered, and the process lives on."""
    ran = answered(bundle, junk, envelope("one-shot"))

    assert "response" in ran.answers[0]
    assert ran.answers[1]["sessionAttributes"]["said"] == ["treat.ice"]


def test_skill_id(bundle: Path) -> None:
    """A request to another skill is turned away; one to ours isn't."""
    ran = answered(bundle, addressed("launch", SKILL), addressed("launch", SKILL[:-1] + "1"), SKILL_ID=SKILL)

    assert ran.answers[0]["response"]["shouldEndSession"] is False
    assert ran.answers[1]["errorType"] == "Foreign"


@pytest.mark.usefixtures("dynamo")
def test_table(bundle: Path, moto: str) -> None:
    """With a table what is kept outlives the process: who comes again is greeted as somebody who does."""
    settings = {"BACK_COACH_TABLE": TABLE, "AWS_ENDPOINT_URL_DYNAMODB": moto, "AWS_ACCESS_KEY_ID": "nobody",
                "AWS_SECRET_ACCESS_KEY": "nothing"}
    first, second = (answered(bundle, envelope("launch"), **settings).answers[0]["response"] for _ in range(2))

    assert first["outputSpeech"]["ssml"] != second["outputSpeech"]["ssml"]


def test_table_is_down(bundle: Path) -> None:
    """A table that can't be reached costs nobody an answer."""
    ran = answered(bundle, envelope("launch"), envelope("one-shot"), BACK_COACH_TABLE="back-coach",
                   AWS_ENDPOINT_URL_DYNAMODB="http://127.0.0.1:9", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x")

    assert ran.answers[1]["sessionAttributes"]["said"] == ["treat.ice"]


def test_log(bundle: Path) -> None:
    """Every turn is a line of the log: enough to follow it, and nothing of what anybody has."""
    asked = envelope("symptom")
    asked["request"]["intent"]["slots"]["symptom"]["value"] = "my foot went numb on tuesday"
    ran = answered(bundle, asked)
    (line,) = [json.loads(each) for each in ran.log.splitlines() if each.startswith('{"request"')]

    assert line["request"] == asked["request"]["requestId"]
    assert (line["intent"], line["locale"], line["state"]) == ("ReportSymptomIntent", "en-US", "check")
    assert line["held_back"] > 0
    assert not {"tuesday", "numb", "sign.", asked["session"]["user"]["userId"]} & {
        each for each in ("tuesday", "numb", "sign.", asked["session"]["user"]["userId"]) if each in ran.log}
    assert [each["Name"] for each in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]] == ["Latency", "Turns", "Faults"]


def test_same_bytes(bundle: Path, tmp_path: Path) -> None:
    """From the same input comes the same archive, byte for byte, small enough."""
    again = build(tmp_path / "elsewhere")
    first = bundle.with_suffix(".zip")

    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(first.read_bytes()).digest()
    assert first.stat().st_size <= LARGEST


def test_nothing_else(bundle: Path) -> None:
    """What is in the archive is what a turn needs: licences, byte code, and of ours no more than is imported."""
    names = zipfile.ZipFile(bundle.with_suffix(".zip")).namelist()
    ours = {name for name in names if name.startswith("skill/") and name.endswith(".py")}

    assert ours == {str(path.relative_to(bundle)) for path in (bundle / "skill").rglob("*.py")}
    assert not any(part in name for name in names for part in ("simulator", "skill/ear", "boto", "content/"))
    assert "LICENSE" in names
    assert {Path(name).stem for name in ours} - {"__init__"} >= {name.rpartition(".")[2] for name in LAZY}
    assert sum(name.endswith(".pyc") for name in names) == sum(name.endswith(".py") for name in names)
    assert set(modules(bundle)) >= {"skill.aws", "skill.store.compiled"}


def test_own_processes_need_no_content(bundle: Path, tmp_path: Path) -> None:
    """The bundle runs wherever it lies, with none of this repository near."""
    elsewhere = shutil.copytree(bundle, tmp_path / "task")
    ran = answered(elsewhere, envelope("launch-in-another-locale"))

    assert ran.answers[0]["response"]["outputSpeech"]


def test_not_ready(edit: Edit, tmp_path: Path) -> None:
    """Content that is wrong isn't shipped; what is wrong is told."""
    edit("content/en/treat/ice.toml", "why =", "whi =")
    assert content.CONTENT != content.ROOT / "content"

    with pytest.raises(NotReady, match=r"ice\.toml: why is missing"):
        build(tmp_path / "lambda")
