"""The page's routes: who may use them, what they take, and what they say of what they don't."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.simulator.page import page
from skill.simulator.page.guard import TOKEN
from skill.simulator.page.rooms import MOST
from skill.simulator.room import KEPT
from skill.web import create_app
from skill.workshop import Workshop
from tests.conftest import Json

needs_voice = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


class Tab:
    """A browser's tab, without the browser: it has read the page, so it has the token."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = re.findall(r'name="token" content="([^"]+)"', client.get("/").get_data(as_text=True))[0]
        self.room = self.post("/simulator/rooms", {})[1]["room"]

    def post(self, path: str, given: Any) -> tuple[int, Json]:
        """Status and answer of a change."""
        answer = self.client.post(path, json=given, headers={TOKEN: self.token})
        return answer.status_code, answer.get_json()

    def move(self, **move: Any) -> tuple[int, Json]:
        """Status and answer of a move."""
        return self.post(f"/simulator/rooms/{self.room}/moves", move)

    def get(self, path: str) -> tuple[int, Any]:
        """Status and answer of a look."""
        answer = self.client.get(path)
        return answer.status_code, answer.get_json()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Somebody who asks the page's server."""
    flask = Flask(__name__, static_folder=None)
    kept = tmp_path_factory.mktemp("kept") / "tests" / "conversations"
    flask.register_blueprint(page(replace(Workshop().shop, conversations=kept)))
    return flask.test_client()


@pytest.fixture
def tab(client: FlaskClient) -> Tab:
    """A tab that is open."""
    return Tab(client)


# --- who may use it ---


def test_off_unless_asked_for(tmp_path: Path) -> None:
    """A server for Alexa has none of it."""
    plain = create_app(verify=False, database=tmp_path / "people.db").test_client()
    asked = create_app(verify=False, database=tmp_path / "people.db", simulator=True).test_client()

    assert [plain.get(path).status_code for path in ("/", "/content", "/simulator/news", "/v1/skills/x")] == [404] * 4
    assert [asked.get(path).status_code for path in ("/", "/content", "/simulator/news")] == [200] * 3


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:5000", "192.168.0.7", "",
                                  "[::2]"])
def test_other_hosts(client: FlaskClient, host: str) -> None:
    """A name on the net that points at this machine gets nothing: no page, and so no token."""
    for path in ("/", "/content", "/simulator/news", "/simulator/static/page.css"):
        assert client.get(path, headers={"Host": host}).status_code in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost", "LOCALHOST:80", "[::1]:5000"])
def test_own_hosts(client: FlaskClient, host: str) -> None:
    """The names of this machine itself are answered to."""
    assert client.get("/", headers={"Host": host}).status_code == 200


CHANGES = ["/simulator/rooms", "/simulator/rooms/x/moves", "/simulator/rooms/x/branch", "/simulator/rooms/x/record",
           "/simulator/replays", "/simulator/learn", "/simulator/content/treat.ice/save",
           "/simulator/content/treat.ice/judge"]


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("token", ["", "guessed", "ü"])
def test_changes_need_the_token(client: FlaskClient, path: str, token: str) -> None:
    """Another page in the browser, which can't read the token, changes nothing."""
    answer = client.post(path, json={}, headers={TOKEN: token.encode("utf-8").decode("latin-1")})

    assert (answer.status_code, answer.get_json()["stale"]) == (403, True)


def test_every_change_is_guarded(client: FlaskClient) -> None:
    """There is no change but those above."""
    rules = client.application.url_map.iter_rules()
    changing = {rule.rule for rule in rules if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}}
    known = {re.sub("<.*?>", "…", path) for path in changing}

    assert known == {path.replace("/x/", "/…/").replace("treat.ice", "…") for path in CHANGES}


def test_nothing_from_elsewhere(client: FlaskClient) -> None:
    """A browser is told to load nothing from anywhere else, and to let nobody frame the page."""
    for path in ("/", "/content", "/content/treat.ice", "/simulator/screen"):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert not re.search(r"https?:|\*", policy)
        assert not re.search(r"""(?:src|href|action)=["'](?!/|#)""", answer.get_data(as_text=True))
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in client.get("/").headers["Content-Security-Policy"]


# --- what they take ---


def test_turn(tab: Tab) -> None:
    """A turn tells what was understood, what was drawn on, how long it took, and which rules it broke."""
    status, turn = tab.move(you="what about ice", device="echo-show-5")

    assert status == 200
    assert (turn["intent"], turn["said"], turn["number"], turn["breaches"]) == ("AskIntent", ["treat.ice"], 1, [])
    assert turn["resolved"] == [{"slot": "topic", "words": "ice", "status": ["ER_SUCCESS_MATCH"], "ids": ["treat.ice"]}]
    assert turn["skill"] > 0
    assert "request" not in turn


def test_details(tab: Tab) -> None:
    """The documents of a turn, and what is otherwise than in the turn before."""
    tab.move(you="what about ice")
    tab.move(wait=3)
    tab.move(you="what about heat")
    status, found = tab.get(f"/simulator/rooms/{tab.room}/turns/3")

    assert status == 200
    assert found["response"]["sessionAttributes"] == found["session"]
    assert found["profile"]["visits"] == 1
    assert any(line.startswith("-") and "treat.ice" in line for line in found["changes"]["request"])
    assert any(line.startswith("+") and "treat.heat" in line for line in found["changes"]["request"])


