"""python -m skill talk | say | hear | serve | replay | check | model | build | learn | adapt: each one call."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONVERSATIONS = ROOT / "tests" / "conversations"


def talk(options: argparse.Namespace) -> int:
    """Talk to the skill in the terminal."""
    from skill.simulator import Speaker  # noqa: PLC0415
    from skill.simulator.talk import Talk, coloured  # noqa: PLC0415

    Talk(Speaker, options.locale, options.device, colour=coloured()).run()
    return 0


def say(options: argparse.Namespace) -> int:
    """Play utterances in one conversation."""
    from skill.simulator import Speaker  # noqa: PLC0415

    speaker = Speaker(options.locale, options.device)
    for utterance in _utterances(options.utterances):
        if not utterance:
            speaker = Speaker(options.locale, options.device)
            continue
        turn = speaker.say(utterance)
        print(json.dumps(turn.as_json()) if options.json else f"you    {utterance}\ncoach  {turn.speech}", flush=True)
    return 0


def hear(options: argparse.Namespace) -> int:
    """Play utterances in one conversation, and write the last answer to a sound file."""
    from skill.simulator import Speaker  # noqa: PLC0415
    from skill.simulator.voice import played, wav  # noqa: PLC0415

    speaker = Speaker(options.locale, options.device)
    turn = [speaker.say(utterance) for utterance in options.utterances][-1]
    cues = turn.timeline or ({"kind": "speech", "text": turn.speech, "seconds": turn.seconds},)
    Path(options.out).parent.mkdir(parents=True, exist_ok=True)
    Path(options.out).write_bytes(wav(cues))
    for start, cue in zip(played(cues), cues, strict=True):
        print(f"{start:7.2f} s  {cue['text'] or '…'}")
    print(f"wrote {options.out}")
    return 0


def _utterances(given: Sequence[str]) -> Iterator[str]:
    """The utterances of the command line; "-" stands for the lines of standard input."""
    for utterance in given:
        if utterance == "-":
            yield from (line.strip() for line in sys.stdin)
        else:
            yield utterance


def serve(options: argparse.Namespace) -> int:
    """Serve the simulator's page, and the skill's endpoint POST /alexa."""
    from skill.web import serve as run  # noqa: PLC0415

    return run(options.host, options.port, verify=not options.unverified)


def replay(options: argparse.Namespace) -> int:
    """Play conversations of files again; a line each, and what is otherwise than its file says."""
    from skill.simulator import again  # noqa: PLC0415
    from skill.workshop import Workshop  # noqa: PLC0415

    workshop, paths = Workshop(), again.files(options.paths or [str(CONVERSATIONS)])
    if options.export:
        if len(paths) != 1:
            raise ValueError(f"--export takes one file, not {len(paths)}; name the one")
        made = again.exported(paths[0], options.export, workshop, workshop.judge)
        print(made.text, end="")
        print("".join(f"left out, {line}\n" for line in made.left_out), end="", file=sys.stderr)
        return 0
    outcomes = []
    for path in paths:
        outcomes.append(again.had_again(path, workshop, workshop.judge))
        print(*outcomes[-1].lines, sep="\n", flush=True)
    print(again.counted(outcomes))
    return int(any(outcome.word != "ok" for outcome in outcomes))


def check(options: argparse.Namespace) -> int:
    """Check content, models, every routine as it is played, and what Amazon's certification asks; a line a finding."""
    from skill.store.check import findings  # noqa: PLC0415

    found = findings()
    if not found:  # what is out of shape can't be played
        from skill import certifying, proving  # noqa: PLC0415

        judged = certifying.verdicts()
        found = [*proving.findings(), *certifying.failures(judged)]
        if options.certification:
            print("\n".join(certifying.listed(judged)))
            return 1 if found else 0
    print("\n".join(found) if found else "Content and models are in order, and every routine can be played.")
    return 1 if found else 0


def model(options: argparse.Namespace) -> int:
    """Write the interaction models anew from content."""
    from skill.store import content, models  # noqa: PLC0415

    stale = [locale for locale in content.LOCALES if not models.is_fresh(locale)]
    if options.check:
        print("\n".join(f"interaction_models/{locale}.json is out of date; run python -m skill model"
                        for locale in stale) or "The models are up to date.")
        return 1 if stale else 0
    for locale in stale:
        models.write(locale)
        print(f"wrote interaction_models/{locale}.json")
    return 0


def build(options: argparse.Namespace) -> int:
    """Build what is deployed: the bundle for AWS Lambda, and Amazon's skill package."""
    from skill import building, packaging  # noqa: PLC0415

    archive = building.build(python=options.python)
    written = packaging.write(endpoint=options.endpoint or packaging.ENDPOINT)
    print(f"build/{archive.name}: {archive.stat().st_size / 1e6:.1f} MB for {building.version(options.python)}")
    print(f"build/{packaging.FOLDER.name}/: {len(written)} files of the skill package")
    return 0


