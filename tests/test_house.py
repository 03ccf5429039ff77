"""The house keeps its rules: who may import whom, what is pure, how long anything may be."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "skill").rglob("*.py"))
}

FOLDERS: Mapping[str, set[str]] = {
    "domain": set(),
    "dialogue": {"domain"},
    "ear": set(),
    "store": {"domain"},
    "simulator": {"domain"},
}
"""Which of our folders each may import besides itself."""

ADAPTER = {"dialogue", "domain", "ear"}
"""What any other folder may import: it is a speaker's. Never the store, never another speaker."""

EXCEPTIONS: Mapping[str, set[str]] = {
    "skill.store.lint": {"ear"},  # judges the samples of a model as the ear reads them; only `check` imports it
}

KNOCKING = "skill.simulator"
"""The one module that imports by name: `Speaker()` is all that a test of a skill has to say, so its door knocks at
`skill.app` with `import_module`, when a speaker is made. The rest of the simulator is handed a callable."""

PURE = ("domain", "dialogue")
HARMLESS = {
    "__future__", "collections", "dataclasses", "datetime", "enum", "functools", "itertools", "math", "re", "typing",
}
"""What pure folders may import that isn't ours: nothing of it reads a file, a clock or chance."""

ONLY_IN: Mapping[str, set[str]] = {
    "ask_sdk_core": {"alexa"}, "ask_sdk_model": {"alexa"}, "ask_sdk_runtime": {"alexa"},
    "cryptography": {"alexa"}, "certifi": {"alexa"}, "urllib": {"alexa"},
    "numpy": {"ear"}, "rapidfuzz": {"ear"}, "jax": {"ear"}, "optax": {"ear"}, "safetensors": {"ear"},
    "flask": {"web", "simulator"}, "sqlite3": {"store"}, "tomllib": {"store", "simulator"}, "jsonschema": {"store"},
    "boto3": {"store"}, "botocore": {"store"},
    "time": {"simulator", "aws", "web"}, "random": set(), "secrets": {"simulator"}, "uuid": set(),
}
"""Where alone these may be imported."""

NOT_ON_LAMBDA = {"numpy", "rapidfuzz", "flask", "cryptography", "certifi", "jsonschema", "boto3", "botocore"}
OURS_NOT_ON_LAMBDA = {"skill.ear", "skill.simulator", "skill.web", "skill.workshop", "skill.alexa.verify",
                      "skill.store.check", "skill.store.quick", "skill.store.survey"}

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def tree(name: str) -> ast.Module:
    """A module as it is written."""
    return ast.parse(MODULES[name].read_text("utf-8"))


def home(name: str) -> str:
    """The folder a module is in: "skill.alexa.request" → "alexa"; the module itself right under skill."""
    return name.split(".")[1] if "." in name else ""


def imports(name: str) -> Iterator[str]:
    """Everything that a module imports, wherever in it: `from skill import app` is "skill.app"."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import"
            deep = node.module == "skill" or f"{node.module}.{node.names[0].name}" in MODULES
            yield from (f"{node.module}.{each.name}" if deep else str(node.module) for each in node.names)


def in_folder(name: str) -> bool:
    """Whether a module is in one of the folders, and not right under skill."""
    return (ROOT / "skill" / home(name)).is_dir() and home(name) != ""


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Classes, functions and methods that others may use."""
    for each in node.body:
        if isinstance(each, ast.ClassDef | ast.FunctionDef) and not each.name.startswith("_"):
            yield each
            if isinstance(each, ast.ClassDef):
                yield from public(each)


@pytest.mark.parametrize("name", [name for name in MODULES if in_folder(name)])
def test_direction_of_imports(name: str) -> None:
    """A folder imports what it may know; where things are put together is imported by nobody."""
    may = {home(name)} | FOLDERS.get(home(name), ADAPTER) | EXCEPTIONS.get(name, set())
    ours = {home(each) for each in imports(name) if each.startswith("skill.")}

    assert ours <= may


def test_one_knocks() -> None:
    """Imports are written as imports, so that the test above sees them; the exception is documented."""
    knocking = {
        name for name in MODULES for node in ast.walk(tree(name))
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).endswith(("import_module", "__import__"))
    }

    assert knocking == {KNOCKING}


@pytest.mark.parametrize("name", MODULES)
def test_imported_only_where_it_belongs(name: str) -> None:
    """Each library is imported in one folder alone; nothing imports chance, and only the simulator time."""
    used = {each.partition(".")[0] for each in imports(name)}

    assert [library for library in used if home(name) not in ONLY_IN.get(library, {home(name)})] == []


@pytest.mark.parametrize("name", [name for name in MODULES if home(name) in PURE])
def test_pure(name: str) -> None:
    """What is true and what to do needs no file, clock, chance, network or speaker."""
    used = {each.partition(".")[0] for each in imports(name) if not each.startswith("skill")}
    calls = {ast.unparse(node.func).rpartition(".")[2] for node in ast.walk(tree(name)) if isinstance(node, ast.Call)}

    assert used <= HARMLESS
    assert not calls & {"now", "today", "utcnow", "open", "print", "input", "exec", "eval"}


@pytest.mark.parametrize("name", MODULES)
def test_budgets(name: str) -> None:
    """No module is longer than 300 lines, no function longer than 40."""
    lines = MODULES[name].read_text("utf-8").count("\n")
    long = [node.name for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]

    assert lines <= LONGEST_MODULE
    assert long == []


@pytest.mark.parametrize("name", MODULES)
def test_said_what_it_is_for(name: str) -> None:
    """Modules, public classes and public functions say what they are for."""
    module = tree(name)

    assert ast.get_docstring(module)
    assert [node.name for node in public(module) if not ast.get_docstring(node)] == []


LAMBDA = """
import json, sys
from skill.aws import handler
given = handler(json.load(open("tests/envelopes/one-shot.json")), None)
print(json.dumps({"said": given["sessionAttributes"]["said"], "modules": sorted(sys.modules)}))
"""


def test_lambda_imports_little() -> None:
    """Lambda's entry answers without anything that Lambda doesn't have: no numpy, no web, no ear."""
    ran = subprocess.run([sys.executable, "-c", LAMBDA], cwd=ROOT, capture_output=True, check=True, timeout=60)
    seen = json.loads(ran.stdout.splitlines()[-1])  # after the line about the turn
    modules = set(seen["modules"])

    assert seen["said"] == ["treat.ice"]
    assert not {each.partition(".")[0] for each in modules} & NOT_ON_LAMBDA
    assert not modules & OURS_NOT_ON_LAMBDA
