"""US trade lists as tables: the Denied Persons List (tabs) and the Consolidated Screening List (";" inside cells)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.importers import dates, known_table
from ewglink.importers.contract import Drafted, Part, Problem, Recognised, Row
from ewglink.importers.drafting import pieces_of
from ewglink.importers.listed_party import PROPOSED, ListedParty, seems_organized
from ewglink.importers.record_draft import RecordDraft
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message

DENIED = ("Name", "Street_Address", "City", "State", "Country", "Effective_Date", "Expiration_Date", "FR_Citation")
SCREENING = ("source", "entity_number", "type", "programs", "name", "addresses", "alt_names", "ids")
LISTS = {"denied": (DENIED, "\t"), "screening": (SCREENING, ",")}

_NAMES = {"denied": N_("Denied Persons List (BIS)"), "screening": N_("Consolidated Screening List")}
_KINDS = {"individual": "person", "entity": "organization", "vessel": "vessel", "aircraft": "vehicle"}
_STYLES = {"denied": dates.DateStyle("mdy"), "screening": dates.DateStyle("ymd")}
_SAMPLE = 100
_IDS: tuple[tuple[str, str], ...] = (
    ("passport", "passport"), ("national id", "national_id"), ("cedula", "national_id"), ("tax id", "tax_id"),
    ("nit #", "tax_id"), ("r.f.c.", "rfc"), ("c.u.r.p.", "curp"), ("registration id", "registry_no"),
    ("company number", "registry_no"), ("registry number", "registry_no"), ("registration number", "registry_no"),
    ("email address", "email"), ("website", "website"), ("mmsi", "mmsi"), ("tail number", "aircraft_reg"),
    ("social credit code", "cn_uscc"), ("gender", "gender"), ("phone number", "phone"),
)  # fmt: skip


@dataclass(frozen=True)
class SanctionsOptions:
    """Nothing needs choosing."""


def _which(head: bytes) -> tuple[str, list[str]] | None:
    """Which list begins with `head`, and its headings."""
    for name, (wanted, delimiter) in LISTS.items():
        rows = known_table.first_rows(head, delimiter, 2)
        if rows and {one.casefold() for one in wanted} <= {cell.strip().casefold() for cell in rows[0]}:
            return name, [cell.strip() for cell in rows[0]]
    return None


class Sanctions:
    """The format: one part; each row is one listing of a party."""

    key = "sanctions"
    name = N_("US denied persons and consolidated screening lists")
    suffixes = (".txt", ".csv", ".tsv")
    kind = "records"
    options = SanctionsOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """The headings of one of the two lists."""
        found = _which(head)
        if found is None:
            return Recognised(0.0, message(N_("not a list of denied or screened parties")))
        return Recognised(0.98, message(N_("the headings of the {list}"), list=message(_NAMES[found[0]])))

    def parts(self, path: Path, options: SanctionsOptions) -> list[Part]:
        """The one part."""
        sample: list[Row] = []
        for one in self.read(path, options):
            if isinstance(one, Row):
                sample.append(one)
            if len(sample) >= _SAMPLE:
                break
        return [Part(known_table.PART, tuple(self._read_head(path)[1]), 1, sample=tuple(sample))]

    @staticmethod
    def _read_head(path: Path) -> tuple[str, list[str]]:
        with path.open("rb") as stream:
            found = _which(stream.read(1 << 16))
        if found is None:
            words = N_("{file} does not have the headings of a list of denied or screened parties.")
            raise Refusal("not_sanctions", message(words, file=path.name), file=str(path))
        return found

    def read(self, path: Path, options: SanctionsOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The listings; equal rows are counted, since a list may say the same twice."""
        which, columns = self._read_head(path)
        words = N_("Where the list does not say who is a person and who a company, the name decides: check it.")
        yield Problem(known_table.PART, None, None, "type", "type_guessed", message(words))
        seen: Counter[str] = Counter()
        heading = True
        for one in known_table.lines(path, LISTS[which][1]):
            if heading and not isinstance(one, Problem):
                heading = False
                continue
            if isinstance(one, Problem):
                yield one
                continue
            wrong = known_table.too_wide(one, columns)
            if wrong is not None:
                yield wrong
                continue
            text = "\x1f".join(cell.strip() for cell in one.cells)
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
            seen[digest] += 1
            if seen[digest] > 1:
                words = N_("The row is the same as an earlier one; it is kept as a listing of its own.")
                yield Problem(known_table.PART, one.no, one.line, None, "equal_row", message(words))
            yield known_table.row_of(one, columns, which, f"{digest}-{seen[digest]}", "\x1f".join(columns))

    def proposes(self, path: Path, options: SanctionsOptions) -> Schema:
        """Lists, programmes and places of birth."""
        return PROPOSED

    def draft(self, row: Row) -> Drafted:
        """What the row says of its party."""
        which, digest, columns = (str(cell) for cell in row.cells[-3:])
        cells = dict(zip((one.casefold() for one in columns.split("\x1f")), map(str, row.cells), strict=False))
        record = RecordDraft(row)
        name = cells["name"]
        if record.placeholder("name", name):
            return record.drafted()
        if which == "denied":
            _denied(record, cells, digest)
        else:
            _screened(record, cells, digest)
        return record.drafted()


