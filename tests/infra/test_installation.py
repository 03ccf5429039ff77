"""The files that put the skill on a server of one's own: safe, of one mind, and with all the packages it needs."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from skill.store.content import ROOT
from skill.web import LARGEST_BODY
from tests.infra.installed import GUNICORN, INFRA, command, instructions, last, unit

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


# --- what stands in the files ---

def environment() -> dict[str, str]:
    """The environment of the container."""
    return dict(given.split("=", 1) for name, given in instructions() if name == "ENV")


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

def pins(name: str) -> dict[str, str]:
    """The packages of a file of requirements, with their versions."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


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
