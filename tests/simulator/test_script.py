"""Conversations as files: written, read and had again; and what is told where something is otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.domain.profile import Profile
from skill.simulator.envelope import DEVICES
from skill.simulator.move import DEEDS, LAUNCH, STORES, Move
from skill.simulator.room import KEPT, Room
from skill.simulator.script import Replayed, Script, load, recorded, replay
from skill.workshop import Workshop

WORKSHOP = Workshop()


def again(text: str) -> list[Replayed]:
    """The conversation of a file, had again."""
    return list(replay(Script.read(text), WORKSHOP, WORKSHOP.judge))


def differences(*lines: str, head: str = "") -> list[str]:
    """What is otherwise, in a file with these turns."""
    turns = "".join(f"\n[[turn]]\n{line}\n" for line in lines)
    return [line for step in again(f'claim = "So it is."\n{head}\n{turns}') for line in step.differences]


def had(*moves: Move, there: Room | None = None) -> Room:
    """A room in which this has happened."""
    there = there or Room(WORKSHOP)
    for move in moves:
        there.do(move)
    return there


# --- written, read, had again ---

TALK = (
    Move(intent=LAUNCH),
    Move(you="what about ice"),
    Move(wait=9),
    Move(intent="AskIntent", slots={"topic": ["treat.ice", "treat.heat"]}, device="echo-show"),
    Move(you="start the plank", locale="en-GB"),
    Move(you="no"),
    Move(you="how long left", after=25.5),
    Move(touch=("skip",)),
    Move(you="is my back pain serious", store="down"),
    Move(you="yes"),
    Move(do="drop"),
    Move(later=30, store="up"),
    Move(you='say "ice"\\ \x7f\n\t now', intent=""),
    Move(do="leave"),
)


def test_round_trip() -> None:
    """A conversation that was had, written and read, has the same moves and comes to the same."""
    text = recorded("So it is.", had(*TALK).taken)

    assert tuple(step.move for step in Script.read(text).steps) == TALK
    assert [line for step in again(text) for line in step.differences] == []


def test_round_trip_of_the_beginning() -> None:
    """A file keeps where, on what, by whom and how a conversation began."""
    there = had(Move(intent=LAUNCH), there=Room(WORKSHOP, "en-AU", "tv", verbatim=False, profile=Profile(visits=2)))
    script = Script.read(recorded("So it is.", there.taken))

    assert (script.claim, script.locale, script.device, script.visits, script.words) == (
        "So it is.", "en-AU", "tv", 2, False)


def test_round_trip_of_a_branch() -> None:
    """A branch is written with all that went before it."""
    other = had(Move(you="next", after=5), there=had(*TALK).branch(6))
    steps = again(recorded("So it is.", other.taken))

    assert [step.differences for step in steps] == [()] * 7


WORDS = st.sampled_from(["what about ice", "how long", "is my back pain serious", "yes", "no", "stop", "repeat that",
                         "start the plank", "skip", "how long left", "i can't pee", "blah", "open back coach",
                         "ask back coach about heat", "forget me"])
INTENTS = st.sampled_from([LAUNCH, "AskIntent", "AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.HelpIntent", "NoIntent"])
SLOTS = st.dictionaries(st.sampled_from(["topic", "stretch", "a b"]), st.one_of(
    st.sampled_from(["treat.ice", "stretch.plank"]), st.text(min_size=1, max_size=8),
    st.lists(st.sampled_from(["treat.ice", "treat.heat"]), max_size=2)), max_size=2)
SECONDS = st.none() | st.floats(0, 90) | st.integers(0, 90)
WORLD = {
    "device": st.sampled_from(["", "", "", *DEVICES]), "store": st.sampled_from(["", "", "", *STORES]),
    "locale": st.sampled_from(["", "", "", "en-GB", "en-IN"]),
}
MOVES = st.one_of(
    st.builds(Move, you=WORDS | st.text(min_size=1, max_size=12), after=SECONDS, **WORLD),
    st.builds(Move, intent=INTENTS, slots=SLOTS, after=SECONDS, **WORLD),
    st.builds(Move, touch=st.lists(st.sampled_from(["skip", "play", "x"]), min_size=1, max_size=2).map(tuple), **WORLD),
    st.builds(Move, wait=st.floats(0.1, 20) | st.integers(1, 20), **WORLD),
    st.builds(Move, later=st.floats(0.1, 60), **WORLD),
    st.builds(Move, do=st.sampled_from(DEEDS), **WORLD),
)


@settings(max_examples=25, deadline=None)  # a busy machine is no fault
@given(st.lists(MOVES, min_size=1, max_size=10), st.booleans())
def test_whatever_was_had(moves: Iterable[Move], words: bool) -> None:
    """Whatever conversation was had, its file comes to the same."""
    there = had(*moves, there=Room(WORKSHOP, verbatim=words))
    steps = again(recorded("So it is.", there.taken))

    assert [step.taken.move for step in steps] == list(moves)
    assert [line for step in steps for line in step.differences] == []


def test_nothing_to_write() -> None:
    """A conversation that wasn't had, or whose beginning is gone, can't be kept, and that is told."""
    with pytest.raises(ValueError, match="nothing was said"):
        recorded("So it is.", ())
    with pytest.raises(ValueError, match="too long"):
        recorded("So it is.", had(*[Move(wait=1)] * (KEPT + 1)).taken)


# --- what is otherwise ---

ICE = 'you = "what about ice"'
CHECK = 'intent = "CheckWarningSignsIntent"\nstate = "check"'


@pytest.mark.parametrize(("turn", "told"), [
    (ICE, ""),
    (f'{ICE}\nsaid = ["treat.heat"]', "said is ['treat.ice'], not ['treat.heat']"),
    (f'{ICE}\ncoach = ["treat.heat"]', "coach is ['treat.ice'], not ['treat.heat']"),
    (f'{ICE}\ncoach = ["treat.nothing"]', "coach is ['treat.ice'], not ['treat.nothing']"),
    (f'{ICE}\ncoach = "treat.ice"', "coach is ['treat.ice'], not 'treat.ice'"),
    (f"{ICE}\ncoach = 5", "coach is ['treat.ice'], not 5"),
    (f'{ICE}\nstate = "check"', "state is 'open', not 'check'"),
    ('intent = "CheckWarningSignsIntent"', "state is 'check', not 'open'"),
    (f"{ICE}\nopen = false", "open is True, not False"),
    (f'{ICE}\nintent = "SkipIntent"', "intent is 'AskIntent', not 'SkipIntent'"),
    (f'{ICE}\nslots = {{ topic = "treat.heat" }}', "slots is {'topic': 'treat.ice'}, not {'topic': 'treat.heat'}"),
    (f'{ICE}\nlines = ["treat.ice/more"]', "not ['treat.ice/more']"),
    (f'{ICE}\nasks = "sign"', "not 'sign'"),
    (f'{ICE}\noffer = "treat.dance"', "not 'treat.dance'"),
    (f'{CHECK}\nasking = ["sign.fever"]', "not ['sign.fever']"),
    (f'{CHECK}\nfound = ["sign.fever"]', "found is [], not ['sign.fever']"),
    (f'{CHECK}\ndisposition = "urgent"', "disposition is None, not 'urgent'"),
    (f"{ICE}\nsame = true", "it isn't what was said before"),
    (f"{ICE}\nurgent = true", "the first sentence doesn't send to emergency care"),
])
def test_differences(turn: str, told: str) -> None:
    """Each expectation that isn't met is told, with what it is instead."""
    found = differences(turn)

    assert len(found) == bool(told)
    assert told in "".join(found)


