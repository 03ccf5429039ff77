"""The certification list: every point of Amazon's certification, and whether the skill passes it.

Rule 1: a point is judged by playing the skill and reading its package; what it says is its judge's first sentence.
Rule 2: what only a person or a device can judge says so, and why; nothing is passed that wasn't looked at.
Rule 3: numbers are those of alexa-platform.md, section 6. A failure is a finding of `python -m skill check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skill import covering, guarding, reviewing, storefront
from skill.evidence import Evidence

PASS, FAIL, PERSON, DEVICE = "pass", "fail", "person", "device"

MOST_TOLD = 3
"""Findings of a point that are told in full."""

Judge = Callable[[Evidence], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the list."""

    number: int
    judge: Judge | None = None
    """Who judges it here; nobody where it can't be judged here."""
    what: str = ""
    """What it asks for, where no judge says it."""
    by: str = ""
    """Who judges it, or what of it is left, besides: "person" or "device"."""
    because: str = ""
    """Why, or what is left to them."""

    @property
    def text(self) -> str:
        """What it asks for."""
        return self.what or str(self.judge.__doc__).strip()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one point."""

    row: Row
    found: tuple[str, ...] = ()
    """What is wrong, and where."""

    @property
    def word(self) -> str:
        """"pass", "fail", "person" or "device"."""
        return FAIL if self.found else PASS if self.row.judge else self.row.by

    @property
    def told(self) -> tuple[str, ...]:
        """The first findings, and how many more there are."""
        more = len(self.found) - MOST_TOLD
        return self.found[:MOST_TOLD] + ((f"and {more} more",) if more > 0 else ())


ROWS: tuple[Row, ...] = (
    Row(1, reviewing.open_asks),
    Row(2, reviewing.question_is_open),
    Row(3, reviewing.finished_is_closed),
    Row(4, reviewing.stated),
    Row(5, reviewing.reprompted),
    Row(6, reviewing.resumable),
    Row(7, reviewing.launches),
    Row(8, reviewing.later_launches),
    Row(9, reviewing.helps),
    Row(10, reviewing.help_is_no_welcome),
    Row(11, reviewing.help_at_once),
    Row(12, reviewing.stops),
    Row(13, reviewing.cancels),
    Row(14, reviewing.exits),
    Row(15, reviewing.goes_home),
    Row(16, covering.everything),
    Row(17, covering.fillings),
    Row(18, covering.samples, by=DEVICE, because="whether Alexa hears it so"),
    Row(19, covering.varied),
    Row(20, covering.out_of_context),
    Row(21, covering.told),
    Row(22, reviewing.lost),
    Row(23, reviewing.unsupported),
    Row(24, reviewing.apologises),
    Row(25, reviewing.quick, by=DEVICE, because="how long it takes on Lambda, with a store to ask"),
    Row(26, covering.silence_at_a_screen, by=DEVICE, because="how long a page stays"),
    Row(27, storefront.first_phrase),
    Row(28, storefront.exact_phrases),
    Row(29, storefront.spelled_phrases),
    Row(30, storefront.described, by=PERSON, because="whether it's well said"),
    Row(31, storefront.sized, by=PERSON, because="whether an icon looks like somebody's mark"),
    Row(32, storefront.invocation, by=DEVICE, because='whether "back coach" is heard'),
    Row(33, storefront.every_locale),
    Row(34, storefront.instructed),
    Row(35, covering.same_on_both),
    Row(36, what="A picture fits every screen, with no text cut off, and what is touched does what it says.",
        by=DEVICE, because="Amazon's renderer draws it in tests/clients; how it looks is seen on a device"),
    Row(37, covering.shown_on_screens),
    Row(38, guarding.unsigned, by=PERSON, because="what needs a certificate is proven in tests/alexa/test_verify.py"),
    Row(39, guarding.foreign),
    Row(40, guarding.bound),
    Row(41, guarding.secretless),
    Row(42, what="No dependency has a hole that is known.",
        by=PERSON, because="the list of holes is on the network, and another one tomorrow: run pip-audit"),
    Row(43, what="The privacy policy's page answers without a login, names the skill, and is in the locale's language.",
        by=PERSON, because="its address is the owner's to set, and to open"),
    Row(44, guarding.unkept),
    Row(45, guarding.unasked),
    Row(46, storefront.disclaimed),
    Row(47, guarding.uncollected, by=PERSON, because="whether Amazon reads yes and no in the check as collecting"),
    Row(48, guarding.unclaimed, by=PERSON, because="whether what is said about backs is true"),
    Row(49, guarding.safe_titles),
    Row(50, guarding.calls_nobody),
    Row(51, storefront.flagged),
    Row(52, guarding.welcomed),
    Row(53, guarding.decent, by=PERSON, because="a search for trademarks"),
    Row(54, covering.left_open),
    Row(55, covering.asked_and_closed),
    Row(56, covering.unhelpful),
    Row(57, storefront.failing_phrases),
    Row(58, covering.unstoppable),
    Row(59, covering.irrelevant),
    Row(60, covering.problems),
)


SHAPE = Row(0, what="The texts for the store have the fields that there are.")
"""What comes before all points: without it there is no package to judge."""


def certify(evidence: Evidence) -> Iterator[Verdict]:
    """The verdict on each point, in order."""
    for row in ROWS:
        yield Verdict(row, tuple(row.judge(evidence)) if row.judge else ())


def verdicts() -> list[Verdict]:
    """The verdicts on the skill as it is here; where its texts for the store are out of shape, that alone is told."""
    flaws = storefront.shape_flaws()
    return [Verdict(SHAPE, tuple(flaws))] if flaws else list(certify(Evidence()))


def failures(judged: list[Verdict]) -> list[str]:
    """Everything that Amazon's certification would send back, a line each."""
    return [f"certification {verdict.row.number}: {line}" if verdict.row.number else line
            for verdict in judged for line in verdict.told]


def listed(judged: list[Verdict]) -> Iterator[str]:
    """The list as it's read: a line a point, what is wrong below it, and the sum."""
    for verdict in judged:
        row = verdict.row
        left = f" ({row.because})" if not row.judge else f" (left to a {row.by}: {row.because})" if row.by else ""
        yield f"{row.number:2}  {verdict.word:6}  {row.text}{left}"
        yield from (f"            {line}" for line in verdict.told)
    count = {word: sum(verdict.word == word for verdict in judged) for word in (PASS, FAIL, PERSON, DEVICE)}
    yield ", ".join(f"{number} {word}" for word, number in count.items() if number) + "."
