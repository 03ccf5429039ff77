"""The skill in a terminal: type what you would say, read what you would hear."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from skill.simulator.echo import Echo
from skill.simulator.envelope import DEVICES
from skill.simulator.turn import Turn

HELP = """\
Type what you would say; an empty line is a few seconds of silence.
  :at 35 skip      says "skip" 35 s into what is being played
  :wait 20         twenty seconds of silence       :json     the last request and response
  :device NAME     echo-dot, echo-show and others  :locale NAME   en-US, en-GB, en-AU, en-CA, en-IN
  :new             somebody else, a new speaker    :ids      ids and states on or off
  :quit            leave"""

NewEcho = Callable[[str, str], Echo]
"""(locale, device) → a speaker."""


class Talk:
    """One sitting at the terminal."""

    def __init__(self, new_echo: NewEcho, locale: str, device: str, *, colour: bool) -> None:
        self._new_echo, self._locale, self._device, self._colour = new_echo, locale, device, colour
        self._echo = new_echo(locale, device)
        self._turn: Turn | None = None
        self._ids = True

    def run(self) -> None:
        """Until the person leaves. History is kept by the terminal's own line editor."""
        _remember_lines()
        print("Back Coach in your terminal. :help lists the commands, :quit leaves.")  # noqa: T201
        self._show(self._echo.launch())
        while (line := _read()) is not None:
            if line in (":quit", ":q"):
                break
            self._answer(line.strip())
        self._echo.leave()

    def _answer(self, line: str) -> None:
        name, _, value = line.partition(" ")
        commands: dict[str, Callable[[str], None]] = {
            ":help": lambda _: self._print(HELP), ":json": self._json, ":at": self._barge_in, ":wait": self._wait,
            ":ids": self._switch_ids, ":device": self._switch_device, ":locale": self._switch_locale,
            ":new": lambda _: self._restart(),
        }
        if name in commands:
            commands[name](value.strip())
        elif name.startswith(":"):
            self._print(f"There is no {name}; :help lists the commands.")
        else:
            self._show(self._echo.say(line) if line else self._echo.wait(5))

    def _wait(self, value: str) -> None:
        try:
            seconds = float(value or 8)
        except ValueError:
            self._print(f":wait takes seconds, as in :wait 20, not {value!r}.")
            return
        self._show(self._echo.wait(seconds))

    def _barge_in(self, value: str) -> None:
        second, _, said = value.partition(" ")
        if not second.isdecimal() or not said:
            self._print(f":at takes seconds and what is said then, as in :at 35 skip, not {value!r}.")
            return
        self._show(self._echo.say(said, after=float(second)))

    def _json(self, _: str) -> None:
        if self._turn:
            self._print(json.dumps({"request": self._turn.request, "response": self._turn.response}, indent=1))

    def _switch_ids(self, _: str) -> None:
        self._ids = not self._ids

    def _switch_device(self, value: str) -> None:
        if value in DEVICES:
            self._device = value
            self._restart()
        else:
            self._print(f"Devices are {', '.join(DEVICES)}.")

    def _switch_locale(self, value: str) -> None:
        try:
            self._new_echo(value, self._device)
        except ValueError as error:
            self._print(str(error))
            return
        self._locale = value
        self._restart()

    def _restart(self) -> None:
        self._echo = self._new_echo(self._locale, self._device)
        self._show(self._echo.launch())

    def _show(self, turn: Turn) -> None:
        self._turn = turn
        for line in spoken(turn):
            self._print(self._paint("36", "coach  ") + line)
        if self._ids:
            self._print(self._paint("2", "       " + summary(turn)))

    def _paint(self, code: str, text: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._colour else text

    @staticmethod
    def _print(text: str) -> None:
        print(text)  # noqa: T201  # a terminal is what this is


def spoken(turn: Turn) -> list[str]:
    """What is heard, a line; where it is timed, a line for each thing said, with its second."""
    timed = [f"{cue['at']:5.0f} s  {cue['text']}" for cue in turn.timeline if cue["text"]]
    return timed or [turn.speech or "(silence)"]


def summary(turn: Turn) -> str:
    """A turn in one line: what was heard, what it drew on, how it stands."""
    heard = f"{turn.intent} {dict(turn.slots) or ''} {turn.share:.2f} (or {turn.rival})" if turn.intent else ""
    stands = f"{turn.state}, {turn.seconds:.0f} s, microphone {'open' if turn.open else 'closed'}"
    return " | ".join(part for part in (heard.strip(), " ".join(turn.said), stands) if part)


def _read() -> str | None:
    """A line, or None at the end."""
    try:
        return input("you    ")
    except (EOFError, KeyboardInterrupt):
        return None


def _remember_lines() -> None:
    """Arrow keys bring back earlier lines, also of earlier sittings."""
    if not sys.stdin.isatty():
        return
    with contextlib.suppress(ImportError, OSError):
        import atexit  # noqa: PLC0415
        import readline  # noqa: PLC0415

        file = Path.home() / ".back_coach_history"
        if file.exists():
            readline.read_history_file(file)
        atexit.register(readline.write_history_file, file)


def coloured() -> bool:
    """Whether the terminal takes colours, and the person does."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
