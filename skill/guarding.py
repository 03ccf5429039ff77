"""Judges of security, privacy and policy: who is answered, what is kept, what may not be said.

Rule 1: a person's words are looked for wherever they could have gone: the log, the store, the card.
Rule 2: what only a person can judge (a trademark search, a policy's reading) is not judged here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from skill.alexa import journal
from skill.alexa.skill import Foreign
from skill.domain import plain
from skill.evidence import Evidence, overheard
from skill.rehearsing import LAUNCH, PERSON, SADDLE, STATES, asking
from skill.simulator.echo import START
from skill.simulator.envelope import Device
from skill.simulator.meant import Filled, Meant
from skill.store import content
from skill.store.users import MemoryUsers

CERTIFICATE = "https://s3.amazonaws.com/echo.api/cert.pem"
STRANGE_ADDRESSES = (
    "", CERTIFICATE.replace("https", "http"), CERTIFICATE.replace("s3.amazonaws.com", "notamazon.com"),
    CERTIFICATE.replace("echo.api", "EcHo.aPi"), CERTIFICATE.replace("echo.api", "invalid.path"),
    CERTIFICATE.replace(".com", ".com:563"),
)
"""Addresses of certificates that aren't Amazon's; the empty one stands for no headers at all."""

OURS, REFUSED = "amzn1.ask.skill.ours", 400
"""A skill that the simulator's requests are not for, and the status of what is refused."""

SECRETS = re.compile(
    rb"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|Atz[ar]\|\w+|(?i:client_secret|password)\W{1,4}\w")
"""Keys, tokens and passwords as they look."""

SECURE = ("https://", "arn:aws:lambda:")

CONSENT = re.compile(r"AskForPermissions|LinkAccount|consentToken|apiAccessToken|accessToken|/v2/accounts|/v1/devices")
"""What code uses that asks for a permission, or makes use of one."""

ASKING_CODE = ("alexa", "dialogue", "domain", "store")

ZORBLAX = "my left toe is numb as zorblax"
"""Something said that is found again wherever it went."""

HEALTH = re.compile(r"\b(?:sign|risk|seek)\.|disposition|symptom|numb|emergency")
"""Signs that something about somebody's health was kept."""

EXPLAINED = ("does not collect", "not stored", "no diagnosis")
"""What reviewers are told of the check."""

CALLS = re.compile(r"\bI(?:'ll|'m| am| will| can| could| have|'ve)? ?(?:now )?"
                   r"(?:call|ring|dial|phone|calling|ringing|called|rung|get you help)\b", re.IGNORECASE)
"""Claims to call somebody; "I can't call" is none."""

CLAIMS = re.compile(
    r"\b(?:cures?|cured|curing|miracle\w*|guarantee\w*|(?:clinically|medically) proven|sav(?:es?|ing) lives?|"
    r"save your life|medical device|FDA|doctor[- ]approved|pain[- ]free in)\b|"
    r"\b(?:I|we|Back Coach|this skill)(?:'ll| can| will)? (?:diagnos\w+|treats?|heals?|prescribe\w*|examine\w*)\b",
    re.IGNORECASE)
"""Claims that a skill may not make about health."""

INDECENT = re.compile(
    r"\b(?:fuck\w*|shit\w*|bitch\w*|bastard\w*|cunt\w*|piss\w*|wank\w*|bollocks|arse\w*|ass(?:hole)?|damn\w*|crap\w*)\b",
    re.IGNORECASE)
MARKS = re.compile(
    r"\b(?:google|siri|apple|cortana|bixby|samsung|fitbit|garmin|peloton|strava|nike|adidas|tylenol|advil|nurofen|"
    r"voltaren|panadol|motrin|aleve|deep heat|tiger balm|icy hot|biofreeze|youtube|spotify|netflix)\b", re.IGNORECASE)
OURS_NOT = re.compile(r"\b(?:alexa|amazon|echo)\b", re.IGNORECASE)

GENERAL = re.compile(r"general advice|not a doctor", re.IGNORECASE)
"""What the first welcome says of itself."""

ALEXA_PERMISSION = re.compile(r"Type: AlexaSkill\b[^\n]*\n\s+Properties:\s*\n\s+SkillId:")
TIMEOUT = re.compile(r"^\s+Timeout: (\d+)", re.MULTILINE)
PATIENCE = 8

Found = Iterator[str]


# --- security ---


def unsigned(evidence: Evidence) -> Found:
    """A request with no signature, or with a certificate from elsewhere, is answered with 400."""
    body = json.dumps(_launch())
    with TemporaryDirectory() as folder, overheard():
        client = evidence.door(Path(folder) / "people.db").test_client()
        for address in STRANGE_ADDRESSES:
            headers = {"SignatureCertChainUrl": address, "Signature-256": "c2lnbmVk"} if address else {}
            status = client.post("/alexa", data=body, headers=headers).status_code
            if status != REFUSED:
                yield f"{status} for {address or 'a request without headers'}"


def foreign(evidence: Evidence) -> Found:
    """A request to another skill is refused."""
    try:
        evidence.skill(MemoryUsers(), OURS)(_launch())
    except Foreign:
        return
    yield "a request to another skill is answered"


def _launch() -> dict[str, object]:
    device = Device("echo-dot", "en-US", PERSON)
    return device.envelope(device.request(LAUNCH.intent, 1, START), device.session("session", {}, new=True))


