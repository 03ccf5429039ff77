"""The terminal and the command line: what a person types, what they read."""

from __future__ import annotations

import io
import json
import re

import pytest

from skill.__main__ import main
from skill.simulator import Speaker
from skill.simulator.talk import Talk


def typed(lines: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What a sitting at the terminal shows."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    Talk(Speaker, "en-US", "echo-dot", colour=False).run()
    return capsys.readouterr().out


def test_talk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A person asks and reads the answer, with its ids beneath."""
    shown = typed(["what about ice", ":ids", "how long", ":quit"], monkeypatch, capsys)

    assert shown.count("coach  ") == 3
    assert "treat.ice | open" in shown


def test_talk_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command does what the help says; a wrong one is told kindly."""
    shown = typed([":help", ":json", ":wait 9", ":wait long", ":device echo-show", ":device toaster",
                   ":locale en-GB", ":locale xx", ":new", ":nonsense", ""], monkeypatch, capsys)

    assert ":wait 20" in shown
    assert '"LaunchRequest"' in shown
    assert "not 'long'" in shown
    assert "Devices are echo-dot, echo-show, " in shown
    assert "'xx'" in shown
    assert "There is no :nonsense" in shown
    assert "(silence)" in shown


def test_talk_in_colour(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Colours are there where the terminal takes them."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    Talk(Speaker, "en-US", "echo-dot", colour=True).run()

    assert "\033[36mcoach" in capsys.readouterr().out


def test_say(capsys: pytest.CaptureFixture[str]) -> None:
    """Utterances are played in one conversation, a JSON object a line."""
    assert main(["say", "what about ice", "how long", "--json"]) == 0

    turns = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [turn["said"] for turn in turns] == [["treat.ice"], ["treat.ice"]]
    assert turns[1]["request"]["session"]["new"] is False


def test_say_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines are turns, an empty line begins a new conversation."""
    monkeypatch.setattr("sys.stdin", io.StringIO("what about ice\n\nhow long\n"))

    assert main(["say", "-", "--json", "--locale", "en-IN", "--device", "echo-show"]) == 0

    turns = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [turn["request"]["session"]["new"] for turn in turns] == [True, True]
    assert turns[0]["request"]["request"]["locale"] == "en-IN"


def test_say_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json it reads like a conversation."""
    main(["say", "what about ice"])

    assert capsys.readouterr().out.startswith("you    what about ice\ncoach  ")


@pytest.mark.parametrize("arguments", [
    ["say", "hello", "--locale", "xx"], ["serve", "--unverified", "--host", "0.0.0.0"]])
def test_what_a_person_can_mend(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake is told in a line, without a stack trace."""
    assert main(arguments) == 2

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_learn(capsys: pytest.CaptureFixture[str]) -> None:
    """The ear says in which of its ways it hears."""
    assert main(["learn"]) == 0

    assert "with its sentence encoder" in capsys.readouterr().out


def test_models_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written where nothing changed."""
    assert main(["model", "--check"]) == 0
    assert main(["model"]) == 0

    assert "wrote" not in capsys.readouterr().out


def test_talk_through_a_stretch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A stretch is shown with the second of each thing said, and one can speak into the middle of it."""
    shown = typed(["start the plank", "no", ":at 25 how long left", ":at soon skip", ":quit"], monkeypatch, capsys)

    assert re.search(r"coach +\d+ s  Two\.", shown)
    assert "TimeLeftIntent" in shown
    assert "not 'soon skip'" in shown
