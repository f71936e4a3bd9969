"""OFAC lists in three files (SDN or consolidated: names, addresses, other names), joined by their entity number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.importers import known_table
from ewglink.importers.contract import Drafted, Part, Problem, Recognised, Row
from ewglink.importers.listed_party import PROPOSED, ListedParty
from ewglink.importers.record_draft import GUESSED, RecordDraft
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message

NAMES = (
    "ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage", "GRT", "Vess_flag",
    "Vess_owner", "Remarks",
)  # fmt: skip
PLACES = ("ent_num", "Add_num", "Address", "City_State_Zip", "Country", "Add_remarks")
OTHERS = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
LAYOUTS = {"names": NAMES, "addresses": PLACES, "other names": OTHERS}

_KINDS = {"individual": "person", "vessel": "vessel", "aircraft": "vehicle"}
_SAMPLE = 100
_COUNTRY = re.compile(r"\s*\(([^()]{2,60})\)\s*$")
_IMO = re.compile(r"(?:Vessel Registration Identification|Identification Number) IMO (\d{7})", re.IGNORECASE)
_NAMED = re.compile(r"^(?:alt\. )?([af])\.k\.a\. '?(.+?)'?\.?$", re.IGNORECASE)
_FACTS: tuple[tuple[str, str], ...] = (
    ("nationality ", "nationality"),
    ("citizen ", "nationality"),
    ("Gender ", "gender"),
    ("Passport ", "passport"),
    ("National ID No. ", "national_id"),
    ("Cedula No. ", "national_id"),
    ("Driver's License No. ", "driver_licence"),
    ("C.U.R.P. ", "curp"),
    ("R.F.C. ", "rfc"),
    ("Tax ID No. ", "tax_id"),
    ("Registration ID ", "registry_no"),
    ("Registration Number ", "registry_no"),
    ("Company Number ", "registry_no"),
    ("Commercial Registry Number ", "registry_no"),
    ("Unified Social Credit Code (USCC) ", "cn_uscc"),
    ("D-U-N-S Number ", "duns"),
    ("Organization Established Date ", "formed"),
    ("Website ", "website"),
    ("Email Address ", "email"),
    ("Phone Number ", "phone"),
    ("MMSI ", "mmsi"),
    ("Aircraft Tail Number ", "aircraft_reg"),
    ("Aircraft Model ", "model"),
)


@dataclass(frozen=True)
class OfacOptions:
    """Nothing needs choosing."""


def _layout(rows: list[list[str]]) -> str | None:
    """Which of the three files begins with these rows; None where it is none of them."""
    if len(rows) < 1:
        return None
    for name, columns in LAYOUTS.items():
        fits = [row for row in rows if len(row) == len(columns) and row[0].strip().isdecimal()]
        if len(fits) < max(1, len(rows) - 1):
            continue
        second = all(row[1].strip().isdecimal() for row in fits)
        empty = any(cell.strip() == "-0-" for row in fits for cell in row)
        if name == "names" and empty and not second:
            return name
        if name == "addresses" and second and empty:
            return name
        if name == "other names" and second and all(row[2].strip().casefold() in _ALT for row in fits):
            return name
    return None


_ALT = {"aka", "fka", "nka", "a.k.a.", "f.k.a.", "n.k.a."}


def _plain(text: str) -> str:
    return "" if text.strip() == "-0-" else text.strip()


class Ofac:
    """The format: one part; each row is a party, an address or another name of one."""

    key = "ofac"
    name = N_("OFAC sanctions list (names, addresses, other names)")
    suffixes = (".csv", ".txt", ".del", ".pip")
    kind = "records"
    options = OfacOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """No headings, an entity number first, "-0-" where nothing is known."""
        found = _layout(known_table.first_rows(head, ","))
        if found is None:
            return Recognised(0.0, message(N_("not one of the three files of an OFAC list")))
        words = N_("the {which} of an OFAC list: no headings, an entity number first, “-0-” where nothing is known")
        return Recognised(0.98, message(words, which=message(_WORDS[found])))

    def parts(self, path: Path, options: OfacOptions) -> list[Part]:
        """The one part, with the columns as OFAC names them."""
        sample: list[Row] = []
        for one in self.read(path, options):
            if isinstance(one, Row):
                sample.append(one)
            if len(sample) >= _SAMPLE:
                break
        with path.open("rb") as stream:
            columns = LAYOUTS[self._which(path, stream.read(1 << 16))]
        return [Part(known_table.PART, columns, None, sample=tuple(sample))]

    def read(self, path: Path, options: OfacOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows, each under OFAC's names of its columns."""
        with path.open("rb") as stream:
            which = self._which(path, stream.read(1 << 16))
        columns = LAYOUTS[which]
        for one in known_table.lines(path, ","):
            if isinstance(one, Problem):
                yield one
                continue
            wrong = known_table.too_wide(one, columns)
            yield wrong or known_table.row_of(one, columns, which)

    @staticmethod
    def _which(path: Path, head: bytes) -> str:
        found = _layout(known_table.first_rows(head, ","))
        if found is None:
            raise Refusal(
                "not_ofac", message(N_("{file} is not one of the three files of an OFAC list."), file=path.name),
                file=str(path),
            )  # fmt: skip
        return found

    def proposes(self, path: Path, options: OfacOptions) -> Schema:
        """Lists, programmes and places of birth."""
        return PROPOSED

    def draft(self, row: Row) -> Drafted:
        """What the row says of its party."""
        record = RecordDraft(row)
        which = str(row.cells[-1])
        cells = dict(zip(LAYOUTS[which], (_plain(str(cell)) for cell in row.cells), strict=False))
        if not cells["ent_num"].isdecimal():
            text = message(N_("The row has no entity number; it is not imported."))
            record.problem("ent_num", "empty_key", text, True)
        elif which == "names":
            _party(record, cells)
        elif which == "addresses":
            party = _named_only(record, cells)
            key = f"address {cells['Add_num']}"
            party.address(cells["Address"], cells["City_State_Zip"], country=cells["Country"], key=key)
        else:
            _other_name(record, cells)
        return record.drafted()


