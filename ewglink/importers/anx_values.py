"""What the attributes, dates and grades of a chart's item say, as statements."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ewglink.dialects import anx
from ewglink.identifiers.catalogue import check
from ewglink.importers import dates
from ewglink.importers.anx_chart import GRADES, Catalogue
from ewglink.importers.anx_xml import Element
from ewglink.importers.drafting import listed
from ewglink.importers.values import boolean, number
from ewglink.model.items import Precision
from ewglink.model.property_types import IdentifierUse, PropertyType
from ewglink.text import N_, Message, message

_WORLD = frozenset({"utc", "gmt", "z", "greenwich mean time", "coordinated universal time", "etc utc", "etc gmt"})
_MIDNIGHTS = ("T00:00:00", "T00:00:00.000", "T00:00:00Z", "T00:00")
_PLAIN = {
    "Description": "description",
    "SourceReference": "source_reference",
    "SourceType": "source_type",
    "DateTimeDescription": "date_description",
}

Report = Callable[[str, str, Message], None]


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
        told = anx.flag(text) if text in ("true", "false", "1", "0") else boolean(text)
        if told is not None:
            return Reading(listed(told, raw))
        return _doubt(text, raw, "not_yes_or_no", N_("“{text}” is neither yes nor no; it is kept as text."))
    if kind == "list":
        return Reading(listed([piece.strip() for piece in text.split(";") if piece.strip()], raw))
    return Reading(listed(text, raw if raw != text else None))


_FIRST_WORDS = N_("“{text}” is not a date; it is kept as text.")


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
        return _doubt(text, raw, "not_a_date", _FIRST_WORDS)
    return Reading(listed(found.iso, raw if raw != found.iso else None, precision=int(found.precision)))


def said_common(
    element: Element, known: Catalogue, report: Report
) -> tuple[dict[str, str], tuple[str | None, int | None]]:
    """What items and cards say alike: description, source, grades, date and time. Also when it was, and how exactly."""
    vals: dict[str, str] = {}
    for name, key in _PLAIN.items():
        raw = element.get(name) or ""
        if raw.strip():
            vals[key] = listed(raw.strip(), raw if raw != raw.strip() else None)
    for axis, key in zip(GRADES, ("grade_one", "grade_two", "grade_three"), strict=True):
        grade = known.grade(element, axis)
        if grade:
            vals[key] = listed(grade)
    when = _when(element, vals, report)
    return vals, when


def _when(element: Element, vals: dict[str, str], report: Report) -> tuple[str | None, int | None]:
    """A date and time count only as far as they are set."""
    dated, timed = anx.flag(element.get("DateSet")), anx.flag(element.get("TimeSet"))
    raw = (element.get("DateTime") or "").strip()
    zone = element.child("TimeZone")
    name = (zone.get("Name") or "").strip() if zone is not None else ""
    if timed and name:
        vals["time_zone"] = listed(name)
    if not raw or not (dated or timed):
        return None, None
    if not dated:
        vals["time_of_day"] = listed(raw.partition("T")[2][:8] or raw, raw)
        return None, None
    found = _moment(raw, timed, name)
    if found is None:
        vals["date"] = listed(raw, validity="warn", reason="not_a_date")
        report("DateTime", "not_a_date", message(_FIRST_WORDS, text=raw))
        return None, None
    vals["date"] = listed(found.iso, raw if raw != found.iso else None, precision=int(found.precision))
    return found.iso, int(found.precision)


def _moment(raw: str, timed: bool, zone: str) -> dates.DateValue | None:
    if not timed:
        return dates.parse(raw[:10])
    found = dates.parse(raw)
    if found is not None and found.precision is Precision.LOCAL and anx.folded(zone) in _WORLD:
        return dates.parse(f"{raw}Z") or found
    return found
