"""Clients that others wrote hold a conversation with the running skill, each as it comes from the registry.

Rule 1: one server, over HTTP; what a turn drew on is read from the ids that the skill keeps, not from its sentences.
Rule 2: no client gets off this machine: `offline.cjs` ends whoever tries.
Rule 3: a client sees no setting of whoever runs the tests: its environment is made here, its home is empty.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from skill.simulator import export
from skill.simulator.move import Move
from skill.simulator.room import Room, Taken
from skill.web import create_app
from skill.workshop import Workshop
from tests.conftest import TESTS, Json, serving

CLIENTS = TESTS / "clients"
MODEL = TESTS.parent / "interaction_models" / "en-US.json"
SKILL = "amzn1.ask.skill.back-coach"

PATIENCE = 60
"""Seconds after which a client hangs; each takes about two."""

LEFT = 9
"""The exit code of a client that wanted to leave this machine."""

TALK: Sequence[tuple[str, list[str], str, str | None]] = (
    ("open back coach", [], "open", None),
    ("what about ice", ["treat.ice"], "open", None),
    ("how long", ["treat.ice"], "open", None),
    ("is my back pain serious", [], "check", None),
    ("i can't feel it when i wipe", ["seek.emergency", "sign.saddle"], "open", "emergency"),
    ("stop", [], "closed", "emergency"),
    ("open back coach", [], "open", None),
    ("start child's pose", [], "stretch", None),
    ("no", ["stretch.childs-pose"], "stretch", None),
    ("stop", [], "closed", None),
)
"""What is said, all of it samples of the model word for word, and what is kept after it: `said`, `state` and
`disposition`. It is the conversation of dialog.json."""

PROFILE = {
    "profiles": {"default": {"vendor_id": "nobody", "token": {
        "access_token": "anything", "refresh_token": "anything", "token_type": "bearer", "expires_in": 3_600,
        "expires_at": "2999-01-01T00:00:00.000Z"}}},
    "share_usage": False,
}
"""Settings of the ASK CLI: a token that never has to be refreshed. They are in a file, as the CLI reports its use to
Amazon whenever they come from the environment, whatever ASK_SHARE_USAGE says."""

pytestmark = pytest.mark.skipif(shutil.which("node") is None or not (CLIENTS / "node_modules").is_dir(),
                                reason="Node or tests/clients/node_modules is missing; make setup says more")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the skill and of Amazon's API for it, on a free port."""
    flask = create_app(verify=False, database=tmp_path_factory.mktemp("server") / "people.db", simulator=True)
    with serving(flask) as address:
        yield address


