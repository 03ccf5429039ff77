"""`python -m skill replay`: conversations of files, had again from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skill.__main__ import main
from skill.simulator.again import FORMATS

GOOD = 'claim = "Ice is told."\n[[turn]]\nyou = "what about ice"\ncoach = ["treat.ice"]\n'
FAILING = GOOD.replace("Ice is", "Heat is") + """
[[turn]]
you   = "what about heat"
said  = ["treat.ice"]
open  = false

[[turn]]
wait  = 20
"""
BROKEN = 'claim = "x"\n[[turn]]\nsays = "hi"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one conversation that goes as its file says."""
    path = tmp_path / "conversations" / "en"
    path.mkdir(parents=True)
    (path / "good.toml").write_text(GOOD, "utf-8")
    return path


def ran(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code, and the lines that were printed."""
    code = main(["replay", *map(str, arguments)])
    return code, capsys.readouterr().out.splitlines()


def test_good(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A conversation that goes as its file says is a line with its claim."""
    code, lines = ran(folder / "good.toml", capsys=capsys)

    assert code == 0
    assert lines[0].split(maxsplit=2) == ["ok", "en/good", "Ice is told."]
    assert lines[1:] == ["1 conversation: 1 as they should"]


def test_all_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file it's all of tests/conversations, and they go as they say."""
    code, lines = ran(capsys=capsys)

    assert code == 0
    assert len(lines) > 70
    assert all(line.startswith("ok ") for line in lines[:-1])


def test_failing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of one that goes otherwise it is told in which turn, after what, and each difference; the others are played."""
    (folder / "a-failing.toml").write_text(FAILING, "utf-8")
    code, lines = ran(folder, capsys=capsys)

    assert code == 1
    assert lines[0].startswith("not so en/a-failing ")
    assert lines[0].endswith("Heat is told.")
    assert [line.strip() for line in lines[1:4]] == [
        "turn 2, \"what about heat\": said is ['treat.heat'], not ['treat.ice']",
        'turn 2, "what about heat": open is True, not False',
        "turn 3, 20 s of silence: state is 'closed', not 'open'",
    ]
    assert lines[4].startswith("ok ")
    assert lines[5] == "2 conversations: 1 as they should, 1 otherwise"


@pytest.mark.parametrize(("text", "cure"), [
    (BROKEN, "turn 1 has no says; use you, "),
    (GOOD + '[[turn]]\nyou = "how long"\ndevice = "toaster"\n', "turn 2: device is 'toaster'; use one of echo-dot"),
    ("claim", "Expected '='"),
])
def test_broken(text: str, cure: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that can't be read, or not be played, is a line with the cure, once; the others are played."""
    path = folder / "a-broken.toml"
    path.write_text(text, "utf-8")
    code, lines = ran(folder.parent, capsys=capsys)

    assert code == 1
    assert lines[0].startswith(f"broken {path}: {cure}")
    assert lines[0].count(str(path)) == 1
    assert lines[1].startswith("ok ")
    assert lines[2] == "2 conversations: 1 as they should, 1 broken"


def test_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that isn't there is told; one that is named twice is played once."""
    good, missing = folder / "good.toml", folder / "none.toml"
    code, lines = ran(good, missing, folder, capsys=capsys)

    assert code == 1
    assert [line.split()[0] for line in lines] == ["ok", "broken", "2"]
    assert str(missing) in lines[1]


def test_nothing_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a conversation is a mistake that is told."""
    assert main(["replay", str(tmp_path)]) == 2
    assert "no conversations" in capsys.readouterr().err


def test_export(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file's conversation is printed for another program; what isn't in it is told beside it."""
    path = folder / "waiting.toml"
    path.write_text(FAILING, "utf-8")

    assert main(["replay", str(path), "--export", "bespoken"]) == 0
    assert '- test: "Heat is told."' in capsys.readouterr().out
    assert main(["replay", str(path), "--export", "dialog"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["userInput"][0] == "ask back coach what about ice"
    assert printed.err == "left out, turn 3: 20 s of silence\n"


@pytest.mark.parametrize("kind", FORMATS)
def test_export_of_one(kind: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only one conversation is exported at a time, and none that can't be read."""
    (folder / "a-broken.toml").write_text(BROKEN, "utf-8")

    assert main(["replay", str(folder), "--export", kind]) == 2
    assert "not 2" in capsys.readouterr().err
    assert main(["replay", str(folder / "a-broken.toml"), "--export", kind]) == 2
    assert "turn 1 has no says" in capsys.readouterr().err
