"""Conversations for other people's programs: what is in them, and that what can't be is said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from skill.simulator.export import Dialog, bespoken, dialog
from skill.simulator.move import LAUNCH, Move
from skill.simulator.room import Room, Taken
from skill.workshop import Workshop
from tests.conftest import Json

WORKSHOP = Workshop()


def had(*moves: Move, device: str = "echo-dot", words: bool = True) -> tuple[Taken, ...]:
    """What came of these moves."""
    room = Room(WORKSHOP, device=device, verbatim=words)
    for move in moves:
        room.do(move)
    return room.taken


def interactions(text: str) -> list[tuple[str, Json]]:
    """What Bespoken is told to send, and with each the paths and their values."""
    return list(_read(text.partition("- test: ")[2].splitlines()[1:]))


def _read(lines: list[str]) -> Iterator[tuple[str, Json]]:
    """Reads what `bespoken` writes: keys and values are JSON, or words."""
    said = ""
    told: Json = {}
    for line in [*lines, "- end"]:
        if line.startswith("- "):
            if said:
                yield said, told
            said, told = _value(line[2:].removesuffix(":")), {}
        elif line.startswith("  - "):
            key, value = re.fullmatch(r'  - ("(?:[^"\\]|\\.)*"|[\w.]+): (.*)', line).groups()  # type: ignore[union-attr]  # else it fails
            told[_value(key)] = json.loads(value)
        else:
            assert line.startswith("# ")


def _value(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text


# --- Bespoken ---


def test_shape() -> None:
    """It is one test in one locale, named for its claim, with a line for each thing that is sent."""
    text = bespoken('It says "ice": so it is.', had(Move(intent=LAUNCH), Move(you="what about cold packs")))
    lines = [line for line in text.splitlines() if not line.startswith(("#", "  - "))]

    assert lines == ["---", "configuration:", '  locale: "en-US"', "---", '- test: "It says \\"ice\\": so it is."',
                     '- "LaunchRequest":', '- "AskIntent topic=\\"cold packs\\"":']


def test_expectations() -> None:
    """Of each turn the ids, the state and whether the session ends have to be the same; a list is joined by commas."""
    sent = interactions(bespoken("So it is.", had(
        Move(you="what helps my back"), Move(intent="AskIntent", slots={"topic": "treat.ice"}), Move(you="stop"))))

    assert [name.partition(" ")[0] for name, _ in sent] == ["ListTreatmentsIntent", "AskIntent", "AMAZON.StopIntent"]
    assert [told["sessionEnded"] for _, told in sent] == [False, False, True]
    assert [told.get("sessionAttributes.state") for _, told in sent][:2] == ["/^open$/"] * 2
    assert sent[1][1]["sessionAttributes.said"] == r"/^treat\.ice$/"


def test_expects_what_was_said() -> None:
    """What has to fit does fit what the skill said, to the letter."""
    taken = had(Move(you="is ice better than heat"), Move(you="start the plank"), Move(you="no"))

    for each, (_, told) in zip(taken, interactions(bespoken("So it is.", taken)), strict=True):
        assert re.search(told["sessionAttributes.said"].strip("/"), ",".join(each.turn.said))
        assert re.search(told["sessionAttributes.state"].strip("/"), each.turn.state)


def test_slots() -> None:
    """A slot is its words, in quotation marks where there are several; no quotation mark of theirs ends them early."""
    names = [name for name, _ in interactions(bespoken("So it is.", had(
        Move(intent="AskIntent", slots={"topic": "treat.ice"}), Move(intent="AskIntent"),
        Move(intent="AskIntent", slots={"topic": 'my "old" = elbow'}))))]

    assert names == ["AskIntent topic=ice", "AskIntent", 'AskIntent topic="my old elbow"']


def test_meanings() -> None:
    """What a slot was understood as is sent along where its words alone don't say it."""
    sent = interactions(bespoken("So it is.", had(
        Move(intent="AskIntent", slots={"topic": ["treat.ice", "treat.heat"]}), Move(you="what about ice"),
        Move(you="what about cold packs"))))
    found = [told.get("request.request.intent.slots.topic.resolutions", {}) for _, told in sent]

    assert [bool(each) for each in found] == [True, False, True]
    assert [value["value"]["id"] for value in found[0]["resolutionsPerAuthority"][0]["values"]] == [
        "treat.ice", "treat.heat"]


def test_time_and_words() -> None:
    """The second at which something is said is the time of its request; what was said goes with it, word for word."""
    taken = had(Move(you="start the plank"), Move(you="no"), Move(you="how long left", after=25))
    sent = interactions(bespoken("So it is.", taken))

    assert [told["request.request.timestamp"] for _, told in sent] == [
        each.turn.request["request"]["timestamp"] for each in taken]
    assert sent[2][1]['request.context["BackCoach.Speech"].words'] == "how long left"


def test_as_a_real_echo() -> None:
    """Where words weren't passed on, they aren't in the file."""
    assert "how long" not in bespoken("So it is.", had(Move(you="what about ice"), Move(you="how long"), words=False))