def _guessed(name: str) -> str:
    return "organization" if seems_organized(name) else "person"


def _denied(record: RecordDraft, cells: dict[str, str], digest: str) -> None:
    party = ListedParty(record, _guessed(cells["name"]), ("denied_persons", digest), cells["name"])
    party.address(*(cells.get(one, "") for one in ("street_address", "city", "state", "postal_code", "country")))
    dated = (cells["effective_date"], cells["expiration_date"])
    party.listed(["Denied Persons List (BIS)"], [], *dated, _STYLES["denied"])
    party.note(cells["fr_citation"], cells.get("action", ""))
    party.finish()


def _screened(record: RecordDraft, cells: dict[str, str], digest: str) -> None:
    number, source = cells["entity_number"].strip(), cells["source"]
    key = ("screening", digest)
    if number:
        key = ("ofac", number) if "treasury" in source.casefold() else ("screening", f"{source}|{number}")
    kind = _KINDS.get(cells["type"].strip().casefold(), "") or _guessed(cells["name"])
    party = ListedParty(record, kind, key, cells["name"])
    party.other_names(_several(cells, "alt_names"))
    party.property("role", cells.get("title", ""), "title")
    _born(party, cells)
    for one in _several(cells, "addresses"):
        _address(party, one)
    for prop, column in (("callsign", "call_sign"), ("vessel_type", "vessel_type"), ("flag", "vessel_flag"),
                         ("owner", "vessel_owner")):  # fmt: skip
        party.property(prop, cells.get(column, ""), column)
    for column in ("gross_tonnage", "gross_registered_tonnage"):
        party.note(f"{column} {cells[column]}" if cells.get(column, "").strip() else "")
    for one in _several(cells, "ids"):
        _number(party, one)
    dated = (cells.get("start_date", ""), cells.get("end_date", ""))
    party.listed([source], _several(cells, "programs"), *dated, _STYLES["screening"])
    party.note(*(cells.get(one, "") for one in (
        "federal_register_notice", "license_requirement", "license_policy", "remarks", "ids")))  # fmt: skip
    party.finish()


def _born(party: ListedParty, cells: dict[str, str]) -> None:
    for one in _several(cells, "dates_of_birth"):
        party.born(one)
    for column in ("nationalities", "citizenships"):
        for one in _several(cells, column):
            party.property("nationality", one, column)
    for one in _several(cells, "places_of_birth"):
        party.born_in(one)


def _several(cells: dict[str, str], column: str) -> list[str]:
    return pieces_of(cells.get(column, ""), ";")


def _address(party: ListedParty, text: str) -> None:
    """An address as the list joins it: parts between commas, the country's two letters last."""
    country = text.rpartition(",")[2].strip()
    if not re.fullmatch(r"[A-Z]{2}", country):
        party.address(text)
    elif "," not in text:
        party.address("", country=country)
    else:
        party.address(text.rpartition(",")[0].strip(), country=country)


def _number(party: ListedParty, text: str) -> None:
    """One number as the list joins it: country, number, what it is."""
    value, _comma, what = text.rpartition(",")
    value = re.sub(r"^[A-Z]{2}, ", "", value.strip())
    if found := re.search(r"\bIMO (\d{7})\b", value):
        party.property("imo_ship" if party.kind == "vessel" else "imo_company", found[1])
        return
    for words, prop in _IDS:
        if words in what.casefold() and party.has(prop):
            party.property(prop, value)
            return


MEMBER = Sanctions()
