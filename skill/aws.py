"""AWS Lambda's entry: `skill.aws.handler`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from skill import app

_skill = app.skill(skill_id=os.environ.get("SKILL_ID") or None)


def handler(event: Mapping[str, Any], context: object) -> dict[str, Any]:
    """Answers one request envelope; raises for a request to another skill than `SKILL_ID`."""
    return _skill(event, context)
