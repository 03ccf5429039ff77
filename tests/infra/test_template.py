"""The AWS template keeps its rules: translated by Amazon's own translator, judged by cfn-lint, deployed to a local AWS.

What is asserted of properties is asserted on the translation, as moto leaves many of them out (alarms, TTL, recovery,
tokens, architectures). Moto shows the wiring: that names and rights refer to what is really there.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from ast import literal_eval
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]  # it comes without types, and so do the next two
import pytest
from cfnlint.api import ManualArgs, lint  # type: ignore[import-untyped]
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]
from moto.server import ThreadedMotoServer
from samtranslator.parser.parser import Parser  # type: ignore[import-untyped]
from samtranslator.translator.translator import Translator  # type: ignore[import-untyped]

from skill.alexa import journal
from skill.alexa.skill import SORRY
from skill.alexa.speech import ssml
from skill.simulator.echo import START
from tests.conftest import Json

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "infra" / "template.yaml"
REGION = "us-east-1"
SKILL = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"
EMAIL = "somebody@example.com"
BUCKET, KEY = "bucket", "lambda.zip"

STAGES = ("dev", "live")

TYPES = {
    "AWS::Lambda::Function": 1, "AWS::Lambda::Permission": 1, "AWS::IAM::Role": 1, "AWS::DynamoDB::Table": 1,
    "AWS::Logs::LogGroup": 1, "AWS::Logs::MetricFilter": 1, "AWS::SNS::Topic": 1, "AWS::SNS::Subscription": 1,
    "AWS::CloudWatch::Alarm": 6,
}
"""All that there is: no address on the open web, no role that isn't written here."""

RIGHTS = {
    ("dynamodb:GetItem", "People"), ("dynamodb:UpdateItem", "People"), ("dynamodb:DeleteItem", "People"),
    ("logs:CreateLogStream", "Logs"), ("logs:PutLogEvents", "Logs"),
}
"""What the function may do, and to what."""

OURS = ("BackCoach/${Stage}", "Faults")
"""Our own metric: turns that ended in an apology."""

METRICS = {
    OURS: set[str](),
    ("AWS/Lambda", "Errors"): {"FunctionName"},
    ("AWS/Lambda", "Throttles"): {"FunctionName"},
    ("AWS/Lambda", "Duration"): {"FunctionName"},
    ("AWS/DynamoDB", "ThrottledRequests"): {"TableName", "Operation"},
    ("AWS/DynamoDB", "SystemErrors"): {"TableName", "Operation"},
}
"""Metrics as Amazon lists them, each with the dimensions by which it is counted; an alarm on others never rings."""

pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse AWS:UserWarning")
"""Moto warns of what it can't make (alarms, filters, subscriptions); as an error that would be a 500 of its server."""


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


def statements() -> Iterator[Json]:
    """Every statement of every right that somebody is given."""
    for resource in translated()["Resources"].values():
        for policy in resource["Properties"].get("Policies", ()):
            yield from policy["PolicyDocument"]["Statement"]


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


# --- who is told ---

def watched(alarm: Mapping[str, Any]) -> list[Json]:
    """The metrics that an alarm looks at."""
    if "Metrics" not in alarm:
        return [dict(alarm)]
    return [each["MetricStat"]["Metric"] for each in alarm["Metrics"] if "MetricStat" in each]


def named(metric: Mapping[str, Any]) -> tuple[str, str]:
    """A metric's namespace and name; what is filled in later stays as it is written."""
    space = metric["Namespace"]
    return space["Fn::Sub"] if isinstance(space, dict) else space, metric["MetricName"]


def alarms() -> list[Json]:
    """The properties of every alarm."""
    return [each["Properties"] for each in of_type("AWS::CloudWatch::Alarm").values()]


