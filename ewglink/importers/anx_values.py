"""What the attributes, dates and grades of a chart's item say, as statements."""

from __future__ import annotations

from collections.abc import Callable

from ewglink.dialects import anx
from ewglink.importers import dates
from ewglink.importers.anx_catalogue import GRADES, Catalogue
from ewglink.importers.anx_xml import Element
from ewglink.importers.attribute_values import NO_DATE
from ewglink.importers.drafting import listed
from ewglink.model.items import Precision
from ewglink.text import Message, message

_WORLD = frozenset({"utc", "gmt", "z", "greenwich mean time", "coordinated universal time", "etc utc", "etc gmt"})
_PLAIN = {
    "Description": "description",
    "SourceReference": "source_reference",
    "SourceType": "source_type",
    "DateTimeDescription": "date_description",
}

Report = Callable[[str, str, Message], None]


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
    group = known.group(element)
    if group:
        vals["chart_group"] = listed(group)
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
        report("DateTime", "not_a_date", message(NO_DATE, text=raw))
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
