"""The warning-sign check with anybody: random talk through the whole route, and what must hold at every turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from skill import app
from skill.alexa.skill import SORRY
from skill.dialogue.asking import MOST_QUESTIONS
from skill.dialogue.outcome import COACHING
from skill.domain.items import Disposition
from skill.domain.profile import Profile
from skill.domain.triage import disposition
from skill.simulator import Speaker
from skill.simulator.echo import Echo
from skill.simulator.envelope import Device, intent
from skill.simulator.meant import Filled
from skill.simulator.turn import Turn
from skill.store import content, voices
from skill.store.users import MemoryUsers
from tests.conftest import ENDING, PERSON, Said, Talk, asked, heard, judged, library, session, understood

SIGNS = sorted(item.id for item in library() if item.kind in ("sign", "risk"))
ANSWERS = ("AMAZON.YesIntent", "AMAZON.NoIntent", "UnsureIntent", "AMAZON.NoIntent", "AMAZON.NoIntent")
COMMANDS = ("AMAZON.RepeatIntent", "AMAZON.HelpIntent", "WhyIntent", "AMAZON.PreviousIntent", "SkipIntent",
            "AMAZON.FallbackIntent", "CheckWarningSignsIntent", "BasisIntent", "StartRoutineIntent", "ThankIntent",
            "StartStretchIntent", "ListStretchesIntent", "AMAZON.NextIntent", "SmallTalkIntent")
BLURTED = [line for lines in voices.people("en").values() for line in lines]
JUNK = ("", "?", "{called}", "<speak>", "sign.fever=yes", "a" * 300, "no wait yes", "i meant yes", "it's for my dad",
        "i'm twelve")
WORDS = st.one_of(st.sampled_from(BLURTED), st.sampled_from(JUNK))
MEASURES: dict[str, dict[str, Said]] = {
    "TellDurationIntent": {"duration": "P9D"}, "TellNumberIntent": {"number": "9"},
    "TellTrendIntent": {"trend": Filled("worse", ("worse",), "Trend")},
    "TellSideIntent": {"side": Filled("both", ("both",), "Side")},
}
TAKES_BACK = {"AMAZON.PreviousIntent", "AMAZON.StartOverIntent", "BasisIntent"}
ASKS_AGAIN = {"AMAZON.RepeatIntent", "AMAZON.PreviousIntent", "AMAZON.StartOverIntent"}


class Kitchen:
    """A speaker in a room: whoever talks there may switch the locale, mumble, or fall silent."""

    def __init__(self) -> None:
        self.heard = understood("AMAZON.FallbackIntent", {})
        handler = app.skill()
        self.echo = Echo(lambda asked: judged(dict(asked), handler), lambda *_: self.heard,
                         Device("echo-dot", "en-US", PERSON))

    def say(self, name: str, words: str = "", slots: dict[str, Said] | None = None) -> Turn:
        """Says something; with words, all of them reach the skill."""
        self.heard = understood(name, slots or {})
        self.echo.device = replace(self.echo.device, verbatim=bool(words))
        return self.echo.say(words or name)


class AnyCheck(RuleBasedStateMachine):
    """Somebody goes through the check, as badly as anybody can."""

    @initialize(start=st.sampled_from(["CheckWarningSignsIntent", "LaunchRequest", "ReportSymptomIntent"]))
    def begin(self, start: str) -> None:
        """The conversation opens."""
        self.kitchen = Kitchen()
        self.level: str | None = None
        self.before: Turn | None = None
        if start == "LaunchRequest":
            self.turn = self.kitchen.echo.launch()
        else:
            self.turn = self.kitchen.say(start, slots={"symptom": "sign.numbness"} if "Report" in start else {})

    def _went_on(self, turn: Turn) -> None:
        self.before, self.turn = self.turn, turn

    @rule(name=st.sampled_from(ANSWERS))
    def answers(self, name: str) -> None:
        """Yes, no or not sure."""
        self._went_on(self.kitchen.say(name))

    @rule(name=st.sampled_from(sorted(MEASURES)))
    def tells_a_measure(self, name: str) -> None:
        """How long, how bad, which way, which leg."""
        self._went_on(self.kitchen.say(name, slots=MEASURES[name]))

    @rule(name=st.sampled_from(COMMANDS))
    def interrupts(self, name: str) -> None:
        """Anything but an answer."""
        self._went_on(self.kitchen.say(name))

    @rule(sign=st.sampled_from(SIGNS))
    def reports(self, sign: str) -> None:
        """A sign, by a slot."""
        self._went_on(self.kitchen.say("ReportSymptomIntent", slots={"symptom": sign}))

    @rule(words=WORDS, name=st.sampled_from(["AMAZON.FallbackIntent", *ANSWERS, "AskIntent"]))
    def says(self, words: str, name: str) -> None:
        """Anything at all, in words, whatever an ear makes of it."""
        self._went_on(self.kitchen.say(name, words or "?"))

    @rule(silence=st.sampled_from([3, 9]))
    def is_silent(self, silence: int) -> None:
        """A silence that doesn't end it."""
        if self.kitchen.echo.open:
            self.kitchen.echo.wait(silence)

    @rule(locale=st.sampled_from(content.LOCALES))
    def moves(self, locale: str) -> None:
        """The speaker is switched to another locale."""
        self.kitchen.echo.device = replace(self.kitchen.echo.device, locale=locale)

    @invariant()
    def makes_sense(self) -> None:
        """One question or the end, no apology, at most twenty questions, and what was found is kept."""
        turn = self.turn
        assert SORRY not in turn.speech
        assert turn.open == (turn.speech.count("?") == 1) == (turn.speech.endswith("?"))
        assert bool(turn.reprompt) is turn.open
        assert session(turn).progress.asked <= MOST_QUESTIONS + len(SIGNS)
        # a new conversation may be about a stretch, which begins with a question about signs, too
        assert (turn.state == "check") is bool(turn.asking) or turn.state in ("closed", "stretch")

    @invariant()
    def keeps_the_level(self) -> None:
        """No answer lowers what was concluded, and an emergency that is known is never passed over."""
        turn, progress = self.turn, session(self.turn).progress
        if progress.case.disposition is Disposition.EMERGENCY and turn.state != "closed":
            assert turn.disposition == Disposition.EMERGENCY
        assert turn.disposition in (None, progress.case.disposition)
        assert disposition(frozenset(progress.case.facts)) is progress.case.disposition

    @invariant()
    def coaches_nobody_who_must_be_seen(self) -> None:
        """After "now" and "today" no stretch is told; in the middle of the check neither."""
        moving = [item for item in self.turn.said if item.startswith(("stretch.", "routine.")) or item in COACHING]
        if self.turn.disposition in (Disposition.EMERGENCY, Disposition.URGENT) or self.turn.state == "check":
            assert moving == []

    @invariant()
    def comes_to_an_end(self) -> None:
        """From everywhere, nothing but no leads out of the check."""
        assert self.turn.state != "check" or session(self.turn).progress.step


