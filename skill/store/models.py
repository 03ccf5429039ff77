"""Interaction models: generated from content, kept in interaction_models/, read as Amazon takes them.

Rule 1: every intent is either a command of `_intents.toml`, or asks for one item (`asked` in its card), or is of words
that may mean one sign (`doubtful`).
Rule 2: slot types are lists of items: their names, or for symptoms the ways people report them.
Rule 3: what is written here is never edited by hand; `python -m skill model` writes it anew.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from typing import Any

from skill.domain.items import doubt_name, intent_name
from skill.store.content import ROOT, Card, ContentError, cards, commands, language, types
from skill.store.memo import kept

MODELS = ROOT / "interaction_models"
INVOCATION = "back coach"

Model = dict[str, Any]
"""The JSON document of one locale."""

SEVERAL = ("en-AU", "en-CA", "en-GB", "en-US")
"""Locales whose slots may take several values at once (alexa-platform.md, 4.4-22)."""

TOPICS = ("cause", "normal", "prevent", "treat", "avoid", "stretch", "life", "return", "list",
          "sign", "risk", "meaning", "seek", "about", "routine")
"""Kinds that can be named in a question: "tell me about {topic}"."""


@kept
def model(locale: str) -> Model:
    """The model as it lies in interaction_models/; raises `ContentError` naming the file and the cure."""
    path = MODELS / f"{locale}.json"
    try:
        document: Model = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise ContentError(f"{MODELS.name}/{path.name}: this is no interaction model; "
                           "run python -m skill model") from None
    return document


def build(locale: str) -> Model:
    """The model as content has it now."""
    folder = language(locale)
    known = cards(folder)
    several = locale in SEVERAL
    intents = [_intent(name, entry["samples"], entry.get("slots", {}), entry.get("several", ()) if several else ())
               for name, entry in commands(folder).items()]
    intents += [_intent(f"{intent_name(item_id)}Intent", card["asked"], {}) for item_id, card in known.items()]
    intents += [_intent(f"{doubt_name(item_id)}Intent", card["doubtful"], {})
                for item_id, card in known.items() if "doubtful" in card]
    listed = [_type(name, values) for name, values in _values(known, types(folder))]
    return {"interactionModel": {"languageModel": {
        "invocationName": INVOCATION, "intents": intents, "types": listed,
        "modelConfiguration": {"fallbackIntentSensitivity": {"level": "MEDIUM"}},
    }}}


def write(locale: str, document: Model | None = None) -> None:
    """Writes the model of a locale anew: as content has it now, or as it was built before."""
    MODELS.mkdir(exist_ok=True)
    (MODELS / f"{locale}.json").write_text(dump(document or build(locale)), "utf-8")


def is_fresh(locale: str) -> bool:
    """Whether the model in interaction_models/ is what content makes of it now."""
    path = MODELS / f"{locale}.json"
    return path.is_file() and path.read_text("utf-8") == dump(build(locale))


def dump(document: Model) -> str:
    """The text of a model file: a line for each sample, and no more room than Amazon allows (1.5 MB)."""
    return json.dumps(document, indent=0, ensure_ascii=False) + "\n"


def _intent(name: str, samples: Iterable[str], slots: Mapping[str, str],
            several: Container[str] = ()) -> dict[str, Any]:
    listed = [{"name": slot, "type": kind, **({"multipleValues": {"enabled": True}} if slot in several else {})}
              for slot, kind in slots.items()]
    return {"name": name, "slots": listed, "samples": list(samples)}


def _type(name: str, values: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    return {"name": name, "values": [
        {"id": item_id, "name": {"value": names[0], "synonyms": names[1:]}} for item_id, names in values
    ]}


Values = list[tuple[str, list[str]]]


def _values(known: Mapping[str, Card], own: Mapping[str, Any]) -> Iterable[tuple[str, Values]]:
    """Slot types by name; each value is an id and what it is called, the usual name first."""
    yield "Topic", _named(known, TOPICS)
    yield "Stretch", _named(known, ("stretch",))
    yield "Routine", _named(known, ("routine",))
    yield "Symptom", [(item_id, _unique([*card["names"], *card["reported"]]))
                      for item_id, card in known.items() if "reported" in card]
    for name, values in own.items():
        yield name, list(values.items())


def _named(known: Mapping[str, Card], kinds: Iterable[str]) -> Values:
    return [(item_id, list(card["names"])) for item_id, card in known.items()
            if item_id.partition(".")[0] in kinds and card["names"]]


def _unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))
