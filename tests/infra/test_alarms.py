"""Somebody is told: an alarm for all that can go wrong, on metrics that Amazon counts, in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skill.alexa import journal
from skill.alexa.skill import SORRY
from skill.alexa.speech import ssml
from skill.simulator.echo import START
from tests.conftest import Json
from tests.infra.translated import RIGHTS, of_type, only, translated

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
