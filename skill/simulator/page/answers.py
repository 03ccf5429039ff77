"""How routes read what a browser sends, and say what is wrong with it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from skill.simulator.turn import Json
from skill.simulator.voice import NoVoice

Answer = Response | tuple[Response, int] | Json


def body() -> Json:
    """The JSON object of a request. Raises `ValueError`."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise ValueError("send a JSON object")  # noqa: TRY004  # of a request it is the value that is wrong
    return given


def told_in_words(blueprint: Blueprint) -> None:
    """What is wrong with a request is answered in a sentence: 400, or 404 for what there isn't."""
    blueprint.register_error_handler(ValueError, lambda error: (jsonify(error=str(error)), 400))
    blueprint.register_error_handler(NoVoice, lambda error: (jsonify(error=str(error)), 400))
    blueprint.register_error_handler(LookupError, lambda error: (jsonify(error=str(error.args[0])), 404))