AnyCheck.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestAnyCheck: Any = AnyCheck.TestCase


@pytest.mark.parametrize("answer", sorted({*ANSWERS, "SkipIntent", "AMAZON.FallbackIntent"}))
def test_never_a_dead_end(answer: str) -> None:
    """Whoever says the same to everything comes to an outcome, within twenty questions."""
    talk = Talk()
    turn = talk.say("CheckWarningSignsIntent")
    answered = 0
    while turn.state == "check" and answered <= 2 * MOST_QUESTIONS:
        answered, turn = answered + 1, talk.say(answer)

    assert turn.disposition is not None
    assert session(turn).progress.asked <= MOST_QUESTIONS


@pytest.mark.parametrize("name", sorted(ENDING))
def test_leaving(name: str) -> None:
    """Stop is obeyed in the middle, in a few words."""
    turns = Talk().play("CheckWarningSignsIntent", "AMAZON.NoIntent", name)

    assert turns[-1].state == "closed"


def test_in_words() -> None:
    """The answers that people give."""
    turns = heard("is my back pain serious", "no, not that I noticed", "no", "no I can't walk properly",
                  "what do you mean", "just the left one a bit numb", "one", "go back")

    assert turns[3].found == ("sign.walking",)
    assert turns[5].found == ("sign.walking", "sign.numbness")
    assert all(turn.state == "check" for turn in turns[:6])


