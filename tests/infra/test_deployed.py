"""The template deployed to a local AWS, over real HTTP: names and rights refer to what is really there."""

from __future__ import annotations

import io
import json
import zipfile
from ast import literal_eval
from collections.abc import Iterator
from typing import Any

import boto3  # type: ignore[import-untyped]  # it comes without types
import pytest
from moto.server import ThreadedMotoServer

from skill.store.content import ROOT
from tests.infra.translated import BUCKET, KEY, REGION, SKILL, STAGES, only, translation

EMAIL = "somebody@example.com"

pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse AWS:UserWarning")
"""Moto warns of what it can't make (alarms, filters, subscriptions); as an error that would be a 500 of its server."""


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
