"""How good a statement is: grades of source and information, the schemes partners use, and what one is in another."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from ewglink.text import N_, Message


@dataclass(frozen=True)
class Mark:
    """One step of an axis: its sign, what it means, and its factor for weighing (0 to 1)."""

    sign: str
    meaning: Message
    factor: float


@dataclass(frozen=True)
class Scheme:
    """A grading scheme: signs for the source, for the information, and its handling codes where it has any."""

    key: str
    name: Message
    sources: tuple[Mark, ...]
    information: tuple[Mark, ...]
    handling: tuple[Mark, ...] = ()

    def source(self, sign: str) -> Mark:
        """The source mark with this sign; KeyError where there is none."""
        return _named(self.sources, sign)

    def info(self, sign: str) -> Mark:
        """The information mark with this sign; KeyError where there is none."""
        return _named(self.information, sign)


def _named(marks: tuple[Mark, ...], sign: str) -> Mark:
    for mark in marks:
        if mark.sign == sign:
            return mark
    raise KeyError(sign)


def _marks(*triples: tuple[str, str, float]) -> tuple[Mark, ...]:
    return tuple(Mark(sign, Message(meaning), factor) for sign, meaning, factor in triples)


ADMIRALTY = Scheme(
    "admiralty", Message(N_("Admiralty (6×6)")),
    _marks(("A", N_("completely reliable"), 1.0), ("B", N_("usually reliable"), .8), ("C", N_("fairly reliable"), .6),
           ("D", N_("not usually reliable"), .4), ("E", N_("unreliable"), .2),
           ("F", N_("reliability cannot be judged"), .5)),
    _marks(("1", N_("confirmed by other sources"), 1.0), ("2", N_("probably true"), .8), ("3", N_("possibly true"), .6),
           ("4", N_("doubtful"), .4), ("5", N_("improbable"), .1), ("6", N_("truth cannot be judged"), .5)))

UK_352 = Scheme(
    "uk_352", Message(N_("UK (3×5×2)")),
    _marks(("1", N_("reliable"), 1.0), ("2", N_("untested"), .5), ("3", N_("not reliable"), .3)),
    _marks(("A", N_("known directly to the source"), 1.0), ("B", N_("known indirectly but corroborated"), .8),
           ("C", N_("known indirectly"), .6), ("D", N_("not known"), .4), ("E", N_("suspected to be false"), .1)),
    _marks(("P", N_("lawful sharing permitted"), 1.0), ("C", N_("sharing permitted with conditions"), 1.0)))

UK_555 = Scheme(
    "uk_555", Message(N_("UK (5×5×5, former)")),
    _marks(("A", N_("always reliable"), 1.0), ("B", N_("mostly reliable"), .8), ("C", N_("sometimes reliable"), .6),
           ("D", N_("unreliable"), .3), ("E", N_("untested"), .5)),
    _marks(("1", N_("known to be true without reservation"), 1.0), ("2", N_("known personally to the source"), .8),
           ("3", N_("not known personally but corroborated"), .6), ("4", N_("cannot be judged"), .5),
           ("5", N_("suspected to be false or malicious"), .1)),
    _marks(("1", N_("law enforcement, partners included"), 1.0), ("2", N_("other parties in the country"), 1.0),
           ("3", N_("foreign agencies, with conditions"), 1.0), ("4", N_("originating agency only"), 1.0),
           ("5", N_("no further dissemination: ask the originator"), 1.0)))

EUROPOL_44 = Scheme(
    "europol_44", Message(N_("Europol (4×4)")),
    _marks(("A", N_("no doubt about the source"), 1.0), ("B", N_("mostly reliable"), .8),
           ("C", N_("mostly unreliable"), .4),
           ("X", N_("reliability cannot be judged"), .5)),
    _marks(("1", N_("not in doubt"), 1.0), ("2", N_("known personally to the source, not to the reporter"), .8),
           ("3", N_("not known personally but corroborated"), .6), ("4", N_("cannot be corroborated"), .4)),
    _marks(("H0", N_("general purpose"), 1.0), ("H1", N_("not for use in court without permission"), 1.0),
           ("H2", N_("no dissemination without permission"), 1.0), ("H3", N_("other restrictions"), 1.0)))

I2 = Scheme(
    "i2", Message(N_("Analyst's chart (A–E, 1–5)")),
    _marks(("A", N_("always reliable"), 1.0), ("B", N_("mostly reliable"), .8), ("C", N_("sometimes reliable"), .6),
           ("D", N_("unreliable"), .3), ("E", N_("untested"), .5), ("-", N_("ungraded"), .5)),
    _marks(("1", N_("known to be true without reservation"), 1.0), ("2", N_("known personally to the source"), .8),
           ("3", N_("not known personally but corroborated"), .6), ("4", N_("cannot be judged"), .5),
           ("5", N_("suspected to be false or malicious"), .1), ("-", N_("ungraded"), .5)),
    _marks(("1", N_("free to share"), 1.0), ("2", N_("share with care"), 1.0), ("3", N_("share with conditions"), 1.0),
           ("4", N_("originating agency only"), 1.0), ("5", N_("explicit permission needed"), 1.0)))

SCHEMES: dict[str, Scheme] = {one.key: one for one in (ADMIRALTY, UK_352, UK_555, EUROPOL_44, I2)}
"""Every grading scheme by key; a case picks one, and what came in another is kept with its conversion."""

_SOURCE_TO: dict[str, dict[str, str]] = {
    "uk_555": {"A": "A", "B": "B", "C": "C", "D": "D", "E": "D", "F": "E"},
    "uk_352": {"A": "1", "B": "1", "C": "2", "D": "3", "E": "3", "F": "2"},
    "europol_44": {"A": "A", "B": "B", "C": "B", "D": "C", "E": "C", "F": "X"},
    "i2": {"A": "A", "B": "B", "C": "C", "D": "D", "E": "D", "F": "E"},
}
_INFO_TO: dict[str, dict[str, str]] = {
    "uk_555": {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "4"},
    "uk_352": {"1": "A", "2": "B", "3": "C", "4": "D", "5": "E", "6": "D"},
    "europol_44": {"1": "1", "2": "2", "3": "3", "4": "4", "5": "4", "6": "4"},
    "i2": {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "4"},
}
# Back again, where several Admiralty signs share one: untested and "cannot be judged" are F and 6, not the worse ones.
_SOURCE_FROM: dict[str, dict[str, str]] = {
    "uk_555": {"A": "A", "B": "B", "C": "C", "D": "D", "E": "F"}, "uk_352": {"1": "B", "2": "F", "3": "D"},
    "europol_44": {"A": "A", "B": "B", "C": "D", "X": "F"},
    "i2": {"A": "A", "B": "B", "C": "C", "D": "D", "E": "F", "-": "F"},
}
_INFO_FROM: dict[str, dict[str, str]] = {
    "uk_555": {"1": "1", "2": "2", "3": "3", "4": "6", "5": "5"},
    "uk_352": {"A": "1", "B": "2", "C": "3", "D": "6", "E": "5"},
    "europol_44": {"1": "1", "2": "2", "3": "3", "4": "6"},
    "i2": {"1": "1", "2": "2", "3": "3", "4": "6", "5": "5", "-": "6"},
}
_GRADE = re.compile(r"\s*([A-F])\s*[-/ ]?\s*([1-6])\s*", re.IGNORECASE)
_SOURCE_RANK = "ABCFDE"
_INFO_RANK = "123645"


@dataclass(frozen=True)
class Grade:
    """An Admiralty grade: source A to F, information 1 to 6. `converted_from` keeps the original, ``scheme:signs``."""

    source: str = "F"
    information: str = "6"
    converted_from: str | None = None

    def __post_init__(self) -> None:
        ADMIRALTY.source(self.source)
        ADMIRALTY.info(self.information)

    def __str__(self) -> str:
        return self.source + self.information

    @property
    def factor(self) -> float:
        """The weight from 0 to 1: the geometric mean of the factors of source and information."""
        return math.sqrt(ADMIRALTY.source(self.source).factor * ADMIRALTY.info(self.information).factor)

    @property
    def strength(self) -> Literal["confirmed", "unconfirmed", "tentative"]:
        """How a link is drawn by default: confirmed up to B2, then unconfirmed down to C3 and F6, else tentative."""
        if self.source in "AB" and self.information in "12":
            return "confirmed"
        return "unconfirmed" if self.source in "ABCF" and self.information in "1236" else "tentative"

    @property
    def sort_key(self) -> tuple[int, int]:
        """For sorting, best first; what cannot be judged comes between possibly true and doubtful."""
        return _SOURCE_RANK.index(self.source), _INFO_RANK.index(self.information)

    @property
    def meaning(self) -> tuple[Message, Message]:
        """What the source sign and the information sign mean."""
        return ADMIRALTY.source(self.source).meaning, ADMIRALTY.info(self.information).meaning

    @classmethod
    def parse(cls, text: str) -> Grade:
        """The grade written as "B2", "b 2" or "B-2"; ValueError for anything else."""
        found = _GRADE.fullmatch(text)
        if found is None:
            raise ValueError(text)
        return cls(found[1].upper(), found[2])

    def in_scheme(self, key: str) -> tuple[str, str]:
        """The signs for source and information in another scheme; KeyError where there is no such scheme."""
        if key == ADMIRALTY.key:
            return self.source, self.information
        if self.converted_from and self.converted_from.startswith(key + ":"):
            source, _slash, information = self.converted_from.partition(":")[2].partition("/")
            return source, information
        return _SOURCE_TO[key][self.source], _INFO_TO[key][self.information]


UNGRADED = Grade()
"""F6: neither source nor information can be judged."""


def from_scheme(key: str, source: str, information: str) -> Grade:
    """The Admiralty grade nearest to signs of another scheme, which it keeps; KeyError for a sign it has not."""
    scheme = SCHEMES[key]
    source, information = scheme.source(source.upper()).sign, scheme.info(information.upper()).sign
    if key == ADMIRALTY.key:
        return Grade(source, information)
    return Grade(_SOURCE_FROM[key][source], _INFO_FROM[key][information], f"{key}:{source}/{information}")