def learn(_: argparse.Namespace) -> int:
    """Let the ear learn the models now, so that the first word needn't wait."""
    from skill import app  # noqa: PLC0415

    print(f"The ear is ready, {app.ear('en-US').mode}.")
    return 0


def adapt(options: argparse.Namespace) -> int:
    """Teach the sentence encoder what the samples say, and the judge what people do; for when a good many changed."""
    from skill import app  # noqa: PLC0415
    from skill.ear import adapter, adapting, judge, tuning  # noqa: PLC0415
    from skill.ear.encoder import weights_folder  # noqa: PLC0415

    folder = weights_folder()
    if folder is None:
        raise ValueError("the sentence encoder isn't installed; `make setup` fetches it")

    def told(done: int, steps: int, off: float) -> None:
        print(f"\r{done} of {steps} steps, off by {off:.2f} ", end="", flush=True)

    out = Path(options.out or (judge.FILE if options.who == "judge" else adapter.FILE))
    model = json.loads(Path(options.model).read_text("utf-8"))
    if options.who == "judge":
        lines = list(tuning.lines(model, app.Lessons.of("en-US").people, app.interview("en-US")))
        tuning.tune(lines, folder, out, told, judge.FILE if options.on else None)
        print(f"\nwrote {out}")
    else:
        adapting.adapt(model, folder, out, told)
        print(f"\nwrote {out}; the ear learns anew with it: python -m skill learn")
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m skill", description="Back Coach, on this machine.")
    verbs = top.add_subparsers(
        required=True, metavar="talk | say | hear | serve | replay | check | model | build | learn | adapt")
    _conversing(verbs)
    verb = verbs.add_parser("serve", help=serve.__doc__)
    verb.add_argument("--host", default="127.0.0.1")
    verb.add_argument("--port", type=int, help="the first that is free from 5000 on, if none is named")
    verb.add_argument("--unverified", action="store_true", help="answer unsigned requests; loopback only")
    verb.set_defaults(run=serve)
    verb = verbs.add_parser("replay", help=replay.__doc__)
    verb.add_argument("paths", nargs="*", help="files, or folders of them; tests/conversations where none is named")
    verb.add_argument("--export", choices=("bespoken", "dialog"),
                      help="print one file's conversation for skill-testing-ml or for `ask dialog --replay` instead")
    verb.set_defaults(run=replay)
    verb = verbs.add_parser("check", help=check.__doc__)
    verb.add_argument("--certification", action="store_true", help="print Amazon's list, with pass or fail for each")
    verb.set_defaults(run=check)
    verb = verbs.add_parser("model", help=model.__doc__)
    verb.add_argument("--check", action="store_true", help="only say which are out of date")
    verb.set_defaults(run=model)
    verb = verbs.add_parser("build", help=build.__doc__)
    verb.add_argument("--endpoint", help="where Alexa finds the skill: the function's ARN, or https://…/alexa")
    verb.add_argument("--python", default=sys.executable,
                      help="the interpreter that compiles, of the version that Lambda runs; this one if none is named")
    verb.set_defaults(run=build)
    verbs.add_parser("learn", help=learn.__doc__).set_defaults(run=learn)
    _adapting(verbs)
    return top


def _adapting(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The verb that only a developer with time to wait needs."""
    verb = verbs.add_parser("adapt", help=adapt.__doc__)
    verb.add_argument("who", nargs="?", choices=("encoder", "judge"), default="encoder",
                      help="the encoder, a quarter of an hour; or the judge, three quarters")
    verb.add_argument("--model", default=ROOT / "interaction_models" / "en-US.json",
                      help="whose samples are learnt from")
    verb.add_argument("--on", action="store_true", help="the judge learns on from what it knows, in ten minutes")
    verb.add_argument("--out", help="where the file goes; in the place of the old one, if none is named")
    verb.set_defaults(run=adapt)


def _conversing(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The verbs that have a conversation, with the speaker it's had with."""
    speaking = argparse.ArgumentParser(add_help=False)
    speaking.add_argument("--locale", default="en-US", help="en-US, en-GB, en-AU, en-CA or en-IN")
    speaking.add_argument("--device", default="echo-dot",
                          help="echo-dot, echo-show, echo-show-5, echo-spot, tv and others")
    verbs.add_parser("talk", parents=[speaking], help=talk.__doc__).set_defaults(run=talk)
    verb = verbs.add_parser("say", parents=[speaking], help=say.__doc__)
    verb.add_argument("utterances", nargs="+", help='what is said, a turn each; "-" reads lines from standard input')
    verb.add_argument("--json", action="store_true", help="one JSON object a turn")
    verb.set_defaults(run=say)
    verb = verbs.add_parser("hear", parents=[speaking], help=hear.__doc__)
    verb.add_argument("utterances", nargs="+", help="what is said, a turn each")
    verb.add_argument("--out", "-o", default="heard.wav", help="where the last answer goes, as it sounds")
    verb.set_defaults(run=hear)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a verb; what the person can mend is said in a line, never as a stack trace."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed here; `make setup` installs all, "
              "then run .venv/bin/python -m skill", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
