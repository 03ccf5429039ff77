"""The library: every item, by id, by the name people use, by the intent that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from skill.domain.errors import UnknownItem
from skill.domain.items import Disposition, Item, Overview, Sign, doubt_name, intent_name


class Library:
    """The content of one locale. Immutable; built once a process."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items: Mapping[str, Item] = {item.id: item for item in items}
        self._names = {name: item.id for item in self for name in item.names}
        self._intents = {intent_name(item.id): item.id for item in self}
        self._doubts = {doubt_name(item.id): item for item in self if isinstance(item, Sign)}
        self._pairs = {frozenset(item.parts): item for item in self if isinstance(item, Overview)}
        self.emergencies = tuple(sign.id for sign in self._doubts.values() if sign.alone is Disposition.EMERGENCY)
        """Ids of the signs that can't wait."""

    def __getitem__(self, item_id: str) -> Item:
        """The item of an id; raises `UnknownItem`."""
        try:
            return self._items[item_id]
        except KeyError:
            raise UnknownItem(item_id) from None

    def get(self, item_id: str) -> Item | None:
        """The item of an id, or None."""
        return self._items.get(item_id)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._items

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def named(self, words: str) -> Item | None:
        """The item that people call so, or None."""
        item_id = self._names.get(words.lower().strip())
        return self._items[item_id] if item_id else None

    def asked_by(self, intent: str) -> Item | None:
        """The item that an intent asks for: "TreatIce" → treat.ice; None for any other intent."""
        item_id = self._intents.get(intent)
        return self._items[item_id] if item_id else None

    def doubted_by(self, intent: str) -> Sign | None:
        """The sign that an intent's words may mean: "MaybeSignChest" → sign.chest; None for any other intent."""
        return self._doubts.get(intent)

    def comparing(self, *item_ids: str) -> Overview | None:
        """The overview that is about exactly these items: "ice or heat?"."""
        return self._pairs.get(frozenset(item_ids))