def test_expectations_that_are_met() -> None:
    """Saying it again is the same, an emergency is urgent, and both are said to be."""
    emergency = """
        you    = "i can't pee and my groin is numb"
        coach  = ["seek.emergency", "sign.bladder-bowel", "sign.saddle"]
        urgent = true"""

    assert differences(ICE, 'intent = "AMAZON.RepeatIntent"\nsame = true', emergency) == []


def test_differences_in_their_order() -> None:
    """What is otherwise is told in the order of the file, the state first."""
    found = differences(f'{ICE}\nopen = false\nsaid = []\nfound = ["x"]\nintent = "NoIntent"')

    assert [line.partition(" ")[0] for line in found] == ["open", "said", "found", "intent"]


def test_breaches_are_differences() -> None:
    """An answer that breaks one of Amazon's rules is told, whatever the file expects."""
    script = Script.read(f'claim = "So it is."\n[[turn]]\n{ICE}')

    class Strict(Workshop):
        def breaches(self, *_: object) -> list[str]:
            return ["too long"]

    steps = list(replay(script, Strict(), WORKSHOP.judge))
    assert steps[0].differences == ("Amazon's rules: too long",)


# --- files that are wrong ---


@pytest.mark.parametrize(("text", "cure"), [
    ("", "claim is missing; say"),
    ("claim = 5", "claim is 5; write text"),
    ('claim = "x"\nlocal = "en-US"', "no 'local'; use claim, locale"),
    ('claim = "x"\nsteps = []', "no 'steps'; use"),
    ('claim = "x"\nvisits = "two"', "visits is 'two'; write a whole number"),
    ('claim = "x"\nwords = 1', "words is 1; write true or false"),
    ('claim = "x"', r"begin each with \[\[turn\]\]"),
    ('claim = "x"\nturn = 3', r"begin each with \[\[turn\]\]"),
    ('claim = "x"\n[turn]\nyou = "hi"', r"begin each with \[\[turn\]\]"),
    ('claim = "x"\n[[turn]]\nyou = "hi"\n[[turn]]\nsays = "hi"', "turn 2 has no says; use you, after"),
    ('claim = "x"\n[[turn]]\nsaid = []', "turn 1: a turn is one thing, not nothing"),
    ('claim = "x"\n[[turn]]\nwait = "long"', "turn 1: wait is 'long'; write a number"),
    ('claim = "x"\n[[turn]]\nwait = nan', "turn 1: wait is nan; give a number"),
    ('claim = "x"\n[[turn]]\nyou = "hi\n', "line 3"),
])
def test_wrong_file(text: str, cure: str, tmp_path: Path) -> None:
    """What is wrong with a file is told with its name, the turn and the cure."""
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(ValueError, match=cure) as told:
        load(path)
    assert str(path) in str(told.value)


def test_not_text(tmp_path: Path) -> None:
    """A file that isn't text is told by its name."""
    path = tmp_path / "wrong.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ValueError, match=r"wrong\.toml"):
        load(path)


@pytest.mark.parametrize(("head", "turn", "cure"), [
    ('device = "toaster"', ICE, "echo-dot"),
    ('locale = "de-DE"', ICE, "en-US"),
    ("", f'{ICE}\ndevice = "toaster"', "turn 2: device is 'toaster'; use one of echo-dot"),
    ("", f'{ICE}\nlocale = "de-DE"', "turn 2: locale is 'de-DE'; use one of en-US"),
])
def test_nowhere_to_be_had(head: str, turn: str, cure: str) -> None:
    """A device or a locale that there isn't is told when the conversation gets there."""
    with pytest.raises(ValueError, match=cure):
        differences(ICE, turn, head=head)
