"""The pretend Echo: sessions, silence, time and touch, as a real one has them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from skill import app
from skill.alexa.rules import findings
from skill.ear.ear import Heard
from skill.simulator import Speaker
from skill.simulator.echo import Echo
from skill.simulator.envelope import Device
from skill.simulator.turn import Turn


def asked(turn: Turn) -> str:
    """The type of the request that a turn sent."""
    return str(turn.request["request"]["type"])


def at(turn: Turn) -> datetime:
    """When a turn's request was sent."""
    return datetime.fromisoformat(turn.request["request"]["timestamp"])


def test_launch() -> None:
    """Opening the skill begins a session with an open microphone."""
    turn = Speaker().launch()

    assert (asked(turn), turn.state, turn.open, turn.said) == ("LaunchRequest", "open", True, ())
    assert turn.request["session"]["new"] is True


@pytest.mark.parametrize("words", ["open back coach", "Alexa, open Back Coach", "alexa launch back coach please"])
def test_launch_by_name(words: str) -> None:
    """Saying the skill's name opens it."""
    assert asked(Speaker().say(words)) == "LaunchRequest"


@pytest.mark.parametrize("words", [
    "what about ice", "Alexa, ask Back Coach about ice", "ask back coach what about ice", "What about ice?"])
def test_one_shot(words: str) -> None:
    """A question to a closed skill begins a session and is answered."""
    turn = Speaker().say(words)

    assert turn.said == ("treat.ice",)
    assert turn.request["session"]["new"] is True


def test_what_was_asked() -> None:
    """The ear is told which question of the check an answer follows, as it was heard; of any other, nothing."""
    heard: list[tuple[str, str]] = []
    ear = app.listener("en-US")

    def listen(said: str, question: str = "", /) -> Heard:
        heard.append((said, question))
        return ear(said, question)

    echo = Echo(app.skill(), listen, Device("echo-dot", "en-US", "somebody"))
    first = echo.say("is my back pain serious")
    again = echo.say("come again")
    echo.say("no")
    echo.leave()
    echo.say("what about ice")
    echo.say("no")

    (_, opening), (_, after_question), (_, after_repeat), *outside = heard
    assert opening == ""
    assert first.speech.endswith(f" {after_question}")
    assert again.speech.endswith(after_repeat)
    assert after_question.count("?") == after_repeat.count("?") == 1
    assert {question for _, question in outside} == {""}


def test_session_goes_on() -> None:
    """What the skill remembers comes back with the next request, in the same session."""
    speaker = Speaker()
    first, second = speaker.say("what about ice"), speaker.say("how long")

    assert second.said == ("treat.ice",)
    assert second.request["session"]["sessionId"] == first.request["session"]["sessionId"]
    assert second.request["session"]["attributes"] == first.response["sessionAttributes"]
    assert second.request["session"]["new"] is False


def test_stop_ends() -> None:
    """After "stop" the next word begins anew."""
    speaker = Speaker()
    speaker.say("what about ice")
    stopped, again = speaker.say("stop"), speaker.say("how long")

    assert (stopped.open, stopped.state) == (False, "closed")
    assert again.request["session"]["new"] is True
    assert again.request["session"]["attributes"] == {}


def test_silence() -> None:
    """Silence brings nothing at first, then the reprompt, then the end."""
    speaker = Speaker()
    told = speaker.say("what about ice")

    assert speaker.wait(5).speech == ""
    assert speaker.wait(9).speech == told.reprompt
    ended = speaker.wait(20)
    assert (asked(ended), ended.state, ended.open) == ("SessionEndedRequest", "closed", False)
    assert ended.request["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert not speaker.open


def test_silence_before_anything() -> None:
    """A speaker that nobody talks to stays quiet."""
    turn = Speaker().wait(60)

    assert (turn.speech, turn.state, turn.open) == ("", "closed", False)


def test_leave() -> None:
    """Walking away ends the session without a word."""
    speaker = Speaker()
    speaker.launch()
    speaker.leave()

    assert not speaker.open


def test_time() -> None:
    """Requests carry the virtual time: after what was played, or at the moment of barging in."""
    speaker = Speaker(at=datetime(2026, 5, 1, 8, 0, tzinfo=UTC))
    first = speaker.say("what about ice")
    second = speaker.say("how long")
    third = speaker.say("repeat that", after=1)

    assert at(first) == datetime(2026, 5, 1, 8, 0, 1, tzinfo=UTC)
    assert (at(second) - at(first)).total_seconds() == pytest.approx(first.seconds + 1, abs=1)
    assert (at(third) - at(second)).total_seconds() == pytest.approx(1, abs=1)


def test_touch() -> None:
    """A touch is sent as the UserEvent of the document."""
    speaker = Speaker(device="echo-show")
    speaker.launch()
    turn = speaker.touch("next", 2)

    assert asked(turn) == "Alexa.Presentation.APL.UserEvent"
    assert turn.request["request"]["arguments"] == ["next", 2]


def test_devices() -> None:
    """Only a speaker with a screen says that it has one."""
    interfaces = [Speaker(device=name).launch().request["context"]["System"]["device"]["supportedInterfaces"]
                  for name in ("echo-dot", "echo-show")]

    assert [("Alexa.Presentation.APL" in each) for each in interfaces] == [False, True]


def test_unknown_settings() -> None:
    """An unknown device or locale is told, with what there is."""
    with pytest.raises(ValueError, match="echo-dot"):
        Speaker(device="toaster")
    with pytest.raises(ValueError, match="en-US"):
        Speaker(locale="de-DE")


def test_locales() -> None:
    """The emergency number is the locale's own."""
    numbers = {locale: Speaker(locale=locale).say("when should i call an ambulance for my back").speech
               for locale in ("en-US", "en-GB", "en-AU", "en-IN")}

    assert "nine one one" in numbers["en-US"]
    assert "nine nine nine" in numbers["en-GB"]
    assert "triple zero" in numbers["en-AU"]
    assert "one one two" in numbers["en-IN"]


def test_next_visit_is_known() -> None:
    """Who comes again is greeted shorter, on the same speaker."""
    speaker = Speaker()
    first = speaker.launch()
    speaker.leave()
    second = speaker.launch()

    assert len(second.speech) < len(first.speech)


TALKS = [
    ["open back coach", "is my back pain serious", "yes", "thanks", "no that's all"],
    ["what stretches help", "tell me more", "start child's pose", "why", "what else", "shorter"],
    ["my knee hurts", "order a pizza", "blah blah blorp", "yes", "stop"],
    ["i can't pee since my back went", "what about ice", "yes", "thank you", "goodbye"],
]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk[0])
@pytest.mark.parametrize("device", ["echo-dot", "echo-show"])
def test_every_answer_is_legal(talk: list[str], device: str) -> None:
    """Whatever is said aloud, each answer passes the one judge of all answers."""
    speaker = Speaker(device=device)

    for words in talk:
        turn = speaker.say(words)
        assert findings(turn.request, turn.response) == []


def test_as_json() -> None:
    """A turn as one JSON object has all its fields."""
    turn = Speaker().say("what about ice")

    assert turn.as_json()["said"] == ["treat.ice"]
    assert {"utterance", "intent", "slots", "said", "state", "asking", "found", "disposition", "timeline", "speech",
            "reprompt", "seconds", "open", "request", "response"} <= turn.as_json().keys()
