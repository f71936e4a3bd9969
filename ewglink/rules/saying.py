"""What a finding says to a person: its rule's sentence with the values as the language in force writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ewglink.reference.code_lists import ports
from ewglink.reference.countries import country_name
from ewglink.rules.contract import RULES, Rule, Severity
from ewglink.text import N_, Message, _, language, message, number

SEVERITY_NAMES: dict[Severity, str] = {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")}
STATE_NAMES = {"new": N_("New"), "confirmed": N_("Confirmed"), "explained": N_("Explained"), "false": N_("False alarm")}
_UNITS = {"_kg": N_("{n} kg"), "_pct": N_("{n} %"), "_days": N_("{n} days"), "_hours": N_("{n} h"),
          "_kmh": N_("{n} km/h"), "_km": N_("{n} km"), "_usd": N_("USD {n}")}

WORDS = {
    "exporter": N_("exporter"), "importer": N_("importer"), "species": N_("species"), "source": N_("source"),
    "term": N_("term"), "check_digit": N_("check digit"), "format": N_("form"), "model_year": N_("model year"),
    "permit": N_("permit"), "capacity": N_("capacity"), "no signature": N_("no signature"),
    "too long between signatures": N_("too long between signatures"), "another vehicle": N_("another vehicle"),
    "delivered before shipped": N_("delivered before shipped"),
    "crossed outside the journey": N_("crossed outside the journey"), "too fast by road": N_("too fast by road"),
    "one unit on two loads": N_("one unit on two loads"),
    "two places too soon": N_("two places, with less time between them than the road takes"),
    "PENDING": N_("pending"), "OBJECTED": N_("objected to"),
    "WITHDRAWN": N_("withdrawn"), "LAPSED": N_("lapsed"), "SUSPENDED": N_("suspended"), "REVOKED": N_("revoked"),
    "check digit": N_("check digit"), "malformed": N_("not of its form"), "unknown": N_("unknown"),
    "itself": N_("the party itself"), "phone": N_("telephone"), "director": N_("director"), "address": N_("address"),
    "clients": N_("clients"), "firm": N_("of the firm"), "corridor": N_("of the corridor"), "carriers": N_("carrier"),
    "receivers": N_("receiver"), "under a year": N_("under a year"),
    "no staff, web or phone": N_("no staff, web or phone"), "nominee director": N_("nominee director"),
    "single shipment": N_("single shipment"), "little capital": N_("little capital"),
    "dissolved soon": N_("dissolved soon"), "weight of a container": N_("weight of a container"),
    "weight of a cylinder": N_("weight of a cylinder"), "density": N_("impossible density"),
    "to order": N_("to order"), "consignee differs": N_("consignee differs"),
    "amended": N_("amended shortly before arrival"), "seal used twice": N_("seal used twice"),
    "seal changed": N_("seal changed"), "weight ticket": N_("weight ticket"),
    "container in two places": N_("a container in two places"), "advertised online": N_("advertised online"),
    "cloned serial number": N_("cloned serial number"),
    "complaints near the facility": N_("complaints near the facility"),
    "exporter handles waste": N_("exporter handles waste"),
    "facility without a licence": N_("facility without a licence"), "family": N_("engine family"),
    "invoice and payment differ": N_("invoice and payment differ"), "label": N_("label of the engine"),
    "layers differ": N_("layers differ"), "made after it was signed": N_("made after it was signed"),
    "manager changed": N_("manager changed"), "model year": N_("model year"),
    "no record of neutralised acid": N_("no record of neutralised acid"),
    "not on a certificate": N_("not on a certificate"), "not refillable": N_("not refillable"),
    "number of the form used twice": N_("number of the form used twice"),
    "payer in a third country": N_("payer in a third country"),
    "payer is not the importer": N_("payer is not the importer"), "price": N_("price"),
    "repeated small parcels": N_("repeated small parcels"), "same scan on two forms": N_("same scan on two forms"),
    "shared certificate": N_("shared certificate"), "single-ship company": N_("single-ship company"),
    "slices below the limit": N_("slices below the reporting limit"), "suffix": N_("suffix of the form"),
    "two positions for one MMSI": N_("two positions for one MMSI"), "weight lost": N_("weight lost"),
    "does not work": N_("does not work"), "no protective packaging": N_("no protective packaging"),
    "mixed models": N_("mixed models"), "tubes, boards or batteries": N_("tubes, boards or batteries"),
    "drained and whole": N_("drained and whole batteries together"), "IMO invalid": N_("IMO invalid"),
    "IMO missing": N_("IMO missing"), "other flag": N_("other flag"), "unallocated MID": N_("unallocated MID"),
    "MMSI invalid": N_("MMSI invalid"),
    "ship-to-ship transfer on record": N_("ship-to-ship transfer on record"),
    "beside another vessel": N_("beside another vessel"), "loitering": N_("loitering"),
    "permit used again": N_("permit used again"), "not from there": N_("species does not live there"),
    "bred, though nobody breeds it": N_("bred in captivity, though no commercial breeding is known"),
    "weight and count": N_("weight does not fit the number"), "another colour": N_("another colour"),
    "pressure": N_("pressure measured"),
    "laboratory": N_("laboratory"), "name and CAS number": N_("name and CAS number"), "importers": N_("importer"),
    "mtn": N_("manifest tracking number"), "ca_md_no": N_("Canadian movement document number"),
    "mx_manifest_no": N_("Mexican manifest number"), "unusual": N_("unusual form"),
    "unknown_suffix": N_("unknown suffix"), "year": N_("year"), "state": N_("state"), "future": N_("in the future"),
}
"""The stable words that rules and indicators give as reasons."""
_REASONS = ("reason", "reasons", "role", "what", "status", "features", "level", "shared", "against", "scheme")

_COUNTRIES = ("leaves", "goes")
_PORTS = ("exit", "entry", "consented", "port", "zone")
"""Keys under which a value may be the code of a country, or of a port."""


def value_text(key: str, value: Any) -> str:
    """A value of a finding as a person reads it; the end of its key tells the unit."""
    if value is None:
        return "–"
    if isinstance(value, (list, tuple)):
        return ", ".join(value_text(key, one) for one in value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, float)):
        said = number(int(value) if value == int(value) else round(value, 1))
        for ending, unit in _UNITS.items():
            if key.endswith(ending):
                return _(unit, n=said)
        return said
    if key in _REASONS and value in WORDS:
        return _(WORDS[value])
    if key in _COUNTRIES:
        return country_name(str(value), language()) or str(value)
    if key in _PORTS and value in ports():
        return f"{ports()[value].name} ({value})"
    return _date_text(str(value))


def _date_text(value: str) -> str:
    """A calendar date stays as ISO writes it, which reads alike in every language."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return value


def sentence(rule: str, values: Mapping[str, Any]) -> str:
    """What the finding says; the rule's key and bare values where the rule is not there any more."""
    if rule not in RULES:
        return f"{rule}: " + ", ".join(f"{key} {value_text(key, value)}" for key, value in values.items())
    known: Rule = RULES.get(rule)
    said = str(Message(known.sentence, {key: value_text(key, value) for key, value in values.items()}))
    return said[:-1] if said.endswith("..") else said  # a firm's name may end in a full stop of its own


def title(rule: str) -> str:
    """The rule's name."""
    return _(RULES.get(rule).name) if rule in RULES else rule


def clearing(rule: str) -> Message:
    """What would clear the finding."""
    return message(RULES.get(rule).clears) if rule in RULES else message(N_("The rule is not part of this version."))
