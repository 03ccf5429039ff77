"""Amazon's own schemas: what they say of the models, of the manifest, and of every answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from skill import app, packaging
from skill.rehearsing import HELP, ICE, LAUNCH, OPENING, STATES, Stage
from skill.store import content, lint, models
from tests.conftest import TESTS, Json
from tests.package.schemas import MANIFEST, MODEL, amazons, of_answers, of_api, wrong

Spoil = Callable[[Json], object]


# --- models and manifest ---


@amazons
@pytest.mark.parametrize("locale", content.LOCALES)
def test_models_by_amazons_schema(locale: str) -> None:
    """Amazon's API takes the model of every locale."""
    assert wrong(models.build(locale), of_api(MODEL)) == []


@amazons
@pytest.mark.parametrize("endpoint", [packaging.ENDPOINT, "https://coach.example.org/alexa"])
def test_manifest_by_amazons_schema(endpoint: str) -> None:
    """Amazon's API takes the manifest."""
    assert wrong(packaging.manifest(endpoint), of_api(MANIFEST)) == []


def _language(faulty: Json) -> Any:
    return faulty["interactionModel"]["languageModel"]


def _intent(faulty: Json, name: str) -> Any:
    return next(each for each in _language(faulty)["intents"] if each["name"] == name)


@amazons
@pytest.mark.parametrize("spoil", [
    lambda faulty: _language(faulty).pop("invocationName"),
    lambda faulty: _language(faulty).update(invocationName=""),
    lambda faulty: _language(faulty).update(intent=[]),
    lambda faulty: _language(faulty)["intents"][0].pop("name"),
    lambda faulty: _language(faulty)["intents"][0].update(sample=["yes"]),
    lambda faulty: _language(faulty)["intents"][0].update(samples="yes"),
    lambda faulty: _language(faulty)["types"][0]["values"][0]["name"].pop("value"),
    lambda faulty: _language(faulty)["modelConfiguration"]["fallbackIntentSensitivity"].update(level="HUGE"),
    lambda faulty: faulty.update(languageModel={}),
], ids=range(9))
def test_faulty_models(spoil: Spoil) -> None:
    """A fault in a model is caught by Amazon's schema."""
    faulty = deepcopy(models.build("en-US"))
    spoil(faulty)

    assert wrong(faulty, of_api(MODEL))


@amazons
@pytest.mark.parametrize("spoil", [
    lambda faulty: faulty.update(manifestVersion="2.0"),
    lambda faulty: faulty["publishingInformation"]["locales"]["en-US"].pop("name"),
    lambda faulty: faulty["publishingInformation"]["locales"]["en-US"].update(summary="a" * 161),
    lambda faulty: faulty["publishingInformation"]["locales"]["en-US"].update(examplePhrases=["Alexa, hello."] * 5),
    lambda faulty: faulty["publishingInformation"].update(testingInstruction="none"),
    lambda faulty: faulty["publishingInformation"].update(distributionMode="SECRET"),
    lambda faulty: faulty["apis"]["custom"]["endpoint"].update(sslCertificateType="Mine"),
    lambda faulty: faulty["apis"]["custom"]["interfaces"].append({"type": "ALEXA_PRESENTATION_SMELL"}),
    lambda faulty: faulty["apis"]["custom"]["interfaces"][0]["supportedViewports"][0].pop("shape"),
    lambda faulty: faulty["apis"]["custom"]["interfaces"][0]["supportedViewports"][0].update(mode="WALL"),
    lambda faulty: faulty["privacyAndCompliance"].update(containsAds="no"),
    lambda faulty: faulty.update(permissions=[{"name": "alexa::everything"}]),
], ids=range(12))
def test_faulty_manifests(spoil: Spoil) -> None:
    """A fault in the manifest is caught by Amazon's schema."""
    faulty = packaging.manifest()
    spoil(faulty["manifest"])

    assert wrong(faulty, of_api(MANIFEST))


@pytest.mark.parametrize("spoil", [
    lambda faulty: _language(faulty)["intents"][-1]["slots"].append({"name": "extra", "type": "Topic"}),
    lambda faulty: _language(faulty)["intents"][-1]["samples"].append("a sample with a {hole}"),
    lambda faulty: _intent(faulty, "AskIntent")["slots"][0].update(type="Tropic"),
    lambda faulty: _language(faulty)["types"].append({"name": "Unused", "values": []}),
    lambda faulty: _language(faulty)["intents"].remove(_intent(faulty, "AMAZON.StopIntent")),
    lambda faulty: _language(faulty)["intents"].append(_language(faulty)["intents"][0]),
], ids=["unused slot", "undeclared slot", "undefined type", "unused type", "no stop", "intent twice"])
def test_crossed_references(spoil: Spoil) -> None:
    """What no schema sees is caught by our own rules for models."""
    faulty = deepcopy(models.build("en-US"))
    spoil(faulty)

    assert list(lint.flaws(lint.Grammar(faulty), {}))


# --- answers ---


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Draft202012Validator:
    """Amazon's type of a response envelope."""
    return of_answers(tmp_path_factory.mktemp("types"))


@amazons
@pytest.mark.parametrize("state", STATES)
def test_answers_by_amazons_types(state: str, answers: Draft202012Validator) -> None:
    """Every intent's answer in every state, on either device, is what Amazon's SDK calls a response."""
    for played, turn in Stage(app.skill).plays("en-US", (state,)):
        assert wrong(turn.response, answers) == [], played.where


@amazons
@pytest.mark.parametrize("path", sorted((TESTS / "envelopes").glob("*.json")), ids=lambda path: path.stem)
def test_other_answers_by_amazons_types(path: Path, answers: Draft202012Validator) -> None:
    """So is the answer to any other kind of request."""
    assert wrong(app.skill()(json.loads(path.read_text("utf-8"))), answers) == []


@amazons
@pytest.mark.parametrize("spoil", [
    lambda faulty: faulty["response"].update(repromt=faulty["response"].pop("reprompt")),
    lambda faulty: faulty["response"].update(shouldEndSession="false"),
    lambda faulty: faulty["response"]["outputSpeech"].update(type="Ssml"),
    lambda faulty: faulty["response"]["outputSpeech"].pop("ssml"),
    lambda faulty: faulty["response"].update(card={"type": "Simple", "titel": "Ice"}),
    lambda faulty: faulty["response"].update(directives=[{"type": "Alexa.Presentation.APL.Render"}]),
    lambda faulty: faulty["response"].update(directives=[
        {"type": "Alexa.Presentation.APL.RenderDocument", "token": "t", "datasorces": {}}]),
    lambda faulty: faulty.pop("version"),
    lambda faulty: faulty.update(sessionAttribute={}),
], ids=range(9))
def test_faulty_answers(spoil: Spoil, answers: Draft202012Validator) -> None:
    """A fault in an answer is caught by Amazon's types."""
    faulty = deepcopy(Stage(app.skill).had(LAUNCH, HELP, ICE)[-1].response)
    assert wrong(faulty, answers) == []
    spoil(faulty)

    assert wrong(faulty, answers)


def test_every_state_is_another() -> None:
    """The states that all of this is played in are what their names say."""
    phases = {state: Stage(app.skill).at(state).mark().attributes.get("state", "closed") for state in STATES}

    assert {state for state, phase in phases.items() if phase == "check"} == {
        state for state in STATES if state.startswith("checking")}
    assert {state for state, phase in phases.items() if phase == "closed"} == {OPENING[0], "left", "stretch left"}
    assert {state for state, phase in phases.items() if phase == "stretch"} == {
        "before a stretch", "in a stretch", "in a pause", "in pain", "going gently"}
