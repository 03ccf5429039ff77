"""Amazon's own serializer, but faster: times by the standard library, and what is plain already is left as it is.

Rule 1: what it makes of a document, and a document of what, is what Amazon's makes of it.
Rule 2: half of a turn is spent here, so it's worth three of its private parts; the version of the SDK is pinned.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer


class Serializer(DefaultSerializer):  # type: ignore[misc]  # the SDK has no types that can be read
    """Documents ⇄ Amazon's model."""

    def read(self, document: Mapping[str, Any], kind: type) -> Any:  # noqa: ANN401  # an instance of the kind
        """A document as Amazon's model.

        Raises `SerializationException`, `AttributeError`, `TypeError` or `ValueError` for one that is none.
        """
        return self._DefaultSerializer__deserialize(document, kind)

    def serialize(self, obj: object) -> Any:  # noqa: ANN401  # JSON
        """Amazon's model as a document; a dictionary is one of ours (session attributes, an APL document): plain."""
        return obj if type(obj) is dict else super().serialize(obj)

    def _DefaultSerializer__load_class_from_name(self, name: str) -> type:  # noqa: N802
        """A class by its whole name, looked up once a process."""
        return _class_named(name)

    def _DefaultSerializer__deserialize_datetime(self, payload: object, _kind: type) -> datetime:  # noqa: N802
        """A moment: "2026-01-05T18:00:00Z"; Amazon's way needs a library that parses any date ever written."""
        try:
            return datetime.fromisoformat(str(payload))
        except ValueError:
            raise SerializationException("a time is not ISO 8601") from None


@cache
def _class_named(name: str) -> type:
    """The class; raises `SerializationException`."""
    found: type = DefaultSerializer()._DefaultSerializer__load_class_from_name(name)  # noqa: SLF001
    return found
