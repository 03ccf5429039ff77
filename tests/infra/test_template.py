"""The AWS template keeps its rules: sound to cfn-lint, nobody may do more than they must, and profiles stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from cfnlint.api import ManualArgs, lint  # type: ignore[import-untyped]  # it comes without types
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]

from skill.store.content import ROOT
from tests.conftest import Json
from tests.infra.translated import REGION, RIGHTS, SKILL, STAGES, TEMPLATE, of_type, only, translated, translation

TYPES = {
    "AWS::Lambda::Function": 1, "AWS::Lambda::Permission": 1, "AWS::IAM::Role": 1, "AWS::DynamoDB::Table": 1,
    "AWS::Logs::LogGroup": 1, "AWS::Logs::MetricFilter": 1, "AWS::SNS::Topic": 1, "AWS::SNS::Subscription": 1,
    "AWS::CloudWatch::Alarm": 6,
}
"""All that there is: no address on the open web, no role that isn't written here."""


# --- the template itself ---

def found(template: str) -> list[str]:
    """What cfn-lint has to say."""
    return [f"{each.rule.id} {each.message}" for each in lint(template, config=ManualArgs(regions=[REGION]))]


def test_source_is_sound() -> None:
    """The template is one that cfn-lint can't fault."""
    assert found(TEMPLATE.read_text("utf-8")) == []


def test_translation_is_sound() -> None:
    """Neither is what it becomes: there every name of a property, reference and attribute is looked at."""
    assert found(translation()) == []


@pytest.mark.parametrize(("right", "wrong"), [
    ('["People", "Arn"]', '["People", "Address"]'), ('"Timeout": 7', '"Timeout": 901'), ("python3.13", "python2.7"),
    ("dynamodb:GetItem", "dynamodb:FetchItem"), ('"MemorySize"', '"Memory"'), ('"Ref": "Alarms"', '"Ref": "Alarm"'),
])
def test_linter_would_tell(right: str, wrong: str) -> None:
    """The linter isn't silent because it sees nothing: a slip in the translation is told."""
    assert right in translation()
    assert found(translation().replace(right, wrong)) != []


def test_resources() -> None:
    """There is what is needed, and nothing else."""
    kinds = [each["Type"] for each in translated()["Resources"].values()]

    assert {kind: kinds.count(kind) for kind in kinds} == TYPES


@pytest.mark.parametrize(("skill", "fits"), [
    (SKILL, True), ("", False), ("amzn1.ask.skill.*", False), (f"{SKILL}0", False), (SKILL.upper(), False),
    ("amzn1.ask.account.01234567-89ab-cdef-0123-456789abcdef", False),
])
def test_skill_id(skill: str, fits: bool) -> None:
    """A skill's id is asked for, and anything that is none is turned away before anything is made."""
    parameter = translated()["Parameters"]["SkillId"]

    assert "Default" not in parameter
    assert bool(re.fullmatch(parameter["AllowedPattern"], skill)) is fits


def test_stages() -> None:
    """There are two stages, and who names none gets the harmless one."""
    parameter = translated()["Parameters"]["Stage"]

    assert (tuple(parameter["AllowedValues"]), parameter["Default"]) == (STAGES, "dev")
    assert translated()["Conditions"]["IsLive"] == {"Fn::Equals": [{"Ref": "Stage"}, "live"]}


def test_guide() -> None:
    """The guide sets what can be set, names the stack's outputs, and leads to files that are there."""
    guide = (ROOT / "infra" / "README.md").read_text("utf-8")
    overrides = " ".join(re.findall(r"--parameter-overrides (.*)", guide))

    assert set(re.findall(r"(\w+)=", overrides)) == translated()["Parameters"].keys()
    assert "FunctionArn" in guide
    assert "FunctionArn" in translated()["Outputs"]
    for name in (*re.findall(r"\]\(([^)#:]+)\)", guide), *re.findall(r"^\| `([\w.-]+)` \|", guide, re.MULTILINE)):
        assert (ROOT / "infra" / name).is_file(), name


# --- who may do what ---

