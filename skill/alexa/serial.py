"""Amazon's own serializer, but faster: what is plain already is left as it is, and each class is looked at once.

Rule 1: what it makes of a document, and a document of what, is what Amazon's makes of it; but what a device can do
stays a document: only whether it can matters, and to say how, Amazon's model has ninety modules for screens alone.
Rule 2: half of a turn is spent here, so it's worth three of its private parts; the version of the SDK is pinned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import SupportedInterfaces

PLAIN: Mapping[Any, type] = {str: str, bool: bool, int: int, float: float, **DefaultSerializer.NATIVE_TYPES_MAPPING}
"""What Amazon's model calls a kind of plain value, and what Python has for it."""

_AS_IT_IS = frozenset({type(None), str, bool, int, float, dict})
"""A dictionary is one of ours (session attributes, an APL document): plain."""

_CLASS = re.compile(r"[\w.]+\.\w+")
"""A class by its whole name; a list or a dictionary of some kind has brackets."""

_ATTRIBUTES = "dict(str, object)"
"""What Amazon's model calls session attributes."""


class _Attributes(dict[str, Any]):
    """Session attributes as they came. Nobody here changes them, so the SDK, which gives each turn a copy, needn't."""

    def __deepcopy__(self, _known: object) -> _Attributes:
        return self


class Serializer(DefaultSerializer):  # type: ignore[misc]  # the SDK has no types that can be read
    """Documents ⇄ Amazon's model."""

    def read(self, document: Mapping[str, Any], kind: type) -> Any:  # noqa: ANN401  # an instance of the kind
        """A document as Amazon's model.

        Raises `SerializationException`, `AttributeError`, `TypeError` or `ValueError` for one that is none.
        """
        return self._DefaultSerializer__deserialize(document, kind)

    def serialize(self, obj: object) -> Any:  # noqa: ANN401  # JSON
        """Amazon's model as a document."""
        kind: Any = type(obj)
        if kind in _AS_IT_IS:
            return obj
        if not hasattr(kind, "deserialized_types"):
            return super().serialize(obj)
        return {name: self.serialize(value) for name, (attribute, _) in _shape(kind).entries.items()
                if (value := getattr(obj, attribute)) is not None}

    def _DefaultSerializer__deserialize(self, payload: Any, kind: Any) -> Any:  # noqa: ANN401, N802
        """A document as a kind: a class, or Amazon's name for one. Raises `SerializationException`."""
        if type(payload) is PLAIN.get(kind):
            return payload
        if kind == _ATTRIBUTES and type(payload) is dict:
            return _Attributes(payload)
        if type(payload) is dict and (model := _model(kind)):
            return self._made(payload, model)
        return super()._DefaultSerializer__deserialize(payload, kind)

    def _made(self, payload: Mapping[str, Any], model: Any) -> Any:  # noqa: ANN401
        """An instance of a class of the model, or of one of its children."""
        try:
            shape = _shape(model)
            if shape.has_children:
                shape = _shape(_child(payload, model))
            made = shape.model()
            for name, value in payload.items():
                if entry := shape.entries.get(name):
                    setattr(made, entry[0], self._DefaultSerializer__deserialize(value, entry[1]))
                else:  # as Amazon's does with what it doesn't know
                    setattr(made, name, value)
        except Exception as error:
            raise SerializationException(str(error)) from error
        return made

    def _DefaultSerializer__load_class_from_name(self, name: str) -> type:  # noqa: N802
        """A class by its whole name, looked up once a process."""
        return _class_named(name)

    def _DefaultSerializer__deserialize_datetime(self, payload: object, _kind: type) -> datetime:  # noqa: N802
        """A moment: "2026-01-05T18:00:00Z"; Amazon's way needs a library that parses any date ever written."""
        try:
            return datetime.fromisoformat(str(payload))
        except ValueError:
            raise SerializationException("a time is not ISO 8601") from None


class _Shape(NamedTuple):
    """What a class of the model holds."""

    model: Any
    entries: Mapping[str, tuple[str, str]]
    """By the name in a document: the attribute, and the kind."""
    has_children: bool
    """Is it one of several kinds, which a document names?"""


@cache
def _shape(model: Any) -> _Shape:  # noqa: ANN401
    names = getattr(model, "attribute_map", {})
    return _Shape(model, {
        names.get(attribute, attribute): (attribute, "object" if model is SupportedInterfaces else kind)
        for attribute, kind in model.deserialized_types.items()}, hasattr(model, "get_real_child_model"))


@cache
def _model(kind: Any) -> Any:  # noqa: ANN401
    """The class of the model that a kind is or names; None where it is none. Raises `SerializationException`."""
    if isinstance(kind, str):
        kind = _class_named(kind) if _CLASS.fullmatch(kind) else None
    return kind if hasattr(kind, "deserialized_types") else None


def _child(payload: Mapping[str, Any], model: Any) -> type:  # noqa: ANN401
    """The class that a document is of, by the name of its type; raises `SerializationException`."""
    name = model.get_real_child_model(payload)
    if not name:
        raise SerializationException(f"no {model.__name__} is of that type")
    return _class_named(name)


@cache
def _class_named(name: str) -> type:
    """The class; raises `SerializationException`."""
    found: type = DefaultSerializer()._DefaultSerializer__load_class_from_name(name)  # noqa: SLF001
    return found
