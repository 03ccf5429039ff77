"""The shape of a content file: what content/_schema/ asks for, and what is wrong, in its author's words.

Rule 1: a schema's descriptions are the cures; an author reads them, not the schema's keywords.
Rule 2: every wrong place is told once, by its own name: "follow.how_long", never "properties/follow/0".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from skill.store.content import CONTENT

_TYPES = {"string": "a text in quotes", "array": "a list in brackets", "object": "a table", "integer": "a whole number"}

MOST_LISTED = 9
"""Names that are listed as a choice; beyond that, one reads the schema."""

_SHOWN = 60
"""Characters of a value that are shown; enough to find it."""


def schema(name: str) -> str:
    """The text of content/_schema/<name>.json."""
    return (CONTENT / "_schema" / f"{name}.json").read_text("utf-8")


def validator(name: str) -> Draft202012Validator:
    """The validator of content/_schema/<name>.json, as it is now."""
    return _validator(schema(name))


@lru_cache(maxsize=32)
def _validator(text: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(text))


def card_fields() -> Mapping[str, Any]:
    """Every field a card may have, as the schema describes it."""
    fields: Mapping[str, Any] = validator("card").schema["properties"]  # type: ignore[index]  # ours is an object
    return fields


def plain(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document of texts, whole numbers, lists and tables; a date or 1.5 becomes a text, which fits nowhere else."""
    same: dict[str, Any] = json.loads(json.dumps(document, default=str), parse_float=str, parse_constant=str)
    return same


def flaws(document: Mapping[str, Any], name: str) -> list[str]:
    """What is wrong with the shape of a plain document: "alone is "high"; use emergency, urgent, …"."""
    errors = validator(name).iter_errors(document)
    return list(dict.fromkeys(_TELL.get(str(error.validator), _unfit)(error) for error in errors))


def _place(error: ValidationError, *further: str) -> str:
    """Where it is, in the author's words: "follow.how_long"; places in lists are told by their value."""
    return ".".join((*(part for part in error.absolute_path if isinstance(part, str)), *further))


def _cure(error: ValidationError, name: str = "") -> str:
    """The description of what is wrong, or of a field of it; what a condition asks for is described in the card."""
    here: Mapping[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    fields = here.get("properties", {}) if error.absolute_path else {**card_fields(), **here.get("properties", {})}
    text = str(fields.get(name, here).get("description", "see content/_schema/"))
    return text[:1].lower() + text[1:].removesuffix(".")


def _rule(error: ValidationError) -> list[Any]:
    """What the schema's keyword says; ours is a list."""
    return list(error.validator_value) if isinstance(error.validator_value, list) else []


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _listed(words: list[str]) -> str:
    """"a, b or c"."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def _missing(error: ValidationError) -> str:
    name = error.message.split("'")[1]
    return f"{_place(error, name)} is missing; write it: {_cure(error, name)}"


def _too_few(error: ValidationError) -> str:
    given = len(error.instance) if isinstance(error.instance, dict | list) else 0
    return f"{_place(error)} has {given} of at least {error.validator_value}; write there: {_cure(error)}"


def _unknown(error: ValidationError) -> str:
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    given = error.instance if isinstance(error.instance, dict) else {}
    strange = [name for name in given if f"'{name}'" in error.message]
    near = get_close_matches(strange[0], known, 1) if strange else []
    if near:
        hint = f"did you mean {near[0]}?"
    elif len(known) > MOST_LISTED:
        hint = "take it out, or see content/_schema/"
    else:
        hint = f"take it out, or use {_listed(list(known))}" if known else f"rename it: {_cure(error)}"
    return f"{' and '.join(_place(error, name) for name in strange)} is not known here; {hint}"


def _elsewhere(error: ValidationError) -> str:
    use = str(card_fields()[_place(error)]["description"]).removesuffix(".")
    return f"{_place(error)} does not belong in this card; take it out ({use})"


def _choice(error: ValidationError) -> str:
    choices = list(map(str, _rule(error)))
    if _place(error) == "kind":
        return f"the folder {_shown(error.instance)} is not a kind of card; use {_listed(choices)}"
    return f"{_place(error)} is {_shown(error.instance)}; use {_listed(choices)}"


def _wrong_type(error: ValidationError) -> str:
    return f"{_place(error)} is not {_TYPES[str(error.validator_value)]}; write there: {_cure(error)}"


def _unfit(error: ValidationError) -> str:
    return f"{_place(error)} has {_shown(error.instance)}; write there: {_cure(error)}"


_TELL: Mapping[str, Callable[[ValidationError], str]] = {
    "required": _missing, "dependentRequired": _missing, "additionalProperties": _unknown, "enum": _choice,
    "type": _wrong_type, "not": _elsewhere, "minItems": _too_few, "minProperties": _too_few,
}
"""By the schema's keyword; any other is told by the value and what belongs there."""
