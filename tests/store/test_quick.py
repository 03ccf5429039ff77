"""A file that is being edited: the checker's own lines for it, whether it is saved or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from skill.store import quick
from tests.store.conftest import House
from tests.store.test_check import CAT_COW, HEAT, ICE, INTENTS, LINKS, PHRASES, SHAPES, SOURCES, TYPES, WORDINGS

FAULTS = [*SHAPES, *LINKS, *WORDINGS]
CARDS = [fault for fault in FAULTS if "_" not in fault[0]]


def item_id(file: str) -> str:
    """The card of a file: "en/treat/ice.toml" → treat.ice."""
    return file.removeprefix("en/").removesuffix(".toml").replace("/", ".")


def draft(house: House, file: str, old: str, new: str) -> str:
    """A file with something in it replaced, not saved."""
    text = (house.root / file).read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(("file", "old", "new", "line"), FAULTS)
def test_whole_content(house: House, file: str, old: str, new: str, line: str) -> None:
    """All of content is judged as the checker judges it."""
    house.plant(file, old, new)

    (found,) = quick.quick(house.root)
    assert found.startswith(f"content/{file}: {line}")
    assert [found] == house.findings()


@pytest.mark.parametrize(("file", "old", "new", "line"), CARDS)
def test_card(house: House, file: str, old: str, new: str, line: str) -> None:
    """A card's one fault is its one line, in a draft and once it is saved."""
    drafted = quick.card_findings(item_id(file), draft(house, file, old, new), house.root)
    house.plant(file, old, new)

    assert len(drafted) == 1
    assert drafted[0].startswith(f"content/{file}: {line}")
    assert quick.card_findings(item_id(file), root=house.root) == drafted


def test_in_order(house: House) -> None:
    """Where there is no fault, there is no line."""
    assert quick.quick(house.root) == []
    assert quick.broken(house.root) == []
    assert quick.card_findings("treat.ice", root=house.root) == []


def test_real_content() -> None:
    """The content of this project is in order."""
    assert quick.quick() == []
    assert quick.broken() == []
    assert quick.card_findings("stretch.childs-pose") == []


def test_draft_is_not_kept(house: House) -> None:
    """A draft leaves the file, and what is found in it, as they were."""
    text = draft(house, ICE, '"Ice"', '"Ice')

    assert "this is not TOML" in quick.card_findings("treat.ice", text, house.root)[0]
    assert quick.card_findings("treat.ice", root=house.root) == []


def test_draft_mends(house: House) -> None:
    """A draft is judged in place of a file that cannot be read."""
    text = (house.root / ICE).read_text("utf-8")
    house.plant(ICE, '"Ice"', '"Ice')

    assert quick.card_findings("treat.ice", text, house.root) == []


def test_new_card(house: House) -> None:
    """A card that is on no disk yet is judged like the others; without a draft it is missing."""
    text = (house.root / CAT_COW).read_text("utf-8")

    (file,) = {line.partition(":")[0] for line in quick.card_findings("stretch.bridge", text, house.root)}
    assert file == "content/en/stretch/bridge.toml"
    assert quick.card_findings("stretch.bridge", root=house.root) == [
        f"{file}: the file is missing; write it, or bring it back"]


def test_others_faults(house: House) -> None:
    """What is wrong with another card is no line of this one."""
    house.plant(HEAT, '"warm pack"', '"Warm pack"')

    assert quick.card_findings("treat.ice", root=house.root) == []


def test_clash_is_told_here(house: House) -> None:
    """Whoever had the name first: it is told to whom is just taking it."""
    text = draft(house, ICE, '"cold pack"', '"warm pack"')

    assert quick.card_findings("treat.ice", text, house.root) == [
        f'content/{ICE}: "warm pack" is a name of treat.heat, too (in Topic); take it out of one of them']


@pytest.mark.parametrize(("file", "old", "new"), [
    *((file, old, new) for file, old, new, _ in SHAPES),
    (ICE, '"Ice"', '"Ice'), (CAT_COW, '"stretch.plank"', '"stretch.plonk"'), (PHRASES, "\nwhat ", "\nwhatever "),
    ("en/_check.toml", "sign.saddle", "sign.sadle"), ("en/_reading.toml", "<", "<no"),
])
def test_broken(house: House, file: str, old: str, new: str) -> None:
    """What the skill cannot be made of, or would stumble over, is told."""
    text = (house.root / file).read_text("utf-8")
    (house.root / file).write_text(text.replace(old, new), "utf-8")

    assert {line.partition(": ")[0] for line in quick.broken(house.root)} == {f"content/{file}"}


@pytest.mark.parametrize(("file", "old", "new"), [(file, old, new) for file, old, new, _ in WORDINGS if "{" not in new])
def test_clumsy(house: House, file: str, old: str, new: str) -> None:
    """What is only badly put is no reason to stop the skill."""
    house.plant(file, old, new)

    assert quick.broken(house.root) == []


@pytest.mark.parametrize("file", [INTENTS, TYPES, SOURCES])
def test_missing(house: House, file: str) -> None:
    """A file that is gone is told by its name."""
    (house.root / file).unlink()

    assert quick.broken(house.root) == [f"content/{file}: the file is missing; write it, or bring it back"]


def test_no_folder(tmp_path: Path) -> None:
    """An empty folder has lines, and no traceback."""
    assert quick.broken(tmp_path / "content")
