"""The trade's code lists, each read once from `resources/reference` and kept."""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

from ewglink import places
from ewglink.text import language


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `resources/reference/<name>` as dictionaries of text."""
    with places.resources("reference", name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def sources() -> dict[str, dict[str, Any]]:
    """For each list's file name: title, source, date, valid_from and valid_to."""
    import yaml

    with places.resources("reference", "sources.yaml").open(encoding="utf-8") as stream:
        return {str(name): dict(body) for name, body in yaml.safe_load(stream).items()}


@dataclass(frozen=True)
class Code:
    """A code of a scheme, its labels by language (none for some), the dates between which it is in force, and the CAS
    numbers it stands for. `parent` is the group or the schedule it belongs to."""

    code: str
    scheme: str
    labels: dict[str, str]
    parent: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    cas: tuple[str, ...] = ()

    def label(self, lang: str | None = None) -> str:
        """The label in `lang` (default: the language in force), else English, else the code."""
        return self.labels.get(lang or language()) or self.labels.get("en") or self.code

    def in_force(self, on: datetime.date) -> bool:
        """Whether the code is in force on that day."""
        return not (self.valid_from and on < self.valid_from or self.valid_to and on > self.valid_to)


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


_LANGUAGES = ("en", "fr", "es", "zh")
_CODE_FILES = ("waste_codes.csv", "ca_codes.csv", "mx_codes.csv")


def _labels(row: dict[str, str]) -> dict[str, str]:
    return {lang: row[f"label_{lang}"] for lang in _LANGUAGES if row.get(f"label_{lang}")}


@cache
def waste_codes() -> dict[str, dict[str, Code]]:
    """Waste, hazard and operation codes: scheme → code → `Code`."""
    found: dict[str, dict[str, Code]] = {}
    for name in _CODE_FILES:
        for row in rows(name):
            found.setdefault(row["scheme"], {})[row["code"]] = Code(
                row["code"], row["scheme"], _labels(row), row["parent"], _day(row["valid_from"]), _day(row["valid_to"]),
                tuple(one for one in row.get("cas", "").split(";") if one))
    return found


@dataclass(frozen=True)
class CodeRange:
    """Codes of a scheme of which the list holds no more than where they begin and end; `list` is where they stand."""

    scheme: str
    list: str
    prefix: str
    first: int
    last: int
    labels: dict[str, str]

    def label(self, lang: str | None = None) -> str:
        """What codes of the range are, in `lang` (default: the language in force), else in English."""
        return self.labels.get(lang or language()) or self.labels["en"]


@cache
def _ranges() -> tuple[CodeRange, ...]:
    return tuple(CodeRange(row["scheme"], row["list"], row["prefix"], int(row["first"]), int(row["last"]), _labels(row))
                 for row in rows("code_ranges.csv"))


def code_range(scheme: str, code: str) -> CodeRange | None:
    """The range a code lies in; None where no range of its scheme holds it."""
    for one in _ranges():
        number = code.removeprefix(one.prefix)
        if one.scheme == scheme and number != code and number.isdecimal() and one.first <= int(number) <= one.last:
            return one
    return None


@cache
def un_numbers() -> dict[str, str]:
    """UN, NA and ID numbers with their English proper shipping names (several separated by `` | ``)."""
    return {row["code"]: row["name"] for row in rows("un_numbers.csv")}


@cache
def management_methods() -> dict[str, str]:
    """EPA management method codes (H010 …) with their English descriptions."""
    return {row["code"]: row["label_en"] for row in rows("management_methods.csv")}


@cache
def mtn_suffixes() -> dict[str, str]:
    """Suffixes of US manifest tracking numbers with who prints them; TRN is for training."""
    return {row["code"]: row["owner"] for row in rows("mtn_suffixes.csv")}


@cache
def epa_places() -> dict[str, str]:
    """The two letters an EPA ID may begin with, and what they stand for."""
    return {row["code"]: row["name"] for row in rows("epa_activity_places.csv")}


@cache
def maritime_countries() -> dict[str, str]:
    """Maritime identification digits (three) with the ISO 3166 alpha-2 country they are allotted to."""
    return {row["mid"]: row["country"] for row in rows("mid.csv")}


@dataclass(frozen=True)
class Port:
    """A place of UN/LOCODE: name, subdivision by name, and position in degrees where it is known."""

    code: str
    name: str
    subdivision: str
    latitude: float | None
    longitude: float | None


@cache
def ports() -> dict[str, Port]:
    """Ports and crossings by UN/LOCODE: a selection for Canada, Mexico, the United States and their main partners."""
    return {row["code"]: Port(row["code"], row["name"], row["subdivision"],
                              float(row["latitude"]) if row["latitude"] else None,
                              float(row["longitude"]) if row["longitude"] else None)
            for row in rows("unlocode.csv")}


@dataclass(frozen=True)
class Substance:
    """An ozone-depleting substance, HFC, HFO or blend.

    `gwp` is the value used in Canada's Schedule 1 and the US exchange values; `gwp_below` says it is an upper bound,
    and None that the list gives none.
    `composition` holds mass fractions by refrigerant number, empty for what is no blend.
    """

    ashrae: str
    name: str
    cas: str
    group: str
    odp: float
    gwp: float | None
    gwp_below: bool
    un: str
    hs: str
    composition: dict[str, float]


def _fractions(text: str) -> dict[str, float]:
    return {name: float(share) for name, share in (part.split(":") for part in text.split(";") if part)}


@cache
def substances() -> tuple[Substance, ...]:
    """Every substance of the list, in its order."""
    return tuple(Substance(row["ashrae"], row["name"], row["cas"], row["group"], float(row["odp"]),
                           float(row["gwp"]) if row["gwp"] else None, row["gwp_bound"] == "<", row["un"], row["hs"],
                           _fractions(row["composition"]))
                 for row in rows("substances.csv"))


@cache
def _substance_names() -> dict[str, Substance]:
    found: dict[str, Substance] = {}
    for one in substances():
        for name in (one.ashrae, one.name, one.cas):
            if name:
                found.setdefault(name.casefold(), one)
    return found


def substance(name: str) -> Substance | None:
    """The substance with this refrigerant number, name or CAS number, in any case; None where the list has none."""
    return _substance_names().get(name.strip().casefold())
