"""Faults, by the point of the certification list that each of them breaks."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from skill import app, packaging
from skill.domain.profile import Profile, Users
from skill.evidence import Evidence, Maker
from skill.rehearsing import Played
from skill.store.users import MemoryUsers
from skill.web import create_app
from tests.conftest import Json

Fault = Callable[[Evidence], Evidence]
"""Makes another evidence of the one that is in order."""

HELP, STOP, CANCEL, HOME, LOST = (
    f"AMAZON.{name}Intent" for name in ("Help", "Stop", "Cancel", "NavigateHome", "Fallback"))
LAUNCH = "LaunchRequest"


# --- ways to plant a fault ---


def played(where: Callable[[Played], bool], **changes: Any) -> Fault:
    """Plays that come out otherwise."""
    def make(sound: Evidence) -> Evidence:
        faulty = Evidence(package=sound.package)
        faulty.plays = tuple(replace(each, **changes) if where(each) else each for each in sound.plays)
        assert faulty.plays != sound.plays
        return faulty

    return make


def without(where: Callable[[Played], bool]) -> Fault:
    """Plays that are missing."""
    def make(sound: Evidence) -> Evidence:
        faulty = Evidence(package=sound.package)
        faulty.plays = tuple(each for each in sound.plays if not where(each))
        return faulty

    return make


def saying(intent: str, state: str = "closed", **changes: Any) -> Fault:
    """What is answered to one intent in one state comes out otherwise."""
    return played(lambda each: (each.meant.intent, each.setting.state) == (intent, state), **changes)


def skilled(before: Callable[[Json], object] = lambda _: None,
            after: Callable[[Json, Json], Json] = lambda _, given: given) -> Fault:
    """A skill that takes something for something else, or answers something else."""
    def maker(users: Users | None, skill_id: str | None) -> Callable[[Mapping[str, Any]], Json]:
        skill = app.skill(users, skill_id)

        def answer(asked: Mapping[str, Any]) -> Json:
            changed = json.loads(json.dumps(asked))
            before(changed)
            return after(changed, skill(changed))

        return answer

    return made(maker)


def made(maker: Maker) -> Fault:
    """Another skill."""
    def make(sound: Evidence) -> Evidence:
        faulty = Evidence(maker, sound.package)
        faulty.plays = sound.plays
        return faulty

    return make


def packaged(name: str, spoil: Callable[[Any], object]) -> Fault:
    """A JSON file of the package that is otherwise."""
    def make(sound: Evidence) -> Evidence:
        document = json.loads(sound.package[name])
        spoil(document)
        faulty = Evidence(package={**sound.package, name: json.dumps(document).encode()})
        faulty.plays = sound.plays
        return faulty

    return make


def manifest(spoil: Callable[[Any], object]) -> Fault:
    """A manifest that is otherwise."""
    return packaged(packaging.MANIFEST, lambda document: spoil(document["manifest"]))


def page(locale: str = "en-US", **changes: Any) -> Fault:
    """A page of the store that is otherwise."""
    return manifest(lambda told: told["publishingInformation"]["locales"][locale].update(changes))


def language(spoil: Callable[[Any], object]) -> Fault:
    """A model that is otherwise."""
    return packaged(f"{packaging.METADATA}/interactionModels/custom/en-US.json",
                    lambda document: spoil(document["interactionModel"]["languageModel"]))


def filed(**files: bytes) -> Fault:
    """A package with other files."""
    def make(sound: Evidence) -> Evidence:
        icons = {f"{packaging.METADATA}/{packaging.IMAGES}/{name[1:]}.png": data for name, data in files.items()}
        return Evidence(package={**sound.package, **icons})

    return make


def worded(place: str, text: str) -> Fault:
    """A text that says something else."""
    def make(sound: Evidence) -> Evidence:
        faulty = Evidence(package=sound.package)
        faulty.texts = {**sound.texts, place: text}
        return faulty

    return make


def deployed(old: str, new: str) -> Fault:
    """A template that says something else."""
    def make(sound: Evidence) -> Evidence:
        assert old in sound.template
        return Evidence(package=sound.package, template=sound.template.replace(old, new))

    return make


# --- the faults ---


def taken_for(intent: str, other: str) -> Fault:
    """One intent is taken for another."""
    def before(asked: Json) -> None:
        said = asked["request"].get("intent", {})
        if said.get("name") == intent:
            said["name"] = other

    return skilled(before)


def answered(kind: str, given: Json) -> Fault:
    """Requests of one type get this answer."""
    return skilled(after=lambda asked, right: given if asked["request"]["type"] == kind else right)


def reworded(old: str, new: str) -> Fault:
    """What is said has other words."""
    return skilled(after=lambda _, given: json.loads(json.dumps(given).replace(old, new)))


class Forgetful(MemoryUsers):
    """Keeps nothing."""

    def save(self, user_id: str, before: Profile, after: Profile) -> None:
        """Does nothing."""


def indiscreet(users: Users | None, skill_id: str | None) -> Callable[[Mapping[str, Any]], Json]:
    """A skill that keeps a sign."""
    skill = app.skill(users, skill_id)

    def answer(asked: Mapping[str, Any]) -> Json:
        given = skill(asked)
        if users is not None:
            users.save(asked["session"]["user"]["userId"], Profile(), Profile(heard=("sign.saddle",)))
        return given

    return answer


def logged(asked: Json) -> None:
    """Writes into the log what was said."""
    logging.getLogger("skill.somewhere").info("asked: %s", asked)


CLOSING = {"version": "1.0", "response": {
    "outputSpeech": {"type": "SSML", "ssml": "<speak>Bye.</speak>"}, "shouldEndSession": True}}
NOTHING = {"version": "1.0", "response": {"shouldEndSession": True}}

FAULTS: Mapping[int, Sequence[Fault]] = {
    1: [saying(HELP, speech="Ask me.")],
    2: [saying(HELP, "checking", ends=True), saying(STOP, speech="Really?")],
    3: [saying(HELP, speech="Ask me."), saying(HELP, speech="Ask me.", ends=None)],
    4: [saying(LAUNCH, ends=None)],
    5: [saying(HELP, reprompt=""), saying(HELP, breaches=("reprompt-copy: word for word",))],
    6: [made(lambda _, skill_id: app.skill(Forgetful(), skill_id))],
    7: [saying(LAUNCH, speech="Hello! What's up?"), saying(LAUNCH, speech="Back Coach. What's up?"),
        saying(LAUNCH, ends=True)],
    8: [saying(LAUNCH, speech="Back Coach here. What's up?")],
    9: [saying(HELP, "checking", phase="open"), saying(HELP, "in a pause", ends=True)],
    10: [saying(HELP, speech="Hello?"), lambda sound: saying(HELP, "opened", speech=next(
        each.speech for each in sound.plays if each.meant.intent == LAUNCH))(sound)],
    11: [saying(HELP, speech="Ask me."), without(lambda each: each.meant.intent == HELP)],
    12: [saying(STOP, "in a stretch", ends=False), saying(STOP, breaches=("stop-wordy: 4 sentences, 30 words",))],
    13: [saying(CANCEL, "checking", ends=False)],
    14: [answered("SessionEndedRequest", CLOSING)],
    15: [saying(HOME, speech="Leave?")],
    16: [saying("MoreIntent", breaches=("text-too-long: 9503 characters",)), saying("MoreIntent", counted=False),
         without(lambda each: each.setting.state == "in pain")],
    17: [saying("AskIntent", said=("treat.leeches",)), saying("AskIntent", speech="")],
    18: [skilled(after=lambda asked, given: NOTHING if asked["request"].get("intent", {}).get("name") == "AskIntent"
                 else given)],
    19: [language(lambda told: told["intents"][0].update(samples=["yes one", "yes two", "yes three", "yes ten", "no"])),
         language(lambda told: told["intents"][1]["samples"].append(told["intents"][0]["samples"][0]))],
    20: [saying("AMAZON.YesIntent", counted=False), saying("AMAZON.NextIntent", "opened", speech="")],
    21: [worded("_phrases.toml help-more 0 (en-US)", "Say abracadabra, skip, or stop."),
         worded("treat.ice say 0 (en-US)", "Say abracadabra.")],
    22: [saying(LOST, ends=True), reworded('"count":', '"counted":')],
    23: [taken_for(LOST, "TreatIceIntent")],
    24: [reworded("Sorry, something went wrong", "Traceback (most recent call last)"), skilled(before=logged)],
    25: [played(lambda each: each.setting.state == "opened", seconds=2.5), saying(HELP, seconds=8.5)],
    26: [answered("Alexa.Presentation.APL.UserEvent", NOTHING)],
    27: [page(examplePhrases=["Alexa, open Back Coach and give me a stretch."]),
         page(examplePhrases=["Alexa, give me a stretch."] * 3)],
    28: [page("en-IN", examplePhrases=["Alexa, ask Back Coach about the weather."]),
         taken_for("StartRoutineIntent", LOST)],
    29: [page(examplePhrases=["Alexa, ask Back Coach about ice!"]), page(examplePhrases=["Alexa, enable Back Coach."])],
    30: [page(description="Back Coach gives you a stretch."), lambda sound: page(
        description=sound.published["en-US"]["description"] + " It tracks your progress.")(sound)],
    31: [page(summary="a" * 161), page("en-GB", keywords=["sore back"] * 16), filed(_108=b"GIF89a"),
         filed(_108=(packaging.ICONS / "512.png").read_bytes())],
    32: [language(lambda told: told.update(invocationName="the back coach app")),
         language(lambda told: told.update(invocationName="my sore back coach"))],
    33: [manifest(lambda told: told["publishingInformation"]["locales"].pop("en-IN")),
         page("en-GB", description="Call {emergency_number}."),
         manifest(lambda told: told["privacyAndCompliance"]["locales"]["en-AU"].pop("privacyPolicyUrl"))],
    34: [manifest(lambda told: told["publishingInformation"].update(testingInstructions='Say "give me a stretch".')),
         manifest(lambda told: told["publishingInformation"].update(
             testingInstructions=told["publishingInformation"]["testingInstructions"] + ' Say "abracadabra".'))],
    35: [played(lambda each: (each.meant.intent, each.setting.device) == (HELP, "echo-show"), speech="See it there?")],
    37: [played(lambda each: (each.meant.intent, each.setting.device) == (HELP, "echo-dot"),
                directives=("Alexa.Presentation.APL.RenderDocument",))],
    38: [lambda sound: Evidence(package=sound.package, door=lambda people: create_app(verify=False, database=people))],
    39: [made(lambda users, _: app.skill(users))],
    40: [deployed("Type: AlexaSkill ", "Type: Api "), deployed("Timeout: 7", "Timeout: 60")],
    41: [page(updatesDescription="The key is AKIAABCDEFGHIJKLMNOP."),
         manifest(lambda told: told["apis"]["custom"]["endpoint"].update(uri="http://coach.example.org/alexa"))],
    44: [skilled(before=logged), made(indiscreet)],
    45: [manifest(lambda told: told.update(permissions=[{"name": "alexa::profile:email:read"}])),
         saying(HELP, card="AskForPermissionsConsent")],
    46: [page(description="Not medical advice. Call 911."), lambda sound: page(
        "en-GB", description=sound.published["en-US"]["description"])(sound)],
    47: [saying("UnsureIntent", "checking", card="Simple"), made(indiscreet),
         manifest(lambda told: told["publishingInformation"].update(testingInstructions="Just try it."))],
    48: [worded("treat.ice say 0 (en-US)", "Ice cures it."), worded("hello 0 (en-GB)", "I can diagnose your back."),
         page(summary="Guaranteed to help.")],
    49: [page(description="Just stretches."),
         manifest(lambda told: told["privacyAndCompliance"]["locales"].pop("en-US"))],
    50: [worded("seek.emergency say 0 (en-US)", "I'll call an ambulance."), reworded("nine nine nine", "somebody")],
    51: [manifest(lambda told: told["privacyAndCompliance"].update(isChildDirected=True)),
         manifest(lambda told: told["publishingInformation"].update(category="GAMES"))],
    52: [reworded("It's general advice, not a doctor's.", "")],
    53: [worded("hello 0 (en-US)", "Damn, that hurts."), worded("hello 0 (en-US)", "Alexa likes it."),
         worded("treat.topical say 0 (en-US)", "Use some Voltaren.")],
    54: [saying(HELP, speech="Done."), saying(HELP, reprompt="")],
    55: [saying(HELP, ends=True)],
    56: [saying(HELP, "in pain", speech="Say pause or next.")],
    57: [page(examplePhrases=["Alexa, ask Back Coach about the weather."]),
         skilled(after=lambda asked, given: NOTHING if asked["request"]["type"] == "IntentRequest" else given)],
    58: [saying(STOP, "in a stretch", phase="stretch")],
    59: [taken_for("AskIntent", LOST)],
    60: [saying(HELP, breaches=("ssml-malformed: mismatched tag",)), saying(HELP, seconds=8.5)],
}
"""By the point that they break."""