_WORDS = {"names": N_("names"), "addresses": N_("addresses"), "other names": N_("other names")}


def _named_only(record: RecordDraft, cells: dict[str, str]) -> ListedParty:
    number = cells["ent_num"]
    return ListedParty(record, "organization", ("ofac", number), f"OFAC {number}", GUESSED)


def _other_name(record: RecordDraft, cells: dict[str, str]) -> None:
    party = _named_only(record, cells)
    if record.placeholder("alt_name", cells["alt_name"] or "-0-"):
        return
    weak = "weak" in cells["alt_remarks"].casefold()
    party.other_names([cells["alt_name"]], former=cells["alt_type"].casefold().startswith("f"), weak=weak)
    if cells["alt_type"].casefold() not in ("aka", "a.k.a."):
        party.note(f"{cells['alt_type']}: {cells['alt_name']}")
    party.note(cells["alt_remarks"])
    party.finish()


def _party(record: RecordDraft, cells: dict[str, str]) -> None:
    kind = _KINDS.get(cells["SDN_Type"].casefold(), "organization")
    party = ListedParty(record, kind, ("ofac", cells["ent_num"]), cells["SDN_Name"] or f"OFAC {cells['ent_num']}")
    family, comma, given = cells["SDN_Name"].partition(",")
    if kind == "person" and comma:
        party.stated.text("family_names", family).text("given_names", given)
    party.listed(["OFAC"], (one.strip(" []") for one in cells["Program"].split("] [")))
    party.property("role", cells["Title"])
    for prop, name in (("callsign", "Call_Sign"), ("vessel_type", "Vess_type"), ("flag", "Vess_flag")):
        party.property(prop, cells[name])
    for prop, name in (("deadweight", "Tonnage"), ("gross_tonnage", "GRT")):
        number = cells[name].replace(",", "")
        if kind == "vessel" and number.isdecimal():
            party.stated.number(prop, int(number), cells[name])
        else:
            party.note(f"{name} {cells[name]}" if cells[name] else "")
    party.property("owner", cells["Vess_owner"])
    for fact in cells["Remarks"].split(";"):
        _fact(party, fact.strip().removeprefix("(").strip())
    party.note(cells["Remarks"])
    party.finish()


def _fact(party: ListedParty, fact: str) -> None:
    """What one phrase of the remarks says, where it has a property of its own."""
    said = fact.removeprefix("alt. ").rstrip(".)") if fact.startswith(("DOB", "alt. DOB")) else fact
    if said.startswith("DOB "):
        party.born(said[4:])
        return
    if fact.removeprefix("alt. ").startswith("POB "):
        party.born_in(fact.removeprefix("alt. ")[4:])
        return
    if found := _NAMED.match(fact):
        party.other_names([found[2]], former=found[1].casefold() == "f")
        return
    if found := _IMO.search(fact):
        party.property("imo_ship" if party.kind == "vessel" else "imo_company", found[1])
        return
    bare = fact.removeprefix("alt. ")
    for opening, prop in _FACTS:
        if bare.startswith(opening):
            text = _COUNTRY.sub("", bare[len(opening) :].rstrip("."))
            if party.has(prop):
                party.property(prop, text)
            return


MEMBER = Ofac()