@pytest.mark.parametrize(("move", "told"), [
    ({}, "nothing"), ({"you": "hello", "wait": 3}, "one thing"), ({"you": 7}, "you"), ({"sing": "la"}, "sing"),
    ({"you": "hello", "device": "toaster"}, "echo-dot"), ({"you": "hello", "locale": "de-DE"}, "en-US"),
    ({"wait": -1}, "a number from 0"), ({"do": "explode"}, "leave"), ({"touch": [1]}, "touch"),
    ({"you": "x", "after": "1"}, "after"),
])
def test_bad_moves(tab: Tab, move: Json, told: str) -> None:
    """What can't be done is said in a sentence, and the conversation goes on as if nothing had been."""
    tab.move(you="is my back pain serious")
    status, answer = tab.move(**move)
    assert status == 400
    assert told in answer["error"]

    assert tab.move(you="no")[1]["state"] == "check"
    assert len(tab.get(f"/simulator/rooms/{tab.room}")[1]["turns"]) == 2


JSON = st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["you", "wait", "turn", "name", "claim", "text", "x"]), inner,
                                      max_size=4), max_leaves=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_=JSON, path=st.sampled_from(CHANGES))
def test_junk(tab: Tab, given_: Any, path: str) -> None:
    """Whatever is sent, the answer is a sentence or a result, never a fault of the server."""
    if path == "/simulator/learn":
        return  # takes nothing
    status, answer = tab.post(path.replace("/x/", f"/{tab.room}/"), given_)

    assert status in (200, 400, 404)
    assert status == 200 or answer["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff"])
def test_no_json(tab: Tab, body: bytes) -> None:
    """What is no JSON object is told so."""
    answer = tab.client.post("/simulator/rooms", data=body, headers={TOKEN: tab.token})

    assert (answer.status_code, answer.get_json()) == (400, {"error": "send a JSON object"})


@pytest.mark.parametrize("path", ["rooms/nobody", "rooms/{room}/turns/1", "rooms/{room}/turns/1/voice.wav",
                                  "content/treat.ice/voice.wav?part=song", "content/treat.nothing/voice.wav"])
def test_not_there(tab: Tab, path: str) -> None:
    """What there isn't is 404, with what to do."""
    status, answer = tab.get(f"/simulator/{path.format(room=tab.room)}")

    assert status == 404
    assert answer["error"]


@pytest.mark.parametrize("item", ["..%2f..%2fREADME", "treat.nothing", "_phrases", "treat.ice%00"])
def test_no_other_files(tab: Tab, item: str) -> None:
    """Only the files of items are ever read or written."""
    assert tab.client.get(f"/content/{item}").status_code == 404
    assert tab.post(f"/simulator/content/{item}/save", {"text": "", "before": ""})[0] == 404


@pytest.mark.parametrize("name", ["../../evil", "Ice", "a b", "", "-x", "ice.toml", "a" * 300])
def test_names_of_conversations(tab: Tab, name: str) -> None:
    """A conversation is kept in its folder and nowhere else."""
    tab.move(you="what about ice")

    assert tab.post(f"/simulator/rooms/{tab.room}/record", {"name": name, "claim": "Ice."})[0] == 400
    assert tab.post("/simulator/replays", {"name": f"en/{name}"})[0] in (400, 404)


def test_branch(tab: Tab) -> None:
    """A branch has the turns up to where it branches off, and a life of its own."""
    for words in ("is my back pain serious", "no", "no"):
        tab.move(you=words)
    first = tab.room
    tab.room = tab.post(f"/simulator/rooms/{first}/branch", {"turn": 1})[1]["room"]
    tab.move(you="i can't feel it when i wipe")

    assert [turn["number"] for turn in tab.get(f"/simulator/rooms/{tab.room}")[1]["turns"]] == [1, 2]
    assert tab.get(f"/simulator/rooms/{tab.room}")[1]["turns"][-1]["disposition"] == "emergency"
    assert len(tab.get(f"/simulator/rooms/{first}")[1]["turns"]) == 3


def test_bounds(tab: Tab) -> None:
    """Of rooms and of turns the last are kept: a server may be left running."""
    for _ in range(MOST):
        tab.post("/simulator/rooms", {})
    assert tab.get(f"/simulator/rooms/{tab.room}")[0] == 404
    tab.room = tab.post("/simulator/rooms", {})[1]["room"]
    for _ in range(KEPT + 3):
        tab.move(wait=1)
    turns = tab.get(f"/simulator/rooms/{tab.room}")[1]["turns"]

    assert (len(turns), turns[-1]["number"]) == (KEPT, KEPT + 3)


@needs_voice
def test_voice(tab: Tab) -> None:
    """A turn can be heard, and it is known when the voice begins each part of it."""
    tab.move(you="start the plank")
    _, turn = tab.move(you="no")
    path = f"/simulator/rooms/{tab.room}/turns/2/voice"
    sound, starts = tab.client.get(f"{path}.wav").data, tab.get(f"{path}.json")[1]["starts"]

    assert sound[:4] == b"RIFF"
    assert len(starts) == len(turn["timeline"])
    assert starts == sorted(starts)


def test_without_a_voice(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without espeak-ng the page says so, and what would be heard is told to be missing."""
    monkeypatch.setenv("PATH", "")
    tab.move(you="how can i tell a cramp from a strain")
    status, answer = tab.get(f"/simulator/rooms/{tab.room}/turns/1/voice.json")

    assert "espeak-ng (not installed)" in tab.client.get("/").get_data(as_text=True)
    assert (status, "espeak-ng" in answer["error"]) == (400, True)


