"""What rules on engines ask of a unit: its family, label and numbers, how it came in and under which papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ewglink.identifiers.placeholders import is_placeholder
from ewglink.names.clean import search_key
from ewglink.rules.quantities import day, number
from ewglink.rules.trade import Entry, Party, Thing, Trade

SECTOR = "engine"
FAMILY_LENGTH = 12
_ALIKE = 92.0
_PRESENT = ("y", "yes", "true", "1", "present", "oui", "si", "presente", "affixed", "permanent")
_ABSENT = ("n", "no", "false", "0", "none", "missing", "absent", "absente", "non", "ausente", "illegible", "illisible",
           "ilegible", "removable", "removed", "amovible", "removible", "counterfeit", "fake", "falsa", "fausse",
           "falso", "forged", "altered", "paper", "sticker")
_IMPORTS, _TEMPORARY = ("import", "entry", "entree", "entrada"), ("temporary", "temporaire", "temporal")
_OUT = ("re export", "reexport", "export", "return", "retour", "retorno", "departure", "sortie", "salida")


def family(engine: Thing) -> str:
    """The engine family in capitals, without blanks and hyphens; empty for none."""
    text = engine.text("engine_family")
    return "" if is_placeholder(text) else "".join(text.split()).replace("-", "").upper()


def vin(engine: Thing) -> str:
    """The VIN in capitals without blanks and hyphens; empty for none and for placeholders."""
    text = engine.text("vin")
    return "" if is_placeholder(text) else "".join(text.split()).replace("-", "").upper()


def serial(engine: Thing) -> tuple[str, str]:
    """Manufacturer and serial number for comparing; empty where there is no serial."""
    text = engine.text("serial")
    if not text or is_placeholder(text):
        return "", ""
    return search_key(engine.text("manufacturer")), "".join(text.split()).upper()


def model_year(engine: Thing) -> int | None:
    """The model year that was declared."""
    year = number(engine.values.get("model_year"))
    return None if year is None else int(year)


def label_fault(engine: Thing) -> bool | None:
    """Whether the emission label is missing, false, illegible or removable; None where the words do not tell."""
    said = search_key(engine.text("label_present"))
    if said in _PRESENT:
        return False
    return True if any(word in said.split() for word in _ABSENT) else None


def _is(entry: Entry, words: Iterable[str]) -> bool:
    kind = search_key(entry.kind)
    return any(word in kind for word in words)


def is_temporary(entry: Entry) -> bool:
    """Whether an engine came in to leave again."""
    return _is(entry, _TEMPORARY) and not is_departure(entry)


def is_import(entry: Entry) -> bool:
    """Whether an engine came in to stay."""
    return _is(entry, _IMPORTS) and not is_temporary(entry) and not is_departure(entry)


def is_departure(entry: Entry) -> bool:
    """Whether an engine left."""
    return _is(entry, _OUT)


def entries(engine: Thing, trade: Trade) -> list[Entry]:
    """The entries of an engine, by day."""
    return trade.entries_of.get(engine.id, [])


def certified(trade: Trade) -> frozenset[str]:
    """The engine families on certificates of conformity in the case."""
    if "certified" not in trade.index:
        trade.index["certified"] = frozenset(
            family(paper) for paper in trade.things.values() if paper.type == "consent" and family(paper))
    return frozenset(trade.index["certified"])


def sharing(engine: Thing, trade: Trade) -> Iterator[tuple[str, list[Thing]]]:
    """The units that bear the engine's VIN, and those of its maker that bear its serial number, in a fixed order."""
    if "numbers" not in trade.index:
        found: dict[tuple[str, ...], list[Thing]] = {}
        units = [one for one in trade.things.values() if one.type == "engine"]
        for one in sorted(units, key=lambda unit: (unit.ref, unit.id)):
            for key in _numbers(one):
                found.setdefault(key, []).append(one)
        trade.index["numbers"] = found
    for key in _numbers(engine):
        yield key[-1], trade.index["numbers"][key]


def _numbers(engine: Thing) -> list[tuple[str, ...]]:
    number, maker = vin(engine), serial(engine)
    return [*([("VIN", number)] if number else []), *([("serial", *maker)] if maker[1] else [])]


def imported(party: Party, year: int, trade: Trade) -> list[Thing]:
    """The engines a party imported in a calendar year to stay."""
    found = {engine.id: engine for entry in trade.entries.values() if party.id in entry.importers and is_import(entry)
             and entry.on is not None and entry.on.year == year for engine in entry.engines}
    return [found[item] for item in sorted(found)]


def years(party: Party, trade: Trade) -> list[int]:
    """The calendar years a party imported engines in."""
    return sorted({entry.on.year for entry in trade.entries.values() if party.id in entry.importers
                   and is_import(entry) and entry.on is not None})


def declaration(party: Party, year: int) -> Thing | None:
    """The annual declaration of a party for a year, made by the first of February of the next."""
    for paper in party.papers:
        made = day(paper.values.get("issued"))
        if "declar" in search_key(paper.text("kind")) and made is not None and (
                date(year, 1, 1) <= made <= due(year)):
            return paper
    return None


def due(year: int) -> date:
    """The last day for the declaration of a year."""
    return date(year + 1, 2, 1)


def chain(exporter: Party, trade: Trade) -> list[Party]:
    """An exporter and the parties it belongs to, owns or acts for."""
    return [exporter, *(trade.parties[item] for item in sorted(exporter.tied) if item in trade.parties)]


def is_named(manufacturer: str, party: Party) -> bool:
    """Whether a label's manufacturer is this party, whatever legal form and order of words either has."""
    from rapidfuzz.fuzz import token_set_ratio

    return bool(token_set_ratio(search_key(manufacturer), search_key(party.label)) >= _ALIKE)
