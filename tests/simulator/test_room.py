"""A room: every kind of move, the world changed in the middle, and what can't be done."""

from __future__ import annotations

import pytest

from skill.simulator.move import LAUNCH, Move
from skill.simulator.room import shown
from tests.conftest import Json
from tests.simulator.rooms import STRETCHING, asked, room, standing

# --- moves ---


def test_words() -> None:
    """Words are heard by the ear, answered, timed and judged."""
    taken = room().do(Move(you="what about ice"))

    assert (taken.number, taken.turn.intent, taken.turn.said) == (1, "AskIntent", ("treat.ice",))
    assert taken.sent
    assert taken.breaches == ()
    assert taken.ear > 0
    assert taken.skill > 0


def test_words_into_what_is_played() -> None:
    """Words said at a second of a stretch are sent with the time of that second."""
    there = room(*STRETCHING)
    began = there.taken[-1].clock
    taken = there.do(Move(you="how long left", after=25))

    assert taken.turn.intent == "TimeLeftIntent"
    assert (taken.mark.now - there.taken[-2].mark.now).total_seconds() == 25
    assert taken.clock > began


def test_launch() -> None:
    """What is meant by "LaunchRequest" opens the skill; it needs no ear."""
    taken = room().do(Move(intent=LAUNCH))

    assert (asked(taken)["type"], taken.turn.state, taken.ear) == (LAUNCH, "open", 0)


@pytest.mark.parametrize(("slots", "said"), [
    ({"topic": "treat.ice"}, ("treat.ice",)),
    ({"topic": "my elbow"}, ()),
    ({}, ()),
])
def test_meaning(slots: dict[str, str], said: tuple[str, ...]) -> None:
    """What is meant is sent without words: an id, words that mean nothing, or an empty slot."""
    taken = room().do(Move(intent="AskIntent", slots=slots))

    assert (taken.turn.utterance, taken.turn.said) == (None, said)
    assert asked(taken)["intent"]["slots"].keys() >= {"topic"}


def test_several_meanings() -> None:
    """A slot may stand for several things, as when Alexa can't tell."""
    taken = room().do(Move(intent="AskIntent", slots={"topic": ["treat.ice", "treat.heat"]}))
    found = asked(taken)["intent"]["slots"]["topic"]["resolutions"]["resolutionsPerAuthority"]

    assert [value["value"]["id"] for value in found[0]["values"]] == ["treat.ice", "treat.heat"]


def test_touch() -> None:
    """A touch is sent as what the screen sends."""
    taken = room(*STRETCHING, device="echo-show").do(Move(touch=("skip",)))

    assert asked(taken)["type"] == "Alexa.Presentation.APL.UserEvent"
    assert asked(taken)["arguments"] == ["skip"]


def test_silences_add_up() -> None:
    """Eight seconds of silence bring the reprompt, once; eight more end the session."""
    there = room(Move(you="what about ice"))
    reprompt = there.taken[-1].turn.reprompt
    heard = [there.do(Move(wait=seconds)) for seconds in (5, 3, 4, 4)]

    assert [taken.turn.speech for taken in heard] == ["", reprompt, "", ""]
    assert [taken.sent for taken in heard] == [False, False, False, True]
    assert [taken.turn.state for taken in heard] == ["open", "open", "open", "closed"]
    assert asked(heard[-1])["reason"] == "EXCEEDED_MAX_REPROMPTS"


def test_words_end_a_silence() -> None:
    """Whoever speaks in time has eight seconds again."""
    there = room(Move(you="what about ice"), Move(wait=7), Move(you="how long"))

    assert there.do(Move(wait=7)).turn.speech == ""
    assert there.do(Move(wait=1)).turn.speech == there.taken[2].turn.reprompt


def test_later() -> None:
    """Hours later the session has ended, and the clock has gone on."""
    there = room(Move(you="what about ice"))
    taken = there.do(Move(later=2))

    assert (asked(taken)["type"], taken.turn.state) == ("SessionEndedRequest", "closed")
    assert (taken.mark.now - there.taken[0].mark.now).total_seconds() >= 7200
    assert there.do(Move(you="how long")).turn.request["session"]["new"] is True


def test_place_is_kept_for_a_day() -> None:
    """Hours later the stretch can be resumed, days later it's gone."""
    hours, days = (room(*STRETCHING, Move(later=span)).do(Move(you="resume")) for span in (2, 48))

    assert hours.turn.state == "stretch"
    assert days.turn.state == "open"


def test_drop() -> None:
    """A session that is lost ends without the skill being told; the next word begins anew."""
    there = room(Move(you="what about ice"))
    taken = there.do(Move(do="drop"))
    after = there.do(Move(you="how long"))

    assert (taken.sent, taken.turn.state, taken.turn.open) == (False, "closed", False)
    assert after.turn.request["session"]["new"] is True
    assert after.turn.request["session"]["attributes"] == {}


