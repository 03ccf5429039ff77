"""What somebody's words say about warning signs: reported, denied, asked about, or only sounding like one.

Rule 1: content goes before the first word: "no, I can't walk properly" reports a sign.
Rule 2: what looks like a sign and isn't is taken out first; what may be one or not is asked about, never guessed.
Rule 3: the words of a language are in its `_reading.toml`, which also explains how patterns are written.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skill.dialogue.pattern import TAKEN, Index, Patterns, tidy, word
from skill.dialogue.quantities import Quantities
from skill.domain import signs


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one utterance. Ids of signs and risks, in the order in which they were said."""

    said: tuple[str, ...] = ()
    """Reported, of oneself or of somebody else."""
    denied: tuple[str, ...] = ()
    """Said not to be so: "no numbness at all"."""
    asked: tuple[str, ...] = ()
    """Asked about in general, or supposed: "what if I lose bladder control"."""
    maybe: tuple[str, ...] = ()
    """What words may mean that usually mean something else: "can't feel my legs after leg day"."""
    marks: frozenset[str] = frozenset()
    """Details: "both", "one", "thinners", "old", "constipation", "minor", "severity", "upper-back", "bleeding",
    "other" (whose back it is), "relative" (who is mentioned), "own" (my back), "child", "gone"."""
    harmless: bool = False
    """Something only looked like a sign: "my abs are on fire"."""


YES, NO, UNSURE = "yes", "no", "unsure"

TURNED: Mapping[str, str] = {"soft-no": NO, UNSURE: UNSURE, "turned-no": NO, "turned-yes": YES}
"""Answers that are more than their first word: "not really", "yeah nah"."""

PLAIN = {"one", "both", "minor", "old", "constipation", "gone"}
"""Marks that hold however they are put."""

COURSE = {signs.WEEK, signs.WORSENING, signs.SEVERE_72H, signs.NIGHT_PAIN}
"""Signs of how it goes: in a question they are what it is about, not news."""

MANY_LEGS = {signs.NUMBNESS, signs.LEG_WEAKNESS, signs.RADIATING, signs.FOOT_DROP}


