"""What no turn needs is left out, or for later: Ask-sdk's clients of other services, a third of what it imports;
and `inspect`, which dataclasses import for those that have no docstring.

Rule 1: it has to come before all else, once; it is for Lambda, where each start of a process keeps somebody waiting.
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


class _Inspect(ModuleType):
    """Stands for `inspect` until somebody uses it. (The library's `LazyLoader` reads it at the next import.)"""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get("inspect") is self:
            del sys.modules["inspect"]
        import inspect  # noqa: PLC0415  # the real one

        return getattr(inspect, name)


def inspect_later() -> None:
    """From now on `inspect` is only read when somebody uses it; where it is there already, it stays."""
    sys.modules.setdefault("inspect", _Inspect("inspect"))
