"""Judges of what is said: sections 4.1 to 4.13 of Amazon's certification, and the verdicts that reviewers give.

Rule 1: a judge takes the evidence and tells what is wrong, a line a finding; where it's nothing, it passes.
Rule 2: most judge the plays that are there; those that need a conversation of their own have it on the stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skill.alexa.skill import SORRY
from skill.domain.profile import Profile
from skill.evidence import Evidence, overheard
from skill.rehearsing import CHECK, FULL, LAUNCH, LOST, NO, OPENING, PERSON, STATES, VISITS, Played, asking
from skill.simulator.echo import PATIENCE, Echo
from skill.simulator.envelope import EITHER
from skill.simulator.meant import Filled, Meant
from skill.store import content
from skill.store.users import MemoryUsers

HELP, STOP, CANCEL, HOME = (f"AMAZON.{name}Intent" for name in ("Help", "Stop", "Cancel", "NavigateHome"))
RESUME = Meant("AMAZON.ResumeIntent")

OFFERS = re.compile(r"\b(?:I can|I know|ask|you can)\b", re.IGNORECASE)
"""How a welcome says what there is."""

SLOWEST, USUALLY = 8.0, 2.0
"""Seconds: Amazon's patience, and what 99 answers in 100 stay under."""

REPROMPTING = ("open-without-reprompt", "reprompt-without-question", "reprompt-longer", "reprompt-copy")

Found = Iterator[str]


def asks(text: str) -> bool:
    """Whether a text ends with a question."""
    return text.rstrip().endswith("?")


def _of(evidence: Evidence, *intents: str) -> Iterator[Played]:
    return (played for played in evidence.plays if played.meant.intent in intents)


def _ending(played: Played) -> str:
    return f'{played.where}: ends with "{played.speech[-40:]}"'


# --- session ---


def open_asks(evidence: Evidence) -> Found:
    """An answer that keeps the session ends with a question."""
    yield from (_ending(each) for each in evidence.plays if each.ends is False and not asks(each.speech))


def question_is_open(evidence: Evidence) -> Found:
    """A question keeps the session."""
    yield from (_ending(each) for each in evidence.plays if asks(each.speech) and each.ends is not False)


def finished_is_closed(evidence: Evidence) -> Found:
    """An answer without a question ends the session."""
    yield from (_ending(each) for each in evidence.plays if not asks(each.speech) and each.ends is not True)


def stated(evidence: Evidence) -> Found:
    """Every answer says whether the session ends."""
    yield from (f"{each.where}: shouldEndSession is left out" for each in evidence.plays if each.ends is None)


def reprompted(evidence: Evidence) -> Found:
    """After a silence there is another question, shorter or reworded."""
    for each in evidence.plays:
        yield from (f"{each.where}: {breach}" for breach in each.broken(*REPROMPTING))
        if each.ends is False and not asks(each.reprompt):
            yield f'{each.where}: the reprompt is "{each.reprompt}"'


def resumable(evidence: Evidence) -> Found:
    """Whoever was silent twice in a routine or a check can take it up again."""
    for device in EITHER:
        users = MemoryUsers()
        routine = evidence.stage.echo(device=device, users=users)
        _after_silence(routine, FULL, NO)
        if routine.mean(RESUME).state != "stretch":
            yield f"{device}: a routine that silence ended can't be resumed"
        greeted = evidence.stage.had(LAUNCH, device=device, users=users)[0].speech
        check = evidence.stage.echo(device=device, users=users)
        _after_silence(check, CHECK)
        if check.launch().speech == greeted:
            yield f"{device}: a check that silence ended isn't mentioned the next time"


def _after_silence(echo: Echo, *meant: Meant) -> None:
    for each in meant:
        echo.mean(each)
    echo.wait(PATIENCE)
    echo.wait(PATIENCE)


# --- launch and help ---


def launches(evidence: Evidence) -> Found:
    """The launch names the skill, says what there is, and asks."""
    for each in _of(evidence, LAUNCH.intent):
        if each.setting.state != OPENING[0]:
            continue
        if "back coach" not in each.speech.lower():
            yield f"{each.where}: it doesn't say its name"
        if not each.setting.visits and not OFFERS.search(each.speech):
            yield f"{each.where}: it doesn't say what it can do"
        if each.ends is not False or not asks(each.speech):
            yield _ending(each)


def later_launches(evidence: Evidence) -> Found:
    """Later launches are other than the first, and shorter."""
    heard = {each.setting.visits: each for each in _of(evidence, LAUNCH.intent)
             if each.setting[:2] == (evidence.locales[0], OPENING[0])}
    first, later = (heard[visits] for visits in VISITS)
    if len(later.speech) >= len(first.speech):
        yield f'{later.where}: "{later.speech}" is no shorter than "{first.speech}"'


