"""One judge for every answer: is it legal for Alexa, and would it pass certification?

Rule 1: a rule is a function of an `Exchange`; it answers what is wrong, or "". Its name is the finding's name.
Rule 2: its docstring names the section of alexa-platform.md it comes from.
Rule 3: rules about the wording live in `wording`; here is what may be sent, and when.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from skill.alexa import wording
from skill.alexa.envelope import CAN_FULFILL, LEAVING, PLAYER, at, listed, stated
from skill.alexa.exchange import Exchange
from skill.alexa.ssml import words

Rule = Callable[[Exchange], str]

LARGEST_RESPONSE = 24 * 1024
LONGEST_CARD = 8_000
LONGEST_IMAGE_URL = 2_000
"""Amazon's numbers (section 0); of two that are reported, the stricter."""

SHORT_GOODBYE = 12
"""Words in the one sentence that "stop" may be answered with."""

KEYS = {
    "outputSpeech", "card", "reprompt", "directives", "shouldEndSession", "canFulfillIntent", "apiResponse",
}  # fmt: skip
SPEECH = {"PlainText": "text", "SSML": "ssml"}
"""Types of speech, and where each keeps its words."""

PLAY = "AudioPlayer.Play"
SCREEN = "Alexa.Presentation.APL"
AUDIO = "Alexa.Presentation.APLA"
AUDIO_PARTS = ("Speech", "Silence")
ASKING = ("Dialog.ElicitSlot", "Dialog.ConfirmSlot", "Dialog.ConfirmIntent")


def findings(request: Mapping[str, Any], response: Mapping[str, Any]) -> list[str]:
    """What is wrong with an answer, each as "name-of-the-rule: what"; empty where it is legal."""
    turn = Exchange.of(request, response)
    return [f"{slug(rule)}: {wrong}" for rule in RULES if (wrong := rule(turn))]


def slug(rule: Rule) -> str:
    """A rule's name in findings."""
    return rule.__name__.replace("_", "-")


# --- what may be answered to which request ---


def envelope_malformed(turn: Exchange) -> str:
    """Section 1.4-21: version 1.0, a `response` object, and none but the keys that Amazon names."""
    if turn.given.get("version") != "1.0" or not isinstance(turn.given.get("response"), Mapping):
        return 'an answer is {"version": "1.0", "response": {…}}'
    return ", ".join(sorted(turn.answer.keys() - KEYS))


def speech_malformed(turn: Exchange) -> str:
    """Section 1.4-22: speech is PlainText with `text`, or SSML with `ssml`."""
    for output in (turn.answer.get("outputSpeech"), at(turn.answer, "reprompt", "outputSpeech")):
        kind = at(output, "type")
        if output is not None and not isinstance(at(output, SPEECH.get(str(kind), "")), str):
            return f"{kind}: {json.dumps(output, default=str)[:60]}"
    return ""


def silence_broken(turn: Exchange) -> str:
    """Sections 1.2, 1.6-30 and 6-14: to an ended session, an error or a skill event, `response` is empty."""
    return f"{turn.kind} answered with {_names(turn.answer)}" if turn.silent and turn.answer else ""


def player_answered(turn: Exchange) -> str:
    """Sections 1.2 and 1.6-31: the player is answered with AudioPlayer directives and nothing else."""
    if not turn.kind.startswith(PLAYER):
        return ""
    others = [_type(each) for each in turn.directives if not _type(each).startswith("AudioPlayer.")]
    return ", ".join([*sorted(turn.answer.keys() - {"directives"}), *others])


def player_restarted(turn: Exchange) -> str:
    """Section 1.2: when playback has started, it can only be stopped or its queue cleared."""
    return PLAY if turn.kind == "AudioPlayer.PlaybackStarted" and turn.directed(PLAY) else ""


def can_fulfill_content(turn: Exchange) -> str:
    """Section 1.2: "could you?" is answered with `canFulfillIntent` alone, and nothing else is."""
    if turn.kind == CAN_FULFILL:
        return "" if turn.answer.keys() == {"canFulfillIntent"} else f"answered with {_names(turn.answer)}"
    return f"in an answer to {turn.kind}" if "canFulfillIntent" in turn.answer and not turn.silent else ""


