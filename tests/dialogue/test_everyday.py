"""What people blurt out in everyday words: an emergency beside a no, and what only sounds like a sign."""

from __future__ import annotations

import pytest

from tests.conftest import heard


@pytest.mark.parametrize("said", [
    "haven't been able to take a leak all day man", "bunged up five days and now i can't wee either",
    "my bowels just let go in the supermarket", "oh god i've just gone on the mat", "no pain now just numb legs",
    "my bottom is not having any sensation", "one leg has stopped working entirely", "all ten toes numb",
    "i've nothing from the waist down no feeling", "a car rammed me and there's this stabbing in my spine",
    "i'm going to the toilet without feeling it", "my pee keeps dripping after the set", "my leg just won't move",
    "my leg's not moving", "no control on latrine since morning", "i cannae feel ma legs",
    "i'm bursting and i can't go", "i've done a number two in me leggings",
    "bunged up and then it all came out and i couldn't stop it", "nothing below my belly button belongs to me",
    "does it matter that the pain's in both legs now", "nipped out for a wee and nothing came",
    "had to cut the run short i crapped my shorts", "stop my right leg does not move at all",
    "i sat on the bog an hour and couldn't start", "my calves are tight and i can't feel my feet",
    "from waist below no sensation is there", "he's gone in his pants", "i'm bursting but i just can't start",
    "my left leg's not answering i've to lift it by hand", "my two legs are dead numb so they are",
    "i don't get no warning i just go in my jeans", "no poo in days and i can't feel the urge",
    "he's losing his motions", "gran's had three accidents today", "i've had a wee accident in ma breeks",
    "i am going in my clothes before reaching the toilet", "didn't get to the dunny in time third day running",
    "legs is not taking my weight only", "my legs are dead to the touch right up to the waist",
])
def test_an_emergency_whatever_is_in_the_words(said: str) -> None:
    """A no, a trip to the toilet, a bowel that is blocked as well, or "working" in them takes nothing from it."""
    assert heard(said)[-1].disposition == "emergency"
    assert heard("check my warning signs", "no", "no", said)[-1].disposition == "emergency"


@pytest.mark.parametrize("said", [
    "nipping to the loo carry on without me", "dripping after that set where's my towel", "how do i lose weight",
    "i cannot touch my toes since always", "oops dropped the weight sorry", "i'll take another stab at that one",
    "hang on the baby's been sick on me", "my bladder's ok don't worry", "okay i got on my hands and knees",
    "brought it up with my coach", "my quads are toast", "my legs are tired from the hike", "i've got a stitch hold on",
    "my bum's sore from the bike seat", "skip the stabbing question", "i threw up my hands like you said now what",
    "hold on i've got to let the dog out he's bursting", "i nearly wet myself laughing at your voice",
    "i had sciatica years ago it's long gone",
    "carried my kid on my back all day", "namaste my back is stiff beta",
    "been on ceilings all week and my neck is shot",
    "baby was up all night i'm wrecked", "play night fever",
    "give me the weaker version", "i'm sweating buckets in here", "my back went in the gym",
    "i went in the car to the gym", "i'm going to the loo",
    "these shorts are killing me", "i've hit a wall with this programme", "go on stab me in the back why don't you",
    "can't move i'm too comfy", "two flights and i'm puffed out", "give me the one for weak hips",
    "i hurt myself laughing", "when i was a boy i fell from a mango tree", "i nearly puked after the test",
    "dug spuds all day and i'm wrecked", "took the dog out and the legs are grand",
    "it doesn't hurt at night any more", "there's a stitch in my side from laughing",
])
def test_no_sign_at_all(said: str) -> None:
    """A toilet break, a second meaning, a wish, how somebody kneels."""
    turn = heard(said)[-1]

    assert (turn.found, turn.disposition) == ((), None)


@pytest.mark.parametrize("said", [
    "there's no warning it just floods out", "there's no sensation when i wipe",
    "no but it shoots down the other leg now as well", "no not one leg both of them they're both weak",
])
def test_no_is_not_always_an_answer(said: str) -> None:
    """In the check, a "no" in the middle of what can't wait answers nothing."""
    assert heard("check my warning signs", "no", "no", "no", said)[-1].disposition == "emergency"


@pytest.mark.parametrize(("said", "sign"), [
    ("i can hardly get across the kitchen", "sign.walking"),
    ("it hurts when i'm doing nothing at all", "sign.night-pain"),
    ("mum can hardly get from the bed to the chair", "sign.walking"), ("dropped a barbell on myself", "sign.trauma"),
    ("tablets were helping and now they're not touching it", "sign.worsening"),
    ("something went ping at the bottom of my back", "sign.stabbing"),
    ("clothes too big now and i changed nothing", "sign.weight-loss"), ("my toes feel fat", "sign.numbness"),
    ("i'm chittering with cold and my head's roasting", "sign.fever"),
])
def test_no_answer_with_a_no_in_it(said: str, sign: str) -> None:
    """In the check, "hardly" or "nothing" in the middle of what tells of a sign is no "no"."""
    assert sign in heard("check my warning signs", "no", "no", said)[-1].found


