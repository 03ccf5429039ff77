"""The skill on a server of one's own: the service and the container start what really serves, with HTTPS or without.

What is started here is the command that stands in both files, in a folder with just those files that the container
gets; only the path of gunicorn and the port are this machine's own.
"""

from __future__ import annotations

import configparser
import http.client
import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skill.store.sqlite import SqliteUsers
from skill.web import LARGEST_BODY
from tests.alexa import authority
from tests.alexa.authority import Post, Wish, as_body, good_chain, pem, rsa_key
from tests.conftest import PERSON, Json

ROOT = Path(__file__).resolve().parents[2]
INFRA = ROOT / "infra"
GUNICORN = Path(sys.executable).with_name("gunicorn")

HARDENED = {
    "DynamicUser": "yes", "StateDirectory": "back-coach", "StateDirectoryMode": "0700", "UMask": "0077",
    "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "PrivateUsers": "yes", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "AmbientCapabilities": "",
    "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes", "ProtectKernelLogs": "yes",
    "ProtectControlGroups": "yes", "ProtectClock": "yes", "ProtectHostname": "yes", "ProtectProc": "invisible",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX", "RestrictNamespaces": "yes", "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes", "LockPersonality": "yes", "MemoryDenyWriteExecute": "yes",
    "SystemCallArchitectures": "native",
}
"""What keeps the service from harm, and harm from the machine."""

TRUSTING = """
import os
from pathlib import Path
from skill.alexa.verify import Verifier
from skill.web import create_app
from tests_authority import CHAIN, NOW, ROOT

application = create_app(Verifier(ROOT, fetch=lambda _: CHAIN, now=lambda: NOW))


@application.after_request
def _named(answer):
    answer.headers["Worker"] = str(os.getpid())
    return answer
"""
"""The same application for a world in which our test authority is Amazon's, at the time when its requests are made."""


# --- what stands in the files ---

