"""The judge: what is legal passes, and what is not is found by its name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.rules import RULES, findings, slug
from skill.alexa.ssml import Speech, read_audio, read_ssml

Json = dict[str, Any]
SCREEN = "Alexa.Presentation.APL"


def request(kind: str, *, screen: bool = False, **more: Any) -> Json:
    """A request envelope of that type."""
    device = {"supportedInterfaces": {SCREEN: {"runtime": {"maxVersion": "2024.3"}}} if screen else {}}
    return {
        "version": "1.0",
        "context": {"System": {"device": device}, SCREEN: {"token": "shown"}},
        "request": {"type": kind, "locale": "en-US", **more},
    }


def intent(name: str = "TreatIce", **more: Any) -> Json:
    """A request with an intent."""
    return request("IntentRequest", intent={"name": name}, **more)


def answer(**response: Any) -> Json:
    """A response envelope."""
    return {"version": "1.0", "sessionAttributes": {}, "response": response}


def ssml(words: str) -> Json:
    """Speech with tags."""
    return {"type": "SSML", "ssml": f"<speak>{words}</speak>"}


def plain(words: str) -> Json:
    """Speech without tags."""
    return {"type": "PlainText", "text": words}


def asking(words: str = "Wrap the ice in a towel. Anything else?", again: str = "Anything else?", **more: Any) -> Json:
    """An answer that leaves the session open."""
    fields = {"outputSpeech": ssml(words), "reprompt": {"outputSpeech": ssml(again)}, "shouldEndSession": False}
    return answer(**fields | more)


def ending(words: str = "Take care of your back.", **more: Any) -> Json:
    """An answer that ends the session."""
    return answer(outputSpeech=ssml(words), shouldEndSession=True, **more)


def directing(*directives: Json) -> Json:
    """An answer that only directs the device."""
    return answer(directives=list(directives))


def audio(*items: Json, kind: str = "Sequencer") -> Json:
    """A directive to play an audio document."""
    document = {"type": "APLA", "version": "0.91", "mainTemplate": {"item": {"type": kind, "items": list(items)}}}
    return {"type": "Alexa.Presentation.APLA.RenderDocument", "token": "block", "document": document}


def saying(words: str) -> Json:
    """A component that speaks."""
    return {"type": "Speech", "contentType": "SSML", "content": f"<speak>{words}</speak>"}


def silence(seconds: float) -> Json:
    """A component that does not."""
    return {"type": "Silence", "duration": seconds * 1000}


def render(token: str = "shown") -> Json:
    """A directive to show a document."""
    return {"type": f"{SCREEN}.RenderDocument", "token": token, "document": {"type": "APL"}}


def commands(token: str = "shown") -> Json:
    """A directive to the document shown."""
    return {"type": f"{SCREEN}.ExecuteCommands", "token": token, "commands": []}


def play() -> Json:
    """A directive to start a stream."""
    return {"type": "AudioPlayer.Play", "playBehavior": "REPLACE_ALL"}


ELICIT = {"type": "Dialog.ElicitSlot", "slotToElicit": "side"}
DELEGATE = {"type": "Dialog.Delegate"}
STOP = {"type": "AudioPlayer.Stop"}
BLOCK = audio(saying("Lie on your back."), silence(200), saying("And rest. Shall we go on?"))
LONG = " ".join(["And breathe in, and breathe out, and rest for a while."] * 3)

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


@pytest.mark.parametrize(("asked", "given_"), LEGAL.values(), ids=LEGAL.keys())
def test_legal(asked: Json, given_: Json) -> None:
    """What Alexa allows is not found fault with."""
    assert findings(asked, given_) == []


@pytest.mark.parametrize(
    ("name", "asked", "given_"),
    [(name, *pair) for name, pairs in ILLEGAL.items() for pair in pairs],
    ids=[f"{name} {number}" for name, pairs in ILLEGAL.items() for number, _ in enumerate(pairs, 1)],
)
def test_illegal(name: str, asked: Json, given_: Json) -> None:
    """What it does not allow is found once, by its name, and with what is wrong."""
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


def test_heard_as_spoken() -> None:
    """Of SSML the words are kept, the alias for what it stands for, and sentences apart."""
    speech = read_ssml("<speak><s>See a <sub alias='doctor'>Dr</sub></s><s>Rest<break time='500ms'/>well</s></speak>")

    assert speech.sentences == ["See a doctor", "Rest well"]
    assert speech.breaks == (0.5,)
    assert speech.seconds == pytest.approx(5 * 0.4 + 0.5)


@pytest.mark.parametrize(
    ("kind", "text", "seconds"),
    [("Sequencer", "Up.\nAnd down.", 11.2), ("Mixer", "Up.\nAnd down.", 10.0), ("Selector", "", 10.0)],
)
def test_audio_document(kind: str, text: str, seconds: float) -> None:
    """A sequence lasts as long as its parts together, a mix as its longest; of a choice the longest counts."""
    speech = read_audio(audio(saying("Up."), silence(10), saying("And down."), kind=kind)["document"])

    assert speech.text == text
    assert speech.seconds == pytest.approx(seconds)


def test_no_audio_document() -> None:
    """What is no document says nothing."""
    assert read_audio("Up.") == read_audio({}) == Speech()


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
