"""Amazon's rules: a fault is put into a small model, and its line is all that is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skill.store import lint

Language = dict[str, Any]

HOMES = {"TreatIceIntent": "content/en/treat/ice.toml: asked"}
ICE = HOMES["TreatIceIntent"]


def intent(name: str, *samples: str, **slots: str) -> dict[str, Any]:
    """An intent of a model."""
    return {"name": name, "slots": [{"name": slot, "type": kind} for slot, kind in slots.items()],
            "samples": list(samples)}


def values(**names: str) -> list[dict[str, Any]]:
    """The values of a slot type, each with a synonym."""
    return [{"id": f"treat.{item_id}", "name": {"value": name, "synonyms": [f"{name} pack"]}}
            for item_id, name in names.items()]


def language() -> Language:
    """A model in order."""
    built_in = [intent(name, *(f"{word} {name[7:-6].lower()}" for word in ("do", "now", "just", "yes", "do a")))
                for name in lint.REQUIRED]
    return {
        "invocationName": "back coach",
        "intents": [
            *built_in,
            intent("TreatIceIntent", "does freezing it help", "is cold good", "do i cool it", "peas on it",
                   "freeze it"),
            intent("AskIntent", "what about {topic}", "is {topic} any good", "and {topic}", "explain {topic}",
                   "tell me of {topic}", topic="Topic"),
            intent("CompareIntent", "{topic} or {other}", "{topic} and {other}", "is {topic} as good as {other}",
                   "{topic} then {other}", "rather {topic} than {other}", topic="Topic", other="Topic"),
            intent("StartIntent", "stretch for {duration}", "i have {duration}", "a {duration} one",
                   "give me {duration}", "make it {duration}", duration="AMAZON.DURATION"),
        ],
        "types": [{"name": "Topic", "values": values(ice="ice", heat="heat")}],
    }


def flaws(model: Language) -> list[str]:
    """What is wrong with a model."""
    return list(lint.flaws(lint.Grammar({"interactionModel": {"languageModel": model}}), HOMES))


def named(model: Language, name: str) -> dict[str, Any]:
    """An intent of a model."""
    found: dict[str, Any] = next(each for each in model["intents"] if each["name"] == name)
    return found


def without(name: str) -> Callable[[Language], None]:
    """Takes an intent out."""
    def change(model: Language) -> None:
        model["intents"].remove(named(model, name))
    return change


def called(name: str) -> Callable[[Language], None]:
    """Another invocation name."""
    def change(model: Language) -> None:
        model["invocationName"] = name
    return change


def adding(name: str, *samples: str) -> Callable[[Language], None]:
    """More samples."""
    def change(model: Language) -> None:
        named(model, name)["samples"] += samples
    return change


def slot(name: str, slot_name: str, kind: str) -> Callable[[Language], None]:
    """Another slot of an intent."""
    def change(model: Language) -> None:
        named(model, name)["slots"].append({"name": slot_name, "type": kind})
    return change


def kind(name: str, *held: dict[str, Any]) -> Callable[[Language], None]:
    """Another slot type."""
    def change(model: Language) -> None:
        model["types"].append({"name": name, "values": list(held)})
    return change


def more(*added: dict[str, Any]) -> Callable[[Language], None]:
    """More intents."""
    def change(model: Language) -> None:
        model["intents"] += added
    return change


def worth(**names: str) -> Callable[[Language], None]:
    """More values of the type Topic."""
    def change(model: Language) -> None:
        model["types"][0]["values"] += values(**names)
    return change


FIVE = ("one of it", "two of it", "three of it", "four of it", "five of it")
UNCHARTED = "use letters, apostrophes and hyphens, and spell numbers out"

FAULTS = [
    (called("coach"), 'invocationName is "coach"; use two words or more, in lower-case letters'),
    (called("Back Coach"), 'invocationName is "Back Coach"; use two words or more, in lower-case letters'),
    (called("coach 2"), 'invocationName is "coach 2"; use two words or more, in lower-case letters'),
    (called("the coach"), 'invocationName has "the", an article or a preposition; choose another word'),
    (called("start coach"), 'invocationName has "start", a launch word; choose another word'),
    (called("coach whether"), 'invocationName has "whether", a connecting word; choose another word'),
    (called("back skill"), 'invocationName has "skill", a wake word; choose another word'),
    (without("AMAZON.HelpIntent"),
     "AMAZON.HelpIntent is missing, and every skill needs it; write it into _intents.toml"),
    (more(intent("Treat2Intent", *FIVE)),
     "Treat2Intent makes the intent Treat2Intent; Amazon allows letters alone, so rename it"),
    (more(intent("FewIntent", *FIVE[:4])), "FewIntent has 4 samples; write 5 at least"),
    (adding("TreatIceIntent", "is 10 enough"), f'{ICE} has "is 10 enough"; {UNCHARTED}'),
    (adding("TreatIceIntent", "ice?"), f'{ICE} has "ice?"; {UNCHARTED}'),
    (adding("TreatIceIntent", "it’s cold"), f'{ICE} has "it’s cold"; {UNCHARTED}'),
    (adding("AskIntent", "{topic} on {topic}"),
     'AskIntent has "{topic} on {topic}", with one slot twice; use two slots'),
    (slot("AskIntent", "side", "Topic"),
     "AskIntent: {side} is declared and used in no sample; take it out, or add it"),
    (adding("AskIntent", "use {thing}"),
     "AskIntent: {thing} is used and not declared in slots; take it out, or add it"),
    (more(intent("SearchIntent", "find {any}", "{any}", "look {any}", "seek {any}", "go {any}",
                 any="AMAZON.SearchQuery")), 'SearchIntent has "{any}"; put words around the slot'),
    (more(intent("OddIntent", *FIVE, "use {topic} there", topic="AMAZON.NUMBER")),
     "OddIntent: {topic} is a AMAZON.NUMBER here and a Topic elsewhere; rename it"),
    (kind("Area", *values(hips="hips", core="core")), "slot type Area is used by no intent; take it out, or use it"),
    (worth(ice="cold"), "slot type Topic has the id treat.ice twice; keep one"),
    (worth(long="x" * 136), f'slot type Topic has "{"x" * 40}…" of 141 characters; use 140 at most'),
    (adding("TreatIceIntent", "freeze it"), f'{ICE} has "freeze it" twice; delete one'),
    (adding("AskIntent", "freeze it"), f'AskIntent has "freeze it" as does {ICE}; delete one'),
    (adding("TreatIceIntent", "what about heat"),
     f'{ICE} has "what about heat", and AskIntent has it as "what about {{topic}}"; delete it'),
    (adding("TreatIceIntent", "ice then heat pack"),
     f'{ICE} has "ice then heat pack", and CompareIntent has it as "{{topic}} then {{other}}"; delete it'),
    (adding("TreatIceIntent", "give me ten minutes"),
     f'{ICE} has "give me ten minutes", and StartIntent has it as "give me {{duration}}"; delete it'),
    (adding("TreatIceIntent", "give me a couple of hours"),
     f'{ICE} has "give me a couple of hours", and StartIntent has it as "give me {{duration}}"; delete it'),
    (more(intent("OtherIntent", *FIVE[:4], "explain {one}", one="Topic")),
     'OtherIntent has "explain {one}", which is "explain {topic}" of AskIntent for some values; reword one'),
    (adding("TreatIceIntent", "do help'"),
     f'{ICE} has "do help\'", and the ear takes that for AMAZON.HelpIntent; reword or delete it'),
]


@pytest.mark.parametrize(("change", "line"), FAULTS, ids=[line[:60] for _, line in FAULTS])
def test_fault(change: Callable[[Language], None], line: str) -> None:
    """One fault, one line."""
    model = language()
    change(model)

    assert flaws(model) == [line]


def test_in_order() -> None:
    """A model in order has no line."""
    assert flaws(language()) == []


def test_type_names() -> None:
    """A slot type's name is letters and underscores, and one value is none to choose from."""
    model = language()
    kind("Body-Area", *values(hips="hips"))(model)
    more(intent("AreaIntent", *FIVE, "{area}", area="Body-Area"))(model)

    assert flaws(model) == ["slot type Body-Area is no name for Amazon; use letters and underscores",
                            "slot type Body-Area has fewer values than 2; write more"]


