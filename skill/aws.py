"""AWS Lambda's entry: `skill.aws.handler`.

Rule 1: all that can be done before the first request is done when Lambda starts the process.
Rule 2: the user store is asked only when a turn needs it; without a table nothing outlives the process.
Settings come from the environment: SKILL_ID (whose requests are answered), BACK_COACH_TABLE (the profiles' table).
"""

from __future__ import annotations

import gc

gc.disable()  # what is made until the first request is kept for good: there is nothing to be found in it

from skill.alexa import lean  # noqa: E402

lean.inspect_later()  # before anything imports dataclasses
lean.leave_services_out()  # before anything imports the SDK

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Mapping  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from time import perf_counter  # noqa: E402
from typing import Any  # noqa: E402

from skill.alexa import journal  # noqa: E402
from skill.alexa.skill import Skill  # noqa: E402
from skill.dialogue.coach import Coach  # noqa: E402
from skill.domain.profile import Users  # noqa: E402
from skill.store import compiled  # noqa: E402
from skill.store.users import MemoryUsers  # noqa: E402


def _coach() -> Coach:
    """The coach, from the content as it was shipped; from its files where this is no bundle."""
    shipped = compiled.read()
    if shipped:
        return Coach(shipped)
    from skill import app  # noqa: PLC0415  # reads content, which a bundle hasn't got

    return app.coach()


def _users() -> Users:
    """The store of the profiles. Of DynamoDB nothing is imported where there is no table."""
    table = os.environ.get("BACK_COACH_TABLE")
    if not table:
        return MemoryUsers()
    from skill.store.dynamo import DynamoUsers  # noqa: PLC0415

    return DynamoUsers(table)


SKILL_ID = os.environ.get("SKILL_ID") or None

_skill = Skill(_coach(), _users(), SKILL_ID)


def handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    """Answers one request envelope, with a line in the log; raises for a request to another skill than `SKILL_ID`."""
    began = perf_counter()
    given = _skill(event, context)
    spent = 1000 * (perf_counter() - began)
    sys.stdout.write(json.dumps(journal.entry(event, given, spent, datetime.now(UTC))) + "\n")  # at once, as a whole
    return given


def _warm_up() -> None:
    """Nobody's first turns: Amazon's model imports its classes only when it meets them in an envelope."""
    system = {"application": {"applicationId": SKILL_ID or ""}, "device": {"supportedInterfaces": {}},
              "user": {"userId": ""}}
    session = {"new": True, "sessionId": "", "attributes": {}, **system}
    about = {"requestId": "", "timestamp": "2026-01-01T00:00:00Z", "locale": "en-US"}
    slot = {"name": "topic", "value": "ice", "resolutions": {"resolutionsPerAuthority": [
        {"authority": "", "status": {"code": "ER_SUCCESS_MATCH"}, "values": [{"value": {"id": "", "name": ""}}]}]}}
    intent = {"name": "AskIntent", "confirmationStatus": "NONE", "slots": {"topic": slot}}
    for request in ({"type": "LaunchRequest"}, {"type": "IntentRequest", "dialogState": "STARTED", "intent": intent}):
        _skill({"version": "1.0", "session": session, "context": {"System": system}, "request": {**about, **request}})


_warm_up()
gc.freeze()  # and later nobody looks at it again
gc.enable()
