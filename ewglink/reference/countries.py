"""Countries and their parts, found by code or by name in English, French or Spanish."""

from __future__ import annotations

import gettext
from functools import cache, lru_cache

from ewglink.reference.look_up import entry_key

_LOCALES = {"zh": "zh_CN"}
"""Languages that go by another name where countries are translated."""
_SPOKEN = {
    "usa": "US", "u s a": "US", "u s": "US", "us": "US", "eua": "US", "e u a": "US", "ee uu": "US", "eeuu": "US",
    "estados unidos": "US", "estados unidos de america": "US", "etats unis": "US", "etats unis d amerique": "US",
    "united states of america": "US",
    "mex": "MX", "mejico": "MX", "estados unidos mexicanos": "MX", "can": "CA",
    "hong kong": "HK", "taiwan": "TW", "south korea": "KR", "coree du sud": "KR", "corea del sur": "KR", "russia": "RU",
    "vietnam": "VN", "viet nam": "VN", "iran": "IR", "bolivia": "BO", "venezuela": "VE", "tanzania": "TZ", "uk": "GB",
    "great britain": "GB", "england": "GB", "ivory coast": "CI", "prc": "CN", "p r china": "CN", "turkey": "TR",
    "中国": "CN", "加拿大": "CA", "墨西哥": "MX", "美国": "US", "香港": "HK", "巴拿马": "PA",
}


@cache
def _names() -> dict[str, str]:
    import pycountry

    found: dict[str, str] = {}
    for lang in ("fr", "es"):
        try:
            said = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[lang])
        except OSError:
            continue
        for one in pycountry.countries:
            for name in (one.name, getattr(one, "common_name", "")):
                if name:
                    found.setdefault(entry_key(said.gettext(name)), one.alpha_2)
    for one in pycountry.countries:
        for name in (one.name, getattr(one, "common_name", ""), getattr(one, "official_name", ""), one.alpha_3,
                     one.alpha_2):
            if name:
                found[entry_key(name)] = one.alpha_2
    return found | _SPOKEN


@lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country given by code or name; None where it is not one (the EU is not)."""
    return _names().get(entry_key(text))


@cache
def country_codes() -> frozenset[str]:
    """Every ISO 3166 alpha-2 code."""
    import pycountry

    return frozenset(one.alpha_2 for one in pycountry.countries)


@lru_cache(maxsize=4096)
def subdivision_code(text: str, country: str | None = None) -> str | None:
    """The ISO 3166-2 code of a province or state given by code ("CA-QC", or "QC" with its country); None otherwise."""
    import pycountry

    wanted = text.strip().upper().replace("_", "-")
    for code in (wanted, f"{country}-{wanted}" if country else ""):
        if code and pycountry.subdivisions.get(code=code):
            return code
    if country and len(wanted) > 3:
        key = entry_key(text)
        for one in pycountry.subdivisions.get(country_code=country) or ():
            if entry_key(one.name) == key:
                return str(one.code)
    return None


def subdivision_name(code: str) -> str | None:
    """The name of a province or state by its ISO 3166-2 code."""
    import pycountry

    found = pycountry.subdivisions.get(code=code)
    return str(found.name) if found else None


@lru_cache(maxsize=1024)
def country_name(code: str, language: str = "en") -> str | None:
    """The short name of a country by its alpha-2 code; in English where it has none in the language."""
    import pycountry

    found = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    if found is None:
        return None
    name = str(getattr(found, "common_name", found.name))
    try:
        said = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[_LOCALES.get(language, language)])
    except OSError:
        return name
    return said.gettext(name)
