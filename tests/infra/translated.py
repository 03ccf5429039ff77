"""The template as CloudFormation gets it: translated by Amazon's own translator, and looked at by stage and type.

What is asserted of properties is asserted on the translation, as moto leaves many of them out (alarms, TTL, recovery,
tokens, architectures).
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import boto3  # type: ignore[import-untyped]  # it comes without types, and so do the next two
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]
from samtranslator.parser.parser import Parser  # type: ignore[import-untyped]
from samtranslator.translator.translator import Translator  # type: ignore[import-untyped]

from skill.store.content import ROOT
from tests.conftest import Json

TEMPLATE = ROOT / "infra" / "template.yaml"
REGION = "us-east-1"
SKILL = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"
BUCKET, KEY = "bucket", "lambda.zip"

STAGES = ("dev", "live")

RIGHTS = {
    ("dynamodb:GetItem", "People"), ("dynamodb:UpdateItem", "People"), ("dynamodb:DeleteItem", "People"),
    ("logs:CreateLogStream", "Logs"), ("logs:PutLogEvents", "Logs"),
}
"""What the function may do, and to what."""


def source() -> Json:
    """The template with the bundle where `sam package` would have put it."""
    template: Json = json.loads(json.dumps(load(str(TEMPLATE))))
    template["Resources"]["Coach"]["Properties"]["CodeUri"] = {"Bucket": BUCKET, "Key": KEY}
    return template


@cache
def translation() -> str:
    """What CloudFormation makes of the template, as JSON."""
    session = boto3.session.Session(region_name=REGION)
    return json.dumps(Translator({}, Parser(), boto_session=session).translate(source(), {"SkillId": SKILL}))


def translated() -> Json:
    """The translated template."""
    template: Json = json.loads(translation())
    return template


def at(stage: str, value: Any) -> Any:
    """A part of the template as it is at that stage: each `Fn::If` is decided."""
    if isinstance(value, list):
        return [at(stage, each) for each in value]
    if not isinstance(value, dict):
        return value
    if "Fn::If" in value:
        condition, then, otherwise = value["Fn::If"]
        return at(stage, then if {"IsLive": stage == "live", "HasEmail": True}[condition] else otherwise)
    return {name: at(stage, each) for name, each in value.items()}


def of_type(kind: str, stage: str = "live") -> dict[str, Json]:
    """The translated resources of a type, by name."""
    resources = at(stage, translated()["Resources"])
    return {name: each for name, each in resources.items() if each["Type"] == kind}


def only(kind: str, stage: str = "live") -> Json:
    """The properties of the one resource of a type."""
    ((_, resource),) = of_type(kind, stage).items()
    properties: Json = resource["Properties"]
    return properties
