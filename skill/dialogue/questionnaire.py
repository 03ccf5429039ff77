"""The words of the warning-sign check: questions and outcomes, put together from what they are about.

Rule 1: a text is referred to by what it is about, never by its words: `?ask/legs/sign.walking|sign.leg-weakness/0/you`
is form, key, parts, variant, and whose back it is. So "repeat" can render it again, and no word is stored.
Rule 2: parts are linked by "and" (`+`) where each was said, by "or" (`|`) where it's open which of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skill.domain import signs
from skill.domain.errors import UnknownItem

YOU, THEY = "you", "they"
"""Whose back it is."""

PRONOUNS: Mapping[str, Mapping[str, str]] = {
    YOU: {"you": "you", "your": "your"}, THEY: {"you": "they", "your": "their"},
}

ASK, TEST, WHY, REMARK, OUTCOME = "ask", "test", "why", "remark", "outcome"
"""Forms: a question, the same in other words, why it is asked, a remark about signs, a sentence of the outcome."""

SORT = "sort"
"""The form, and the step of the check, that asks whether words that may mean two things mean a sign."""

PLAIN, SORE = "plain", "sore"
"""How it is asked what is meant; the second where tired legs may explain it."""

HEARD = "heard"
"""The remark that says back what was heard."""

AND, OR = "+", "|"
"""What links the parts of a reference."""

IN_LEGS = (signs.LEG_WEAKNESS, signs.NUMBNESS, signs.RADIATING)
"""Signs that are told "in both legs" where both legs have them."""

IN_A_BREATH = 25
"""Words that a sentence may have."""

MANY = 3
"""Signs that a sentence can hold."""


def reference(form: str, key: str, parts: str = "", variant: int = 0, whose: str = YOU) -> str:
    """How a text is referred to; parts are linked already."""
    return f"?{form}/{key}/{parts}/{variant}/{whose}"


class Questionnaire:
    """The texts of `_check.toml` in one locale."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words

    def key(self, question: str, parts: Sequence[str], *, whole: bool) -> str:
        """Which text asks for some parts of a question: its own, that of a single sign, or the one for any."""
        wanted = (question if whole else "", parts[0] if len(parts) == 1 else "")
        return next((key for key in wanted if key in self._words[ASK]), "any")

    def text(self, asked: str) -> str:
        """The words behind a reference; raises `UnknownItem` where there are none."""
        try:
            form, key, parts, variant, whose = asked.removeprefix("?").split("/")
            template = self._template(self._words[form][key], int(variant), whose)
            return self._sorting(template, parts, whose) if form == SORT else self._filled(template, parts, whose)
        except (KeyError, IndexError, ValueError, AttributeError, TypeError):
            raise UnknownItem(asked) from None

    @staticmethod
    def _template(found: Any, variant: int, whose: str) -> str:  # noqa: ANN401  # as TOML has it
        if isinstance(found, Mapping):
            return str(found[whose][variant])
        return found if isinstance(found, str) else str(found[variant % len(found)])

    def _sorting(self, template: str, parts: str, whose: str) -> str:
        """What may be meant, as one question: "just to be sure, is there a fever, or do you feel sick?"."""
        meant = (self._words["meant"][part].format_map(PRONOUNS[whose]) for part in parts.split(OR))
        return template.format(parts=", or ".join(meant))

    def _filled(self, template: str, parts: str, whose: str) -> str:
        if "{parts}" not in template and "{because}" not in template:
            return template.format_map(PRONOUNS[whose])
        link = OR if OR in parts else AND
        facts = [part for part in parts.split(link) if part]
        text = self._with(template, facts, link, whose)
        while "{because}" in template and len(facts) > 1 and len(text.split()) > IN_A_BREATH:
            facts.pop()  # reasons, the first said first; what is asked about stays whole
            text = self._with(template, facts, link, whose)
        return text

    def _with(self, template: str, facts: Sequence[str], link: str, whose: str) -> str:
        """A sentence with signs in its blanks, and why."""
        blanks = {**PRONOUNS[whose], "because": "", "parts": self._named(facts, link, whose)}
        kind = "any" if link == OR else "unsure" if facts and facts[0].startswith("?") else "yes"
        reason: str = self._words["because"][kind]
        blanks["because"] = reason.format_map(blanks)
        return template.format_map(blanks)

    def _named(self, facts: Sequence[str], link: str, whose: str) -> str:
        """Signs in a row: "numbness in both legs and a fever"."""
        both = signs.BOTH_LEGS in facts and any(fact in IN_LEGS for fact in facts)
        blanks = {**PRONOUNS[whose], "a_leg": "both legs" if both else "a leg"}
        shown = [fact.removeprefix("?") for fact in facts if not (both and fact == signs.BOTH_LEGS)]
        return listed([self._words["part"][fact].format(**blanks) for fact in shown[:MANY]],
                      "or" if link == OR else "and")


def listed(names: Sequence[str], link: str) -> str:
    """"ice", "ice and heat", "ice, heat and rest"."""
    if len(names) < 2:  # noqa: PLR2004  # one, or none
        return "".join(names)
    return f"{', '.join(names[:-1])} {link} {names[-1]}"
