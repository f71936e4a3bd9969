"""What an identifier scheme is, and what it says of a text: ok, warn or fail, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

from ewglink.identifiers.placeholders import is_placeholder
from ewglink.names.clean import plain_width
from ewglink.text import N_, Message

Status = Literal["ok", "warn", "fail"]

HOLDS = Message(N_("The number is valid."))
PLACEHOLDER = Message(N_("A placeholder stands where the number should be."))
FORMAT = Message(N_("The text does not have the form of this number."))
CHECK_DIGIT = Message(N_("The check digit does not agree with the rest of the number."))
UNUSUAL = Message(N_("The number does not have its usual form; it is kept as it is."))


@dataclass(frozen=True, slots=True)
class Checked:
    """What a scheme says of a text.

    `normalised` is the form to compare and show ("" for a placeholder, the trimmed text where nothing better is known);
    `code` is stable and never translated; `detail` holds what the number tells (country, year, …).
    """

    scheme: str
    raw: str
    normalised: str
    status: Status
    code: str
    message: Message
    placeholder: bool = False
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def may_join(self) -> bool:
        """Whether the number is good enough to make two rows one entity."""
        return self.status == "ok" and not self.placeholder


class Verdict(NamedTuple):
    """What a judge says of a text that has the form; `normalised` is another normal form, if need be."""

    status: Status = "ok"
    code: str = "ok"
    message: Message = HOLDS
    detail: dict[str, Any] | None = None
    normalised: str | None = None


OK = Verdict()
BAD_CHECK_DIGIT = Verdict("fail", "check_digit", CHECK_DIGIT)


def warn(code: str, message: Message, **detail: Any) -> Verdict:
    """A verdict that keeps the number and says what is odd about it."""
    return Verdict("warn", code, message, detail or None)


def fail(code: str, message: Message, **detail: Any) -> Verdict:
    """A verdict that the number does not hold."""
    return Verdict("fail", code, message, detail or None)


@runtime_checkable
class Scheme(Protocol):
    """A member of the family. `certainty`: 3 has a check digit, 2 a form of its own, 1 a common form, 0 any text."""

    @property
    def key(self) -> str:
        """The scheme's key, e.g. ``epa_id``."""

    @property
    def name(self) -> str:
        """What it is called, marked with `N_`."""

    @property
    def certainty(self) -> int:
        """How much a text that fits says."""

    def check(self, text: str, *, country: str | None = None) -> Checked:
        """What the scheme says of `text`; `country` (alpha-2) is that of the record."""

    def looks_like(self, text: str) -> bool:
        """Whether `text` could be one, so that it is worth checking."""


_SEPARATORS = str.maketrans("", "", " \t\r\n-./_\u00a0")


def compact(text: str) -> str:
    """`text` in capitals, without spaces, hyphens, dots, slashes and underscores."""
    return plain_width(text).translate(_SEPARATORS).upper()


def spaceless(text: str) -> str:
    """`text` in capitals, without spaces."""
    return "".join(plain_width(text).split()).upper()


def trimmed(text: str) -> str:
    """`text` in capitals, its white space collapsed."""
    return " ".join(plain_width(text).split()).upper()


def holds(text: str, country: str | None) -> Verdict:
    """The judge of a number that has a form and nothing else."""
    return OK


@dataclass(frozen=True)
class Number:
    """A scheme made of a form and a judge.

    `tidy` makes the normal form, `form` must match the whole of it, `judge` then says what it is worth. A `lenient`
    scheme warns where the form does not match, since its forms are not all known. `own_words` are texts that would
    otherwise be placeholders; `show` makes the form to show of one that holds; `guess` is a narrower form, which a
    text of unknown kind must have; without one, a scheme of certainty 0 is no guess at all.
    """

    key: str
    name: str
    form: re.Pattern[str]
    judge: Callable[[str, str | None], Verdict] = holds
    tidy: Callable[[str], str] = compact
    certainty: int = 2
    lenient: bool = False
    form_message: Message = FORMAT
    own_words: frozenset[str] = frozenset()
    show: Callable[[str], str] | None = None
    guess: re.Pattern[str] | None = None

    def check(self, text: str, *, country: str | None = None) -> Checked:
        """What the scheme says of `text`; never raises."""
        if is_placeholder(text) and text.strip().upper() not in self.own_words:
            return Checked(self.key, text, "", "warn", "placeholder", PLACEHOLDER, True)
        number = self.tidy(text)
        if not number.strip("0"):
            return Checked(self.key, text, "", "warn", "placeholder", PLACEHOLDER, True)
        if self.form.fullmatch(number) is None:
            if self.lenient:
                return Checked(self.key, text, number, "warn", "unusual", UNUSUAL)
            return Checked(self.key, text, number or text.strip(), "fail", "format", self.form_message)
        status, code, message, detail, normalised = self.judge(number, country)
        if normalised is None:
            normalised = self.show(number) if self.show else number
        return Checked(self.key, text, normalised, status, code, message, code == "placeholder",
                       detail if detail is not None else {})

    def looks_like(self, text: str) -> bool:
        """Whether `text` has the form, the narrower one where there is one."""
        if self.guess is None and not self.certainty:
            return False
        return (self.guess or self.form).fullmatch(self.tidy(text)) is not None