def test_alarms_can_ring() -> None:
    """An alarm for each metric that tells of trouble, counted in the way that Amazon counts it."""
    looked = [metric for alarm in alarms() for metric in watched(alarm)]

    assert {named(each) for each in looked} == METRICS.keys()
    for each in looked:
        dimensions = {pair["Name"]: pair["Value"] for pair in each.get("Dimensions", ())}
        assert dimensions.keys() == METRICS[named(each)]
        assert dimensions.get("FunctionName", {"Ref": "Coach"}) == {"Ref": "Coach"}
        assert dimensions.get("TableName", {"Ref": "People"}) == {"Ref": "People"}


def test_apologies_are_counted() -> None:
    """An apology is no error to Lambda, so that it is counted by the line that the skill logs of it."""
    counted = only("AWS::Logs::MetricFilter")
    (metric,) = counted["MetricTransformations"]
    line = journal.entry({}, {"response": {"outputSpeech": {"ssml": ssml(SORRY)}}}, 1.0, START)

    assert counted["LogGroupName"] == {"Ref": "Logs"}
    assert (metric["MetricNamespace"]["Fn::Sub"], metric["MetricName"]) == OURS
    assert counted["FilterPattern"] == "{ $.Faults > 0 }"
    assert line["Faults"] == 1


def test_alarms_add_up() -> None:
    """An alarm of the table adds up all that the function may do with it."""
    operations = {action.partition(":")[2] for action, _ in RIGHTS if action.startswith("dynamodb:")}
    summed = [alarm for alarm in alarms() if "Metrics" in alarm]

    assert len(summed) == 2
    for alarm in summed:
        by = [pair["Value"] for each in watched(alarm) for pair in each["Dimensions"] if pair["Name"] == "Operation"]
        assert (set(by), len(by)) == (operations, 3)
        assert [each["Id"] for each in alarm["Metrics"] if each.get("ReturnData", True)] == [alarm["Metrics"][0]["Id"]]


def test_alarms_are_told() -> None:
    """Somebody is told of each, and nobody is woken because nobody talked to the coach."""
    for alarm in alarms():
        assert (alarm["AlarmActions"], alarm["OKActions"]) == ([{"Ref": "Alarms"}], [{"Ref": "Alarms"}])
        assert alarm["TreatMissingData"] == "notBreaching"


def test_somebody_is_told() -> None:
    """Whoever is named as the one to be told is subscribed; where nobody is, nothing is."""
    (subscription,) = of_type("AWS::SNS::Subscription").values()

    assert subscription["Properties"] == {"TopicArn": {"Ref": "Alarms"}, "Protocol": "email",
                                          "Endpoint": {"Ref": "AlarmEmail"}}
    assert translated()["Conditions"][subscription["Condition"]] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmEmail"}, translated()["Parameters"]["AlarmEmail"]["Default"]]}]}


def test_slow_is_told_in_time() -> None:
    """Slow is what Alexa still waits for: it is told before turns fail."""
    (slow,) = [alarm for alarm in alarms() if alarm.get("MetricName") == "Duration"]

    assert slow["ExtendedStatistic"] == "p99"
    assert slow["Threshold"] < only("AWS::Lambda::Function")["Timeout"] * 1000


# --- deployed, over real HTTP ---

def archive() -> bytes:
    """A bundle as small as can be; nothing runs it here."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.write(ROOT / "skill" / "aws.py", "skill/aws.py")
    return packed.getvalue()


class Cloud:
    """A pretend AWS on this machine, spoken to as one speaks to the real one."""

    def __init__(self, address: str) -> None:
        self._address = address

    def client(self, service: str) -> Any:
        """Whom one talks to about a service."""
        return boto3.client(service, endpoint_url=self._address, region_name=REGION)

    def deploy(self, stage: str) -> dict[str, str]:
        """A stack, made; its outputs."""
        parameters = {"SkillId": SKILL, "Stage": stage, "AlarmEmail": EMAIL}
        stacks = self.client("cloudformation")
        stacks.create_stack(
            StackName=f"back-coach-{stage}", TemplateBody=translation(), Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()])
        (stack,) = stacks.describe_stacks(StackName=f"back-coach-{stage}")["Stacks"]
        assert stack["StackStatus"] == "CREATE_COMPLETE"
        return {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """A pretend AWS with the bundle in a bucket, and credentials that are none."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            patch.setenv(name, "testing")
        for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
            patch.delenv(name, raising=False)
        patch.setenv("NO_PROXY", "127.0.0.1")
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        cloud = Cloud("http://{}:{}".format(*server.get_host_and_port()))
        cloud.client("s3").create_bucket(Bucket=BUCKET)
        cloud.client("s3").put_object(Bucket=BUCKET, Key=KEY, Body=archive())
        yield cloud
        server.stop()