def helps(evidence: Evidence) -> Found:
    """Help leaves everything where it is, and asks."""
    phases = {state: evidence.stage.had(*meant)[-1].state if meant else "closed" for state, meant in STATES.items()}
    for each in _of(evidence, HELP):
        before = phases[each.setting.state]
        if each.phase != ("open" if before == "closed" else before):
            yield f"{each.where}: it was {before}, and is {each.phase}"
        if each.ends is not False or not asks(each.speech):
            yield _ending(each)


def help_is_no_welcome(evidence: Evidence) -> Found:
    """Help isn't the welcome, and gives two ways to go on."""
    welcomes = {each.speech for each in _of(evidence, LAUNCH.intent)}
    for each in _of(evidence, HELP):
        if each.speech in welcomes:
            yield f"{each.where}: it is the welcome"
        if not re.search(r"\bor\b|,", each.speech):
            yield f'{each.where}: one way only, "{each.speech}"'


def help_at_once(evidence: Evidence) -> Found:
    """Help out of the blue is answered like help."""
    shots = [each for each in _of(evidence, HELP) if each.setting.state == OPENING[0]]
    yield from (_ending(each) for each in shots if each.ends is not False or not asks(each.speech))
    if not shots:
        yield "help was never asked for out of the blue"


# --- stop, cancel, home ---


def _leaves(evidence: Evidence, intent: str) -> Found:
    for each in _of(evidence, intent):
        if each.ends is not True or asks(each.speech):
            yield _ending(each)
        yield from (f"{each.where}: {breach}" for breach in each.broken("stop-wordy"))


def stops(evidence: Evidence) -> Found:
    """Stop ends it, in one short sentence."""
    yield from _leaves(evidence, STOP)


def cancels(evidence: Evidence) -> Found:
    """Cancel ends it, in one short sentence."""
    yield from _leaves(evidence, CANCEL)


def goes_home(evidence: Evidence) -> Found:
    """Home ends it, like stop."""
    yield from _leaves(evidence, HOME)


def exits(evidence: Evidence) -> Found:
    """To the end of a session nothing is answered, in any state and for either reason."""
    for state, device in ((state, device) for state in STATES for device in EITHER):
        for leave in (Echo.leave, lambda echo: echo.wait(2 * PATIENCE)):
            echo = evidence.stage.at(state, device=device)
            if echo.open and (answered := leave(echo).response.get("response")):
                yield f"{state} on {device}: {answered}"


# --- errors ---


def lost(evidence: Evidence) -> Found:
    """Not understood: it stays open, asks, and says something else the second and the third time."""
    for each in _of(evidence, LOST.intent):
        if each.ends is not False or not asks(each.speech):
            yield _ending(each)
    for state, meant in STATES.items():
        heard = [turn.speech for turn in evidence.stage.had(*meant, LOST, LOST, LOST)[-3:]]
        if len(set(heard)) < len(heard):
            yield f"{state}: {heard}"


def unsupported(evidence: Evidence) -> Found:
    """What it knows nothing of it says so, and goes on."""
    pizza = Meant("AskIntent", {"topic": Filled("a pizza")})
    for locale in evidence.locales:
        phrases = content.phrases(locale)
        for meant in (LOST, pizza):
            turn = evidence.stage.had(meant, locale=locale)[0]
            declines = (*phrases["unknown"], *phrases["lost-1"])
            if turn.said or not turn.open or not turn.speech.startswith(declines):
                yield f'{locale}, {meant.intent} out of what it knows: "{turn.speech}"'


class _Failing(MemoryUsers):
    """Users that nobody can be found in, for a reason that nobody thought of."""

    def load(self, user_id: str) -> Profile:
        """Fails."""
        raise LookupError(user_id)


def apologises(evidence: Evidence) -> Found:
    """A failure of the skill is an apology in plain words; its log names neither what was said nor who said it."""
    with overheard() as lines:
        turn = evidence.stage.had(asking("treat.ice"), users=_Failing())[0]
    if turn.speech != SORRY or turn.open:
        yield f'a failure is answered with "{turn.speech}"'
    yield from (f'the log has "{word}"' for word in (PERSON, "treat.ice") if word in "\n".join(lines))


def quick(evidence: Evidence) -> Found:
    """99 answers in 100 take less than two seconds, all of them less than eight."""
    took = sorted((each.seconds, each.where) for each in evidence.plays)
    for share, most in ((0.99, USUALLY), (1, SLOWEST)):
        seconds, where = took[int(share * len(took)) - 1]
        if seconds >= most:
            yield f"{where}: {seconds:.1f} s"
