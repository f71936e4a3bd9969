"""Words of the trade for what files write as keys and codes: roles of parties, countries, schemes of numbers."""

from __future__ import annotations

from collections.abc import Iterable

from ewglink.model.schema import Schema
from ewglink.reference.countries import country_name
from ewglink.text import N_, _, language

ROLE_NAMES = {
    "generator": N_("generator"), "exporter": N_("exporter"), "foreign exporter": N_("foreign exporter"),
    "notifier": N_("notifier"), "applicant": N_("applicant"), "importer": N_("importer"),
    "importer of record": N_("importer of record"), "foreign importer": N_("foreign importer"),
    "permit holder": N_("permit holder"), "consignor": N_("consignor"), "consignee": N_("consignee"),
    "notify party": N_("notify party"), "broker": N_("broker"), "trader": N_("trader"),
    "customs broker": N_("customs broker"), "freight forwarder": N_("freight forwarder"),
    "forwarder": N_("freight forwarder"), "nvocc": N_("freight forwarder without ships"), "carrier": N_("carrier"),
    "transporter": N_("carrier"), "vessel owner": N_("vessel owner"), "vessel operator": N_("vessel operator"),
    "vessel manager": N_("vessel manager"), "storage": N_("storage"), "warehouse": N_("warehouse"),
    "interim facility": N_("interim facility"), "receiving facility": N_("receiving facility"),
    "receiver": N_("receiver"), "recycler": N_("recycler"), "smelter": N_("smelter"), "disposer": N_("disposer"),
    "manufacturer": N_("manufacturer"), "dealer": N_("dealer"), "reclaimer": N_("reclaimer"),
    "collector": N_("collector"), "allowance holder": N_("allowance holder"),
    "free zone operator": N_("free-zone operator"), "laboratory": N_("laboratory"), "bank": N_("bank"),
    "authority": N_("authority"), "buyer": N_("buyer"), "seller": N_("seller"), "shipper": N_("shipper"),
}
"""Roles of parties as files write them, in small letters and with blanks, and their names."""


def role_name(role: str) -> str:
    """A role as people read it, one of several ("recycler/smelter") word by word, each once; else as it is."""
    names = (_(ROLE_NAMES[key]) if (key := _plain(part)) in ROLE_NAMES else part for part in role.split("/"))
    return "/".join(dict.fromkeys(names))


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("-", " ").casefold().split())


def role_names(roles: Iterable[str]) -> str:
    """Roles in one line, by their names."""
    return ", ".join(sorted({role_name(role) for role in roles}, key=str.casefold))


def country_text(code: str) -> str:
    """A country by its name in the language in force; what is no code stays as it is."""
    return country_name(code, language()) or code


def scheme_name(schema: Schema, ns: str) -> str:
    """What a scheme of numbers is called: the property of the schema that holds its numbers."""
    if ns == "case":
        return _("Number in the file")
    for kind in schema.entity_types.values():
        for use in kind.identifiers:
            known = kind.property(use.property) if use.scheme == ns else None
            if known is not None:
                return str(known.label(language()))
    return ns
