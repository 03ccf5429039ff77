"""Amazon's skill management API on this machine: its conversations, what an utterance means, and what it keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from skill.simulator import Speaker
from skill.simulator.smapi import LONGEST, MOST_ECHOS, MOST_SIMULATIONS
from skill.store.content import LOCALES
from tests.conftest import Json
from tests.simulator.conftest import HEADERS, PROFILE, SIMULATIONS, STAGE, asked, document, refused


def start(api: FlaskClient, content: str, *, token: str = "anything", mode: str | None = None,
          skill: str = "back-coach") -> str:
    """Says something; the id of the simulation."""
    answer = api.post(f"/v2/skills/{skill}/stages/development/simulations", json=asked(content, mode=mode),
                      headers={"Authorization": token})
    assert (answer.status_code, document(answer)["status"]) == (200, "IN_PROGRESS")
    return str(document(answer)["id"])


def result(api: FlaskClient, simulation: str, skill: str = "back-coach") -> Json:
    """What came of a simulation."""
    answer = api.get(f"/v2/skills/{skill}/stages/development/simulations/{simulation}", headers=HEADERS)
    found = document(answer)
    assert (answer.status_code, found["id"], found["status"]) == (200, simulation, "SUCCESSFUL")
    return dict(found["result"])


def say(api: FlaskClient, content: str, *, token: str = "anything", mode: str | None = None) -> Json:
    """The envelope and the answer of a turn, and what was heard."""
    came = result(api, start(api, content, token=token, mode=mode))
    [invocation] = came["skillExecutionInfo"]["invocations"]
    return {"request": invocation["invocationRequest"]["body"], "response": invocation["invocationResponse"]["body"],
            **came["alexaExecutionInfo"], "metrics": invocation["metrics"]}


def said(turn: Json) -> list[str]:
    """The content ids of a turn."""
    return list(turn["response"]["sessionAttributes"]["said"])


def test_manifest(api: FlaskClient) -> None:
    """It is one custom skill in every locale that there is, and enabled."""
    manifest = document(api.get(f"/v1{STAGE}/manifest", headers=HEADERS))["manifest"]

    assert list(manifest["apis"]) == ["custom"]
    assert set(manifest["publishingInformation"]["locales"]) == set(LOCALES)
    assert api.get(f"/v1{STAGE}/enablement", headers=HEADERS).status_code == 204


def test_conversation(api: FlaskClient) -> None:
    """Simulations are one conversation, with the envelopes, the answers and the words of each turn."""
    opened, ice, again = (say(api, words) for words in ("open back coach", "what about ice", "how long"))

    assert [turn["request"]["request"]["type"] for turn in (opened, ice)] == ["LaunchRequest", "IntentRequest"]
    assert (said(ice), said(again)) == (["treat.ice"], ["treat.ice"])
    assert len({turn["request"]["session"]["sessionId"] for turn in (opened, ice, again)}) == 1
    assert [each["type"] for each in ice["alexaResponses"]] == ["Speech"]
    assert "ice" in ice["alexaResponses"][0]["content"]["caption"]
    assert ice["metrics"]["skillExecutionTimeInMilliseconds"] >= 0


def test_location(api: FlaskClient) -> None:
    """The answer says where the result will be."""
    answer = api.post(SIMULATIONS, json=asked("what about ice"), headers=HEADERS)

    assert answer.headers["Location"] == f"{SIMULATIONS}/{document(answer)['id']}"


def test_new_session(api: FlaskClient) -> None:
    """A new session is begun where one is asked for, and only there."""
    first, second = say(api, "what about ice"), say(api, "how long", mode="DEFAULT")
    third = say(api, "what about heat", mode="FORCE_NEW_SESSION")

    assert [turn["request"]["session"]["new"] for turn in (first, second, third)] == [True, False, True]


def test_after_the_end(api: FlaskClient) -> None:
    """What follows the end of a session is a one-shot or opens the skill again."""
    say(api, "what about ice")
    stopped, one_shot = say(api, "stop"), say(api, "ask back coach about heat")
    say(api, "stop")
    opened = say(api, "open back coach")

    assert stopped["response"]["response"]["shouldEndSession"] is True
    assert (said(one_shot), one_shot["request"]["session"]["new"]) == (["treat.heat"], True)
    assert (opened["request"]["request"]["type"], opened["request"]["session"]["new"]) == ("LaunchRequest", True)


def test_accounts(api: FlaskClient, speakers: list[Speaker]) -> None:
    """Each token, skill and locale has a conversation of its own."""
    say(api, "what about ice", token="one")
    another = say(api, "what about heat", token="two")
    elsewhere = result(api, start(api, "what about ice", skill="another"), "another")
    api.post(SIMULATIONS, json=asked("what about ice", locale="en-GB"), headers=HEADERS)

    assert another["request"]["session"]["new"] is True
    assert elsewhere["skillExecutionInfo"]["invocations"][0]["invocationRequest"]["body"]["session"]["new"] is True
    assert [speaker.device.locale for speaker in speakers] == ["en-US", "en-US", "en-US", "en-GB"]


def test_of_another_skill(api: FlaskClient) -> None:
    """A simulation is found only under its own skill."""
    made = start(api, "open back coach", skill="another")

    refused(api.get(f"{SIMULATIONS}/{made}", headers=HEADERS), 404, "no simulation")


def test_considered(api: FlaskClient) -> None:
    """What a turn may have meant is told, likeliest first; opening the skill is no intent."""
    opened, doubtful = say(api, "open back coach"), say(api, "do the last bit again")

    assert opened["consideredIntents"] == [{"name": "<LaunchRequest>"}]
    names = [each["name"] for each in doubtful["consideredIntents"]]
    assert names[0] == doubtful["request"]["request"]["intent"]["name"]
    assert len(names) == 2


def profiled(api: FlaskClient, utterance: str) -> Json:
    """What an utterance means."""
    answer = api.post(PROFILE, json={"utterance": utterance}, headers=HEADERS)
    assert answer.status_code == 200
    return document(answer)


def test_profile(api: FlaskClient, speakers: list[Speaker]) -> None:
    """An utterance's intent and slots are told, resolved to ids; nothing is said to the skill."""
    found = profiled(api, "start child's pose")
    slot = found["selectedIntent"]["slots"]["stretch"]
    [authority] = slot["resolutions"]["resolutionsPerAuthority"]

    assert (found["selectedIntent"]["name"], found["sessionEnded"]) == ("StartStretchIntent", False)
    assert (slot["value"], authority["status"]["code"]) == ("child's pose", "ER_SUCCESS_MATCH")
    assert [value["id"] for value in authority["values"]] == ["stretch.childs-pose"]
    assert speakers == []


