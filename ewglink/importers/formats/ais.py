"""AIS positions as tables (NOAA Marine Cadastre, national archives): vessels, and where each was when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ewglink.identifiers.catalogue import check
from ewglink.identifiers.contract import Checked
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers import dates, known_table
from ewglink.importers.contract import Drafted, Part, Problem, Recognised, Row
from ewglink.importers.drafting import listed
from ewglink.importers.record_draft import NUMBER, RecordDraft, Stated, said_of
from ewglink.model.items import Precision
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

VESSELS, POSITIONS = "case:mmsi", "case:position"
"""The namespaces that vessels and positions are keyed in, those of the template `positions` too."""

_CALLED = {
    "mmsi": "mmsi mmsi_no mmsi_number",
    "time": "basedatetime base_date_time timestamp time datetime date_time date_time_utc timestamp_utc #_timestamp "
    "position_time time_utc received_time_utc",
    "lat": "lat latitude",
    "lon": "lon longitude long lng",
    "sog": "sog speed speed_over_ground speed_knots",
    "cog": "cog course course_over_ground",
    "heading": "heading true_heading hdg",
    "name": "vesselname vessel_name name ship_name shipname",
    "imo": "imo imo_number imo_no",
    "callsign": "callsign call_sign",
    "type": "vesseltype vessel_type ship_type shiptype",
    "status": "status nav_status navigational_status navstatus",
    "draught": "draft draught",
    "destination": "destination",
    "flag": "flag",
}
_NEEDED = ("mmsi", "time", "lat", "lon")
_TELLING = ("imo", "name", "callsign")
_UNAVAILABLE = {"lat": 91.0, "lon": 181.0, "sog": 102.3, "cog": 360.0, "heading": 511.0}
"""What AIS sends where it does not know (ITU-R M.1371): these are no values."""
_BOUNDS = {"lat": 90.0, "lon": 180.0}
_DEFAULT_MMSI = re.compile(r"(\d)\1{8}|123456789|987654321|\d{1,2}")
_POSITION = listed("position")
_SAMPLE = 100
_EVIDENCE = 2_000
_REMEMBERED = 1 << 16


@dataclass(frozen=True)
class AisOptions:
    """How times are meant that name no zone."""

    utc: bool = option(True, N_("Times without a zone are UTC"))


@lru_cache(maxsize=64)
def _columns(headings: tuple[str, ...]) -> dict[str, int]:
    """What each column is, by its heading."""
    plain = ["_".join(one.strip().casefold().replace("-", " ").split()) for one in headings]
    found: dict[str, int] = {}
    for what, names in _CALLED.items():
        place = next((plain.index(name) for name in names.split() if name in plain), None)
        if place is not None:
            found[what] = place
    return found


def _layout(head: bytes) -> tuple[str, list[str], list[list[str]]] | None:
    """Delimiter, headings and first rows of a file of positions; None where it is none."""
    for delimiter in (",", ";", "\t", "|"):
        rows = known_table.first_rows(head, delimiter, _EVIDENCE)
        if rows and all(one in _columns(tuple(rows[0])) for one in _NEEDED):
            return delimiter, rows[0], rows[1:-1] or rows[1:]
    return None


class Ais:
    """The format: one part; each row is a position of a vessel."""

    key = "ais"
    name = N_("AIS positions of vessels")
    suffixes = (".csv", ".txt", ".tsv")
    kind = "records"
    options = AisOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Headings for MMSI, time, latitude and longitude, and something that names vessels."""
        found = _layout(head)
        if found is None or not any(one in _columns(tuple(found[1])) for one in _TELLING):
            return Recognised(0.0, message(N_("no positions of vessels")))
        words = N_("a table with the headings of AIS positions: MMSI, time, latitude, longitude")
        return Recognised(0.98, message(words))

    def parts(self, path: Path, options: AisOptions) -> list[Part]:
        """The one part."""
        sample: list[Row] = []
        for one in self.read(path, options):
            if isinstance(one, Row):
                sample.append(one)
            if len(sample) >= _SAMPLE:
                break
        return [Part(known_table.PART, tuple(self._read_head(path)[1]), 1, sample=tuple(sample))]

    @staticmethod
    def _read_head(path: Path) -> tuple[str, list[str], list[list[str]]]:
        with path.open("rb") as stream:
            found = _layout(stream.read(1 << 18))
        if found is None:
            words = N_("{file} lacks a column of AIS positions: MMSI, time, latitude, longitude.")
            raise Refusal("not_ais", message(words, file=path.name), file=str(path))
        return found

    def read(self, path: Path, options: AisOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows, streaming. Three cells are added: how times are written, whether the row is the first to say so of
        its vessel, and the headings."""
        delimiter, headings, sample = self._read_head(path)
        place = _columns(tuple(headings))
        at = place["time"]
        style = dates.detect([row[at] for row in sample if len(row) > at], wanted=True) or dates.DateStyle()
        if style.ambiguous:
            words = N_("No date in “{column}” tells day from month; they are read as month/day/year.")
            column = headings[at]
            yield Problem(known_table.PART, None, None, column, "ambiguous_dates", message(words, column=column))
        written = f"{style.order} {'utc' if options.utc else 'local'}"
        static = [place[one] for one in (*_TELLING, "type", "flag") if one in place]
        seen: dict[str, tuple[str, ...]] = {}
        heading = True
        for one in known_table.lines(path, delimiter):
            if isinstance(one, Problem):
                yield one
                continue
            if heading:
                heading = False
                continue
            wrong = known_table.too_wide(one, headings)
            if wrong is not None:
                yield wrong
                continue
            first = _new(seen, one.cells, place["mmsi"], static)
            yield known_table.row_of(one, headings, written, "first" if first else "", "\x1f".join(headings))

    def draft(self, row: Row) -> Drafted:
        """What the row says of its vessel, and the position."""
        written, first, headings = (str(cell) for cell in row.cells[-3:])
        place = _columns(tuple(headings.split("\x1f")))
        cells = {what: str(row.cells[index]).strip() for what, index in place.items()}
        record = RecordDraft(row)
        vessel = _vessel(record, cells, bool(first))
        when = _time(record, cells, written)
        lat, lon = (_number(record, cells, one) for one in ("lat", "lon"))
        if when is None or lat is None or lon is None:
            if when is not None:
                text = message(N_("The row gives no position; only its vessel is taken."))
                record.problem("lat", "position_not_available", text)
            return record.drafted()
        _position(record, cells, vessel, when, (lat, lon))
        return record.drafted()


def _new(seen: dict[str, tuple[str, ...]], cells: list[str], mmsi: int, static: list[int]) -> bool:
    """Whether nothing of what the cells say of their vessel is known from the rows before."""
    vessel = cells[mmsi].strip() if mmsi < len(cells) else ""
    said = tuple(cells[index].strip() for index in static if index < len(cells))
    if seen.get(vessel) == said:
        return False
    if len(seen) >= _REMEMBERED:
        seen.clear()
    seen[vessel] = said
    return True


def _vessel(record: RecordDraft, cells: dict[str, str], first: bool) -> Stated | None:
    """The vessel: one with all that have its IMO number; else known by its MMSI."""
    number, imo = cells["mmsi"], check("imo_ship", cells.get("imo", ""))
    unknown = _DEFAULT_MMSI.fullmatch(number) is not None or is_placeholder(number)
    if unknown and number:
        words = N_("The MMSI {number} is a default of the equipment and names no vessel.")
        record.problem("MMSI", "placeholder", message(words, number=number))
    if unknown and not imo.may_join:
        return None
    vessel = record.entity("vessel", "vessel")
    if first:
        _described(record, vessel, cells, imo, unknown)
    elif imo.may_join:
        vessel.key("imo_ship", imo.normalised)
    if not unknown:
        vessel.key(VESSELS, number)
    vessel.named(imo.normalised if unknown else number, NUMBER)
    return vessel


def _described(record: RecordDraft, vessel: Stated, cells: dict[str, str], imo: Checked, unknown: bool) -> None:
    """What the row says of the vessel itself."""
    name = cells.get("name", "")
    if name and not record.placeholder("name", name):
        vessel.text("name", name).named(name)
    if not imo.placeholder:
        vessel.identifier("imo_ship", cells.get("imo"), field="IMO", first=True)
    elif cells.get("imo"):
        record.problem("IMO", "placeholder", imo.message)
    if not unknown:
        vessel.identifier("mmsi", cells["mmsi"], field="MMSI")
    if not is_placeholder(cells.get("callsign", "")):
        vessel.identifier("callsign", cells["callsign"])
    kind = cells.get("type", "")
    vessel.text("vessel_type", "" if kind in ("0", "0.0", "Undefined") else kind).text("flag", cells.get("flag"))


def _time(record: RecordDraft, cells: dict[str, str], written: str) -> dates.DateValue | None:
    order, _space, zone = written.partition(" ")
    found = dates.parse(cells["time"], dates.DateStyle(order if order in ("dmy", "mdy") else "ymd"))  # type: ignore[arg-type]
    if found is None or found.precision < Precision.LOCAL:
        words = N_("“{text}” is no time; the row gives no position.")
        record.problem("time", "not_a_date", message(words, text=cells["time"]))
        return None
    if zone == "utc" and found.precision is Precision.LOCAL:
        return found._replace(iso=found.iso + "Z", precision=Precision.INSTANT, offset=0)
    return found


def _number(record: RecordDraft, cells: dict[str, str], what: str) -> float | None:
    """The number in a column; None where it is empty, not available, or out of its bounds (reported)."""
    text = cells.get(what, "")
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if found == _UNAVAILABLE.get(what) or what in ("cog", "sog") and found in (3600.0, 1023.0):
        return None
    bound = _BOUNDS.get(what)
    if found != found or bound is not None and abs(found) > bound:
        words = N_("“{text}” is no {what}; it is not taken.")
        record.problem(what, "out_of_bounds", message(words, text=text, what=what))
        return None
    return found


def _position(
    record: RecordDraft, cells: dict[str, str], vessel: Stated | None, when: dates.DateValue, at: tuple[float, float]
) -> None:
    event = record.entity("event", "position").named(cells["time"])
    if vessel is not None:
        event.key(POSITIONS, f"{cells['mmsi']}|{cells['time']}")
    event.vals["event_kind"] = _POSITION
    event.vals["start"] = said_of(when)
    event.number("latitude", at[0], cells["lat"]).number("longitude", at[1], cells["lon"])
    speed = _number(record, cells, "sog")
    event.number("speed_knots", speed, cells.get("sog"))
    course, heading = (_number(record, cells, one) for one in ("cog", "heading"))
    more = (
        f"COG {course:g}°" if course is not None else "",
        f"heading {heading:g}°" if heading is not None else "",
        *(f"{one} {cells[one]}" for one in ("status", "draught", "destination") if cells.get(one)),
    )
    event.text("text", "; ".join(filter(None, more)))
    if vessel is not None:
        key = (POSITIONS, f"participated_in {cells['mmsi']}|{cells['time']}")
        record.link("participated_in", vessel, event, key=key, start=when)


MEMBER = Ais()
