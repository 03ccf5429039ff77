"""Rules for _phrases.toml: enough variants, each as one speaks, and all of them in use.

Rule 1: which phrases are used is read from skill/dialogue as it stands (`ast`), never from a list kept beside it.
Rule 2: a phrase asks or it tells; a question is one question, and the last thing said.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from skill.store import wording
from skill.store.content import ROOT

CODE = (*sorted((ROOT / "skill" / "dialogue").glob("*.py")), ROOT / "skill" / "domain" / "errors.py",
        ROOT / "skill" / "domain" / "routine.py")
"""Where phrases are chosen."""

VARIANTS = 3

ALONE = frozenset({"welcome-first", "compare", "count"})
"""Phrases that one hears once, or that a comparison needs just so."""

FORMS = {"phrase": 0, "ask": 1}
"""What takes phrase keys, and from which argument on: `.phrase(key)`, `ask(scene, question, *lines)`."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the code says about phrases."""

    wanted: dict[str, str] = field(default_factory=dict)
    """Keys passed on by name, and the file that does it."""
    texts: set[str] = field(default_factory=set)
    """Every text in the code, and every keyword: a key or a blank that is none of them is never used."""
    patterns: set[str] = field(default_factory=set)
    """Keys put together from parts, as regular expressions: "lost-.+"."""

    def uses(self, key: str) -> bool:
        """Whether a phrase can be said at all."""
        return key in self.texts or any(re.fullmatch(pattern, key) for pattern in self.patterns)


@cache
def usage() -> Usage:
    """How the dialogue uses phrases."""
    found = Usage()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            _read(node, str(path.relative_to(ROOT)), found)
    return found


def _read(node: ast.AST, path: str, found: Usage) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found.texts.add(node.value)
    if isinstance(node, ast.keyword) and node.arg:
        found.texts.add(node.arg)
    if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values):
        found.patterns.add("".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                                   for part in node.values))
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for argument in node.args[FORMS[name]:] if name in FORMS else ():
            found.wanted.update((key, path) for key in _keys(argument))


def _keys(node: ast.AST) -> Iterator[str]:
    """The texts that an argument may be; what it depends on is none of them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from (*_keys(node.body), *_keys(node.orelse))
    if isinstance(node, ast.Starred):
        yield from _keys(node.value)
    if isinstance(node, ast.Tuple | ast.List):
        for part in node.elts:
            yield from _keys(part)


def flaws(phrases: Mapping[str, Sequence[str]], local: Mapping[str, wording.Blanks]) -> Iterator[str]:
    """What is wrong with the phrases of a language; `local` holds the words of every locale."""
    yield from missing(phrases)
    for key, variants in phrases.items():
        known = [{*words, *usage().texts} for words in local.values()]
        found = (flaw for text in variants for flaw in _variant_flaws(text, known))
        yield from (f"{key} {flaw}" for flaw in (*_key_flaws(key, variants), *found))


def missing(phrases: Container[str]) -> Iterator[str]:
    """Phrases that are said, and that nobody wrote."""
    for key, path in usage().wanted.items():
        if key not in phrases:
            yield f"{key} is missing, and {path} says it; write at least {VARIANTS} variants"


def _key_flaws(key: str, variants: Sequence[str]) -> Iterator[str]:
    if not usage().uses(key):
        yield "is said nowhere in skill/dialogue; take it out"
    if len(variants) < VARIANTS and key not in ALONE:
        yield f"has {len(variants)} variants; write at least {VARIANTS}, they take turns"
    if len({text.endswith("?") for text in variants}) > 1:
        yield "asks in one variant and tells in another; make them alike"


def _variant_flaws(text: str, known: Sequence[Container[str]]) -> Iterator[str]:
    yield from wording.text_flaws(text)
    yield from wording.blank_flaws(text, known)
    if not text.endswith((".", "?")):
        yield f'doesn\'t end "{text[-20:]}" with a full stop or a question mark; put one there'
    if text.count("?") > 1 or "?" in text[:-1]:
        yield f'asks before the end in "{text}"; one question, and nothing after it'
    for sentence in wording.sentences(text):
        if len(wording.words(sentence)) > wording.SENTENCE:
            yield f"has a sentence of {len(wording.words(sentence))} words; use {wording.SENTENCE} at most"
