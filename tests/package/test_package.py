"""The skill package: what is in it, the same bytes each time, and what it tells people and reviewers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zlib
from dataclasses import fields
from pathlib import Path

import pytest

from skill import packaging
from skill.domain.profile import Profile
from skill.store import content, models, shape
from skill.store.dynamo import KEPT_FOR
from tests.conftest import Edit, Json, heard
from tests.package.schemas import CLIENTS, amazons

HASHED = "from skill.packaging import files; from hashlib import sha256; print(sha256(repr(files()).encode()).digest())"

KEPT = {
    "visits": "how often you came", "unfinished": "check was left unfinished", "course": "the place in a routine",
    "heard": "have heard the instructions of", "left_out": "never want again",
}
"""How the privacy policy tells what is kept, by the field."""


def document(name: str) -> Json:
    """A JSON file of the package."""
    read: Json = json.loads(packaging.files()[name])
    return read


def model(locale: str) -> Json:
    """The model of a locale, as it is in the package."""
    return document(f"skill-package/interactionModels/custom/{locale}.json")


# --- what is in it ---


def test_files(tmp_path: Path) -> None:
    """The package has what the ASK CLI takes, and nothing else in the folder is touched."""
    (tmp_path / ".ask").mkdir()
    paths = packaging.write(tmp_path)

    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*") if path.is_file()) == sorted([
        "ask-resources.json", "skill-package/skill.json",
        *(f"skill-package/interactionModels/custom/{locale}.json" for locale in content.LOCALES),
        "skill-package/assets/images/108.png", "skill-package/assets/images/512.png"])
    assert all(path.is_file() for path in paths)
    assert (tmp_path / ".ask").is_dir()


def test_same_bytes() -> None:
    """Whoever makes the package again gets the same bytes."""
    hashes = {subprocess.run([sys.executable, "-c", HASHED], cwd=content.ROOT, capture_output=True, check=True,
                             env={"PYTHONHASHSEED": seed}, timeout=60).stdout for seed in ("1", "2")}

    assert len(hashes) == 1


def test_models_are_the_ones_that_are_checked() -> None:
    """The package has the models that lie in interaction_models/."""
    assert all(model(locale) == models.model(locale) for locale in content.LOCALES)


@pytest.mark.parametrize(("endpoint", "told"), [
    ("arn:aws:lambda:eu-west-1:123456789012:function:coach",
     {"uri": "arn:aws:lambda:eu-west-1:123456789012:function:coach"}),
    ("https://coach.example.org/alexa", {"uri": "https://coach.example.org/alexa", "sslCertificateType": "Trusted"}),
])
def test_endpoint(endpoint: str, told: Json) -> None:
    """The skill is a function of Lambda, or a server, which has to say what certificate it has."""
    assert packaging.manifest(endpoint)["manifest"]["apis"]["custom"]["endpoint"] == told


@pytest.mark.parametrize(("said", "read"), [
    ("nine one one", "911"), ("triple zero", "000"), ("one one two", "112"), ("double one two", "112"),
    ("one one six, one two three", "116123"), ("call nine nine nine now", "call 999 now"),
    ("physical therapist", "physical therapist"), ("someone", "someone"),
])
def test_numbers_are_read(said: str, read: str) -> None:
    """Spelled-out digits are figures where they are read."""
    assert packaging.written(said) == read


def test_words_of_the_locale() -> None:
    """The store has the words of each country, and no blank."""
    told = {locale: packaging.listing(locale)["description"] for locale in content.LOCALES}

    assert {locale: re.findall(r"call (\d+) yourself", text) for locale, text in told.items()} == {
        "en-US": ["911"], "en-CA": ["911"], "en-GB": ["999"], "en-AU": ["000"], "en-IN": ["112"]}
    assert "physical therapist" in told["en-US"]
    assert not any("{" in text for text in told.values())


CLI = """
const cli = process.argv[1] + "/node_modules/ask-cli/dist/lib/";
const Resources = require(cli + "model/resources-config"), Manifest = require(cli + "model/manifest");
const project = new Resources("ask-resources.json"), metadata = project.getSkillMetaSrc("default");
const manifest = new Manifest(metadata + "/skill.json");
console.log(JSON.stringify([metadata, manifest.getSkillName(), Object.keys(manifest.getApis())]));
"""


@amazons
def test_ask_cli_reads_it(tmp_path: Path) -> None:
    """Amazon's own command line finds its way in the package."""
    packaging.write(tmp_path)
    ran = subprocess.run(["node", "--require", CLIENTS / "offline.cjs", "-e", CLI, CLIENTS], cwd=tmp_path, text=True,
                         capture_output=True, check=True, timeout=60)

    assert json.loads(ran.stdout) == ["./skill-package", "Back Coach", ["custom"]]