@pytest.fixture(scope="module", params=STAGES)
def stack(cloud: Cloud, request: pytest.FixtureRequest) -> dict[str, str]:
    """A deployed stack of each stage: its outputs."""
    return cloud.deploy(request.param)


def test_deployed_function(cloud: Cloud, stack: dict[str, str]) -> None:
    """The deployed function has the handler, the skill's id and the name of the table that was made."""
    function = cloud.client("lambda").get_function_configuration(FunctionName=stack["FunctionArn"])
    tables = cloud.client("dynamodb").list_tables()["TableNames"]

    assert stack["TableName"] in tables
    assert function["Environment"]["Variables"] == {"SKILL_ID": SKILL, "BACK_COACH_TABLE": stack["TableName"]}
    assert (function["Handler"], function["Runtime"], function["Timeout"]) == ("skill.aws.handler", "python3.13", 7)


def test_deployed_rights(cloud: Cloud, stack: dict[str, str]) -> None:
    """The deployed role names the table and the log group that were made, and nothing else."""
    function = cloud.client("lambda").get_function_configuration(FunctionName=stack["FunctionArn"])
    role, iam = function["Role"].rpartition("/")[2], cloud.client("iam")
    table = cloud.client("dynamodb").describe_table(TableName=stack["TableName"])["Table"]["TableArn"]
    groups = cloud.client("logs").describe_log_groups(logGroupNamePrefix=stack["LogGroup"])["logGroups"]
    given = {name: literal_eval(iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"])["Statement"]
             for name in iam.list_role_policies(RoleName=role)["PolicyNames"]}  # which moto gives in Python's words

    assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
    assert [each["Resource"] for each in given["profiles"]] == [table]
    assert [each["Resource"].removesuffix(":*") for each in given["logs"]] == [groups[0]["arn"].removesuffix(":*")]


def test_deployed_permission(cloud: Cloud, stack: dict[str, str]) -> None:
    """Alexa alone may call the deployed function."""
    policy = json.loads(cloud.client("lambda").get_policy(FunctionName=stack["FunctionArn"])["Policy"])

    assert [each["Principal"] for each in policy["Statement"]] == ["alexa-appkit.amazon.com"]


def test_deployed_table(cloud: Cloud, stack: dict[str, str]) -> None:
    """The deployed table takes a person by their key, and is paid by the request."""
    database = cloud.client("dynamodb")
    table = database.describe_table(TableName=stack["TableName"])["Table"]
    key = {"person": {"S": "somebody"}}
    database.update_item(TableName=stack["TableName"], Key=key, UpdateExpression="SET visits = :one",
                         ExpressionAttributeValues={":one": {"N": "1"}})

    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert database.get_item(TableName=stack["TableName"], Key=key)["Item"] == {**key, "visits": {"N": "1"}}


def test_time_to_live(cloud: Cloud) -> None:
    """A table made from what the template says forgets by the attribute that it names."""
    table, database = only("AWS::DynamoDB::Table"), cloud.client("dynamodb")
    made = {name: table[name] for name in ("AttributeDefinitions", "KeySchema", "BillingMode")}
    database.create_table(TableName="by-hand", **made)
    database.update_time_to_live(TableName="by-hand", TimeToLiveSpecification=table["TimeToLiveSpecification"])

    kept = database.describe_time_to_live(TableName="by-hand")["TimeToLiveDescription"]
    assert kept == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
