"""Where the entities of a case are on the map: by coordinates, port, city, province or country, and how exactly.

Nothing is moved or guessed: what has no coordinates of its own stands at those of what it names (a port of the
UN/LOCODE list, the ports of its province, the middle of its country), and says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from ewglink.reference.code_lists import ports
from ewglink.reference.countries import country_code, subdivision_code
from ewglink.reference.look_up import entry_key
from ewglink.reference.world_map import country_anchors
from ewglink.rules.quantities import number
from ewglink.store.shown import shown_values
from ewglink.store.ties import Tie, ties
from ewglink.text import N_
from ewglink.workspace.workspace import Workspace


class Exactness(IntEnum):
    """How exactly a place is known."""

    COORDINATES = 0
    PORT = 1
    CITY = 2
    SUBDIVISION = 3
    COUNTRY = 4


EXACTNESS: dict[Exactness, str] = {
    Exactness.COORDINATES: N_("coordinates"), Exactness.PORT: N_("port or crossing (UN/LOCODE)"),
    Exactness.CITY: N_("city, approximate"), Exactness.SUBDIVISION: N_("province or state, approximate"),
    Exactness.COUNTRY: N_("country only, approximate")}
_AT = ("located_at", "registered_at", "mailing_at", "arrived_at", "departed_from", "crossed_at", "transited",
       "flagged_in", "registered_in")
"""Links to where something is, the better first."""
_MEXICAN = {
    "n l": "MX-NLE", "b c": "MX-BCN", "b c s": "MX-BCS", "tamps": "MX-TAM", "son": "MX-SON", "chih": "MX-CHH",
    "coah": "MX-COA", "jal": "MX-JAL", "cdmx": "MX-CMX", "gto": "MX-GUA", "qro": "MX-QUE", "pue": "MX-PUE",
    "s l p": "MX-SLP", "zac": "MX-ZAC", "dgo": "MX-DUR", "mich": "MX-MIC", "nay": "MX-NAY", "oax": "MX-OAX"}
"""How addresses in Mexico shorten its states."""
_WORD = re.compile(r"[^\W\d_]+(?:[ '.-][^\W\d_]+)*")


class Place(NamedTuple):
    """Where an entity is: degrees, how exactly, what that is called, and the entity it has it from (itself, or one it
    is linked to)."""

    latitude: float
    longitude: float
    exactness: Exactness
    said: str
    of: int


class Route(NamedTuple):
    """Movements that go from one place to another: the places as entities, and the movements."""

    start: int
    end: int
    movements: tuple[int, ...]


@dataclass(frozen=True)
class Places:
    """Every entity that can be placed, with its label and type, the routes between places, and who cannot be placed."""

    places: Mapping[int, Place]
    labels: Mapping[int, str]
    types: Mapping[int, str]
    routes: tuple[Route, ...]
    nowhere: int


def places_of_items(workspace: Workspace) -> Places:
    """All that can be placed. Positions of vessels are left to their tracks."""
    network = workspace.network()
    types = {item: network.type_keys[code]
             for item, code in zip(network.ids.tolist(), network.types.tolist(), strict=True)}
    values = shown_values(workspace.case, types=set(types.values()) - {"movement_line", "consent_stream"})
    tracked = {item for item, said in values.items() if said.get("event_kind") == "position"}
    found: dict[int, Place] = {}
    for item in types:
        own = None if item in tracked else place_of(item, values.get(item, {}))
        if own is not None:
            found[item] = own
    linked = ties(workspace.case, _AT)
    _by_links(found, linked, types)
    shown = {item: types[item] for item in found}
    labels = workspace.case.items.labels(found)
    return Places(found, labels, shown, tuple(_routes(linked, found)), len(types) - len(tracked) - len(found))


def place_of(item: int, said: Mapping[str, Any]) -> Place | None:
    """The place that an item's own properties give, the most exact there is."""
    latitude, longitude = number(said.get("latitude")), number(said.get("longitude"))
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        return Place(latitude, longitude, Exactness.COORDINATES, f"{latitude:.4f}, {longitude:.4f}", item)
    port = ports().get(str(said.get("unlocode") or "").replace(" ", "").upper())
    if port is not None and port.latitude is not None and port.longitude is not None:
        return Place(port.latitude, port.longitude, Exactness.PORT, f"{port.code} {port.name}", item)
    return _by_names(item, said)


def _by_names(item: int, said: Mapping[str, Any]) -> Place | None:
    country = country_code(str(said.get("country") or said.get("flag") or "")) or ""
    if not country:
        return None
    address = str(said.get("address") or "")
    words = _WORD.findall(address)[::-1]
    cities = [str(said.get("city") or ""), *(text for text in words if _subdivision(text, country) is None)]
    for text in cities:
        at = _cities().get((country, entry_key(text))) if text else None
        if at is not None:
            return Place(*at[:2], Exactness.CITY, at[2], item)
    for text in (str(said.get("subdivision") or ""), *words):
        at = _subdivisions().get(_subdivision(text, country) or "")
        if at is not None:
            return Place(*at[:2], Exactness.SUBDIVISION, at[2], item)
    anchor = country_anchors().get(country)
    return None if anchor is None else Place(*anchor, Exactness.COUNTRY, country, item)


def _subdivision(text: str, country: str) -> str | None:
    if not text:
        return None
    short = _MEXICAN.get(entry_key(text)) if country == "MX" else None
    return short or subdivision_code(text, country)


@cache
def _cities() -> dict[tuple[str, str], tuple[float, float, str]]:
    """(country, name) → the place of that name in the UN/LOCODE list."""
    found: dict[tuple[str, str], tuple[float, float, str]] = {}
    for port in ports().values():
        if port.latitude is not None and port.longitude is not None:
            name = (port.code[:2], entry_key(port.name))
            found.setdefault(name, (port.latitude, port.longitude, port.name))
    return found


@cache
def _subdivisions() -> dict[str, tuple[float, float, str]]:
    """ISO 3166-2 → the middle of the listed places in it."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    names: dict[str, str] = {}
    for port in ports().values():
        code = subdivision_code(port.subdivision, port.code[:2]) if port.subdivision else None
        if code and port.latitude is not None and port.longitude is not None:
            points[code].append((port.latitude, port.longitude))
            names[code] = port.subdivision
    return {code: (sum(one[0] for one in own) / len(own), sum(one[1] for one in own) / len(own), names[code])
            for code, own in points.items()}


def _by_links(found: dict[int, Place], linked: Collection[Tie], types: Mapping[int, str]) -> None:
    """What has no exact place of its own is where it is linked to, if that is more exact."""
    order = {key: at for at, key in enumerate(_AT)}
    for tie in sorted(linked, key=lambda one: (order[one.type], one.id)):
        there = found.get(tie.b)
        mine = found.get(tie.a)
        if there is None or there.of != tie.b or tie.a not in types:
            continue
        if mine is None or mine.of == tie.a and there.exactness < mine.exactness:
            found[tie.a] = there


def _routes(linked: Collection[Tie], found: Mapping[int, Place]) -> list[Route]:
    """Who departs from one place and arrives at another, together."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for tie in linked:
        if tie.b in found and found[tie.b].of == tie.b:
            if tie.type == "departed_from":
                starts.setdefault(tie.a, tie.b)
            elif tie.type == "arrived_at":
                ends[tie.a] = tie.b
    by: dict[tuple[int, int], list[int]] = defaultdict(list)
    for movement, start in starts.items():
        if movement in ends and ends[movement] != start:
            by[(start, ends[movement])].append(movement)
    return [Route(start, end, tuple(sorted(movements))) for (start, end), movements in sorted(by.items())]