# --- what people and reviewers are told to say ---


@pytest.mark.parametrize(("number", "state", "said"), [
    (0, "stretch", set()), (1, "open", {"treat.heat"}), (2, "check", set())])
def test_example_phrases_are_heard(number: int, state: str, said: set[str]) -> None:
    """Said aloud, an example phrase brings what it promises."""
    [turn] = heard(packaging.listing("en-US")["phrases"][number])

    assert turn.state == state
    assert said <= set(turn.said)


@pytest.mark.parametrize(("told", "said", "state", "disposition"), [
    ('Answer "no" to the one question that comes first', ("give me a stretch", "no"), "stretch", None),
    ('After "stop", "resume" takes the routine up', ("give me a stretch", "no", "stop", "resume"), "stretch", None),
    ('"yes" to the first one ends at once with the advice to call the emergency number.',
     ("check my warning signs", "yes"), "open", "emergency"),
    ('"forget me" deletes what is kept', ("forget me",), "closed", None),
])
def test_testing_instructions_hold(told: str, said: tuple[str, ...], state: str, disposition: str | None) -> None:
    """What reviewers are told will happen happens."""
    turn = heard(*said)[-1]

    assert told in packaging.listing("en-US")["testing"]
    assert (turn.state, turn.disposition) == (state, disposition)


# --- icons ---


@pytest.mark.parametrize("size", packaging.SIZES)
def test_icons(size: int) -> None:
    """An icon is an RGB picture of its size, whole, with more than one colour and no transparency."""
    data = (packaging.ICONS / f"{size}.png").read_bytes()
    header, pixels, at = data[16:29], b"", 8
    while at < len(data):
        length, kind = int.from_bytes(data[at:at + 4]), data[at + 4:at + 8]
        body = data[at + 8:at + 8 + length]
        assert zlib.crc32(kind + body) == int.from_bytes(data[at + 8 + length:at + 12 + length])
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length

    assert header == size.to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    assert b"tRNS" not in data
    assert len(zlib.decompress(pixels)) == size * (3 * size + 1)
    assert len(set(zlib.decompress(pixels))) > 50


def test_icons_are_ours() -> None:
    """The icon's figure is the one of the simulator's page."""
    drawn, known = (re.findall(r' d="([^"]+)"', path.read_text("utf-8")) for path in (
        packaging.ICONS / "icon.svg", content.ROOT / "skill" / "simulator" / "page" / "static" / "icon.svg"))

    assert drawn == known


# --- texts ---


def test_shape_of_the_texts() -> None:
    """The file of the store has the shape that its schema asks for, and each field says what belongs there."""
    path = content.CONTENT / "en" / "_store.toml"
    schema = shape.validator("store").schema

    assert shape.flaws(shape.plain(content.read(path)), "store") == []
    assert all(field["description"] for field in schema["properties"].values())  # type: ignore[index]  # an object


@pytest.mark.parametrize(("old", "new", "flaw"), [
    ("name    =", "nam     =", "name is missing; write it: what the skill is called, 2 to 50 characters"),
    ("Alexa, open Back Coach and", "Open Back Coach and", 'phrases has "Open Back Coach and give me a stretch."'),
    ("https://", "http://", "links.privacy has"),
    ("summary =", 'summaries = "x"\nsummary =', "summaries is not known here; did you mean summary?"),
])
def test_misshapen_texts(edit: Edit, old: str, new: str, flaw: str) -> None:
    """What is out of shape is told in the author's words."""
    edit("content/en/_store.toml", old, new)
    found = shape.flaws(shape.plain(content.read(content.CONTENT / "en" / "_store.toml")), "store")

    assert any(line.startswith(flaw) for line in found), found


def test_links_are_placeholders() -> None:
    """Until the owner sets them, the policies are files of this repository."""
    project = tomllib.loads((content.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]["Changelog"]
    home = project.removesuffix("CHANGELOG.md")

    for address in packaging.listing("en-US")["links"].values():
        assert address.startswith(home)
        assert (content.ROOT / address.removeprefix(home)).is_file()


def test_privacy_policy_tells_all_that_is_kept() -> None:
    """Whatever is kept of a person is in the privacy policy, with how long."""
    told = " ".join((content.ROOT / "docs" / "privacy.md").read_text("utf-8").split())

    assert KEPT.keys() == {field.name for field in fields(Profile)}
    assert all(words in told for words in KEPT.values())
    assert f"haven't used it for {KEPT_FOR.days} days" in told
    assert told.startswith("# Privacy policy of Back Coach")