class Reader:
    """Reads one language; made from its `_reading.toml`. It knows no context but what it is given."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        classes = {name: "|".join(" ".join(map(word, each.split())) for each in listed.split(","))
                   for name, listed in words["class"].items()}

        index = Index()

        def made(table: Mapping[str, Sequence[str]]) -> dict[str, Patterns]:
            return {key: Patterns(patterns, classes, index) for key, patterns in table.items()}

        self._standard = {tidy(said): tidy(meant) for said, meant in words["dialect"].items()}
        self._dialect = re.compile(rf"(?:{'|'.join(map(re.escape, self._standard))})(?!\S)")
        self._lead = re.compile(rf"^(?: (?:{classes['lead']}))+(?= (?:{classes['start']})(?!\S))")
        self._signs = made(words["sign"])
        self._marks = made(words["mark"])
        self._maybe = [(tuple(each["about"]), Patterns(each["patterns"], classes, index)) for each in words["maybe"]]
        self._harmless = Patterns(words["harmless"]["patterns"], classes, index)
        self._cues = made(words["cue"])
        self._answers = made(words["answer"])
        self._content = {key: made(table) for key, table in words["content"].items()}
        self._trends, self._sides = made(words["trend"]), made(words["side"])
        self._measures = Quantities(words["measure"])

    def _plain(self, words: str) -> str:
        """Tidy, and every word as the patterns have it: "I cannae", "I can not" → " i cant"."""
        return self._dialect.sub(lambda match: self._standard[match[0]], tidy(words))

    def read(self, words: str) -> Reading:
        """What the words say; nothing where there are none, as on most turns of a real Echo."""
        if not words.strip():
            return Reading()
        whole = self._cues["idle"].take(self._plain(words))[0]
        text = self._lead.sub(f" {TAKEN}", whole)
        left, harmless = self._harmless.take(text)
        text = text if harmless and self._cues["alarm"].search(left) else left
        maybe: list[str] = []
        for about, patterns in self._maybe:
            unclear = [match for match in patterns.find(text) if not self._is_denied(text, match)]
            if unclear and not self._is_more(text, unclear):
                maybe += about
                text = patterns.take(text)[0]
        heard = sorted((match.start(), sign, match) for sign, patterns in self._signs.items()
                       for match in patterns.find(text))
        kinds: dict[str, list[str]] = {"said": [], "denied": [], "asked": []}
        for _, sign, match in heard:
            kinds[self._kind(text, sign, match)].append(sign)
        marks = {mark for mark, patterns in self._marks.items()
                 if any(mark in PLAIN or not self._is_denied(whole, match) for match in patterns.find(whole))}
        return self._reading(kinds, maybe, marks, harmless=harmless)

    def _is_more(self, text: str, unclear: Sequence[re.Match[str]]) -> bool:
        """Whether words that may mean a sign, or nothing, go on and mean one: "what's the point of living"."""
        certain = [match.span() for patterns in self._signs.values() for match in patterns.find(text)]
        return any(start < each.end() < end for start, end in certain for each in unclear)

    def _kind(self, text: str, sign: str, match: re.Match[str]) -> str:
        """Whether a sign found in a text is said, denied or asked about."""
        if sign == signs.CRISIS:
            return self._kind_of_crisis(text)
        if self._is_over(text, sign) or self._is_denied(text, match):
            return "denied"
        return "asked" if self._is_asked(text, sign, match) else "said"

    def _is_asked(self, text: str, sign: str, match: re.Match[str]) -> bool:
        """Whether a sign is asked about, supposed, or somebody's in a film."""
        cues, before = self._cues, text[:match.start()]
        fiction = cues["fiction"].search(text) and not cues["of-me"].search(text)
        supposed = cues["suppose"].search(self._clause(text[:match.end()])) and not cues["real"].search(text)
        if fiction or supposed or cues["unknown"].search(before + " |"):
            return True
        theirs = cues["mine"].search(before + match[0]) or cues["real"].search(text)
        if cues["question"].search(" |" + text) and not theirs:
            return True
        return sign in COURSE and (self.is_question(text) or not cues["ailing"].search(text))

    def _kind_of_crisis(self, text: str) -> str:
        """Words of not wanting to live are believed, unless they say in so many words that it isn't so."""
        if self._cues["no-crisis"].search(text):
            return "denied"
        return "asked" if self._cues["of-others"].search(text) else "said"

    def _is_denied(self, text: str, match: re.Match[str]) -> bool:
        before, after = self._clause(text[:match.start()]), text[match.end():]
        cues, upto = self._cues, before + " |"
        afterwards = cues["denied-after"].search(" |" + after) and not cues["inverted"].search(upto)
        return bool(cues["denial"].search(upto) or afterwards)

    def _is_over(self, text: str, sign: str) -> bool:
        """Whether it was getting worse, and isn't now: "yesterday it was worse than now"."""
        return sign == signs.WORSENING and self._trends["better-first"].search(text) is not None

    def _clause(self, before: str) -> str:
        """What stands before a sign in the same clause."""
        borders = list(self._cues["border"].find(before))
        return before[borders[-1].end():] if borders else before

    @staticmethod
    def _reading(kinds: Mapping[str, Sequence[str]], maybe: Sequence[str], marks: set[str], *,
                 harmless: bool) -> Reading:
        said = list(dict.fromkeys(kinds["said"]))
        if signs.PREGNANT in said and signs.WEEK in said:
            said.remove(signs.WEEK)  # "six months pregnant" is no pain of six months
        if "both" in marks and MANY_LEGS & set(said) and signs.BOTH_LEGS not in said:
            said.append(signs.BOTH_LEGS)
        denied = tuple(sign for sign in dict.fromkeys(kinds["denied"]) if sign not in said)
        asked = tuple(sign for sign in dict.fromkeys(kinds["asked"]) if sign not in said)
        unclear = () if said else tuple(sign for sign in dict.fromkeys(maybe) if sign not in denied)
        return Reading(tuple(said), denied, asked, unclear, frozenset(marks), harmless)

    def answer(self, words: str, asked: Sequence[str] = ()) -> str | None:
        """The answer to a question about some ids, "yes", "no" or "unsure"; None where it is none of them."""
        reading, raw = self.read(words), self._after_correction(self._plain(words))
        text = self._after_correction(self._cues["idle"].take(self._plain(words))[0])
        told = {*reading.said, *(COURSE & set(() if self.is_question(words) else reading.asked))}
        if told & set(asked) or self.means(words, asked):
            return YES
        content = next((kind for kind in (NO, UNSURE) if self._tells(kind, raw, asked)), None)
        turned = next((kind for kind in TURNED if self._answers[kind].search(text)), None)
        denied = NO if set(reading.denied) & set(asked) else None
        return content or TURNED.get(turned or "") or denied or self._first(text)

    def _tells(self, kind: str, text: str, asked: Iterable[str]) -> bool:
        """Whether an answer says no, or not sure, in the words of what was asked."""
        listed = self._content[kind]
        return any((each in listed and listed[each].search(text)) or (kind == NO and self._is_over(text, each))
                   for each in asked)

    def says_no(self, words: str, asked: Iterable[str]) -> bool:
        """Whether there is a no in the words, or what means one of what was asked; "don't" by itself is none."""
        text = self._plain(words)
        return self._cues["plain-no"].search(text) is not None or self._tells(NO, text, asked)

    def means(self, words: str, asked: Iterable[str]) -> tuple[str, ...]:
        """Of the ids asked about, those that an answer means without naming them: "I can't go"."""
        text = self._after_correction(self._cues["idle"].take(self._plain(words))[0])
        text = self._harmless.take(text)[0]
        meant = self._content[YES]
        over = {each for each in asked if self._is_over(self._plain(words), each)}
        return tuple(each for each in asked if each in meant and each not in over
                     if any(not self._is_denied(text, match) for match in meant[each].find(text)))

    def is_question(self, words: str) -> bool:
        """Whether the words ask for something."""
        text = self._plain(words)
        return bool(self._cues["question"].search(" |" + text) or self._cues["asking"].search(text))

    def tells_of_effort(self, words: str, about: Container[str] = ()) -> bool:
        """Whether the words name what may explain some signs for a while: a saddle, a class, a jump.

        What goes on long afterwards isn't explained by it, and sitting wets nobody.
        """
        text = self._plain(words)
        effort = self._cues["jolt" if signs.BLADDER in about else "effort"]
        return effort.search(text) is not None and not self._cues["outlasts"].search(text)

    def is_of_tired_muscles(self, words: str) -> bool:
        """Whether the words tell of legs or a bottom that are sore or tired after training: "my quads are toast"."""
        text = self._plain(words)
        return self._cues["tired"].search(text) is not None and not self._cues["alarm"].search(text)

    def asks_in_general(self, words: str) -> bool:
        """Whether the words ask for something, and not about what somebody has: "can a bad back make you faint"."""
        return self.is_question(words) and not self._is_of_mine(self._plain(words))

    def is_of_others(self, words: str) -> bool:
        """Whether words of not wanting to live are about people in general, or say that it isn't so."""
        return self._kind_of_crisis(self._plain(words)) != "said"

    def _is_of_mine(self, text: str) -> bool:
        """Whether a question is about somebody here: "is it normal that I can't feel my feet"."""
        general = self._cues["in-general"].search(text) or self._cues["suppose"].search(text)
        return not general and self._cues["mine"].search(text) is not None

    def is_well(self, words: str) -> bool:
        """Whether the words say that all is well: "breathing's fine"."""
        return self._cues["well"].search(" |" + self._plain(words)) is not None

    def ends(self, words: str) -> bool:
        """Whether the words name an end: "no, leave it"."""
        return self._cues["ending"].search(self._plain(words)) is not None

    def tells_of_failing(self, words: str) -> bool:
        """Whether the words name what doesn't work: "i can't walk"."""
        return self._cues["failing"].search(self._plain(words)) is not None

    def denies(self, words: str) -> bool:
        """Whether the words say that something isn't so, and no more than that: "my legs aren't numb"."""
        return self._cues["not-so"].search(self._plain(words)) is not None

    def complains(self, words: str) -> bool:
        """Whether the words tell of a sore back, and ask for nothing."""
        text = self._cues["occasion"].take(self._harmless.take(self._plain(words))[0])[0]
        return self._cues["complaint"].search(text) is not None and not self.asks(words)

    def asks(self, words: str) -> bool:
        """Whether the words ask for anything: in a question, or with a wish."""
        text = self._cues["occasion"].take(self._harmless.take(self._plain(words))[0])[0]
        return self._cues["request"].search(text) is not None or self.is_question(words)

    def is_mild(self, words: str) -> bool:
        """Whether the words play it down: "a bit stiff"."""
        return self._cues["mild"].search(self._plain(words)) is not None

    def ails(self, words: str) -> bool:
        """Whether the words are about something that hurts, or a night's rest."""
        return self._cues["in-pain"].search(self._plain(words)) is not None

    def _after_correction(self, text: str) -> str:
        """What somebody says in the end: "no wait, yes" → "yes"."""
        last = [match.end() for match in self._cues["correction"].find(text)][-1:]
        return text[last[0]:] if last and text[last[0]:] else text

    def _first(self, text: str) -> str | None:
        """The answer whose word comes first."""
        found = [(match.start(), kind) for kind in (YES, NO) if (match := self._answers[kind].search(text))]
        return min(found)[1] if found else None

    def opens(self, words: str) -> bool:
        """Whether the words begin with yes, no or not sure."""
        found = (self._answers[kind].search(self._plain(words)) for kind in (YES, NO, UNSURE))
        return any(match and not match.start() for match in found)

    def corrects(self, words: str) -> bool:
        """Whether the words take back the answer before: "no wait, I meant yes"."""
        return self._cues["takes-back"].search(self._plain(words)) is not None

    def days(self, words: str, weekday: int) -> float | None:
        """How long it has hurt, in days; `weekday` is today's, 0 on a Monday."""
        return self._measures.days(self._plain(words), weekday)

    def severity(self, words: str) -> int | None:
        """How bad it is, from 0 to 10."""
        return self._measures.severity(self._plain(words))

    def trend(self, words: str) -> str | None:
        """Which way it goes, "better", "same" or "worse"; the first that fits."""
        text = self._plain(words)
        found = next((trend for trend, patterns in self._trends.items() if patterns.search(text)), None)
        return found.partition("-")[0] if found else None

    def side(self, words: str) -> str | None:
        """In which legs it is: "both", "one" or "none"."""
        text = self._plain(words)
        return next((side for side, patterns in self._sides.items() if patterns.search(text)), None)