def unit() -> dict[str, list[str]]:
    """The settings of the service, each with its values; some are set more than once."""
    found: dict[str, list[str]] = {}
    for line in (INFRA / "back-coach.service").read_text("utf-8").splitlines():
        name, given, value = line.partition("=")
        if given and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """The instructions of the container, in order."""
    text = (INFRA / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def last(name: str) -> str:
    """What is said last by an instruction of that name."""
    return [given for each, given in instructions() if each == name][-1]


def command() -> list[str]:
    """What is started."""
    words: list[str] = json.loads(last("CMD"))
    return words


def environment() -> dict[str, str]:
    """The environment of the container."""
    return dict(given.split("=", 1) for name, given in instructions() if name == "ENV")


def pins(name: str) -> dict[str, str]:
    """The packages of a file of requirements, with their versions."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_one_command() -> None:
    """Service and container start the same, word for word."""
    (started,) = unit()["ExecStart"]

    assert started.split() == command()
    assert command()[-1] == "skill.web:create_app()"


def test_service_is_hardened() -> None:
    """The service has all that keeps it to itself."""
    given = {name: unit()[name] for name in HARDENED if name in unit()}

    assert given == {name: [value] for name, value in HARDENED.items()}
    assert unit()["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert unit()["Restart"] == ["always"]


def test_systemd_takes_it(tmp_path: Path) -> None:
    """Systemd itself has no objection, where there is one; a setting is written once, or it is a list."""
    service = tmp_path / "back-coach.service"
    service.write_text((INFRA / "back-coach.service").read_text("utf-8").replace(command()[0], str(GUNICORN)))
    parsed = configparser.RawConfigParser(strict=False)
    parsed.read(service)

    assert parsed.sections() == ["Unit", "Service", "Install"]
    assert {name for name, values in unit().items() if len(values) > 1} == {"Environment", "SystemCallFilter"}
    if shutil.which("systemd-analyze"):
        ran = subprocess.run(["systemd-analyze", "verify", str(service)], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_settings_are_known() -> None:
    """What can be set in the example is what is read, and the service reads that file."""
    example = (INFRA / "back-coach.env.example").read_text("utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert named == {"SKILL_ID", "BACK_COACH_DB", "GUNICORN_CMD_ARGS"}
    assert all(name in (ROOT / "skill" / "web.py").read_text("utf-8") for name in named - {"GUNICORN_CMD_ARGS"})
    assert re.findall(r"^([A-Z_]+)=", example, re.MULTILINE) == ["SKILL_ID"]
    assert unit()["EnvironmentFile"] == ["/etc/back-coach.env"]


def test_places_agree() -> None:
    """Profiles are kept where the service or the container may write."""
    (kept,) = [value.partition("=")[2] for value in unit()["Environment"] if value.startswith("BACK_COACH_DB=")]

    assert kept.startswith(f"/var/lib/{unit()['StateDirectory'][0]}/")
    assert environment()["BACK_COACH_DB"].startswith(last("VOLUME") + "/")


def test_container_is_lean() -> None:
    """The container runs as somebody without rights, with pinned packages, and with none for developers."""
    assert last("USER") == "coach"
    assert {given.split()[0] for name, given in instructions() if name == "FROM"} == {"python:3.13-slim"}
    assert all("lock.txt" not in given for _, given in instructions())
    (installing,) = [given for name, given in instructions() if " install --no-cache-dir " in given]
    assert "--require-hashes -r requirements/web.txt" in installing


def test_proxy_fits() -> None:
    """The proxy asks where the service listens, takes what the skill takes, and hangs up before gunicorn does."""
    caddy = (INFRA / "Caddyfile").read_text("utf-8")
    bound = [value for value in unit()["Environment"] if "--bind=" in value]
    kept = int(command()[command().index("--keep-alive") + 1])

    assert bound == ["GUNICORN_CMD_ARGS=--bind=" + re.findall(r"reverse_proxy (\S+) \{", caddy)[0]]
    assert re.findall(r"max_size (\d+)KiB", caddy) == [str(LARGEST_BODY // 1024)]
    assert int(re.findall(r"keepalive (\d+)s", caddy)[0]) < kept


# --- what is installed ---

@pytest.mark.parametrize("name", ["web.txt", "aws.txt"])
def test_same_versions(name: str) -> None:
    """What runs is what was tested: its packages are pinned as in the lock, by hash, and none is a developer's."""
    lock = pins("lock.txt")

    assert pins(name).items() <= lock.items()
    assert not {"pytest", "ruff", "moto", "numpy", "boto3"} & pins(name).keys()
    assert (ROOT / "requirements" / name).read_text("utf-8").count("--hash=") >= len(pins(name))


NEEDED = """
import json, re, sys
from importlib.metadata import packages_distributions
envelope = json.load(open("tests/envelopes/one-shot.json"))
{code}
owners = packages_distributions()
used = {{name.partition(".")[0] for name in sys.modules}}
print(json.dumps(sorted({{re.sub(r"[-_.]+", "-", owner).lower() for name in used for owner in owners.get(name, ())}})))
"""
"""Which packages are in use after an answer."""


@pytest.mark.parametrize(("name", "code"), [
    ("web.txt", ("import gunicorn.workers.gthread; from skill.web import create_app; create_app(); "
                 "create_app(verify=False).test_client().post('/alexa', json=envelope)")),
    ("aws.txt", "from skill.aws import handler; handler(envelope, None)"),
])
def test_nothing_is_missing(name: str, code: str, tmp_path: Path) -> None:
    """Whatever is imported on the way to an answer is among the packages that are installed there."""
    ran = subprocess.run([sys.executable, "-c", NEEDED.format(code=code)], cwd=ROOT, capture_output=True, check=True,
                         env={**os.environ, "BACK_COACH_DB": str(tmp_path / "people.db"), "SKILL_ID": ""})

    assert set(json.loads(ran.stdout.splitlines()[-1])) - {"pip", "setuptools"} <= pins(name).keys()


# --- what runs ---

Answer = tuple[int, bytes, str]
"""A status, a document, and which worker gave it, where that can be known."""


@dataclass(frozen=True)
class Server:
    """A server that runs in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    trust: ssl.SSLContext | None = None
    """Whom its certificate has to come from; None where it has none."""

    def connection(self) -> http.client.HTTPConnection:
        """A way to it."""
        if self.trust:
            return http.client.HTTPSConnection("localhost", self.port, timeout=10, context=self.trust)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None,
            ) -> Answer:
        """What is answered."""
        with closing(self.connection()) as connection:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers.get("Worker", "")

    def send(self, post: Post) -> Answer:
        """What is answered to a request that is sent as Alexa sends hers."""
        headers, body = post.arriving()
        return self.ask("POST", "/alexa", body, headers)


@contextmanager
def running(folder: Path, database: Path, *options: str, trust: ssl.SSLContext | None = None,
            application: str | None = None, **more: str) -> Iterator[Server]:
    """The command of the files, on a port that was free."""
    words = [str(GUNICORN), *command()[1:-1], application or command()[-1]]
    settings = {"BACK_COACH_DB": str(database), "SKILL_ID": authority.SKILL,
                "GUNICORN_CMD_ARGS": shlex.join(["--bind=127.0.0.1:0", *options])}
    with subprocess.Popen(words, cwd=folder, text=True, stderr=subprocess.PIPE,
                          env={"PATH": os.environ["PATH"], **settings, **more}) as process:
        try:
            yield Server(process, _port(process), trust)
        finally:
            process.terminate()
            process.wait(10)


def _port(process: subprocess.Popen[str]) -> int:
    """Where it says that it listens."""
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"Listening at: https?://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    raise AssertionError("".join(said))


def copied(source: Path, target: Path) -> None:
    """What COPY does."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the container gets, and, beside them, the application that trusts our authority."""
    folder = tmp_path_factory.mktemp("image")
    for name, given in instructions():
        if name == "COPY" and not given.startswith(("--from", "requirements")):
            source, target = given.split()
            copied(ROOT / source, folder / target)
    facts = {"ROOT": pem(authority.root()), "CHAIN": good_chain(), "NOW": authority.NOW}
    (folder / "tests_authority.py").write_text(
        "import datetime\n" + "".join(f"{name} = {value!r}\n" for name, value in facts.items()))
    (folder / "trusting.py").write_text(TRUSTING)
    return folder


@pytest.fixture(scope="module")
def server(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, as it is deployed."""
    with running(image, tmp_path_factory.mktemp("data") / "people.db") as server:
        yield server


def launch(person: str = PERSON) -> Json:
    """Somebody opens the skill."""
    asked = authority.envelope(locale="en-US")
    asked["session"] |= {"sessionId": "session", "user": {"userId": person}}
    return asked


@pytest.mark.parametrize(("method", "path", "body", "status"), [
    ("GET", "/healthz", None, 200), ("POST", "/alexa", as_body(launch()), 400), ("POST", "/alexa", b"", 400),
    ("GET", "/alexa", None, 405), ("POST", "/alexa", b" " * 2_000_000, 413), ("GET", "/", None, 404),
])
def test_answers(server: Server, method: str, path: str, body: bytes | None, status: int) -> None:
    """It is well, and turns away what isn't Alexa's: unsigned, not posted, or too much."""
    assert server.ask(method, path, body)[0] == status


def test_not_amazon_s(server: Server) -> None:
    """As it is deployed it trusts Amazon's roots, and our authority is none of them."""
    assert server.send(Post(headers={"SignatureCertChainUrl": "https://127.0.0.1/echo.api/cert.pem"}))[0] == 400


def test_workers_share_profiles(image: Path, tmp_path: Path) -> None:
    """Forty people come at once, and again until both workers had some of them: whichever they get, they are known."""
    database, people = tmp_path / "people.db", [f"{PERSON}-{number}" for number in range(40)]
    posts, answers = [Post(body=as_body(launch(person))) for person in people], list[Answer]()
    with running(image, database, application="trusting:application") as server, ThreadPoolExecutor(8) as at_once:
        while len({worker for _, _, worker in answers}) < 2 and len(answers) < 40 * len(people):
            answers += at_once.map(server.send, posts)

    assert {status for status, _, _ in answers} == {200}
    assert len({worker for _, _, worker in answers}) == 2
    assert [SqliteUsers(database).load(person).visits for person in people] == [len(answers) // 40] * 40


def test_ends_when_told(image: Path, tmp_path: Path) -> None:
    """Told to end, it ends within five seconds, although somebody holds a line."""
    with running(image, tmp_path / "people.db") as server, closing(server.connection()) as held:
        held.request("GET", "/healthz")
        held.getresponse().read()
        server.process.terminate()

        assert server.process.wait(5) == 0


def test_new_code_without_a_gap(image: Path, tmp_path: Path) -> None:
    """On HUP other workers take over, and everybody who asks meanwhile is answered."""
    with running(image, tmp_path / "people.db", application="trusting:application") as server:
        before = server.ask("GET", "/healthz")[2]
        server.process.send_signal(signal.SIGHUP)
        answers = [server.ask("GET", "/healthz")]
        while len({worker for _, _, worker in answers} - {before}) < 2 and len(answers) < 2_000:
            answers.append(server.ask("GET", "/healthz"))

    assert {status for status, _, _ in answers} == {200}


def test_says_when_it_is_ready(image: Path, tmp_path: Path) -> None:
    """Systemd is told when there is somebody to answer: a service that can't start isn't taken for one that runs."""
    assert unit()["Type"] == ["notify"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.settimeout(20)
        systemd.bind(str(tmp_path / "notify"))
        with running(image, tmp_path / "people.db", NOTIFY_SOCKET=str(tmp_path / "notify")):
            assert systemd.recv(1024).startswith(b"READY=1")


@pytest.fixture(scope="module")
def secured(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server with a certificate of its own, in the world in which our authority is Amazon's."""
    folder, now = tmp_path_factory.mktemp("tls"), datetime.now(UTC)
    since, until = now - timedelta(days=1), now + timedelta(days=1)
    root = authority.authority("tls-root", "tls-root", since=since, until=until)
    certificate = authority.issue(
        Wish(name="localhost", issuer="tls-root", hosts=("localhost",), since=since, until=until))
    key = rsa_key("localhost").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "fullchain.pem").write_bytes(pem(certificate))
    (folder / "privkey.pem").write_bytes(key)
    trust = ssl.create_default_context(cadata=pem(root).decode())
    options = f"--certfile={folder}/fullchain.pem", f"--keyfile={folder}/privkey.pem"
    with running(image, folder / "people.db", *options, trust=trust, application="trusting:application") as server:
        yield server


@pytest.mark.parametrize(("post", "status"), [
    (Post(body=as_body(launch())), 200),
    (Post(body=as_body(launch()), altered=as_body(launch("amzn1.ask.account.ANOTHER"))), 400),
    (Post(body=as_body(launch()), headers={"Signature-256": None, "SignatureCertChainUrl": None}), 400),
    (Post(body=as_body(launch()), key="somebody-else"), 400),
    (Post(body=authority.sent(-3_600)), 400),
], ids=["signed", "tampered", "unsigned", "other-key", "stale"])
def test_https(secured: Server, post: Post, status: int) -> None:
    """Over HTTPS a request that Alexa signed is answered, and any other is 400."""
    got, answer, _ = secured.send(post)

    assert got == status
    assert json.loads(answer).keys() == ({"version", "sessionAttributes", "userAgent", "response"} if status == 200
                                         else {"error"})


def test_only_https(secured: Server) -> None:
    """A server with a certificate answers nobody who does without, or who doesn't trust it."""
    with pytest.raises((http.client.HTTPException, OSError)):
        Server(secured.process, secured.port).ask("GET", "/healthz")
    with pytest.raises(ssl.SSLCertVerificationError):
        Server(secured.process, secured.port, ssl.create_default_context()).ask("GET", "/healthz")