# --- the session ---


def session_unstated(turn: Exchange) -> str:
    """Sections 1.5-27 and 6-4: every answer to a person says whether the session ends."""
    return "" if turn.open or turn.closed or not turn.conversing else "shouldEndSession is neither true nor false"


def open_without_question(turn: Exchange) -> str:
    """Sections 1.6-39 and 6-1: the microphone opens after a question, asked in the speech itself."""
    return "" if not turn.open or _asks(turn.speech.text) else f"it ends with {turn.speech.text[-40:]!r}"


def several_questions(turn: Exchange) -> str:
    """Sections 6-1 and 7-2: an open answer asks one question, at its end."""
    count = turn.speech.text.count("?")
    return f"{count} questions" if turn.open and count > 1 else ""


def open_without_reprompt(turn: Exchange) -> str:
    """Sections 1.5-29 and 6-5: whoever stays silent is asked again."""
    return "nothing to say after a silence" if turn.open and not words(turn.reprompt.text) else ""


def reprompt_without_question(turn: Exchange) -> str:
    """Section 6-5: the reprompt is a question too."""
    text = turn.reprompt.text
    return f"it ends with {text[-40:]!r}" if turn.open and words(text) and not _asks(text) else ""


def reprompt_longer(turn: Exchange) -> str:
    """Section 6-5: the second time is not longer than the first."""
    first, second = (len(words(speech.text)) for speech in turn.heard)
    return f"{second} words after {first}" if turn.open and second > first else ""


def reprompt_copy(turn: Exchange) -> str:
    """Sections 6-5 and 7-8: the reprompt is not the prompt over again."""
    first, second = (words(speech.text.casefold()) for speech in turn.heard)
    return "word for word the prompt" if turn.open and second and first == second else ""


def closed_with_question(turn: Exchange) -> str:
    """Sections 6-2 and 6-3: nobody is asked who cannot answer."""
    return f"it ends with {turn.speech.text[-40:]!r}" if turn.closed and _asks(turn.speech.text) else ""


def closed_with_reprompt(turn: Exchange) -> str:
    """Section 1.6-35: a reprompt after the end contradicts itself."""
    return "shouldEndSession is true" if turn.closed and "reprompt" in turn.answer else ""


def stop_left_open(turn: Exchange) -> str:
    """Sections 6-12, 6-13 and 6-15: stop, cancel and home end the session."""
    return f"{turn.intent} goes on" if turn.intent in LEAVING and turn.open else ""


def stop_wordy(turn: Exchange) -> str:
    """Section 6-12: they are answered with one short sentence at most."""
    sentences, said = len(turn.speech.sentences), len(words(turn.speech.text))
    wordy = turn.intent in LEAVING and (sentences > 1 or said > SHORT_GOODBYE)
    return f"{sentences} sentences, {said} words" if wordy else ""


# --- directives and sizes ---


def several_players(turn: Exchange) -> str:
    """Section 1.6-32: one AudioPlayer.Play, and no video beside it."""
    playing = turn.directed(PLAY, "VideoApp.Launch")
    return _types(playing) if len(playing) > 1 else ""


def player_beside_reprompt(turn: Exchange) -> str:
    """Section 1.6-35: a reprompt delays the stream that should play."""
    return PLAY if turn.directed(PLAY) and "reprompt" in turn.answer else ""


def screen_beside_dialog(turn: Exchange) -> str:
    """Section 1.6-33: no document while Alexa leads the dialog, no commands while she asks for a slot."""
    for screen, dialog in ((f"{SCREEN}.RenderDocument", ("Dialog.Delegate",)), (f"{SCREEN}.ExecuteCommands", ASKING)):
        if turn.directed(screen) and turn.directed(*dialog):
            return _types(turn.directed(screen, *dialog))
    return ""


