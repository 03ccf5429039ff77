"""Amazon's skill management API on this machine, as far as Amazon's own command line needs it to talk to a skill.

`ask dialog`, `ask smapi simulate-skill` and `ask smapi profile-nlu` are told by ASK_SMAPI_SERVER_BASE_URL that the
API is here, and hold a conversation with a pretend Echo; no cloud is asked.

Rule 1: answers have the shape of Amazon's types, and nothing that those don't have.
Rule 2: every route wants an Authorization header, and an address of this machine. A page in a browser can't set the
header without asking first, which nobody allows, nor come by another name: so no page can drive this.
Rule 3: bad input is 4xx in Amazon's shape, with what is wrong and what to do about it; never 500.
Rule 4: what is kept has bounds; what was used longest ago goes first.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from time import perf_counter
from typing import Any

from flask import Blueprint, Response, jsonify, request

from skill.simulator import envelope
from skill.simulator.echo import Ear, Echo
from skill.simulator.page.guard import LOOPBACK
from skill.simulator.turn import Json, Turn

MOST_ECHOS = 16
MOST_SIMULATIONS = 256

LONGEST = 1_000
"""Characters of what is said; nobody says more in one breath."""

STAGES = ("development", "live")
MODES = ("DEFAULT", "FORCE_NEW_SESSION")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

LAUNCHED = "<LaunchRequest>"
"""What Amazon names as considered where no intent was: the skill was opened."""

ENDPOINT = "local"
"""Where the skill was found: in this process."""

_SKILL = "/skills/<skill_id>/stages/<stage>"
_SIMULATIONS = f"/v2{_SKILL}/simulations"

NewEcho = Callable[[str], Echo]
"""Locale → a speaker that somebody just switched on."""


class Refused(Exception):
    """What was asked can't be answered; its words say why, and what to do."""

    def __init__(self, message: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.status = int(status)


@dataclass(frozen=True, slots=True)
class Account:
    """Whose speaker it is: each has its own conversation."""

    token: str
    """The Authorization header; any will do."""
    skill_id: str
    stage: str
    locale: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a simulation is to say."""

    content: str
    locale: str
    anew: bool
    """Whether a session that is still open is left first."""


def smapi(new_echo: NewEcho, listen: Callable[[str], Ear], names: Sequence[str]) -> Blueprint:
    """The routes, for a Flask application: `listen` gives the ear of a locale, `names` are the locales."""
    api = Api(new_echo, {name: listen(name) for name in names})
    routes = Blueprint("smapi", __name__)
    routes.before_request(_admit)
    routes.register_error_handler(Refused, _refuse)
    routes.register_error_handler(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _refuse_length)
    for rule, view, method in (
        (f"/v1{_SKILL}/manifest", api.manifest, "GET"),
        (f"/v1{_SKILL}/enablement", api.enablement, "GET"),
        (_SIMULATIONS, api.simulate, "POST"),
        (f"{_SIMULATIONS}/<simulation_id>", api.simulated, "GET"),
        (f"/v1{_SKILL}/interactionModel/locales/<locale>/profileNlu", api.profile, "POST"),
    ):
        routes.add_url_rule(rule, view.__name__, view, methods=[method])
    for version in ("v1", "v2"):
        routes.add_url_rule(f"/{version}/<path:rest>", f"{version}_rest", _nothing_there, methods=METHODS)
    return routes


class Api:
    """The routes' answers."""

    def __init__(self, new_echo: NewEcho, ears: Mapping[str, Ear]) -> None:
        self._ears = ears
        self._simulations = Simulations(new_echo)

    def manifest(self, **_: str) -> Response:
        """What kind of skill it is, and in which locales."""
        locales = {name: {"name": "Back Coach"} for name in self._ears}
        return jsonify(manifest={"manifestVersion": "1.0", "apis": {"custom": {}},
                                 "publishingInformation": {"locales": locales}})

    def enablement(self, **_: str) -> tuple[str, int]:
        """It is always enabled."""
        return "", HTTPStatus.NO_CONTENT

    def simulate(self, skill_id: str, stage: str) -> tuple[Response, int, Mapping[str, str]]:
        """Says something. It is done at once; the result is fetched, as Amazon's is."""
        asked = _asked(_body(), self._ears)
        account = Account(request.headers["Authorization"], skill_id, stage, asked.locale)
        made = self._simulations.run(account, asked)
        return jsonify(id=made, status="IN_PROGRESS"), HTTPStatus.OK, {"Location": f"{request.path}/{made}"}

    def simulated(self, skill_id: str, stage: str, simulation_id: str) -> Response:
        """What came of it."""
        turn, seconds = self._simulations.result(skill_id, stage, simulation_id)
        return jsonify(id=simulation_id, status="SUCCESSFUL", result=_result(turn, seconds))

    def profile(self, locale: str, **_: str) -> Response:
        """What an utterance means; the skill isn't asked."""
        ear = self._ears[_known(locale, self._ears)]
        body = _body()
        if body.get("multiTurnToken"):
            raise Refused("multiTurnToken belongs to no dialog: this skill has no dialog model; leave it out")
        understood = ear(_said(body, "utterance"))
        selected = envelope.intent(understood.intent, understood.slots)
        return jsonify(sessionEnded=False, selectedIntent=_evaluated(selected),
                       consideredIntents=_rivals(understood.intent, understood.rival))


class Simulations:
    """The speakers that are switched on, and what was said on them lately."""

    def __init__(self, new_echo: NewEcho) -> None:
        self._new_echo = new_echo
        self._lock = Lock()
        self._echos: OrderedDict[Account, Echo] = OrderedDict()
        self._results: OrderedDict[tuple[str, str, str], tuple[Turn, float]] = OrderedDict()
        self._made = 0

    def run(self, account: Account, asked: Asked) -> str:
        """Says something on a speaker; one after the other, as a conversation goes. The id of the result."""
        with self._lock:
            echo = self._echo(account)
            if asked.anew:
                echo.leave()
            started = perf_counter()
            turn = echo.say(asked.content)
            self._made += 1
            made = f"simulation-{self._made}"
            self._results[account.skill_id, account.stage, made] = turn, perf_counter() - started
            if len(self._results) > MOST_SIMULATIONS:
                self._results.popitem(last=False)
            return made

    def result(self, skill_id: str, stage: str, simulation_id: str) -> tuple[Turn, float]:
        """The turn, and the seconds it took: hearing and answering."""
        with self._lock:
            found = self._results.get((skill_id, stage, simulation_id))
        if found is None:
            raise Refused(f"there is no simulation {simulation_id!r} of this skill and stage, or no more: the last "
                          f"{MOST_SIMULATIONS} are kept; start one with POST", HTTPStatus.NOT_FOUND)
        return found

    def _echo(self, account: Account) -> Echo:
        if account not in self._echos:
            self._echos[account] = self._new_echo(account.locale)
        self._echos.move_to_end(account)
        if len(self._echos) > MOST_ECHOS:
            _, idle = self._echos.popitem(last=False)
            idle.leave()
        return self._echos[account]


def _admit() -> None:
    """Lets in who isn't a page in a browser, and asks for a stage that there is."""
    if not request.headers.get("Authorization"):
        raise Refused("the Authorization header is missing; any token will do, as in Authorization: Bearer anything",
                      HTTPStatus.UNAUTHORIZED)
    if not LOOPBACK.fullmatch(request.host):
        raise Refused(f"the host is {request.host!r}; use 127.0.0.1 or localhost", HTTPStatus.FORBIDDEN)
    stage = (request.view_args or {}).get("stage", STAGES[0])
    if stage not in STAGES:
        raise Refused(f"stage is {stage!r}; use {' or '.join(STAGES)}")


def _refuse(refused: Refused) -> tuple[Response, int]:
    message = str(refused)
    code = HTTPStatus(refused.status).phrase.upper().replace(" ", "_")
    return jsonify(message=message, violations=[{"code": code, "message": message}]), refused.status


def _refuse_length(_: Exception) -> tuple[Response, int]:
    return _refuse(Refused(f"the body is too long; say {LONGEST} characters at most",
                           HTTPStatus.REQUEST_ENTITY_TOO_LARGE))


def _nothing_there(**_: str) -> Response:
    raise Refused(f"{request.method} {request.path} isn't answered here; this stands in for simulations, profileNlu, "
                  "the manifest and the enablement of one skill", HTTPStatus.NOT_FOUND)


def _body() -> Json:
    """The request's JSON object."""
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise Refused('the body is not JSON; send an object, as in {"utterance": "what about ice"}') from None
    if not isinstance(body, dict):
        raise Refused('the body is no JSON object; send one, as in {"utterance": "what about ice"}')
    return body


def _asked(body: Json, locales: Mapping[str, Ear]) -> Asked:
    mode = _part(body, "session").get("mode") or MODES[0]
    if mode not in MODES:
        raise Refused(f"session.mode is {mode!r}; use {' or '.join(MODES)}")
    content = _said(_part(body, "input"), "content", "input.")
    return Asked(content, _known(_part(body, "device").get("locale"), locales), mode == MODES[1])


def _part(body: Json, name: str) -> Json:
    """An object within the body; an empty one where there is none."""
    part = body.get(name)
    if part is None:
        return {}
    if not isinstance(part, dict):
        raise Refused(f"{name} is {type(part).__name__}; send an object")
    return part


def _said(part: Json, name: str, within: str = "") -> str:
    said = part.get(name)
    if not isinstance(said, str) or not said.strip():
        raise Refused(f'{within}{name} is missing; send what is said, as in "open back coach"')
    if len(said) > LONGEST:
        raise Refused(f"{within}{name} has {len(said)} characters; say {LONGEST} at most")
    return said.encode("utf-8", "replace").decode()  # half a surrogate pair is no character


def _known(locale: object, locales: Mapping[str, Ear]) -> str:
    if not isinstance(locale, str) or locale not in locales:
        raise Refused(f"locale is {locale!r}; use one of {', '.join(locales)}")
    return locale


def _result(turn: Turn, seconds: float) -> Json:
    invocation = {
        "invocationRequest": {"endpoint": ENDPOINT, "body": turn.request},
        "invocationResponse": {"body": turn.response},
        "metrics": {"skillExecutionTimeInMilliseconds": round(seconds * 1000)},
    }
    heard = [{"type": "Speech", "content": {"caption": turn.speech}}] if turn.speech else []
    return {"alexaExecutionInfo": {"alexaResponses": heard, "consideredIntents": _considered(turn)},
            "skillExecutionInfo": {"invocations": [invocation]}}


def _considered(turn: Turn) -> list[Json]:
    """What a turn may have meant, likeliest first."""
    if turn.intent is None:
        return [{"name": LAUNCHED}]
    return [_evaluated(turn.request["request"]["intent"]), *_rivals(turn.intent, turn.rival)]


def _rivals(intent: str, rival: str | None) -> list[Json]:
    """The next best intent; a literal sample has no rival, and a rival that is a value is no intent."""
    if not rival or rival == intent or not rival.endswith("Intent"):
        return []
    return [envelope.intent(rival, {})]


def _evaluated(intent: Json) -> Json:
    """A request's intent as this API writes it: each value of a slot stands without a wrapper."""
    return {**intent, "slots": {name: _slot(slot) for name, slot in intent["slots"].items()}}


def _slot(slot: Json) -> Json:
    kept: dict[str, Any] = {key: slot[key] for key in ("name", "value", "confirmationStatus") if key in slot}
    if "resolutions" in slot:
        kept["resolutions"] = {"resolutionsPerAuthority": [
            {**each, "values": [value["value"] for value in each.get("values", ())]}
            for each in slot["resolutions"]["resolutionsPerAuthority"]]}
    return kept
