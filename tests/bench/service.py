"""How the web service does under load, beside one that only says hello: figures of the README.

Run: .venv/bin/python tests/bench/service.py
Needs wrk. Both run under gunicorn, two processes of four threads, unverified, on this machine, at sixteen connections
that the kernel shares out between them; in turns, so that whatever else the machine does is shared. They get the turns
of one conversation over and over, each time from somebody else: a question, a check and a stretch. Ends with 1 where a
bar is missed.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from skill.simulator import Speaker  # noqa: E402

PASSES, SECONDS = 3, 4

SLOWEST = 0.75
"""Times hello's requests a second, at least."""

HELLO = """
from ask_sdk_core.skill_builder import SkillBuilder
from flask import Flask, jsonify, request

builder = SkillBuilder()


@builder.request_handler(can_handle_func=lambda _: True)
def hello(handler_input):
    return handler_input.response_builder.speak("Hello there. Shall we start?").ask("Shall we start?").response


skill, app = builder.lambda_handler(), Flask(__name__)


@app.get("/healthz")
def health():
    return {"ok": True}


@app.post("/alexa")
def alexa():
    return jsonify(skill(request.get_json(), None))
"""

SAID = ("what helps a sore back", "yes", "is it serious", "no", "no", "stop",
        "give me a stretch", "no", "pause", "stop")
"""A conversation: two questions, a check that is broken off, a stretch."""

SOMEBODY = "amzn1.ask.account.SOMEBODY"

POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local turns = {%s}
local sent = 0
function request()
    local turn = turns[sent %% #turns + 1]
    local whose = math.floor(sent / #turns) %% 1000
    sent = sent + 1
    return wrk.format(nil, nil, nil, (turn:gsub("SOMEBODY", whose)))
end
"""


def conversation() -> list[str]:
    """The requests of a conversation, as an Echo sends them."""
    speaker = Speaker(verbatim=False)  # intents and slots alone
    requests = [speaker.say(words).request for words in SAID]
    for request in requests:
        for place in (request["session"], request["context"]["System"]):
            place["user"]["userId"] = SOMEBODY
    return [json.dumps(request) for request in requests]


def main() -> int:
    """Prints a table; 1 where the bar is missed."""
    if shutil.which("wrk") is None:
        print("wrk isn't installed; as in: apt-get install wrk")
        return 2
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "hello.py").write_text(HELLO)
        (folder / "post.lua").write_text(POST % ", ".join(f"[==[{turn}]==]" for turn in conversation()))
        with served(folder, "skill.web:create_app(verify=False)") as coach, served(folder, "hello:app") as hello:
            ran: dict[str, list[tuple[float, float]]] = {"Back Coach": [], "hello": []}
            for _ in range(PASSES):
                ran["Back Coach"].append(loaded(coach, folder))
                ran["hello"].append(loaded(hello, folder))
    print("| under gunicorn | requests a second, best (worst) | p99, best |\n| --- | --- | --- |")
    for name, passes in ran.items():
        rates, slow = zip(*passes, strict=True)
        print(f"| {name} | {max(rates):.0f} ({min(rates):.0f}) | {min(slow):.1f} ms |")
    ratio = max(rate for rate, _ in ran["Back Coach"]) / max(rate for rate, _ in ran["hello"])
    print(f"| ratio | {ratio:.2f} ×, bar {SLOWEST:g} × | |")
    return int(ratio < SLOWEST)


def loaded(address: str, folder: Path) -> tuple[float, float]:
    """Requests a second, and the milliseconds that one in a hundred takes longer than."""
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "--latency", "-s", str(folder / "post.lua"), f"{address}/alexa"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told, told
    value, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)", told)[0]
    slow = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0]), slow


@contextmanager
def served(folder: Path, application: str) -> Iterator[str]:
    """The address of an application under gunicorn."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2",
         "--threads", "4", "--reuse-port", "--pythonpath", f"{ROOT},{folder}", "--log-level", "error"],
        cwd=folder, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urlopen(f"{address}/healthz").close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
