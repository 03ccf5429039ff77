"""A pretend Echo: hears words, sends real envelopes, keeps the session and the time as a real one does.

Rule 1: time is virtual. It moves when something is played, waited for or said, and nothing sleeps.
Rule 2: the microphone is open only after an answer that keeps the session; eight seconds of silence bring
the reprompt, eight more end the session.
Rule 3: it is handed the skill and the ear, and knows nothing of how either works.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from skill.simulator import envelope, played
from skill.simulator.turn import Json, Turn, heard, seconds

PATIENCE = 8.0
"""Seconds of silence before the reprompt, and again before the session ends."""

THINKING = 1.0
"""Seconds before somebody answers."""

START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

Handler = Callable[[Mapping[str, Any]], Json]
"""The skill: request envelope → response envelope."""


class Understood(Protocol):
    """What an ear answers."""

    @property
    def intent(self) -> str:
        """The intent's name."""

    @property
    def slots(self) -> Mapping[str, envelope.Filled | None]:
        """Every slot of the intent; None where it is empty."""

    @property
    def share(self) -> float:
        """How sure, from 0 to 1."""

    @property
    def rival(self) -> str:
        """The next best meaning."""

    @property
    def rival_share(self) -> float:
        """How sure of that."""

    @property
    def warns(self) -> Mapping[str, float]:
        """Of which warning sign it tells, or may, with how sure of each."""

    @property
    def affirms(self) -> float:
        """How likely it means yes, as an answer."""

    @property
    def denies(self) -> float:
        """How likely it means no, as an answer."""


class Ear(Protocol):
    """Makes out what was said."""

    def __call__(self, said: str, asked: str = "", /) -> Understood:
        """What was meant; `asked` is the question that it follows, as it was heard."""


_QUESTION = re.compile(r"[^.!?]*\?")
_NAME = r"(?:alexa |hey |please )*"
_OPEN = re.compile(_NAME + r"(?:open|launch|start|begin|talk to|speak to)(?: up)? (?:the )?back coach(?: please)?")
_ASK = re.compile(
    _NAME + r"(?:ask|tell|use|open|launch) (?:the )?back coach (?:and |to |about |for |if |whether |that )?(.+)")


class Mark(NamedTuple):
    """Where an Echo stands between two turns. Nothing in it is ever changed, so it may be kept."""

    now: datetime
    spoken_until: datetime
    silence: float
    sessions: int
    requests: int
    alive: bool
    attributes: Json
    last: Turn | None


