"""How parties can be reached and what they are registered as, normalised for comparing."""

from __future__ import annotations

from ewglink.identifiers.catalogue import check
from ewglink.identifiers.placeholders import is_placeholder, names_nobody
from ewglink.names.clean import search_key
from ewglink.rules.quantities import listed, plain_code
from ewglink.rules.trade import Party, Thing

PUBLIC_DOMAINS = frozenset("""
gmail.com googlemail.com hotmail.com hotmail.ca hotmail.fr hotmail.es outlook.com outlook.es outlook.fr live.com
live.ca live.com.mx msn.com yahoo.com yahoo.ca yahoo.fr yahoo.es yahoo.com.mx ymail.com icloud.com me.com aol.com
proton.me protonmail.com gmx.com mail.com zoho.com videotron.ca bell.net sympatico.ca rogers.com shaw.ca telus.net
prodigy.net.mx comcast.net verizon.net att.net sbcglobal.net 163.com 126.com qq.com sina.com
""".split())
"""Domains that anybody can have an address at."""
LEGAL = ("tax_id", "rfc", "ca_bn9", "ca_bn15", "us_ein", "lei", "uei", "cn_uscc", "registry_no")
"""Numbers that a firm has by law, one firm each."""
STRONG = (*LEGAL, "epa_id", "nra", "imo_company", "duns")
_LEAST_DIGITS = 7


def contact_keys(thing: Thing) -> set[str]:
    """How a party or an account can be reached, normalised; placeholders and domains open to anybody left out."""
    found: set[str] = set()
    country = plain_code(thing.values.get("country")) or None
    for text in listed(thing.values.get("phone")):
        if sum(sign.isdigit() for sign in text) >= _LEAST_DIGITS and not is_placeholder(text):
            found.add("phone:" + (check("phone_e164", text, country=country).normalised or text))
    for text in listed(thing.values.get("email")):
        if "@" in text and not is_placeholder(text):
            found.add("email:" + text.casefold())
            found |= _domain(text.rpartition("@")[2])
    for key in ("domain", "website"):
        for text in listed(thing.values.get(key)):
            found |= _domain(text.rpartition("://")[2].partition("/")[0])
    return found


def _domain(text: str) -> set[str]:
    host = text.strip().casefold().removeprefix("www.")
    return {"domain:" + host} if "." in host and host not in PUBLIC_DOMAINS else set()


def numbers_of(party: Party, properties: tuple[str, ...]) -> frozenset[str]:
    """The numbers a party shows under these properties, in capitals and without signs between; no placeholders. Of a
    Canadian business number the first nine digits count."""
    found = set()
    for key in properties:
        for text in listed(party.values.get(key)):
            plain = "".join(sign for sign in text.upper() if sign.isalnum())
            if plain and not names_nobody(text):
                found.add(plain[:9] if key == "ca_bn15" or (plain[:9].isdigit() and plain[9:11].isalpha()) else plain)
    return frozenset(found)


def named_alike(one: Thing, other: Thing) -> float:
    """How alike two labels are whatever the order of their words: 0 to 100."""
    from rapidfuzz.fuzz import token_sort_ratio

    return float(token_sort_ratio(search_key(one.label), search_key(other.label)))
