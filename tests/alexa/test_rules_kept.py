"""The judge lets pass what is legal, and does not fall over whatever else stands in an answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.rules import findings
from tests.alexa.exchanges import (
    ELICIT,
    SCREEN,
    STOP,
    answer,
    asking,
    audio,
    commands,
    directing,
    ending,
    intent,
    plain,
    play,
    render,
    request,
    saying,
    silence,
)
from tests.conftest import Json

BLOCK = audio(saying("Lie on your back."), silence(200), saying("And rest. Shall we go on?"))

LEGAL = {
    "launch": (request("LaunchRequest"), asking()),
    "launch, in plain text": (request("LaunchRequest"), asking(outputSpeech=plain("Q & A are short. Ready for more?"))),
    "intent": (intent(), asking()),
    "intent, at its end": (intent(), ending()),
    "every tag": (
        intent(),
        asking(
            '<p><s>Rest <break time="1.5s"/> <break strength="weak"/> well</s><s>Q&amp;A</s></p> '
            '<sub alias="physiotherapist">PT</sub>, <say-as interpret-as="digits">911</say-as>. Anything else?'
        ),
    ),
    "stop": (intent("AMAZON.StopIntent"), ending()),
    "stop, without a word": (intent("AMAZON.StopIntent"), answer(shouldEndSession=True)),
    "ten seconds of break": (intent(), asking('Hold. <break time="9s"/> <break time="1000ms"/> Anything else?')),
    "a block": (intent(), asking(outputSpeech=None, directives=[BLOCK])),
    "an introduction and a block": (intent(), asking("Here we go.", directives=[BLOCK])),
    "a block in the reprompt": (
        intent(),
        asking(reprompt={"directives": [audio(silence(80), saying("Shall we go on?"))]}),
    ),
    "card": (intent(), asking(card={"type": "Simple", "title": "Ice", "content": "x" * 7_000})),
    "screen": (request("LaunchRequest", screen=True), asking(directives=[render("new"), commands("new")])),
    "commands for what is shown": (intent(screen=True), asking(directives=[commands()])),
    "dialog": (intent(dialogState="STARTED"), asking(directives=[ELICIT])),
    "touch": (request(f"{SCREEN}.UserEvent", screen=True), asking(directives=[commands()])),
    "session ended": (request("SessionEndedRequest"), answer()),
    "nulls are nothing": (request("SessionEndedRequest"), answer(outputSpeech=None, shouldEndSession=None)),
    "error": (request("System.ExceptionEncountered"), answer()),
    "screen error": (request(f"{SCREEN}.RuntimeError"), answer()),
    "audio error": (request("Alexa.Presentation.APLA.RuntimeError"), answer()),
    "skill event": (request("AlexaSkillEvent.SkillDisabled"), answer()),
    "player": (request("AudioPlayer.PlaybackNearlyFinished"), directing(play())),
    "player, nothing to do": (request("AudioPlayer.PlaybackStopped"), answer()),
    "player started": (request("AudioPlayer.PlaybackStarted"), directing(STOP)),
    "button": (request("PlaybackController.PlayCommandIssued"), directing(play())),
    "could you": (request("CanFulfillIntentRequest"), answer(canFulfillIntent={"canFulfill": "YES"})),
    "back from elsewhere": (request("SessionResumedRequest"), asking()),
    "permission": (request("Connections.Response"), ending()),
}


@pytest.mark.parametrize(("asked", "given_"), LEGAL.values(), ids=LEGAL.keys())
def test_legal(asked: Json, given_: Json) -> None:
    """What Alexa allows is not found fault with."""
    assert findings(asked, given_) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9_999) | st.text(max_size=9) | st.sampled_from(["SSML", "Speech"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "ssml", "content", "item", "token", "image", "document"]), inner)
    ),
)


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.sampled_from([*LEGAL.values()]),
    st.sampled_from(["outputSpeech", "reprompt", "directives", "card", "shouldEndSession", "canFulfillIntent"]),
    JSON,
)
def test_any_answer(pair: tuple[Json, Json], key: str, value: Any) -> None:
    """Whatever stands in an answer, the judge judges and does not fall over."""
    asked, given_ = pair
    for spoilt in (value, {"outputSpeech": value, "directives": value}, [audio() | {"document": value}]):
        findings(asked, given_ | {"response": given_["response"] | {key: spoilt}})
    findings({"request": value, "context": value}, {"response": value})
