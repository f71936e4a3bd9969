"""What the values of findings and the inputs of rules are called and how they are written, for people."""

from __future__ import annotations

from typing import Any

from ewglink.model.schema import Schema
from ewglink.rules.saying import value_text
from ewglink.text import N_, _, language
from ewglink.workspace.trade_words import country_text, role_name
from ewglink.workspace.utilisation import STATE_WORDS
from ewglink.workspace.workspace import Workspace

COUNTRIES = frozenset({"leaves", "goes", "country", "countries", "origin", "transit_countries", "export_country",
                       "import_country"})
"""Keys of values that are codes of countries."""
VALUE_NAMES = {
    "allowed": N_("Allowed"), "allowed_kg": N_("Allowed"), "moved_kg": N_("Moved so far"), "excess_kg": N_("Too much"),
    "consent": N_("Consent"), "consented": N_("Consented to"), "declared": N_("Declared"), "expected": N_("Expected"),
    "shipped": N_("Shipped"), "delivered": N_("Delivered"), "completed": N_("Completed"), "reported": N_("Reported"),
    "confirmed": N_("Confirmed on"), "start": N_("Window begins"), "end": N_("Window ends"), "limit": N_("Limit"),
    "limit_days": N_("Limit"), "open_days": N_("Open for"), "working": N_("Working days"), "count": N_("Number"),
    "first": N_("The first load over"), "codes": N_("Codes"), "status": N_("State"), "leaves": N_("Leaves"),
    "goes": N_("Goes to"), "un": N_("UN number"), "consented_un": N_("UN number consented to"), "hs": N_("HS code"),
    "hazard_class": N_("Hazard class"), "consented_class": N_("Hazard class consented to"),
    "operation": N_("Operation"), "receivers": N_("Received by"), "exporters": N_("Exported by"),
    "importers": N_("Imported by"), "carriers": N_("Carried by"), "known": N_("Named in the consent"),
    "exit": N_("Left by"), "entry": N_("Entered by"), "countries": N_("Countries"), "number": N_("Number"),
    "scheme": N_("Kind of number"), "shipped_kg": N_("Shipped"), "received_kg": N_("Received"),
    "change_pct": N_("Difference"), "pieces": N_("Pieces shipped"), "received_pieces": N_("Pieces received"),
    "recorded": N_("Recorded by the facility"), "unit": N_("Unit"), "reason": N_("Reason"), "party": N_("Party"),
    "facility": N_("Facility"), "exporter": N_("Exporter"), "capacity_kg": N_("Capacity"), "reference": N_("Reference"),
    "declared_kg": N_("Declared"), "reported_kg": N_("Reported"), "exported_kg": N_("Exported"),
    "imported_kg": N_("Imported"), "consented_kg": N_("Consented to"), "giver": N_("Handed over by"),
    "taker": N_("Taken over by"), "gap_hours": N_("Gap"), "quarter": N_("Quarter"), "pair": N_("Countries"),
    "loads": N_("Loads"), "months": N_("Months"), "moved": N_("Loads moved"), "lead_days": N_("Before shipping"),
    "submitted": N_("Submitted"), "roles": N_("Roles"), "date": N_("Date"), "after_days": N_("After"),
    "second": N_("Second fact"), "goods": N_("Goods"), "consents": N_("Consents"), "verify": N_("To be verified"),
    "early_days": N_("Early by"), "late_days": N_("Late by"), "inferred": N_("The consent was inferred"),
    "since": N_("Since"), "inferred_kg": N_("Of it inferred"), "inferred_loads": N_("Of them inferred"),
    "actual": N_("On the load"), "ahead_days": N_("Ahead by"), "appendix": N_("Appendix"), "arrived": N_("Arrived"),
    "allowance_mteve": N_("Allowance (t CO₂ eq)"), "drawn_mteve": N_("Imported (t CO₂ eq)"),
    "excess_mteve": N_("Too much (t CO₂ eq)"), "came": N_("Came in"), "came_kg": N_("Came in"),
    "code": N_("Code"), "crossed": N_("Crossed"), "drawn": N_("Sent so far"), "excess": N_("Too much"),
    "family": N_("Engine family"), "family_year": N_("Year of the family"), "found": N_("Found"),
    "importer": N_("Importer"), "label": N_("Label"), "left": N_("Went out"), "length": N_("Length"),
    "over_days": N_("Late by"), "papers": N_("Papers"), "parties": N_("Parties"), "permit": N_("Permit"),
    "rest_kg": N_("Did not leave"), "sent": N_("Sent"), "species": N_("Species"), "substance": N_("Substance"),
    "total": N_("In all"), "went_kg": N_("Went out"), "what": N_("What differs"), "role": N_("Role"),
}
"""The values that rules compare, as a table names them."""


def value_name(workspace: Workspace, key: str) -> str:
    """What a compared value is called: its own name, else that of the property it is named after, else its key."""
    return _(VALUE_NAMES[key]) if key in VALUE_NAMES else input_name(workspace.schema, key)


def input_name(schema: Schema, key: str) -> str:
    """What an input of a rule or an indicator is called: a property or a link of the schema, else its key."""
    if key == "peers":
        return _("enough others to compare with")
    for kind in schema.entity_types.values():
        known = kind.property(key)
        if known is not None:
            return known.label(language())
    return schema.label(key, language()) if key in schema.link_types else key.replace("_", " ")


def input_text(key: str, value: Any) -> str:
    """A value that a rule read or compared, as a person reads it: figures as the language writes them, countries,
    roles and states by their names."""
    if isinstance(value, (list, tuple)):
        return ", ".join(input_text(key, one) for one in value)
    if key in COUNTRIES and isinstance(value, str) and country_text(value) != value:
        return _("{country} ({code})", country=country_text(value), code=value)
    if key == "roles":
        return role_name(str(value))
    if key in ("status", "determination"):
        return _(STATE_WORDS[value]) if value in STATE_WORDS else str(value)
    return "" if value is None else value_text(key, value)