@pytest.mark.parametrize(("said", "not_found"), [
    ("the leg pain won't budge", "sign.foot-drop"), ("i'm thirty nine now and my back hurts", "sign.fever"),
    ("my heel's gone to sleep and it'll not wake up", "sign.crisis"),
])
def test_no_more_than_is_said(said: str, not_found: str) -> None:
    """A pain that stays is no leg that won't move, and an age is no fever."""
    assert not_found not in heard(said)[-1].found


def test_on_the_right() -> None:
    """"Right" at the end makes no question of a sign."""
    assert heard("it's numb in my foot on the right")[-1].found == ("sign.numbness",)


def test_an_accident_may_be_either() -> None:
    """"A little accident" is asked about: which kind of it was?"""
    assert heard("i had a little accident")[-1].asking == ("sign.bladder-bowel", "sign.trauma")


def test_easing_is_not_getting_worse() -> None:
    """What an ear makes of a pain that eases isn't believed."""
    assert heard("it's easing off each morning")[-1].found == ()


@pytest.mark.parametrize("said", ["never mind the stretch i've just wet the mat", "stop it my legs have gone numb",
                                  "cancel that my bum's gone dead"])
def test_a_sign_beside_a_command(said: str) -> None:
    """In the check, too, a sign goes before the command to leave that an ear hears in the same breath."""
    assert heard("check my warning signs", "no", "no", said)[-1].disposition == "emergency"


@pytest.mark.parametrize(("said", "about"), [
    ("i can't go", "sign.bladder-bowel"), ("still giving me grief", "sign.week"),
    ("i've come over all funny", "sign.chest"),
    ("my foot's playing up", "sign.numbness"), ("my clothes feel a bit loose lately", "sign.weight-loss"),
    ("on and off the toilet all day", "sign.nausea"),
])
def test_may_be_either(said: str, about: str) -> None:
    """What may be a sign, or nothing much, is asked about."""
    turn = heard(said)[-1]

    assert about in turn.asking
    assert (turn.found, turn.disposition) == ((), None)


def test_the_graver_of_two_doubts() -> None:
    """Where a leak is in doubt, it is asked about beside what else the words tell of, or taken for what it may be."""
    turn = heard("every time i sneeze i wee a bit since my back went")[-1]

    assert "sign.bladder-bowel" in (*turn.asking, *turn.found)


@pytest.mark.parametrize("said", ["ugh i just barfed in the sink", "jesus that was like a knife in my spine"])
def test_an_exclamation_is_no_figure_of_speech(said: str) -> None:
    """Words that read like a sign are one, unless an ear is rather sure that they only sound like it."""
    assert heard(said)[-1].found


@pytest.mark.parametrize(("said", "told"), [
    ("my back is better today", "return.resume"), ("it's getting better", "return.resume"),
    ("my back feels miles better today", "return.resume"),
    ("my quads are burning", "normal.soreness"), ("my legs are tired from the hike", "normal.soreness"),
])
def test_nothing_to_check(said: str, told: str) -> None:
    """What is on the mend, or merely tired, is told what comes next, and asked nothing."""
    turn = heard(said)[-1]

    assert (turn.said, turn.state) == ((told,), "open")


@pytest.mark.parametrize("said", ["my back isn't any better today", "my back's better but now my leg is numb"])
def test_something_to_check(said: str) -> None:
    """What isn't on the mend, or isn't all, is asked about."""
    assert heard(said)[-1].state == "check"


@pytest.mark.parametrize("said", ["i drag it behind me on the carpet", "i have a leg which does not obey"])
def test_a_leg_that_does_not_move(said: str) -> None:
    """A leg that is dragged, or doesn't obey, is one that doesn't move."""
    assert "sign.foot-drop" in heard("check my warning signs", "no", "no", said)[-1].found


@pytest.mark.parametrize("said", ["i say to it lift and it does not lift i take it with the hands",
                                  "the left one i say go and she doesn't go", "it's like a dead leg it doesn't lift"])
def test_not_doing_as_told(said: str) -> None:
    """Asked about a weak leg, one that doesn't do as it's told is no "no"."""
    assert "sign.leg-weakness" in heard("check my warning signs", "no", "no", said)[-1].found


def test_tired_is_no_weakness() -> None:
    """Asked about a weak leg, tired legs are an answer."""
    turn = heard("check my warning signs", "no", "no", "legs are just knackered from squats")[-1]

    assert turn.found == ()
    assert "sign.leg-weakness" not in turn.asking


@pytest.mark.parametrize("said", ["just sore but one keeps giving way", "tired from the run and it buckles"])
def test_tired_and_weak(said: str) -> None:
    """Tired legs that give way are weak."""
    assert "sign.leg-weakness" in heard("check my warning signs", "no", "no", said)[-1].found


@pytest.mark.parametrize(("said", "standard"), [
    ("i cannae feel ma legs", "i can't feel my legs"), ("ma leg willnae take ma weight", "my leg won't take my weight"),
    ("nowt's coming when i try to wee", "nothing's coming when i try to wee"),
    ("it shoots doon ma leg", "it shoots down my leg"),
])
def test_dialect(said: str, standard: str) -> None:
    """A dialect is heard as the standard is."""
    turn, meant = heard(said)[-1], heard(standard)[-1]

    assert turn.found
    assert (turn.found, turn.asking, turn.disposition) == (meant.found, meant.asking, meant.disposition)
