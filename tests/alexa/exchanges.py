"""Requests and answers in Alexa's form, put together in a word or two, with the directives answers are made of."""

from __future__ import annotations

from typing import Any

from tests.conftest import Json

SCREEN = "Alexa.Presentation.APL"
ELICIT = {"type": "Dialog.ElicitSlot", "slotToElicit": "side"}
DELEGATE = {"type": "Dialog.Delegate"}
STOP = {"type": "AudioPlayer.Stop"}


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