def stray_commands(turn: Exchange) -> str:
    """Section 1.6-34: commands are for the document that is shown, or they are dropped."""
    rendered = turn.directed(f"{SCREEN}.RenderDocument")
    shown = rendered[-1].get("token") if rendered else at(turn.asked, "context", SCREEN, "token")
    tokens = [each.get("token") for each in turn.directed(f"{SCREEN}.ExecuteCommands")]
    return "; ".join(f"{token} is not shown, {shown} is" for token in tokens if token is None or token != shown)


def dialog_without_model(turn: Exchange) -> str:
    """Sections 1.3-13 and 1.6-36: an intent without dialogState has no dialog, the directive would be ignored."""
    unled = at(turn.asked, "request", "dialogState") is None
    asking = [each for each in turn.directed("Dialog.Delegate", *ASKING) if not each.get("updatedIntent")]
    return _types(asking) if unled else ""


def screen_missing(turn: Exchange) -> str:
    """Sections 1.6-37 and 6-37: nothing is shown on a device that has not named the interface."""
    supported = stated(at(turn.asked, "context", "System", "device", "supportedInterfaces"))
    types = [_type(each) for each in (*turn.directives, *turn.reprompt_directives)]
    shown = [each.rpartition(".")[0] for each in types if each.startswith("Alexa.Presentation.")]
    return ", ".join(sorted({each for each in shown if each != AUDIO and each not in supported}))


def audio_malformed(turn: Exchange) -> str:
    """Sections 3.2-13 and 14: Speech and Silence in a Sequencer, and not silent alone."""
    for directive in turn.directed(f"{AUDIO}.RenderDocument"):
        root = at(directive, "document", "mainTemplate", "item")
        items = listed(at(root, "items"))
        strange = [str(each.get("type")) for each in items if each.get("type") not in AUDIO_PARTS]
        if at(directive, "document", "type") != "APLA" or at(root, "type") != "Sequencer" or strange:
            return ", ".join(strange) or "no Sequencer in an APLA document"
        if not any(each.get("type") == "Speech" for each in items):
            return "nothing but silence"
        if any(not isinstance(each.get("duration"), int) for each in items if each.get("type") == "Silence"):
            return "a silence without its milliseconds"
    return ""


def response_too_large(turn: Exchange) -> str:
    """Section 0: 24 KB, session attributes included."""
    size = len(json.dumps(turn.given, default=str))
    return f"{size} bytes" if size > LARGEST_RESPONSE else ""


def card_too_long(turn: Exchange) -> str:
    """Section 0: 8,000 characters in all of a card's texts."""
    card = stated(turn.answer.get("card"))
    length = sum(len(str(card.get(key, ""))) for key in ("title", "content", "text"))
    return f"{length} characters" if length > LONGEST_CARD else ""


def card_image_too_long(turn: Exchange) -> str:
    """Section 0: 2,000 characters in an image's address."""
    image = stated(at(turn.answer, "card", "image"))
    longest = max((len(str(url)) for url in image.values()), default=0)
    return f"{longest} characters" if longest > LONGEST_IMAGE_URL else ""


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?")


def _type(directive: Mapping[str, Any]) -> str:
    return str(directive.get("type"))


def _types(directives: list[Mapping[str, Any]]) -> str:
    return ", ".join(map(_type, directives))


def _names(answer: Mapping[str, Any]) -> str:
    return ", ".join(sorted(answer)) or "nothing"


RULES: tuple[Rule, ...] = (
    envelope_malformed,
    speech_malformed,
    silence_broken,
    player_answered,
    player_restarted,
    can_fulfill_content,
    session_unstated,
    open_without_question,
    several_questions,
    open_without_reprompt,
    reprompt_without_question,
    reprompt_longer,
    reprompt_copy,
    closed_with_question,
    closed_with_reprompt,
    stop_left_open,
    stop_wordy,
    several_players,
    player_beside_reprompt,
    screen_beside_dialog,
    stray_commands,
    dialog_without_model,
    screen_missing,
    audio_malformed,
    response_too_large,
    card_too_long,
    card_image_too_long,
    *wording.RULES,
)