def run(home: Path, *command: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """A client, run to its end in a folder of its own."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home),
                   "NODE_OPTIONS": f'--require "{CLIENTS / "offline.cjs"}"', **settings}
    return subprocess.run(list(map(str, command)), cwd=home, env=environment, capture_output=True, text=True,
                          check=False, timeout=PATIENCE)


def ask(home: Path, server: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Amazon's own command line, told that its API is here."""
    (home / ".ask").mkdir(exist_ok=True)
    (home / ".ask" / "cli_config").write_text(json.dumps(PROFILE))
    return run(home, CLIENTS / "node_modules" / ".bin" / "ask", *arguments, ASK_SMAPI_SERVER_BASE_URL=server,
               ASK_SHARE_USAGE="false", ASK_SKIP_NEW_VERSION_REMINDER="1")


def document(ran: subprocess.CompletedProcess[str]) -> Json:
    """The JSON that a client printed, once it ended well."""
    assert ran.returncode == 0, ran.stdout + ran.stderr
    read: Json = json.loads(ran.stdout)
    return read


def kept(attributes: Json) -> tuple[Any, ...]:
    """What a turn drew on, and how things stand."""
    return attributes["said"], attributes["state"], attributes["disposition"]


def test_virtual_alexa(server: str, tmp_path: Path) -> None:
    """Bespoken's virtual Alexa, with its own understanding and session, gets through the whole conversation."""
    said = [words for words, *_ in TALK]
    ran = run(tmp_path, "node", CLIENTS / "virtual-alexa.mjs", f"{server}/alexa", MODEL, *said)

    assert ran.returncode == 0, ran.stderr
    turns = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [kept(turn) for turn in turns] == [tuple(expected) for _, *expected in TALK]
    assert [turn["ended"] for turn in turns] == [state == "closed" for _, _, state, _ in TALK]


def test_virtual_alexa_understands_nothing(server: str, tmp_path: Path) -> None:
    """It fails where an utterance is no sample."""
    ran = run(tmp_path, "node", CLIENTS / "virtual-alexa.mjs", f"{server}/alexa", MODEL, "blorp the zibble")

    assert ran.returncode == 1
    assert "Unable to match" in ran.stderr


def bespoken(server: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Bespoken's runner over the tests in a folder."""
    return run(folder, "node", CLIENTS / "bespoken" / "run.cjs", f"{server}/alexa", MODEL)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Bespoken's tests, in a folder where its runner may write."""
    return shutil.copytree(CLIENTS / "bespoken", tmp_path / "bespoken", ignore=shutil.ignore_patterns("test_output"))


def test_bespoken(server: str, scripts: Path) -> None:
    """Bespoken's runner passes every test of ours."""
    ran = bespoken(server, scripts)

    assert ran.returncode == 0, ran.stderr
    assert "3 passed, 3 total" in ran.stderr


@pytest.mark.parametrize(("right", "wrong"), [
    ("treat\\.ice", "treat\\.heat"), ("emergency$", "urgent$"), ("stretch\\.plank", "stretch\\.bridge"),
    ("response.shouldEndSession: true", "response.shouldEndSession: false"),
])
def test_bespoken_is_awake(server: str, scripts: Path, right: str, wrong: str) -> None:
    """It fails, exit code and all, where one expectation is wrong."""
    script = scripts / "back-coach.test.yml"
    before = script.read_text()
    script.write_text(before.replace(right, wrong))
    ran = bespoken(server, scripts)

    assert right in before
    assert ran.returncode == 1
    assert "1 failed" in ran.stderr


@pytest.fixture(scope="module")
def conversation() -> list[Taken]:
    """A conversation that somebody had in the simulator, with all that a recording may hold."""
    room = Room(Workshop(), device="echo-show-5")
    moves: list[dict[str, Any]] = [
        {"you": "what about ice"}, {"you": "how long"}, {"you": "stop"}, {"you": "start child's pose"}, {"you": "no"},
        {"you": "how long left", "after": 40}, {"you": "stop", "after": 5}, {"you": "is my back pain serious"},
        {"you": "i can't feel it when i wipe", "locale": "en-GB"}, {"you": "stop"},
    ]
    return [room.do(Move.read(move)) for move in moves]


def test_exported_for_bespoken(server: str, scripts: Path, conversation: list[Taken]) -> None:
    """What is exported for Bespoken's runner passes there, and wouldn't if something else were said."""
    text = export.bespoken("A conversation", conversation)
    script = scripts / "back-coach.test.yml"
    script.write_text(text)
    right = bespoken(server, scripts)
    script.write_text(text.replace("sign\\\\.saddle", "sign\\\\.fever"))
    wrong = bespoken(server, scripts)

    assert (right.returncode, "1 passed, 1 total" in right.stderr) == (0, True), right.stderr
    assert script.read_text() != text
    assert wrong.returncode == 1


def test_exported_for_ask_dialog(server: str, tmp_path: Path, conversation: list[Taken]) -> None:
    """What is exported for `ask dialog` is replayed there."""
    replayed, saved = tmp_path / "dialog.json", tmp_path / "io.json"
    replayed.write_text(export.dialog(conversation[:3]).text)
    ran = ask(tmp_path, server, "dialog", "--replay", replayed, "--save-skill-io", saved)

    assert ran.returncode == 0, ran.stderr
    turns = [turn["response"]["body"]["result"]["skillExecutionInfo"]["invocations"][0]["invocationResponse"]["body"]
             for turn in json.loads(saved.read_text())["invocations"]]
    assert [tuple(turn["sessionAttributes"]["said"]) for turn in turns] == [each.turn.said for each in conversation[:3]]


def mocha(address: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The tests in ask-sdk-test, run by mocha."""
    return run(folder, CLIENTS / "node_modules" / ".bin" / "mocha", "--reporter", "json", CLIENTS / "ask-sdk-test.cjs",
               SKILL_URL=address)


def test_ask_sdk_test(server: str, tmp_path: Path) -> None:
    """ask-sdk-test passes every sequence, and finds no answer that certification would send back."""
    stats = document(mocha(f"{server}/alexa", tmp_path))["stats"]

    assert (stats["passes"], stats["failures"], stats["pending"]) == (3, 0, 0)


def test_ask_sdk_test_is_awake(server: str, tmp_path: Path) -> None:
    """It fails where no skill answers."""
    assert mocha(f"{server}/healthz", tmp_path).returncode == 3


def test_ask_dialog(server: str, tmp_path: Path) -> None:
    """`ask dialog` replays the conversation, and saves what the skill was asked and answered."""
    replayed = json.loads((CLIENTS / "dialog.json").read_text())
    saved = tmp_path / "io.json"
    ran = ask(tmp_path, server, "dialog", "--replay", CLIENTS / "dialog.json", "--save-skill-io", saved)

    assert ran.returncode == 0, ran.stderr
    turns = json.loads(saved.read_text())["invocations"]
    results = [turn["response"]["body"]["result"] for turn in turns]
    bodies = [result["skillExecutionInfo"]["invocations"][0]["invocationResponse"]["body"] for result in results]
    assert replayed["userInput"] == [words for words, *_ in TALK] + [".quit"]
    assert [kept(body["sessionAttributes"]) for body in bodies] == [tuple(expected) for _, *expected in TALK]
    assert ran.stdout.count("Session ended") == 2
    assert all(result["alexaExecutionInfo"]["alexaResponses"][0]["content"]["caption"] in ran.stdout
               for result in results)


def test_ask_dialog_as_documented(server: str, tmp_path: Path) -> None:
    """Whoever does what docs/simulator.md says has a conversation in `ask dialog`."""
    blocks = re.findall(r"```sh\n(.*?)```", (TESTS.parent / "docs" / "simulator.md").read_text(), re.DOTALL)
    profile, dialog = (block for block in blocks if "ask" in block.split("replay")[0])
    script = (profile + dialog).replace("http://127.0.0.1:5000", server).replace("tests/clients/", f"{CLIENTS}/")
    ran = run(tmp_path, "bash", "-euc", f"{script.strip()} --replay {CLIENTS / 'dialog.json'}")

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("Session ended") == 2


def test_ask_dialog_elsewhere(server: str, tmp_path: Path) -> None:
    """`ask dialog` fails, before anything is said, in a locale that the skill doesn't have."""
    replayed = json.loads((CLIENTS / "dialog.json").read_text())
    (tmp_path / "dialog.json").write_text(json.dumps({**replayed, "locale": "de-DE"}))
    ran = ask(tmp_path, server, "dialog", "--replay", tmp_path / "dialog.json")

    assert ran.returncode == 1
    assert "de-DE" in ran.stderr


def test_ask_simulate(server: str, tmp_path: Path) -> None:
    """`ask smapi simulate-skill` says something, and `get-skill-simulation` fetches what came of it."""
    begun = document(ask(tmp_path, server, "smapi", "simulate-skill", "-s", SKILL, "--device-locale", "en-GB",
                         "--input-content", "ask back coach what about ice", "--session-mode", "FORCE_NEW_SESSION"))
    done = document(ask(tmp_path, server, "smapi", "get-skill-simulation", "-s", SKILL, "-i", begun["id"]))
    [invocation] = done["result"]["skillExecutionInfo"]["invocations"]

    assert (begun["status"], done["status"]) == ("IN_PROGRESS", "SUCCESSFUL")
    assert invocation["invocationRequest"]["body"]["request"]["locale"] == "en-GB"
    assert invocation["invocationResponse"]["body"]["sessionAttributes"]["said"] == ["treat.ice"]


def test_ask_profile(server: str, tmp_path: Path) -> None:
    """`ask smapi profile-nlu` tells the intent of an utterance, and the ids in its slots."""
    found = document(ask(tmp_path, server, "smapi", "profile-nlu", "-s", SKILL, "-l", "en-US",
                         "-u", "start child's pose"))["selectedIntent"]
    [authority] = found["slots"]["stretch"]["resolutions"]["resolutionsPerAuthority"]

    assert found["name"] == "StartStretchIntent"
    assert [value["id"] for value in authority["values"]] == ["stretch.childs-pose"]


def test_ask_is_turned_away(server: str, tmp_path: Path) -> None:
    """What the API turns away is an error of the CLI."""
    ran = ask(tmp_path, server, "smapi", "profile-nlu", "-s", SKILL, "-l", "de-DE", "-u", "hello")

    assert ran.returncode == 1
    assert "400" in ran.stderr


@pytest.mark.parametrize("script", [
    "fetch('https://192.0.2.1/')", "require('net').connect(443, 'example.com')",
    "require('https').get('https://example.com/')",
])
def test_nobody_leaves(tmp_path: Path, script: str) -> None:
    """Whoever goes off this machine is ended before anything is sent."""
    ran = run(tmp_path, "node", "-e", script)

    assert ran.returncode == LEFT
    assert "went off the machine" in ran.stderr
