"""Dates as people and programs write them, read by the evidence of their own column; the original text is always
kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal, NamedTuple

from ewglink.model.items import Precision

Order = Literal["ymd", "dmy", "mdy"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv enero ene",
            "february feb février fév févr fevrier fev febrero",
            "march mar mars marzo",
            "april apr avril avr abril abr",
            "may mai mayo",
            "june jun juin junio",
            "july jul juillet juil julio",
            "august aug août aou aout agosto ago",
            "september sep sept septembre septiembre setiembre set",
            "october oct octobre octubre",
            "november nov novembre noviembre",
            "december dec décembre déc dic diciembre decembre",
        ),
        1,
    )
    for name in names.split()
}
_ALL_MONTHS = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_TIME = (
    r"(?:(?:[T ]|,? ?(?:at|à|a las)? )\s*(?P<hour>\d{1,2})[:h](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[-+]\d{2}:?\d{2}|[-+]\d{2})?)?"
)
_YMD = re.compile(r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2})" + _TIME + ")?)?")
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z)?)?"
)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second_part>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + _TIME
)
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})")
_WEEKDAY = r"(?:[A-Za-zéáû]{3,9}\.?,? +)?"
_NAMED = re.compile(
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|o|º|ª)?[ .-]*(?:de |of )?)?"
    rf"(?P<name>{_ALL_MONTHS})\.?[ ,-]*(?:de |del )?"
    rf"(?P<year>\d{{4}}|(?<=-)\d{{2}}|'\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<name>{_ALL_MONTHS})\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_YEAR_NAMED = re.compile(rf"(?P<year>\d{{4}})[ -](?P<name>{_ALL_MONTHS})\.?(?:[ -](?P<day>\d{{1,2}}))?", re.IGNORECASE)
_DATE_ONLY = re.compile(r"[\s\d/.,:'ºªa-zA-ZéûÉÛáÁà+-]{4,50}")
_EXCEL_EPOCH = datetime(1899, 12, 30)
_SERIALS = (10_000, 80_000)


class DateValue(NamedTuple):
    """A date as the case keeps it: ISO text (an instant in UTC, ending in Z), how exact it is, the offset from UTC in
    minutes where one was written, and the original text."""

    iso: str
    precision: Precision
    offset: int | None
    raw: str


@dataclass(frozen=True)
class DateStyle:
    """How a column writes dates. `ambiguous`: no cell tells day from month, and a person must confirm the order.
    `serials`: numbers are days since 1899-12-30, as spreadsheets count."""

    order: Order = "ymd"
    ambiguous: bool = False
    serials: bool = False


def detect(cells: Iterable[object], *, wanted: bool = False, prefer: Literal["dmy", "mdy"] = "mdy") -> DateStyle | None:
    """The style of a column all of whose filled cells are dates; None where it holds anything else.

    `wanted`: a person says it holds dates: bare years and spreadsheet serials then count, and cells that fit nothing
    are left for `parse` to report. `prefer` decides, flagged, where no cell tells day from month.
    """
    full = [cell for cell in cells if cell is not None and not (isinstance(cell, str) and not cell.strip())]
    texts = [cell.strip() for cell in full if isinstance(cell, str)]
    others = [cell for cell in full if not isinstance(cell, (str, date))]
    if not full or others and not (wanted and all(_serial(cell) for cell in others)):
        return None
    if not wanted and (
        not all(map(_DATE_ONLY.fullmatch, texts)) or texts and all(re.fullmatch(r"\d{4}", one) for one in texts)
    ):
        return None
    order, ambiguous = _order(texts, prefer)
    serials = wanted and bool(texts or others) and all(_serial(cell) for cell in (*texts, *others))
    style = DateStyle(order, ambiguous, serials)
    if not wanted and any(parse(text, style) is None for text in set(texts)):
        return None
    return style


def _order(texts: list[str], prefer: Literal["dmy", "mdy"]) -> tuple[Order, bool]:
    found = [match for text in texts if (match := _NUMERIC.fullmatch(text))]
    if not found:
        return "ymd", False
    first = sum(int(match["first"]) > 12 for match in found)
    second = sum(int(match["second_part"]) > 12 for match in found)
    if first != second:
        return ("dmy" if first > second else "mdy"), False
    if all(match["mark"] == "." for match in found):
        return "dmy", False
    same = all(match["first"].zfill(2) == match["second_part"].zfill(2) for match in found)
    return prefer, not same


def _serial(cell: object) -> bool:
    try:
        return not isinstance(cell, bool) and _SERIALS[0] <= float(cell) <= _SERIALS[1]  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def parse(cell: object, style: DateStyle = DateStyle()) -> DateValue | None:
    """The cell as a date written in `style`; None where it is none (then the text is kept as text, with a warning)."""
    if isinstance(cell, datetime):
        return _moment(cell, cell.isoformat())
    if isinstance(cell, date):
        return DateValue(cell.isoformat(), Precision.DAY, None, cell.isoformat())
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_serial(float(cell), str(cell)) if style.serials and _serial(cell) else _parsed(str(cell), style)
    return _parsed(cell.strip(), style) if isinstance(cell, str) else None


@lru_cache(maxsize=1 << 15)
def _parsed(text: str, style: DateStyle) -> DateValue | None:
    if style.serials and _serial(text):
        return _from_serial(float(text), text)
    try:
        for pattern in (_YMD, _COMPACT, _NUMERIC, _MONTH_YEAR, _NAMED, _NAMED_FIRST, _YEAR_NAMED):
            if match := pattern.fullmatch(text):
                return _built(match.groupdict(), text, style)
    except (ValueError, OverflowError):
        return None
    return None


def _built(found: dict[str, str | None], text: str, style: DateStyle) -> DateValue | None:
    year = _year(found["year"] or "")
    if found.get("name"):
        month: int | None = _MONTHS[(found["name"] or "").lower()]
        day = found.get("day")
    elif "first" in found:
        one, two = found["first"], found["second_part"]
        day, numbered = (two, one) if style.order == "mdy" else (one, two)
        month = int(numbered or 0)
    else:
        written = found.get("month")
        month, day = int(written) if written else None, found.get("day")
    if month is None:
        return DateValue(f"{year:04}", Precision.YEAR, None, text) if 1000 <= year <= 2999 else None
    if day is None:
        date(year, month, 1)
        return DateValue(f"{year:04}-{month:02}", Precision.MONTH, None, text)
    if not found.get("hour"):
        return DateValue(date(year, month, int(day)).isoformat(), Precision.DAY, None, text)
    return _moment(_clock(date(year, month, int(day)), found), text)


def _year(text: str) -> int:
    text = text.lstrip("'")
    if len(text) == 2:
        return 1900 + int(text) if int(text) > 68 else 2000 + int(text)
    return int(text)


def _clock(day: date, found: dict[str, str | None]) -> datetime:
    hour = int(found["hour"] or 0)
    if half := (found.get("half") or "").lower():
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    micro = int((found.get("fraction") or "0")[:6].ljust(6, "0"))
    rolled = hour == 24 and int(found["minute"] or 0) == 0
    moment = datetime(
        day.year,
        day.month,
        day.day,
        0 if rolled else hour,
        int(found["minute"] or 0),
        int(found.get("second") or 0),
        micro,
    ) + timedelta(days=rolled)
    zone = found.get("zone")
    return moment.replace(tzinfo=_zone(zone)) if zone else moment


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise ValueError(text)
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _moment(moment: datetime, text: str) -> DateValue:
    offset = moment.utcoffset()
    if offset is None:
        return DateValue(moment.isoformat(), Precision.LOCAL, None, text)
    world = moment.astimezone(UTC).replace(tzinfo=None)
    return DateValue(world.isoformat() + "Z", Precision.INSTANT, int(offset.total_seconds() // 60), text)


def _from_serial(serial: float, text: str) -> DateValue:
    moment = _EXCEL_EPOCH + timedelta(days=serial)
    if serial == int(serial):
        return DateValue(moment.date().isoformat(), Precision.DAY, None, text)
    return DateValue(moment.replace(microsecond=0).isoformat(), Precision.LOCAL, None, text)


def local(value: DateValue) -> str:
    """The calendar date where it was written: an instant's date at its own offset."""
    if value.precision is not Precision.INSTANT:
        return value.iso[:10]
    moment = datetime.fromisoformat(value.iso.removesuffix("Z")) + timedelta(minutes=value.offset or 0)
    return moment.date().isoformat()
