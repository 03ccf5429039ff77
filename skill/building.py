"""The bundle for AWS Lambda: what a turn needs and nothing else, compiled, the same bytes from the same input.

Rule 1: what isn't imported on the way to an answer stays behind: no simulator, no ear, no checks, no web.
Rule 2: content is checked and shipped as one file of finished objects; Lambda parses and checks nothing.
Rule 3: byte code is compiled ahead and trusted without a look at its source, as /var/task can't be written to.
Rule 4: no clock, no path and no order of a folder finds its way into the bundle.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from skill.store import check, content, models

ROOT = content.ROOT
FOLDER = ROOT / "build" / "lambda"
"""Where the bundle goes unless somebody says otherwise."""

REQUIREMENTS = ROOT / "requirements" / "aws.txt"

LAZY = ("skill.store.dynamo",)
"""Modules of ours that are imported only once something is kept of somebody."""

PLATFORM = "manylinux2014_aarch64"
"""What Lambda runs on, as pip names it."""

USELESS = ("*.pyi", "py.typed", "RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "__pycache__", "bin")
"""What pip leaves behind that no turn needs; licences stay."""

STEADY = {"PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
"""For processes whose result has to be the same each time."""

BORN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the earliest that there can be."""

_WRITTEN = ("import sys; from skill import app; from skill.store import compiled; "
            "compiled.write(sys.argv[1], app.wordings())")
_IMPORTED = ("import json, sys; from skill.store import compiled; compiled.FOLDER = sys.argv[1]; "
             "import skill.aws; print(json.dumps(sorted(name for name in sys.modules if name.startswith('skill'))))")


class NotReady(ValueError):
    """What can't be shipped, and why."""


def build(folder: Path = FOLDER, python: str = sys.executable) -> Path:
    """Writes the bundle into `folder`, and as an archive beside it; gives the archive.

    `python` compiles, so it has to be of the version that Lambda runs. Raises `NotReady` for content that is wrong,
    and for packages that can't be had.
    """
    if found := check.findings(content.CONTENT, models.MODELS):
        raise NotReady("\n".join(["content isn't in order, so it isn't shipped:", *found]))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    packages(folder, python)
    _run(_WRITTEN, str(folder))
    for module in modules(folder):
        source = _source(module)
        target = folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    byte_code(folder, python)
    return _archive(folder)


def modules(folder: Path) -> tuple[str, ...]:
    """Modules of ours that a turn needs, with the content shipped in `folder`: those of the entry, and later ones."""
    return tuple(sorted({*json.loads(_run(_IMPORTED, str(folder))), *LAZY}))


def _run(code: str, *arguments: str) -> str:
    """What some code of ours prints, in a process where the order of sets is always the same."""
    ran = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=True,  # noqa: S603
                         env={**os.environ, **STEADY})
    return ran.stdout


def version(python: str) -> str:
    """The version of an interpreter, as Lambda names it: "python3.13"."""
    code = "import sys; print('python%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def _source(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def packages(folder: Path, python: str) -> None:
    """The packages that a turn needs, pinned, without what pip and type checkers keep for themselves."""
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile",
           "--require-hashes", "--only-binary=:all:", "--platform", PLATFORM, "--implementation", "cp",
           "--python-version", version(python).removeprefix("python"), "--target", str(folder), "-r", str(REQUIREMENTS)]
    if subprocess.run(pip, check=False).returncode:  # noqa: S603
        raise NotReady("the packages of requirements/aws.txt can't be had; is there a network? pip said more above")
    for useless in [path for pattern in USELESS for path in folder.rglob(pattern)]:
        if useless.is_dir():
            shutil.rmtree(useless)
        elif useless.exists():
            useless.unlink()


def byte_code(folder: Path, python: str) -> None:
    """Byte code beside every source, in a process whose hashes, and so whose order of sets, are always the same."""
    subprocess.run([python, "-m", "compileall", "-q", "-s", str(folder), "--invalidation-mode", "unchecked-hash",  # noqa: S603
                    str(folder)], check=True, env={**os.environ, **STEADY})


def _archive(folder: Path) -> Path:
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), BORN)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, path.read_bytes())
    return archive


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.rglob("*") if path.is_file()))