def test_leave() -> None:
    """Who leaves ends the session, which the skill is told; where none is, nothing is sent."""
    there = room(Move(you="what about ice"))
    first, second = there.do(Move(do="leave")), there.do(Move(do="leave"))

    assert (asked(first)["reason"], first.turn.state) == ("USER_INITIATED", "closed")
    assert (second.sent, second.turn.state) == (False, "closed")


def test_screen() -> None:
    """What a stretch shows is found where there is a screen, and is nothing where there is none."""
    shows = [shown(room(*STRETCHING, device=device).taken[-1].turn) for device in ("echo-show", "echo-dot")]

    assert [bool(each) for each in shows] == [True, False]


# --- the world changes ---


def test_store_down() -> None:
    """Without its user store the conversation goes on, and nothing is kept until it is up again."""
    there = room(Move(intent=LAUNCH), Move(you="what about ice", store="down"))
    answered = there.do(Move(you="how long"))
    before = there.do(Move(do="leave")).profile
    during = there.do(Move(intent=LAUNCH)).profile
    after = there.do(Move(intent=LAUNCH, store="up")).profile

    assert (answered.turn.said, answered.turn.open, answered.down) == (("treat.ice",), True, True)
    assert (before.visits, during.visits, after.visits) == (1, 1, 2)
    assert not there.down


def test_device_and_locale() -> None:
    """Whoever walks into another room speaks to what is there, in the same session."""
    there = room(Move(you="what about ice"))
    screen = there.do(Move(you="how long", device="echo-spot"))
    dot = there.do(Move(you="when should i call an ambulance", device="echo-dot", locale="en-GB"))

    assert screen.turn.request["context"]["Viewport"]["shape"] == "ROUND"
    assert screen.turn.said == ("treat.ice",)
    assert screen.turn.request["session"]["new"] is False
    assert "Viewport" not in dot.turn.request["context"]
    assert asked(dot)["locale"] == "en-GB"
    assert "nine nine nine" in dot.turn.speech
    assert (there.device.name, there.device.locale) == ("echo-dot", "en-GB")


def test_words_are_kept_back() -> None:
    """A room passes on what was said word for word, unless it's to be as with a real Echo."""
    passed = ["BackCoach.Speech" in room(words=words).do(Move(you="what about ice")).turn.request["context"]
              for words in (True, False)]

    assert passed == [True, False]


# --- what can't be done ---


@pytest.mark.parametrize(("given", "cure"), [
    ({}, "one of you, intent"),
    ({"you": ""}, "one of you, intent"),
    ({"you": "hello", "wait": 3}, "you and wait"),
    ({"you": "hello", "intent": "HelpIntent"}, "you and intent"),
    ({"touch": ["next"], "intent": "HelpIntent"}, "intent and touch"),
    ({"sing": "hello"}, "use you, after"),
    ({"you": 5}, "write text"),
    ({"you": ["hello"]}, "write text"),
    ({"wait": "long"}, "write a number"),
    ({"wait": True}, "write a number"),
    ({"wait": -1}, "from 0 to"),
    ({"wait": float("nan")}, "from 0 to"),
    ({"wait": float("inf")}, "from 0 to"),
    ({"later": 1e300}, "from 0 to"),
    ({"you": "skip", "after": -1}, "from 0 to"),
    ({"you": "skip", "after": "soon"}, "a number of seconds"),
    ({"do": "dance"}, "leave, drop"),
    ({"you": "hello", "store": "sideways"}, "up or down"),
    ({"touch": "next"}, "write a list"),
    ({"touch": [1]}, "list of words"),
    ({"intent": "AskIntent", "slots": ["treat.ice"]}, "write a table"),
    ({"intent": "AskIntent", "slots": {"topic": 5}}, "several in a list"),
    ({"intent": "AskIntent", "slots": {"topic": [["treat.ice"]]}}, "several in a list"),
])
def test_no_such_move(given: Json, cure: str) -> None:
    """What isn't a move is told with the cure."""
    with pytest.raises(ValueError, match=cure):
        Move.read(given)


@pytest.mark.parametrize(("move", "cure"), [
    (Move(you="hello", device="toaster"), "echo-dot"),
    (Move(you="hello", locale="de-DE"), "en-US"),
    (Move(you="hello", device="echo-show", store="down", locale="xx"), "en-US"),
])
def test_refused(move: Move, cure: str) -> None:
    """A device or locale that there isn't is told with what there is, and nothing has changed."""
    there = room(Move(you="what about ice"))
    before = standing(there)

    with pytest.raises(ValueError, match=cure):
        there.do(move)
    assert standing(there) == before
    assert there.do(Move(you="how long")).turn.said == ("treat.ice",)
