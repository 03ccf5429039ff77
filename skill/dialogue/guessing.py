"""What an ear made of words: whether a warning sign is told of or may be, which, and how sure that is.

Rule 1: what words read like and an ear agree on is so; where they don't agree, an emergency is asked about.
Rule 2: shares are added up: what may mean any of three emergencies is one, whichever of them it is.
Rule 3: where no words arrive, there is nothing to weigh: the intent and its slots are all that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skill.dialogue.reading import COURSE, Reading
from skill.dialogue.scene import Scene, is_emergency
from skill.domain import signs
from skill.domain.check import Trend
from skill.domain.items import Disposition, Sign
from skill.domain.triage import OF_LEGS

REPORT, DENIAL, ASIDE, CHECK = "ReportSymptom", "DenySymptom", "Aside", "CheckWarningSigns"
"""The intents that name a symptom, that deny one, of what only sounds like one, and that ask for the check."""

MAYBE, NOTHING, NO, ASKED = "maybe ", "nothing", "no", "asked"
"""In what an ear tells: what stands before a sign that may be meant; what means no harm; a "no"; and what asks the
skill for something.
"""

ASIDES = {"both", "one", "other", "relative", "own", "child", "severity", "gone", "minor", "upper-back"}
"""Marks that say nothing of what it is: which leg, where, whose, how bad."""

SLIGHT, HINT, GRAVE = 0.05, 0.15, 0.3
"""How likely an emergency has to be, as an ear hears it: for words that read like one to be believed, for it to be
asked about, and to be believed by itself.
"""

FAINT, OPEN, LIKELY, SURE, CERTAIN = 0.2, 0.35, 0.4, 0.6, 0.85
"""How sure an ear has to be: for a command to be obeyed, of no harm for nothing to be told of, for a sign to be
believed, for one to be believed beside an answer, and for one to be believed against what the words say.

