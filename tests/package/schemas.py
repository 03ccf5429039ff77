"""Amazon's own schemas, made of what Amazon ships: the Swagger document of its API, and the types of its SDK.

Rule 1: nothing is written down here that Amazon says; what it leaves open is closed, so that a misspelt key is seen.
Rule 2: one thing is let pass: values without synonyms, which the document forbids and Amazon's own samples have.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import TESTS, Json

CLIENTS = TESTS / "clients"
MODULES = CLIENTS / "node_modules"
SPEC = MODULES / "ask-smapi-model" / "spec.json"
GENERATOR = MODULES / "ts-json-schema-generator" / "bin" / "ts-json-schema-generator.js"

MODEL = "v1.skill.interactionModel.InteractionModelData"
MANIFEST = "v1.skill.Manifest.SkillManifestEnvelope"
TOO_STRICT = ("v1.skill.interactionModel.TypeValueObject", "synonyms")

amazons = pytest.mark.skipif(
    shutil.which("node") is None or not SPEC.is_file() or not GENERATOR.is_file(),
    reason="Node or what is in tests/clients/node_modules is missing; make setup says more")
"""Marks what needs them."""

PATIENCE = 60
"""Seconds for the generator, which takes three."""

ANSWER = 'import {ResponseEnvelope} from "ask-sdk-model";\nexport type Answer = ResponseEnvelope;\n'
SETTINGS = {"compilerOptions": {"module": "commonjs", "moduleResolution": "node", "types": []}}


def wrong(document: Any, validator: Draft202012Validator) -> list[str]:
    """What a schema says against a document, each with its place."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


# --- models and manifests: Swagger 2.0 ---


@cache
def of_api(root: str) -> Draft202012Validator:
    """The validator of a definition of Amazon's API."""
    needed: dict[str, Json] = {}
    ahead = [root]
    while ahead:
        name = ahead.pop()
        if name not in needed:
            needed[name] = _definition(name)
            ahead += _referred(needed[name])
    schema: Json = {"$ref": f"#/$defs/{root}", "$defs": needed}
    return Draft202012Validator(json.loads(json.dumps(schema).replace("#/definitions/", "#/$defs/")))


@cache
def _spec() -> Mapping[str, Json]:
    definitions: Mapping[str, Json] = json.loads(SPEC.read_text("utf-8"))["definitions"]
    return definitions


def _definition(name: str) -> Json:
    """A definition as JSON Schema: one that has kinds is any of them, and an object has no keys but its own."""
    node = _spec()[name]
    if "discriminator" in node:
        return {"anyOf": [{"$ref": f"#/definitions/{kind}"} for kind, each in _spec().items()
                          if name in _parents(each)]}
    flat = _flat(node)
    if "properties" in flat:
        flat.setdefault("additionalProperties", False)
    kind, key = TOO_STRICT
    if name == kind:
        flat["required"] = [each for each in flat["required"] if each != key]
        flat["properties"][key] = {**flat["properties"][key], "minItems": 0}
    return flat


def _flat(node: Json) -> Json:
    """A node with all that it has from its parents, and the value that tells its kind."""
    parts = [_flat(_spec()[parent]) for parent in _parents(node)] + [each for each in node.get("allOf", [node])
                                                                   if "$ref" not in each]
    own = {key: value for part in parts for key, value in part.items() if key != "discriminator"}
    properties = {key: value for part in parts for key, value in part.get("properties", {}).items()}
    told = [_spec()[parent].get("discriminator") for parent in _parents(node)]
    properties.update({key: {"const": node["x-discriminator-value"]} for key in told if key})
    required = sorted({key for part in parts for key in part.get("required", ())})
    return {**own, **({"properties": properties} if properties else {}), **({"required": required} if required else {})}


def _parents(node: Json) -> list[str]:
    return [each["$ref"].rpartition("/")[2] for each in node.get("allOf", ()) if "$ref" in each]


def _referred(node: Any) -> Iterator[str]:
    """The definitions that a node refers to."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for each in node.values():
            yield from _referred(each)
    elif isinstance(node, list):
        for each in node:
            yield from _referred(each)


# --- responses: TypeScript ---


def of_answers(folder: Path) -> Draft202012Validator:
    """The validator of a response envelope, generated in a folder that is empty."""
    (folder / "node_modules").symlink_to(MODULES)
    (folder / "answer.ts").write_text(ANSWER)
    (folder / "tsconfig.json").write_text(json.dumps(SETTINGS))
    ran = subprocess.run(["node", GENERATOR, "--path", "answer.ts", "--type", "Answer", "--tsconfig", "tsconfig.json",
                          "--no-type-check"], cwd=folder, capture_output=True, check=True, timeout=PATIENCE)
    return Draft202012Validator(json.loads(ran.stdout))
