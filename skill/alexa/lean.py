"""Ask-sdk without its clients of Amazon's other services: a third of what it imports, and nothing that we call.

Rule 1: it has to come before the SDK, once; it is for Lambda, where each start of a process keeps somebody waiting.
Rule 2: nothing of the SDK is changed; where it names one of those clients it gets a name that stands for nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType

SERVICES = ("ask_sdk_model.services", "ask_sdk_model.services.service_client_factory")
"""What the SDK imports of them: reminders, lists, timers, purchases and the like."""


class _Nothing(ModuleType):
    """A module in which every name is a class without anything in it."""

    __path__: list[str] = []  # noqa: RUF012  # as packages have it

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return object


def leave_services_out() -> None:
    """From now on whoever imports them gets nothing; where they are there already, they stay."""
    for name in SERVICES:
        sys.modules.setdefault(name, _Nothing(name))
