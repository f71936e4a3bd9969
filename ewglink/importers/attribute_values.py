"""What a value that some other program wrote says as a property of ours: checked, read, and kept as it was."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ewglink.identifiers.catalogue import check
from ewglink.importers import dates
from ewglink.importers.drafting import listed
from ewglink.importers.values import boolean, number
from ewglink.model.property_types import IdentifierUse, PropertyType
from ewglink.text import N_, Message, message

_MIDNIGHTS = ("T00:00:00", "T00:00:00.000", "T00:00:00Z", "T00:00")
NO_DATE = N_("“{text}” is not a date; it is kept as text.")


class Reading(NamedTuple):
    """What an attribute says: a statement's list as JSON, the identity it gives, and what is wrong with it."""

    text: str
    joining: tuple[str, str] | None = None
    other: tuple[str, str, str] | None = None
    problem: tuple[str, Message] | None = None


def attribute(prop: PropertyType, use: IdentifierUse | None, raw: str) -> Reading | None:
    """What a value says as a property; None where it is empty."""
    scheme = use.scheme if use is not None else prop.scheme
    return _attribute(prop.kind, scheme, use is not None and use.joins, raw)


@lru_cache(maxsize=1 << 14)
def _attribute(kind: str, scheme: str | None, joins: bool, raw: str) -> Reading | None:
    text = raw.strip()
    if not text:
        return None
    if scheme and kind != "list":
        return _identifier(scheme, joins, text, raw)
    if kind in ("date", "instant"):
        return _date(text, raw)
    if kind in ("number", "integer", "quantity"):
        found = number(text)
        if found is not None:
            return Reading(listed(found, raw if str(found) != raw else None))
        return _doubt(text, raw, "not_a_number", N_("“{text}” is not a number; it is kept as text."))
    if kind == "boolean":
        told = {"1": True, "0": False}.get(text, boolean(text))
        if told is not None:
            return Reading(listed(told, raw))
        return _doubt(text, raw, "not_yes_or_no", N_("“{text}” is neither yes nor no; it is kept as text."))
    if kind == "list":
        return Reading(listed([piece.strip() for piece in text.split(";") if piece.strip()], raw))
    return Reading(listed(text, raw if raw != text else None))


def _doubt(text: str, raw: str, code: str, words: str) -> Reading:
    said = listed(text, raw if raw != text else None, validity="warn", reason=code)
    return Reading(said, problem=(code, message(words, text=text)))


def _identifier(scheme: str, joining: bool, text: str, raw: str) -> Reading:
    found = check(scheme, text)
    shown = found.normalised or text
    sound = found.status == "ok" and not found.placeholder
    said = listed(shown, raw if raw != shown else None, validity=found.status, reason=None if sound else found.code)
    joins = joining and found.may_join
    other = None if joins or found.placeholder else (scheme, shown, found.status)
    return Reading(
        said, (scheme, found.normalised) if joins else None, other, None if sound else (found.code, found.message)
    )


def _date(text: str, raw: str) -> Reading:
    day = next((text.removesuffix(end) for end in _MIDNIGHTS if text.endswith(end)), text)
    found = dates.parse(day)
    if found is None:
        return _doubt(text, raw, "not_a_date", NO_DATE)
    return Reading(listed(found.iso, raw if raw != found.iso else None, precision=int(found.precision)))