def test_profile_in_doubt(api: FlaskClient) -> None:
    """The next best intent is told where there was a doubt, and a literal sample leaves none."""
    found = profiled(api, "do the last bit again")

    assert [each["name"] for each in found["consideredIntents"]] != []
    assert profiled(api, "is my back pain serious")["consideredIntents"] == []


def test_profile_empty_slot(api: FlaskClient) -> None:
    """A slot that wasn't filled has no value."""
    slots = profiled(api, "give me a stretch")["selectedIntent"]["slots"]

    assert slots["area"] == {"name": "area", "confirmationStatus": "NONE"}


@pytest.mark.parametrize("words", ["\ud800", "\x00", "🧊", "a" * LONGEST, "?!", "ask back coach"])
def test_odd_words(api: FlaskClient, words: str) -> None:
    """Whatever is said is answered."""
    assert say(api, words)["alexaResponses"]
    assert profiled(api, words)["selectedIntent"]["name"]


def test_speakers_are_bounded(api: FlaskClient, speakers: list[Speaker]) -> None:
    """Of more conversations than are kept, the one that nobody went on with is left."""
    say(api, "open back coach", token="idle")
    for number in range(MOST_ECHOS - 1):
        start(api, "open back coach", token=f"token-{number}")
    start(api, "what about ice", token="token-0")
    say(api, "open back coach", token="one too many")

    assert [speaker.open for speaker in speakers] == [False] + [True] * MOST_ECHOS
    assert say(api, "how long", token="token-0")["request"]["session"]["new"] is False
    assert say(api, "how long", token="idle")["request"]["session"]["new"] is True


def test_all_at_once(api: FlaskClient) -> None:
    """Who talks at the same time is heard one after the other, in one conversation."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: start(api.application.test_client(), "what about ice"), range(32)))
    bodies = [result(api, each)["skillExecutionInfo"]["invocations"][0]["invocationRequest"]["body"] for each in made]

    assert len(set(made)) == len({body["request"]["requestId"] for body in bodies}) == 32
    assert [body["session"]["new"] for body in bodies].count(True) == 1


def test_simulations_are_bounded(api: FlaskClient) -> None:
    """Of more simulations than are kept, the first are forgotten."""
    made = [start(api, "open back coach") for _ in range(MOST_SIMULATIONS + 1)]

    refused(api.get(f"{SIMULATIONS}/{made[0]}", headers=HEADERS), 404, str(MOST_SIMULATIONS))
    assert result(api, made[1])