def test_screen_and_locale() -> None:
    """A screen is sent along where there is one, and a locale where it isn't the file's."""
    sent = interactions(bespoken("So it is.", had(
        Move(intent=LAUNCH), Move(you="what about ice", device="echo-spot"), Move(you="how long", locale="en-GB"))))

    assert ["request.context.Viewport" in told for _, told in sent] == [False, True, True]
    assert [told.get("request.request.locale") for _, told in sent] == [None, None, "en-GB"]


def test_sessions() -> None:
    """Bespoken is told of a session that ended: by leaving, by opening the skill anew, or by being lost."""
    sent = interactions(bespoken("So it is.", had(
        Move(you="what about ice"), Move(do="leave"), Move(you="what about heat"), Move(intent=LAUNCH),
        Move(do="drop"), Move(intent=LAUNCH))))

    assert [name.partition(" ")[0] for name, _ in sent] == [
        "AskIntent", "SessionEndedRequest", "AskIntent", "SessionEndedRequest", LAUNCH, LAUNCH]
    assert sent[1][1]["request.request.reason"] == "USER_INITIATED"
    assert [told.get("request.session.new") for _, told in sent] == [None] * 5 + [True]
    assert sent[5][1]["request.session.attributes"] == {}


@pytest.mark.parametrize(("move", "told"), [
    (Move(wait=5), "# Turn 2: 5 s of silence; nothing is sent."),
    (Move(wait=20), "# Turn 2: 20 s of silence, and the session ends."),
    (Move(later=3), "# Turn 2: 3 hours later, and the session ends."),
    (Move(do="drop"), "# Turn 2: the session is lost; nothing is sent."),
    (Move(do="leave"), "# Turn 2: somebody leaves, and the session ends."),
    (Move(touch=("next\n- x", "2")), "# Turn 2: the screen is touched (next - x, 2), which can't be played."),
    (Move(you="how long", store="down"), "# Turn 2: here the user store goes down, which can't be played."),
    (Move(you="how long", store="up"), "# Turn 2: here the user store comes up again, which can't be played."),
])
def test_what_bespoken_cannot_play(move: Move, told: str) -> None:
    """What can't be played is a comment."""
    text = bespoken("So it is.", had(Move(intent=LAUNCH), move))

    assert [line for line in text.splitlines()[1:] if line.startswith("#")] == [told]
    assert interactions(text)


@pytest.mark.parametrize("moves", [(), (Move(wait=3),), (Move(touch=("next",)),)])
def test_nothing_to_play(moves: tuple[Move, ...]) -> None:
    """A conversation of which neither program can play anything is told to be none."""
    taken = had(*moves, device="echo-show")

    with pytest.raises(ValueError, match="say something"):
        bespoken("So it is.", taken)
    with pytest.raises(ValueError, match="say something"):
        dialog(taken)


# --- ask dialog ---


def spoken(made: Dialog) -> list[str]:
    """What `ask dialog` says."""
    said: list[str] = json.loads(made.text)["userInput"]
    return said


def test_dialog() -> None:
    """It is the skill, the locale and the words, as spoken; it ends by itself."""
    made = dialog(had(Move(you="Alexa, open Back Coach!"), Move(you="What about ice?"), Move(you="stop")))

    assert json.loads(made.text) == {
        "skillId": "amzn1.ask.skill.back-coach-simulator", "locale": "en-US", "type": "text",
        "userInput": ["open back coach", "what about ice", "stop", ".quit"]}
    assert made.left_out == ()


def test_dialog_asks_by_name() -> None:
    """Where no session is, the skill is asked by its name, as one would have to; who leaves says "exit"."""
    made = dialog(had(Move(you="what about ice"), Move(do="leave"), Move(you="ask back coach about heat"),
                      Move(intent=LAUNCH)))

    assert spoken(made) == ["ask back coach what about ice", "exit", "ask back coach about heat", "open back coach",
                            ".quit"]


@pytest.mark.parametrize(("move", "told"), [
    (Move(intent="AMAZON.HelpIntent"), "turn 2: AMAZON.HelpIntent without words"),
    (Move(touch=("next",)), "turn 2: the screen is touched (next)"),
    (Move(wait=20), "turn 2: 20 s of silence"),
    (Move(later=3), "turn 2: 3 hours later"),
    (Move(do="drop"), "turn 2: the session is lost"),
    (Move(you="how long", after=2.5), "turn 2: it's said 2.5 s into the answer before"),
    (Move(you="how long", store="down"), "turn 2: the user store goes down"),
    (Move(you="how long", locale="en-GB"), "turn 2: the locale is en-GB from here on"),
    (Move(you="how long", device="tv"), "turn 2: the device is tv from here on"),
])
def test_what_dialog_leaves_out(move: Move, told: str) -> None:
    """What `ask dialog` has no words for is told, and the rest is there."""
    made = dialog(had(Move(intent=LAUNCH), move))

    assert made.left_out == (told,)
    assert spoken(made) == ["open back coach", *(["how long"] if move.you else []), ".quit"]


def test_words_that_are_none() -> None:
    """What was said in nothing but marks is left out, as the program takes no empty line."""
    made = dialog(had(Move(intent=LAUNCH), Move(you="...")))

    assert spoken(made) == ["open back coach", ".quit"]
    assert len(made.left_out) == 1
