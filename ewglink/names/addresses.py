"""An address as a comparison key: the same street written the English, French and Spanish ways compares equal."""

from __future__ import annotations

from ewglink.names.clean import search_key

_WORDS = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "avenida": "ave", "road": "rd", "boulevard": "blvd",
    "boul": "blvd", "bulevar": "blvd", "blv": "blvd", "drive": "dr", "highway": "hwy", "autoroute": "hwy",
    "carretera": "carr", "carretara": "carr", "chemin": "ch", "calle": "c", "calzada": "calz", "lane": "ln",
    "court": "ct", "place": "pl", "parkway": "pkwy", "suite": "unit", "ste": "unit", "unite": "unit", "local": "unit",
    "bureau": "unit", "apartment": "unit", "apt": "unit", "despacho": "unit", "interior": "unit", "int": "unit",
    "oficina": "unit", "building": "bldg",
    "edificio": "bldg", "floor": "fl", "etage": "fl", "piso": "fl", "north": "n", "nord": "n", "norte": "n",
    "south": "s",
    "sud": "s", "sur": "s", "east": "e", "est": "e", "este": "e", "oriente": "e", "ote": "e", "west": "w", "ouest": "w",
    "oeste": "w", "poniente": "w", "pte": "w", "colonia": "col", "numero": "no", "num": "no", "number": "no",
    "kilometro": "km", "parque": "park", "parc": "park", "industriel": "industrial", "ind": "industrial", "saint": "st",
    "sainte": "st", "santa": "st", "san": "st",
}
_SILENT = {"no", "rue", "de", "del", "la", "las", "los", "le", "les", "el", "du", "des", "the"}


def address_key(text: str) -> str:
    """The words of an address, abbreviated one way, without filler words, in their order; empty where nothing is left.

    Equal keys suggest one place; they do not prove it.
    """
    words = [_WORDS.get(word, word) for word in search_key(text).split()]
    return " ".join(word for word in words if word not in _SILENT)


def address_words(text: str) -> frozenset[str]:
    """The words of an address's key, for comparing addresses whose parts stand in a different order."""
    return frozenset(address_key(text).split())