def bound(evidence: Evidence) -> Found:
    """Lambda is called by this skill alone, and gives up before Alexa does."""
    functions = evidence.template.count("AWS::Serverless::Function")
    if not functions or len(ALEXA_PERMISSION.findall(evidence.template)) < functions:
        yield "a function in infra/template.yaml isn't bound to the skill's id"
    if evidence.template.count("AWS::Lambda::Permission") > evidence.template.count("EventSourceToken"):
        yield "a permission in infra/template.yaml has no EventSourceToken"
    yield from (f"infra/template.yaml: a timeout of {seconds} s" for seconds in TIMEOUT.findall(evidence.template)
                if int(seconds) >= PATIENCE)


def secretless(evidence: Evidence) -> Found:
    """No key, token or password is in the package, and its endpoint is spoken to over TLS."""
    for name, data in evidence.package.items():
        yield from (f"{name}: {found[0][:12].decode()}…" for found in SECRETS.finditer(data))
    uri = str(evidence.manifest["apis"]["custom"]["endpoint"]["uri"])
    if not uri.startswith(SECURE):
        yield f"the endpoint is {uri}"


# --- privacy ---


def unkept(evidence: Evidence) -> Found:
    """What was said is in no log and in no store."""
    users = MemoryUsers()
    with overheard() as lines:
        echo = evidence.stage.echo(users=users)
        echo.device = Device("echo-dot", "en-US", PERSON)  # one that passes on what was said
        reported = Meant("ReportSymptomIntent", {"symptom": Filled(ZORBLAX, ("sign.saddle",))})
        turns = [echo.say(ZORBLAX), echo.mean(reported)]
    told = [json.dumps(journal.entry(turn.request, turn.response, 1.0, datetime(2026, 1, 1, tzinfo=UTC)))
            for turn in turns]
    for where, text in (("the log", "\n".join(lines)), ("the journal", "\n".join(told)), ("the store", _kept(users))):
        if "zorblax" in text or PERSON in text or "sign." in text:
            yield f"{where} has what was said, or who said it"


def _kept(users: MemoryUsers) -> str:
    return json.dumps(plain.dump(users.load(PERSON)))


def uncollected(evidence: Evidence) -> Found:
    """Nothing about anybody's health outlives a conversation or is on a card, and reviewers are told so."""
    for state in STATES:
        users = MemoryUsers()
        echo = evidence.stage.at(state, users=users)
        echo.leave()
        if found := HEALTH.search(_kept(users)):
            yield f'{state}: "{found[0]}" is kept'
    yield from (f"{each.where}: a card" for each in evidence.plays if each.phase == "check" and each.card)
    told = " ".join(evidence.testing.split())
    yield from (f'the testing instructions lack "{words}"' for words in EXPLAINED if words not in told)


def unasked(evidence: Evidence) -> Found:
    """The manifest asks for no permission, and nothing makes use of one."""
    if evidence.manifest.get("permissions"):
        yield f"the manifest asks for {evidence.manifest['permissions']}"
    yield from (f"{each.where}: a card of type {each.card}" for each in evidence.plays
                if CONSENT.search(each.card))
    for folder in ASKING_CODE:
        for path in sorted((content.ROOT / "skill" / folder).glob("*.py")):
            yield from (f"skill/{folder}/{path.name}: {found}" for found in CONSENT.findall(path.read_text("utf-8")))


# --- policy ---


def unclaimed(evidence: Evidence) -> Found:
    """Nothing claims to diagnose, cure or save."""
    yield from (f'{place}: "{found[0]}"' for place, text in evidence.texts.items() for found in CLAIMS.finditer(text))


def safe_titles(evidence: Evidence) -> Found:
    """Where a title has a word for a condition, there are a disclaimer and a policy; here they always are."""
    policies = evidence.manifest["privacyAndCompliance"]["locales"]
    yield from (f"{locale}: no privacy policy" for locale in evidence.published
                if not policies.get(locale, {}).get("privacyPolicyUrl"))
    yield from (f"{locale}: no disclaimer" for locale, page in evidence.published.items()
                if "medical advice" not in page["description"])


def calls_nobody(evidence: Evidence) -> Found:
    """Nothing claims to call anybody, and in an emergency the locale's number is told."""
    yield from (f'{place}: "{found[0]}"' for place, text in evidence.texts.items() for found in CALLS.finditer(text))
    for locale in evidence.locales:
        number = content.local_words(locale)["emergency_number"]
        for meant in (SADDLE, asking("seek.emergency")):
            speech = evidence.stage.had(meant, locale=locale)[0].speech
            if number not in speech:
                yield f'{locale}, {meant.intent}: "{speech}"'


def welcomed(evidence: Evidence) -> Found:
    """The first welcome says that this is general advice, and no doctor's."""
    for locale in evidence.locales:
        speech = evidence.stage.had(LAUNCH, locale=locale)[0].speech
        if not GENERAL.search(speech):
            yield f'{locale}: "{speech}"'


def decent(evidence: Evidence) -> Found:
    """No profanity, nobody's trademark, and Amazon's only where a phrase needs it."""
    for place, text in evidence.texts.items():
        patterns = (INDECENT, MARKS) if "examplePhrases" in place else (INDECENT, MARKS, OURS_NOT)
        yield from (f'{place}: "{found[0]}"' for pattern in patterns for found in pattern.finditer(text))
