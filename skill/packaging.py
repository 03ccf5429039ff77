"""The skill package, as the ASK CLI takes it: `write(Path("build/ask"))`, then `ask deploy` in that folder.

Rule 1: everything comes from content, models and icons; the same input gives the same bytes.
Rule 2: the skill asks for no permission, sells nothing, and declares what it uses: a screen, and to be told when
somebody switches it off, as it then deletes what it kept of them.
Rule 3: files of the package are written, and no others in that folder are touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skill.store import content, models, spoken

FOLDER = content.ROOT / "build" / "ask"
"""Where the package goes unless somebody says otherwise."""

ENDPOINT = "arn:aws:lambda:us-east-1:000000000000:function:back-coach"
"""Stands for the function until it is deployed: an ARN of Lambda, or an https address ending in /alexa."""

ICONS = content.ROOT / "infra" / "icons"
SIZES = (108, 512)
"""Pixels of the small and the large icon."""

METADATA = "skill-package"
MANIFEST = f"{METADATA}/skill.json"
IMAGES = "assets/images"

SETTINGS = {
    "askcliResourcesVersion": "2020-03-31",
    "profiles": {"default": {"skillMetadata": {"src": f"./{METADATA}"}}},
}
"""What the ASK CLI is told. It deploys the metadata; the function is deployed on its own."""

VIEWPORTS = (
    ("HUB", "ROUND", (100, 599), (100, 599)),
    ("HUB", "RECTANGLE", (960, 1279), (100, 599)),
    ("HUB", "RECTANGLE", (960, 1279), (600, 1279)),
    ("HUB", "RECTANGLE", (1280, 1920), (600, 1279)),
    ("HUB", "RECTANGLE", (1921, 2560), (960, 1279)),
    ("HUB", "RECTANGLE", (600, 959), (960, 1920)),
    ("TV", "RECTANGLE", (960, 960), (540, 540)),
)
"""Screens that a stretch is drawn for: mode, shape, least and most width, least and most height."""

COMPLIANCE = {
    "allowsPurchases": False, "usesPersonalInfo": False, "isChildDirected": False, "containsAds": False,
    "usesHealthInfo": False, "isExportCompliant": True,
}
"""What Amazon asks about the skill; nothing is sold, collected or advertised."""

_DIGITS = "|".join(map(spoken.number, range(10)))
_SPELLED = re.compile(rf"\b(?:(?:double |triple )?(?:{_DIGITS})(?:,? |\b))+")
_DIGIT = re.compile(rf"(double |triple )?({_DIGITS})")

Json = dict[str, Any]


def write(folder: Path = FOLDER, endpoint: str = ENDPOINT) -> list[Path]:
    """Writes the package into a folder; the paths of its files, in order."""
    written = []
    for name, data in files(endpoint).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written


def files(endpoint: str = ENDPOINT) -> dict[str, bytes]:
    """Every file of the package by its path in there."""
    language_models = {f"{METADATA}/interactionModels/custom/{locale}.json": models.dump(models.build(locale)).encode()
                       for locale in content.LOCALES}
    icons = {f"{METADATA}/{IMAGES}/{size}.png": (ICONS / f"{size}.png").read_bytes() for size in SIZES}
    return {"ask-resources.json": _json(SETTINGS), MANIFEST: _json(manifest(endpoint)), **language_models, **icons}


def manifest(endpoint: str = ENDPOINT) -> Json:
    """The manifest of the skill, in every locale. Raises `ContentError` where a text is missing."""
    listings = {locale: listing(locale) for locale in content.LOCALES}
    return {"manifest": {
        "manifestVersion": "1.0",
        "publishingInformation": {
            "locales": {locale: _published(each) for locale, each in listings.items()},
            "category": "HEALTH_AND_FITNESS",
            "isAvailableWorldwide": True,
            "distributionMode": "PUBLIC",
            "distributionCountries": [],
            "testingInstructions": "\n\n".join(dict.fromkeys(each["testing"] for each in listings.values())),
        },
        "apis": {"custom": {"endpoint": _endpoint(endpoint), "interfaces": [
            {"type": "ALEXA_PRESENTATION_APL", "supportedViewports": [_viewport(*each) for each in VIEWPORTS]},
        ]}},
        "permissions": [],
        "events": {"endpoint": _endpoint(endpoint), "subscriptions": [{"eventName": "SKILL_DISABLED"}]},
        "privacyAndCompliance": {**COMPLIANCE, "locales": {
            locale: {"privacyPolicyUrl": each["links"]["privacy"], "termsOfUseUrl": each["links"]["terms"]}
            for locale, each in listings.items()
        }},
    }}


def listing(locale: str) -> Json:
    """The skill's page in the store in a locale, its words filled in. Raises `ContentError` without a file."""
    path = content.CONTENT / content.language(locale) / "_store.toml"
    words = {blank: written(said) for blank, said in content.local_words(locale).items()}
    filled: Json = _filled(content.read(path), words)
    return filled


def written(said: str) -> str:
    """Numbers as they are read: "nine one one" → "911", "triple zero" → "000"."""
    return _SPELLED.sub(lambda found: _figures(found[0]) + (" " if found[0].endswith(" ") else ""), said)


def _figures(said: str) -> str:
    times = {"double ": 2, "triple ": 3}
    digits = [str(_DIGITS.split("|").index(digit)) * times.get(several, 1) for several, digit in _DIGIT.findall(said)]
    return "".join(digits)


def _filled(node: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401  # as TOML has it
    """The same with the locale's words in every text."""
    if isinstance(node, Mapping):
        return {key: _filled(each, words) for key, each in node.items()}
    if isinstance(node, list):
        return [_filled(each, words) for each in node]
    for blank, word in words.items():
        node = node.replace("{" + blank + "}", word)
    return node.strip()


def _published(told: Json) -> Json:
    """A locale's part of the manifest."""
    small, large = (f"file://{IMAGES}/{size}.png" for size in SIZES)
    return {
        "name": told["name"], "summary": told["summary"], "description": told["description"],
        "examplePhrases": told["phrases"], "keywords": told["keywords"], "updatesDescription": told["news"],
        "smallIconUri": small, "largeIconUri": large,
    }


def _endpoint(address: str) -> Json:
    """Where the skill is: a function of Lambda, or a server with a certificate of its own."""
    return {"uri": address, **({"sslCertificateType": "Trusted"} if address.startswith("https:") else {})}


def _viewport(mode: str, shape: str, width: tuple[int, int], height: tuple[int, int]) -> Json:
    return {"mode": mode, "shape": shape, "minWidth": width[0], "maxWidth": width[1],
            "minHeight": height[0], "maxHeight": height[1]}


def _json(document: Json) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
