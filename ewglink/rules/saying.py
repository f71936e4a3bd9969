"""What a finding says to a person: its rule's sentence with the values as the language in force writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ewglink.rules.contract import RULES, Rule, Severity
from ewglink.text import N_, Message, _, message, number

SEVERITY_NAMES: dict[Severity, str] = {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")}
STATE_NAMES = {"new": N_("New"), "confirmed": N_("Confirmed"), "explained": N_("Explained"), "false": N_("False alarm")}
_UNITS = {"_kg": N_("{n} kg"), "_pct": N_("{n} %"), "_days": N_("{n} days"), "_hours": N_("{n} h"),
          "_kmh": N_("{n} km/h"), "_km": N_("{n} km"), "_usd": N_("USD {n}")}

_WORDS = {
    "exporter": N_("exporter"), "importer": N_("importer"), "species": N_("species"), "source": N_("source"),
    "term": N_("term"), "check_digit": N_("check digit"), "format": N_("form"), "model_year": N_("model year"),
    "permit": N_("permit"), "capacity": N_("capacity"), "no signature": N_("no signature"),
    "too long between signatures": N_("too long between signatures"), "another vehicle": N_("another vehicle"),
    "delivered before shipped": N_("delivered before shipped"),
    "crossed outside the journey": N_("crossed outside the journey"), "too fast by road": N_("too fast by road"),
    "one unit on two loads": N_("one unit on two loads"), "PENDING": N_("pending"), "OBJECTED": N_("objected to"),
    "WITHDRAWN": N_("withdrawn"), "LAPSED": N_("lapsed"), "SUSPENDED": N_("suspended"), "REVOKED": N_("revoked"),
}
"""The stable words that rules give as reasons."""
_REASONS = ("reason", "role", "what", "status")


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
    if key in _REASONS and value in _WORDS:
        return _(_WORDS[value])
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