def test_cut_off() -> None:
    """Silence in the middle: the next visit says so, without a word about health, and only once."""
    talk = Talk()
    talk.play("CheckWarningSignsIntent", ("ReportSymptomIntent", {"symptom": "sign.fever"}))
    talk.silence(20)
    again, later = talk.play("LaunchRequest", "LaunchRequest")

    assert session(again).lines[0].startswith("=unfinished/")
    assert "fever" not in again.speech
    assert session(again).offer == "check"
    assert not session(later).lines[0].startswith("=unfinished/")


def test_for_somebody_else() -> None:
    """"It's for my dad": the pronouns follow, and so does the outcome."""
    turns = heard("it's for my dad he fell off the roof and his back hurts")

    assert turns[0].disposition == Disposition.EMERGENCY
    assert "their" in turns[0].speech or "them" in turns[0].speech or "They" in turns[0].speech


@settings(max_examples=40, deadline=None, derandomize=True)
@given(WORDS, st.integers(0, 7), st.booleans())
def test_no_question_for_ever(words: str, answered: int, verbatim: bool) -> None:
    """Whoever says the same again and again, and asks nothing by it, gets on to something else.

    What the words may mean is sorted out first, which takes some of the turns.
    """
    speaker = Speaker(verbatim=verbatim)
    for said in ("check my warning signs", *["no"] * answered):
        before = speaker.say(said)
    turns = [speaker.say(words) for _ in range(10)]

    asks = verbatim and app.wordings()["en-US"].reader.is_question(words)
    if not asks and turns[0].intent not in ASKS_AGAIN:
        assert before.state != "check" or any(turn.asking != before.asking for turn in turns[5:])


def test_card_tells_nothing() -> None:
    """The card repeats the advice alone: it is the same whatever was found."""
    signs = ("sign.saddle", "sign.chest", "sign.trauma")
    cards = {str(Talk().play(("ReportSymptomIntent", {"symptom": sign}))[-1].response["response"].get("card"))
             for sign in signs}

    assert len(cards) == 1


def test_several_in_one_breath() -> None:
    """Where a slot takes several values, all of them are heard."""
    envelope = asked("ReportSymptomIntent", {"symptom": "sign.fever"}, {}, new=True)
    slot = envelope["request"]["intent"]["slots"]["symptom"]
    told = {"fever": "sign.fever", "numb foot": "sign.numbness"}
    values = [Filled(words, (sign,), "Symptom") for words, sign in told.items()]
    parts = [intent("", {"symptom": value})["slots"]["symptom"]["slotValue"] for value in values]
    slot["slotValue"] = {"type": "List", "values": parts}

    given = judged(envelope, app.skill())

    assert given["sessionAttributes"]["disposition"] == Disposition.EMERGENCY
    assert {"sign.fever", "sign.numbness"} <= set(given["sessionAttributes"]["found"])


def test_nothing_is_kept_of_it(caplog: pytest.LogCaptureFixture) -> None:
    """No log and no profile holds what was said or found."""
    users = MemoryUsers()
    with caplog.at_level("DEBUG"):
        Talk(users=users).play("CheckWarningSignsIntent", ("ReportSymptomIntent", {"symptom": "sign.fever"}),
                               "AMAZON.StopIntent")

    assert "fever" not in caplog.text
    assert users.load(PERSON) == Profile(visits=1, unfinished=True)