class Echo:
    """One device in one room, with one person's account."""

    def __init__(self, handler: Handler, ear: Ear, device: envelope.Device, at: datetime | None = None) -> None:
        self._handler, self._ear = handler, ear
        self.device = device
        """May be exchanged between turns: people switch locales and move from room to room."""
        self.now = at or START
        self._sessions = self._requests = 0
        self._attributes: Json = {}
        self._alive = False
        self._spoken_until = self.now
        self._silence = 0.0
        self._last: Turn | None = None

    @property
    def open(self) -> bool:
        """Whether a session is going on."""
        return self._alive

    def launch(self) -> Turn:
        """Opens the skill by its name."""
        return self._open(None)

    def say(self, utterance: str, after: float | None = None) -> Turn:
        """Says something: after what is played, or `after` seconds into it. A one-shot where no session is."""
        self._pass_time(after)
        words = " ".join(re.sub(r"[,.!?]", " ", utterance.lower()).split())
        if _OPEN.fullmatch(words):
            return self._open(utterance)
        named = _ASK.fullmatch(words)
        wish = named[1] if named else utterance
        return self._ask(self._ear(wish, self._question()), utterance, wish)

    def mean(self, understood: Understood, after: float | None = None) -> Turn:
        """Says something that means this, in no words."""
        self._pass_time(after)
        return self._ask(understood, None, "")

    def wait(self, silence: float) -> Turn:
        """Lets time pass in silence: the reprompt after eight seconds, the end after sixteen.

        Silences add up until somebody says something.
        """
        start = max(self.now, self._spoken_until) if self._alive else self.now
        self.now = start + timedelta(seconds=silence)
        before, self._silence = self._silence, self._silence + silence
        if not self._alive or self._last is None:
            return _nothing_heard(self._last)
        if self._silence >= 2 * PATIENCE:
            return self._end("EXCEEDED_MAX_REPROMPTS")
        reprompted = before < PATIENCE <= self._silence
        return _nothing_heard(self._last, self._last.reprompt if reprompted else "")

    def later(self, span: timedelta) -> Turn:
        """Lets a long time pass with nobody there; a session that is open ends as silence ends it."""
        turn = self._end("EXCEEDED_MAX_REPROMPTS") if self._alive else _nothing_heard(self._last)
        self.now = max(self.now, self._spoken_until) + span
        return turn

    def drop(self) -> Turn:
        """The session is gone and the skill isn't told, as when a device loses its network or its power."""
        self._alive, self._attributes = False, {}
        self._last = replace(_nothing_heard(self._last), state="closed", open=False, reprompt="")
        return self._last

    def touch(self, *arguments: Any, after: float | None = None) -> Turn:  # noqa: ANN401  # whatever the document sends
        """Touches the screen: the UserEvent that the document sends with these arguments.

        After what is played, or `after` seconds into it.
        """
        self._pass_time(after)
        source = {"type": "TouchWrapper", "handler": "Press", "id": "touch"}
        return self._send("Alexa.Presentation.APL.UserEvent", utterance=None, token="back-coach",  # noqa: S106
                          arguments=list(arguments), source=source, components={})

    def leave(self) -> Turn:
        """Walks away, as "exit" does: the session ends without an answer."""
        return self._end("USER_INITIATED") if self._alive else _nothing_heard(self._last)

    def mark(self) -> Mark:
        """Where this Echo stands, to come back to."""
        return Mark(self.now, self._spoken_until, self._silence, self._sessions, self._requests, self._alive,
                    self._attributes, self._last)

    def back_to(self, mark: Mark) -> None:
        """Stands again where it stood: the time, the session, what was last heard."""
        (self.now, self._spoken_until, self._silence, self._sessions, self._requests, self._alive,
         self._attributes, self._last) = mark

    def _question(self) -> str:
        """The question of the check that is open, as it was heard, if it asks about signs; else nothing."""
        last = self._last if self._alive else None
        if last is None or not any("." in what for what in last.asking):
            return ""
        return "".join(_QUESTION.findall(last.speech or last.reprompt)[-1:]).strip()

    def _open(self, utterance: str | None) -> Turn:
        self._end_if_open()
        return self._send("LaunchRequest", utterance=utterance)

    def _ask(self, understood: Understood, utterance: str | None, words: str) -> Turn:
        filled = envelope.intent(understood.intent, understood.slots)
        return self._send("IntentRequest", utterance=utterance, understood=understood, words=words, intent=filled)

    def _end_if_open(self) -> None:
        if self._alive:
            self._end("USER_INITIATED")

    def _end(self, reason: str) -> Turn:
        turn = self._send("SessionEndedRequest", utterance=None, reason=reason)
        self._alive, self._attributes = False, {}
        self._last = replace(turn, state="closed")
        return self._last

    def _pass_time(self, after: float | None) -> None:
        if after is not None and self._last:
            started = self._spoken_until - timedelta(seconds=self._last.seconds)
            self.now = max(self.now, started + timedelta(seconds=after))
        else:
            self.now = max(self.now, self._spoken_until) + timedelta(seconds=THINKING)

    def _send(self, kind: str, *, utterance: str | None, understood: Understood | None = None,
              words: str = "", **parts: Any) -> Turn:  # noqa: ANN401
        self._requests += 1
        self._silence = 0.0
        new = not self._alive
        self._sessions += new
        session = self.device.session(f"simulated-session-{self._sessions}", self._attributes, new=new)
        request = self.device.request(kind, self._requests, self.now, **parts)
        asked = self.device.envelope(request, session, _speech(words, understood) if understood else None)
        answered = self._handler(asked)
        self._keep(answered)
        self._last = _turn(utterance, understood, asked, answered)
        self._spoken_until = self.now + timedelta(seconds=self._last.seconds)
        return self._last

    def _keep(self, answered: Json) -> None:
        """The session goes on, with what the skill wants to remember, unless the answer ends it."""
        self._alive = answered.get("response", {}).get("shouldEndSession") is False
        self._attributes = answered.get("sessionAttributes") or {} if self._alive else {}


def _speech(words: str, understood: Understood) -> Json:
    """What was said in full, how sure the ear is of its intent, what sign it tells of, and if it's a yes or a no."""
    warns = {label: round(share, 2) for label, share in understood.warns.items()}
    answers = {"affirms": round(understood.affirms, 2), "denies": round(understood.denies, 2)}
    more = {"warns": warns, **answers} if warns else {}
    return {"words": words, "sure": round(understood.share, 2), **more}


def _turn(utterance: str | None, understood: Understood | None, asked: Json, answered: Json) -> Turn:
    kept, response = answered.get("sessionAttributes") or {}, answered.get("response") or {}
    timeline = played.timeline(response)
    spoken = (heard(response.get("outputSpeech")), *(cue["text"] for cue in timeline))
    speech = " ".join(text for text in spoken if text)
    return Turn(
        utterance=utterance,
        intent=understood.intent if understood else None,
        slots={slot: value.ids[0] if value.ids else value.words
               for slot, value in (understood.slots if understood else {}).items() if value},
        said=tuple(kept.get("said", ())),
        state=kept.get("state", "closed"),
        asking=tuple(kept.get("asking", ())),
        found=tuple(kept.get("found", ())),
        disposition=kept.get("disposition"),
        timeline=timeline,
        speech=speech,
        reprompt=heard((response.get("reprompt") or {}).get("outputSpeech")),
        seconds=played.seconds(timeline) or seconds(speech),
        open=response.get("shouldEndSession") is False,
        share=understood.share if understood else 1.0,
        rival=understood.rival if understood else None,
        rival_share=understood.rival_share if understood else 0.0,
        request=asked,
        response=answered,
    )


def _nothing_heard(last: Turn | None, reprompt: str = "") -> Turn:
    """A silence that sends no request: what is heard is the reprompt, or nothing."""
    return Turn(
        utterance=None, intent=None, slots={}, said=last.said if last else (), state=last.state if last else "closed",
        asking=last.asking if last else (), found=last.found if last else (),
        disposition=last.disposition if last else None, timeline=(), speech=reprompt,
        reprompt=last.reprompt if last and last.open else "", seconds=seconds(reprompt),
        open=bool(last and last.open), share=1.0, rival=None, rival_share=0.0,
        request=last.request if last else {}, response=last.response if last else {},
    )