def statements() -> Iterator[Json]:
    """Every statement of every right that somebody is given."""
    for resource in translated()["Resources"].values():
        for policy in resource["Properties"].get("Policies", ()):
            yield from policy["PolicyDocument"]["Statement"]


def test_only_the_skill_calls() -> None:
    """Alexa may call the function, and for this skill alone."""
    assert only("AWS::Lambda::Permission") == {
        "Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Coach"}, "Principal": "alexa-appkit.amazon.com",
        "EventSourceToken": {"Ref": "SkillId"},
    }


def test_rights() -> None:
    """The function may do five things to two resources of this stack, each of them named."""
    given = {(action, each["Resource"]["Fn::GetAtt"][0]) for each in statements() for action in each["Action"]}

    assert given == RIGHTS
    assert all(each["Resource"]["Fn::GetAtt"][1:] == ["Arn"] for each in statements())


def test_no_wildcard() -> None:
    """No right anywhere has a wildcard, and none comes in by a policy that somebody else writes."""
    assert "*" not in json.dumps(list(statements()))
    assert "arn:" not in translation()
    assert not {"ManagedPolicyArns", "PermissionsBoundary"} & only("AWS::IAM::Role").keys()


def test_role_is_lambda_s() -> None:
    """Only Lambda may act as the role."""
    (statement,) = only("AWS::IAM::Role")["AssumeRolePolicyDocument"]["Statement"]

    assert statement == {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
                         "Action": "sts:AssumeRole"}


# --- what is made ---

@pytest.mark.parametrize("stage", STAGES)
def test_function(stage: str) -> None:
    """The function is what the bundle is built for, and ends before Alexa gives up."""
    function = only("AWS::Lambda::Function", stage)

    assert (function["Runtime"], function["Architectures"]) == ("python3.13", ["arm64"])
    assert function["Timeout"] < 8
    assert function["Role"] == {"Fn::GetAtt": ["Role", "Arn"]}
    assert function["LoggingConfig"]["LogGroup"] == {"Ref": "Logs"}
    assert function["Environment"]["Variables"] == {"SKILL_ID": {"Ref": "SkillId"},
                                                    "BACK_COACH_TABLE": {"Ref": "People"}}


def test_handler() -> None:
    """The handler that is named is there to be called."""
    module, _, name = only("AWS::Lambda::Function")["Handler"].rpartition(".")

    assert (module, name) == ("skill.aws", "handler")
    assert callable(getattr(import_module(module), name))


def test_bundle() -> None:
    """What is deployed is the folder that `python -m skill build` fills."""
    code = load(str(TEMPLATE))["Resources"]["Coach"]["Properties"]["CodeUri"]

    assert (TEMPLATE.parent / code).resolve() == ROOT / "build" / "lambda"


@pytest.mark.parametrize("stage", STAGES)
def test_table(stage: str) -> None:
    """A person a key; paid by the request; forgotten in time; encrypted; any second of it can be brought back."""
    table = only("AWS::DynamoDB::Table", stage)

    assert table["KeySchema"] == [{"AttributeName": "person", "KeyType": "HASH"}]
    assert table["AttributeDefinitions"] == [{"AttributeName": "person", "AttributeType": "S"}]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}


@pytest.mark.parametrize(("stage", "policy", "days"), [("dev", "Delete", 7), ("live", "Retain", 30)])
def test_what_stays(stage: str, policy: str, days: int) -> None:
    """A dev stack takes its profiles along; live ones stay. Logs never stay, and are emptied in time."""
    (table,) = of_type("AWS::DynamoDB::Table", stage).values()
    (logs,) = of_type("AWS::Logs::LogGroup", stage).values()

    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == (policy, policy)
    assert table["Properties"]["DeletionProtectionEnabled"] is (stage == "live")
    assert (logs["DeletionPolicy"], logs["Properties"]["RetentionInDays"]) == ("Delete", days)


def test_outputs() -> None:
    """The stack says what the manifest needs, and where things are."""
    assert {name: each["Value"] for name, each in translated()["Outputs"].items()} == {
        "FunctionArn": {"Fn::GetAtt": ["Coach", "Arn"]}, "TableName": {"Ref": "People"}, "LogGroup": {"Ref": "Logs"},
    }
