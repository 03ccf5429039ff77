"""The judge: what is not legal is found by its name, and every rule was seen to bite."""

from __future__ import annotations

from typing import Any

import pytest

from skill.alexa.rules import RULES, findings, slug
from tests.alexa.exchanges import (
    DELEGATE,
    ELICIT,
    SCREEN,
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
    ssml,
)
from tests.conftest import Json

LONG = " ".join(["And breathe in, and breathe out, and rest for a while."] * 3)

ILLEGAL = {
    "envelope-malformed": [
        (intent(), asking() | {"version": "1"}),
        (intent(), asking(speech="Anything else?")),
        (request("SessionEndedRequest"), {"version": "1.0"}),
    ],
    "speech-malformed": [
        (intent("AMAZON.StopIntent"), answer(outputSpeech={"type": "SSML", "text": "Bye."}, shouldEndSession=True)),
        (intent("AMAZON.StopIntent"), answer(outputSpeech={"type": "Text", "text": "Bye."}, shouldEndSession=True)),
    ],
    "silence-broken": [
        (request("SessionEndedRequest"), ending()),
        (request("SessionEndedRequest"), answer(shouldEndSession=True)),
        (request("System.ExceptionEncountered"), asking()),
        (request("Alexa.Presentation.APLA.RuntimeError"), asking()),
        (request("AlexaSkillEvent.SkillEnabled"), ending()),
    ],
    "player-answered": [
        (request("AudioPlayer.PlaybackFinished"), ending()),
        (request("AudioPlayer.PlaybackFinished"), answer(shouldEndSession=False)),
        (request("PlaybackController.NextCommandIssued"), directing(play(), audio(saying("Next.")))),
    ],
    "player-restarted": [(request("AudioPlayer.PlaybackStarted"), directing(play()))],
    "can-fulfill-content": [
        (request("CanFulfillIntentRequest"), answer(canFulfillIntent={}, outputSpeech=plain("Yes."))),
        (request("CanFulfillIntentRequest"), answer()),
        (intent(), asking(canFulfillIntent={})),
    ],
    "session-unstated": [
        (request("LaunchRequest"), asking(shouldEndSession=None)),
        (intent(), answer(outputSpeech=ssml("Rest."))),
        (request(f"{SCREEN}.UserEvent", screen=True), directing(render())),
    ],
    "open-without-question": [
        (intent(), asking("Wrap the ice in a towel.")),
        (intent(), asking("Anything else? Wrap it in a towel.")),
        (intent(), asking("Anything else?", directives=[audio(saying("Here we go, and you are done."))])),
    ],
    "several-questions": [(intent(), asking("Does it hurt? Or is it numb?", "Is it numb?"))],
    "open-without-reprompt": [
        (intent(), asking(reprompt=None)),
        (intent(), asking(again=" ")),
        (intent(), asking(again='<break time="1s"/>?')),
    ],
    "reprompt-without-question": [(intent(), asking(again="I am listening."))],
    "reprompt-longer": [(intent(), asking("Anything else?", "Is there anything else?"))],
    "reprompt-copy": [(intent(), asking("Anything <break/> else?", "anything else?"))],
    "closed-with-question": [(intent(), ending("Anything else?"))],
    "closed-with-reprompt": [(intent(), ending(reprompt={"outputSpeech": ssml("Anything else?")}))],
    "stop-left-open": [
        (intent(f"AMAZON.{name}Intent"), asking("Shall we really stop?", "Shall we stop?"))
        for name in ("Stop", "Cancel", "NavigateHome")
    ],
    "stop-wordy": [
        (intent("AMAZON.StopIntent"), ending("All right. Take care.")),
        (intent("AMAZON.CancelIntent"), ending("It was good to see you " + "again " * 8)),
    ],
    "several-players": [
        (intent(), ending(directives=[play(), play()])),
        (intent(), ending(directives=[play(), {"type": "VideoApp.Launch"}])),
    ],
    "player-beside-reprompt": [(intent(), asking(directives=[play()]))],
    "screen-beside-dialog": [
        (intent(screen=True, dialogState="STARTED"), asking(directives=[render(), DELEGATE])),
        (intent(screen=True, dialogState="STARTED"), asking(directives=[commands(), ELICIT])),
    ],
    "stray-commands": [
        (intent(screen=True), asking(directives=[commands("other")])),
        (intent(screen=True), asking(directives=[render("new"), commands()])),
    ],
    "dialog-without-model": [(intent(), asking(directives=[ELICIT]))],
    "screen-missing": [
        (intent(), asking(directives=[render()])),
        (intent(screen=True), asking(directives=[{"type": "Alexa.Presentation.APLT.RenderDocument"}])),
        (intent(), asking(reprompt={"outputSpeech": ssml("Anything else?"), "directives": [render()]})),
    ],
    "response-too-large": [(intent(), asking() | {"sessionAttributes": {"said": "x" * 25_000}})],
    "card-too-long": [(intent(), asking(card={"title": "x" * 4_000, "text": "x" * 4_001}))],
    "card-image-too-long": [(intent(), asking(card={"image": {"smallImageUrl": "x" * 2_001}}))],
    "text-too-long": [(intent(), asking("<s>Rest well.</s>" + " " * 8_000 + "Anything else?"))],
    "ssml-malformed": [
        (intent(), asking("Ice & rest. Anything else?")),
        (intent(), asking("<p>Rest. Anything else?")),
        (intent(), asking("<!-- later -->Rest. Anything else?")),
        (intent(), asking(outputSpeech={"type": "SSML", "ssml": "Rest. Anything else?"})),
        (intent(), asking("Here we go.", directives=[audio(saying("Rest & breathe. Shall we go on?"))])),
    ],
    "ssml-unknown": [
        (intent(), asking("<blink>Rest.</blink> Anything else?")),
        (intent(), asking("<speak>Rest.</speak> Anything else?")),
        (intent(), asking('Rest. <break time="soon"/> Anything else?')),
        (intent(), asking('<say-as interpret-as="song">Rest.</say-as> Anything else?')),
        (intent(), asking(outputSpeech={"type": "SSML", "ssml": "<p>Rest. Anything else?</p>"})),
        (intent(), asking(again="<blink/>Anything else?")),
    ],
    "break-too-long": [(intent(), asking('Hold. <break time="10.5s"/> Anything else?'))],
    "breaks-too-long": [
        (intent(), asking('Hold. <break time="6s"/> <break time="4100ms"/> Anything else?')),
        (intent(), asking('Hold. <break time="6s"/> Anything else?', '<break time="6s"/> Anything else?')),
    ],
    "too-many-sounds": [(intent(), asking('<audio src="soundbank://bell"/>' * 6 + "Rest. Anything else?"))],
    "audio-too-long": [
        (intent(), asking(outputSpeech=None, directives=[audio(silence(219), saying("And rest. Shall we go on?"))])),
    ],
    "audio-malformed": [
        (intent(), asking(directives=[{**audio(), "document": {"type": "APL"}}])),
        (intent(), asking(outputSpeech=None, directives=[
            audio({"type": "Audio", "source": "x"}, saying("Rest. Anything else?"))])),
        (intent(), asking(directives=[audio(silence(1))])),
        (intent(), asking(outputSpeech=None, directives=[
            audio({"type": "Silence"}, saying("Rest. Anything else?"))])),
    ],
    "prompt-too-long": [
        (intent(), asking("Hold.", directives=[audio(silence(239), saying("And rest. Shall we go on?"))])),
        (intent(), asking(f"{'Rest well. ' * 300} Anything else?")),
    ],
    "reprompt-too-long": [(intent(), asking(reprompt={"directives": [audio(silence(90), saying("Anything else?"))]}))],
    "markup-leak": [
        (intent(), asking("Hold for {seconds} seconds. Anything else?")),
        (intent(), asking("Ice &amp;amp; rest. Anything else?")),
        (intent(), asking("Is your pain &lt; five?", "Is it?")),
        (intent(), asking("Rest **well**. Anything else?")),
        (intent(), asking(outputSpeech=plain("<s>Rest.</s> Anything else?"))),
        (intent(), asking("Rest for %s seconds. Anything else?")),
        (
            intent(),
            asking("Here we go.", directives=[audio({"type": "Speech", "content": "Hold, ${payload.pose}. Go on?"})]),
        ),
    ],
    "digits-only": [
        (intent(), asking("Hold. 30. Anything else?")),
        (intent(), asking(directives=[audio(saying("3"), saying("Shall we go on?"))], outputSpeech=None)),
    ],
    "brand-named": [(intent(), asking("Alexa's timer is set. Anything else?"))],
    "sentence-too-long": [(intent(), asking(f"{LONG.replace('.', ',')} and rest. Anything else?"))],
}


@pytest.mark.parametrize(
    ("name", "asked", "given_"),
    [(name, *pair) for name, pairs in ILLEGAL.items() for pair in pairs],
    ids=[f"{name} {number}" for name, pairs in ILLEGAL.items() for number, _ in enumerate(pairs, 1)],
)
def test_illegal(name: str, asked: Json, given_: Json) -> None:
    """What Alexa does not allow is found once, by its name, and with what is wrong."""
    (finding,) = findings(asked, given_)

    assert finding.startswith(f"{name}: ")
    assert len(finding) > len(f"{name}: ")


def test_every_rule_has_an_example() -> None:
    """There is no rule that was not seen to bite."""
    assert set(ILLEGAL) == {slug(rule) for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=slug)
def test_every_rule_has_a_source(rule: Any) -> None:
    """Every rule says where it comes from."""
    assert rule.__doc__.startswith(("Section ", "Sections "))


def test_findings_add_up() -> None:
    """Several faults are several findings."""
    found = findings(intent("AMAZON.StopIntent"), answer(outputSpeech=plain("Alexa says: stop {now}?")))

    assert [each.partition(":")[0] for each in found] == ["session-unstated", "markup-leak", "brand-named"]
