"""Ports by all the codes and names they go by."""

from __future__ import annotations

from functools import lru_cache

from ewglink.names.clean import search_key
from ewglink.reference.code_lists import ports, rows
from ewglink.rules.trade import Place


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    """Every code and name of a port → its UN/LOCODE."""
    found = {_plain(port.name): code for code, port in ports().items()}
    for row in rows("port_aliases.csv"):
        for key in ("alias", "cbp_port", "cbsa_office", "mx_aduana"):
            if row.get(key):
                found[_plain(row[key])] = row["unlocode"]
    return found


def _plain(name: str) -> str:
    """A name or code without blanks, as the keys of places are."""
    return search_key(name).replace(" ", "")


def port_keys(place: Place) -> frozenset[str]:
    """What a place goes by, with its UN/LOCODE where a code or name of it is known. Customs of two countries number
    their offices alike: a code counts for a port of the place's own country, where that is known."""
    known = {_aliases().get(_plain(key)) for key in place.keys}
    return place.keys | frozenset(code for code in known if code and place.country in ("", code[:2]))