def test_intent_twice() -> None:
    """Two intents of one name are one too many; every line of it says so."""
    model = language()
    more(intent("AskIntent", *FIVE))(model)

    assert "AskIntent makes the intent AskIntent, which is there already; rename it" in flaws(model)


def test_size() -> None:
    """What Amazon would not take for its size is told."""
    model = language()
    more(*(intent(f"X{'abcdefghijklmnopqrst'[number // 20]}{'abcdefghijklmnopqrst'[number % 20]}Intent",
                  *(f"{word} {'again ' * 250}{number}" for word in FIVE)) for number in range(240)))(model)
    grammar = lint.Grammar({"interactionModel": {"languageModel": model}})

    found = list(lint.size(grammar, HOMES))

    assert [line.split()[-5:] for line in found] == [
        ["Amazon", "takes", "1500000;", "delete", "samples"], ["Amazon", "takes", "250;", "join", "some"]]


def test_overlap_needs_a_shared_value() -> None:
    """Samples alike but for slots whose values differ are two samples."""
    model = language()
    kind("Area", *values(hips="hips", core="core"))(model)
    more(intent("AreaIntent", *FIVE, "explain {area}", area="Area"))(model)

    assert flaws(model) == []


@pytest.mark.parametrize(("text", "unknown"), [
    ("Say what about heat, and I'll tell you.", []),
    ("Say freeze it.", []),
    ("Say melt it, and I'll tell you.", ["melt it"]),
    ("Ask me, or say warm it.", ["warm it"]),
    ("Phone first, and say that it's your back.", []),
    ("Should I say that again?", []),
    ("You count, and I'll say how it's done.", []),
])
def test_said(text: str, unknown: list[str]) -> None:
    """What people are told to say is a sample."""
    grammar = lint.Grammar({"interactionModel": {"languageModel": language()}})

    assert list(lint.said(grammar, {"ice: how": text})) == [
        f'ice: how tells people to say "{words}", and no intent has that; add it to one, or reword'
        for words in unknown]