Chosen with people's words that the ear had not learnt.
"""

RATHER, SCARCELY, PLAINLY = 0.5, 0.3, 0.8
"""How likely an ear has to hear a yes where words read like a no, for it to be neither, and a doubt, for it to be asked
about; and where words read like nothing, how unlikely a yes, and how likely a no, for it to be one.
"""

BRIEF = 5
"""Words up to which what an ear is sure to be "yes" is no "no" to it as well."""

LITERAL = 1.0
"""How sure an ear is of what is word for word a sample: there its author has the last word."""


def shares(scene: Scene) -> Mapping[str, float]:
    """Of which sign the words tell, or may ("maybe sign.saddle"), or of "nothing", and how likely each is."""
    if is_weighed(scene):
        return scene.turn.warns
    meant = _meant(scene)
    return {meant: scene.turn.sure or 1.0} if meant else {}


def is_weighed(scene: Scene) -> bool:
    """Whether an ear tells of which signs the words may be, and its guess counts."""
    return sum(scene.turn.warns.values()) >= RATHER and scene.turn.sure < LITERAL


def _meant(scene: Scene) -> str:
    """What an intent by itself says of signs."""
    doubted, sign = scene.library.doubted_by(scene.turn.intent), told(scene)
    if doubted:
        return f"{MAYBE}{doubted.id}"
    if scene.turn.intent in (ASIDE, DENIAL):
        return NOTHING
    asked = scene.turn.warns and scene.turn.intent != REPORT
    return sign.id if sign and not asked else ""


def gravity(scene: Scene) -> float:
    """How likely any emergency is told of."""
    return sum(share for meaning, share in shares(scene).items() if meaning in scene.library.emergencies)


def harmless(scene: Scene) -> float:
    """How likely nothing is told of that is worth worrying about."""
    return sum(shares(scene).get(meaning, 0.0) for meaning in (NOTHING, NO, ASKED))


def idle(scene: Scene) -> float:
    """How likely nothing is told of that is worth worrying about, and nothing asked for."""
    return sum(shares(scene).get(meaning, 0.0) for meaning in (NOTHING, NO))


def tells_of_something(scene: Scene) -> bool:
    """Whether an ear hears anything but a "no" and what means no harm."""
    return is_weighed(scene) and harmless(scene) < OPEN


def doubt(scene: Scene) -> float:
    """How likely a sign may be meant, or something quite harmless."""
    return sum(share for meaning, share in shares(scene).items() if meaning.startswith(MAYBE))


def share(scene: Scene, sign: str) -> float:
    """How likely a sign is told of; of an emergency, how likely any is."""
    return gravity(scene) if sign in scene.library.emergencies else shares(scene).get(sign, 0.0)


def told(scene: Scene) -> Sign | None:
    """The sign or risk that the intent is about, asked about or reported; the gravest that a slot may mean."""
    item = scene.library.asked_by(scene.turn.intent)
    if isinstance(item, Sign):
        return item
    found = scene.library.get(next(iter(by_slot(scene)), ""))
    return found if isinstance(found, Sign) else None


def by_slot(scene: Scene) -> tuple[str, ...]:
    """The gravest sign that the slot may mean."""
    found = [item for item in scene.items("symptom") if isinstance(item, Sign)]
    gravest = min(found, key=lambda sign: list(Disposition).index(sign.alone), default=None)
    return (gravest.id,) if gravest else ()


def heard(scene: Scene) -> Sign | None:
    """The sign or risk that an ear hears told of: of likely emergencies the likeliest; None where none is likelier."""
    known = [item for item in map(scene.library.get, shares(scene)) if isinstance(item, Sign)]
    likeliest = max(known, key=lambda sign: _rank(scene, sign), default=None)
    heard = likeliest and share(scene, likeliest.id) >= max(_needed(likeliest), harmless(scene))
    return likeliest if heard else None


def _rank(scene: Scene, sign: Sign) -> tuple[bool, float]:
    return is_emergency(sign) and gravity(scene) >= GRAVE, shares(scene)[sign.id]


def _needed(item: Sign) -> float:
    return GRAVE if is_emergency(item) else CERTAIN if item.kind == "risk" else LIKELY


def understood(scene: Scene) -> tuple[str, ...]:
    """The sign or risk that an ear hears, if it is believed."""
    sign = heard(scene)
    if sign is None or sign.id == signs.CHILD or _is_over(scene, sign.id):  # whose back, how old, words tell
        return ()
    return (sign.id,) if share(scene, sign.id) >= _to_believe(scene, sign) else ()


def _is_over(scene: Scene, sign: str) -> bool:
    """Whether a sign is that it gets worse, and the words say that it gets better: "yesterday it was worse"."""
    return sign == signs.WORSENING and scene.wording.reader.trend(scene.turn.words) == Trend.BETTER


def _to_believe(scene: Scene, sign: Sign) -> float:
    """How sure an ear has to be of a sign, beside what the words say."""
    reader, words = scene.wording.reader, scene.turn.words
    if sign.id == signs.CRISIS or (sign.id == signs.TRAUMA and not is_asked(scene, sign.id)):
        return CERTAIN  # else it is asked about
    if reader.asks_in_general(words):
        return SURE if sign.kind == "risk" else CERTAIN  # "melanoma, cut off in oh six, does that matter"
    if scene.reading.harmless:
        return SURE if is_emergency(sign) else CERTAIN
    played_down = sign.id in COURSE and (reader.is_mild(words) or reader.trend(words) == Trend.BETTER)
    complains = reader.complains(words)
    if reader.is_well(words) or reader.denies(words) or played_down or (complains and sign.id in COURSE):
        return CERTAIN
    if complains and is_emergency(sign) and not scene.session.progress.step:
        return CERTAIN  # the check begins, and asks about the gravest first
    return SURE if complains or is_asked(scene, sign.id) else _needed(sign)  # it is asked about anyhow


def is_asked(scene: Scene, sign: str) -> bool:
    """Whether the open question is about a sign, or about legs as it is: that one is put again, then."""
    asked = scene.session.progress.asking
    return sign in asked or (sign in OF_LEGS and not OF_LEGS.isdisjoint(asked))


def is_no(scene: Scene) -> bool:
    """Whether an ear plainly hears a "no" to a question of the check: "legs are right", "they're just tired"."""
    if not scene.session.progress.step or not scene.turn.verbatim or gravity(scene) >= SLIGHT:
        return False
    if scene.turn.intent == "Yes" and scene.turn.sure >= SURE and len(scene.turn.words.split()) <= BRIEF:
        return False  # "it would seem so": too little to be weighed
    plainly = shares(scene).get(NO, 0.0) >= PLAINLY and scene.turn.affirms < SCARCELY
    fine = scene.turn.denies >= (PLAINLY if idle(scene) >= SURE else CERTAIN) and idle(scene) >= OPEN
    return plainly or fine or (is_soreness(scene) and harmless(scene) >= CERTAIN)


def is_yes(scene: Scene) -> bool:
    """Whether an ear plainly hears a "yes" where the question was put before in vain: "both of them, like jelly"."""
    return bool(scene.turn.verbatim and scene.session.misses) and scene.turn.affirms >= CERTAIN


def is_aside(scene: Scene) -> bool:
    """Whether the words ask for nothing and tell of nothing: an ear that took them for something else fancied it."""
    reader, words = scene.wording.reader, scene.turn.words
    if reader.asks(words) or reader.complains(words) or not scene.turn.verbatim:
        return False
    begins = scene.turn.intent == CHECK  # that is asked for, too
    least = idle(scene) if begins else harmless(scene)
    return idle(scene) >= CERTAIN or (least >= SURE and scene.turn.sure < CERTAIN)


def is_disbelieved(scene: Scene, sign: str) -> bool:
    """Whether an ear hears nothing of a sign that words read like; of an emergency it has to hear next to none, and be
    certain of no harm, or of a doubt. One that hears a yes believes it. What was worse yesterday is none, whatever it
    hears.
    """
    if _is_over(scene, sign):
        return True
    if scene.session.progress.step and scene.turn.affirms >= RATHER and idle(scene) < CERTAIN:
        return False
    if sign in scene.library.emergencies and is_weighed(scene):
        return gravity(scene) < SLIGHT and harmless(scene) + doubt(scene) >= CERTAIN
    in_general = scene.wording.reader.asks_in_general(scene.turn.words) and sign.startswith("sign.")
    return (in_general and share(scene, sign) < SURE) or harmless(scene) >= CERTAIN or doubt(scene) >= SURE


def is_settled(scene: Scene) -> bool:
    """Whether the words ask in general, or say that all is well."""
    reader, words = scene.wording.reader, scene.turn.words
    return reader.asks_in_general(words) or reader.is_well(words)


def is_soreness(scene: Scene) -> bool:
    """Whether the words tell of tired muscles, and an ear of next to no emergency: "my quads are toast"."""
    return scene.wording.reader.is_of_tired_muscles(scene.turn.words) and gravity(scene) < HINT


def suspected(scene: Scene) -> tuple[str, ...]:
    """The signs that may be meant, likeliest first, where an ear isn't certain; none where it hears no harm."""
    if scene.turn.intent == ASIDE and scene.turn.sure >= CERTAIN and gravity(scene) < HINT:
        return ()
    if gravity(scene) >= max(HINT, doubt(scene)):
        return (max(scene.library.emergencies, key=lambda sign: shares(scene).get(sign, 0.0)),)
    if gravity(scene) < HINT and doubt(scene) < max(RATHER, harmless(scene)):
        return ()
    doubts = {meaning.removeprefix(MAYBE): each for meaning, each in shares(scene).items() if meaning.startswith(MAYBE)}
    likeliest = sorted(doubts, key=doubts.__getitem__, reverse=True)
    return tuple(sign for sign in likeliest if doubts[sign] >= max(HINT, doubts[likeliest[0]] / 2))


def named_by_intent(scene: Scene) -> tuple[str, ...]:
    """The emergency that the intent is about, though nothing else tells of one; none where no harm is certain."""
    sign = told(scene) or scene.library.doubted_by(scene.turn.intent)
    if sign is None or not is_emergency(sign) or scene.turn.is_less_sure_than(FAINT):
        return ()
    return () if harmless(scene) >= CERTAIN or is_settled(scene) or scene.reading.denied else (sign.id,)


def is_unread(scene: Scene) -> bool:
    """Whether the words themselves say nothing of signs; which leg it is, whose, how bad or how long, is none."""
    asked = tuple(sign for sign in scene.reading.asked if sign not in COURSE)
    reading = replace(scene.reading, marks=scene.reading.marks - ASIDES, asked=asked)
    return reading == Reading()
