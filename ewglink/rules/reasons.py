"""What an indicator compared, as a person reads it: each value with its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ewglink.rules.indicators import INDICATORS
from ewglink.rules.saying import value_text
from ewglink.text import N_, _

VALUE_NAMES: dict[str, str] = {
    "formed": N_("formed"), "first": N_("first"), "last": N_("last"), "age_days": N_("age"), "address": N_("address"),
    "shared_with": N_("shared with"), "shared": N_("shared"), "contact": N_("contact"), "kind": N_("kind"),
    "names": N_("names"), "name": N_("name"), "likeness": N_("likeness of names"), "firm": N_("licensed firm"),
    "features": N_("features"), "count": N_("number"), "numbers": N_("numbers"), "loads": N_("loads"), "of": N_("of"),
    "op": N_("operation"), "codes": N_("codes"), "permitted": N_("permitted"), "role": N_("role"),
    "party": N_("party"), "before": N_("before"), "after": N_("after"), "violations": N_("violations"),
    "hs": N_("HS code"), "unit_value": N_("value of a kilogram"), "ratio": N_("ratio to the median"),
    "z": N_("robust z"), "reason": N_("reason"), "reasons": N_("reasons"), "said": N_("said"), "from": N_("from"),
    "to": N_("to"), "unit_value_new": N_("value of a kilogram of new goods"), "value": N_("value"),
    "freight": N_("freight"), "currency": N_("currency"), "paid": N_("paid"), "paid_currency": N_("paid in"),
    "level": N_("level"), "pair": N_("countries"), "quarter": N_("quarter"), "exported_kg": N_("exported"),
    "imported_kg": N_("imported"), "steps": N_("steps"), "sent_kg": N_("sent"), "returned_kg": N_("returned"),
    "zone": N_("zone"), "extra_pct": N_("longer by"), "consignee_changed": N_("consignee changes"),
    "consignee": N_("consignee"), "importer": N_("importer"), "before_arrival_hours": N_("before arrival"),
    "exam": N_("examination"), "port": N_("port"), "hhi_drop": N_("drop of concentration"), "entered": N_("entered"),
    "left": N_("left"), "in_kg": N_("came in"), "out_kg": N_("went out"),
    "against": N_("disagrees with"), "allowance": N_("allowance"), "allowance_mteve": N_("allowance (t CO₂ eq)"),
    "authority_since": N_("authority since"), "calls": N_("calls"), "capacity_kg": N_("capacity"),
    "chance": N_("chance"), "changes": N_("changes"), "consent": N_("consent"), "crossings": N_("crossings"),
    "cut_point": N_("cut point"), "declared": N_("declared"), "drawn_kg": N_("drawn"),
    "drawn_mteve": N_("drawn (t CO₂ eq)"), "each": N_("each"), "each_kg": N_("each"), "engines": N_("engines"),
    "exhausted_pct": N_("used up at (of the window)"), "expected": N_("expected"),
    "first_draw_pct": N_("first drawn at (of the window)"), "flag": N_("flag"), "gap_hours": N_("gap"),
    "holder": N_("holder"), "hours": N_("hours"), "imo": N_("IMO number"), "made_kg": N_("given out"),
    "median_pct": N_("median"), "mmsi": N_("MMSI"), "others_seen": N_("other vessels heard"),
    "payments": N_("payments"), "rank": N_("rank"), "received_kg": N_("received"), "records": N_("records"),
    "share_pct": N_("share"), "shore_km": N_("from the shore"), "speed_knots": N_("speed (knots)"),
    "start": N_("start"), "taken_kg": N_("taken in"), "vehicle": N_("vehicle"), "year": N_("year"),
    "yield_pct": N_("yield"), "actual": N_("in fact"), "after_days": N_("after"), "ahead_days": N_("before arrival"),
    "allowed": N_("allowed"), "allowed_kg": N_("allowed"), "appendix": N_("appendix"), "arrived": N_("arrived"),
    "came": N_("came"), "came_kg": N_("came in"), "carriers": N_("carriers"), "change_pct": N_("change"),
    "code": N_("code"), "completed": N_("completed"), "confirmed": N_("confirmed"), "consented": N_("consented"),
    "consented_kg": N_("consented"), "consents": N_("consents"), "countries": N_("countries"),
    "country": N_("country"), "crossed": N_("crossed"), "cylinder": N_("cylinder"), "date": N_("date"),
    "declared_kg": N_("declared"), "delivered": N_("delivered"), "drawn": N_("drawn"), "due": N_("due"),
    "early_days": N_("early by"), "end": N_("end"), "entry": N_("entry"), "excess": N_("excess"),
    "excess_kg": N_("excess"), "excess_mteve": N_("excess (t CO₂ eq)"), "exit": N_("exit"), "exporter": N_("exporter"),
    "exporters": N_("exporters"), "facility": N_("facility"), "family": N_("engine family"),
    "family_year": N_("year of the family"), "filed": N_("filed"), "found": N_("found"), "giver": N_("handed over by"),
    "goes": N_("goes to"), "goods": N_("goods"), "importers": N_("importers"), "issued": N_("issued"),
    "known": N_("known"), "label": N_("label"), "late_days": N_("late by"), "lead_days": N_("lead"),
    "leaves": N_("leaves"), "length": N_("length"), "limit": N_("limit"), "limit_days": N_("limit"),
    "manufacturer": N_("manufacturer"), "months": N_("months"), "moved": N_("moved"), "moved_kg": N_("moved"),
    "number": N_("number"), "open_days": N_("open for"), "operation": N_("operation"), "origin": N_("origin"),
    "over_days": N_("over by"), "papers": N_("papers"), "parties": N_("parties"), "permit": N_("permit"),
    "pieces": N_("pieces"), "received_pieces": N_("pieces received"), "receivers": N_("receivers"),
    "recorded": N_("recorded"), "reference": N_("reference"), "reported": N_("reported"),
    "reported_kg": N_("reported"), "rest_kg": N_("rest"), "roles": N_("roles"), "scheme": N_("kind of number"),
    "second": N_("second"), "sent": N_("sent"), "shipped": N_("shipped"), "shipped_kg": N_("shipped"),
    "species": N_("species"), "status": N_("status"), "submitted": N_("submitted"), "substance": N_("substance"),
    "taker": N_("taken over by"), "total": N_("total"), "un": N_("UN number"), "unit": N_("unit"),
    "valid_to": N_("valid to"), "verify": N_("to be verified"), "vin": N_("VIN"), "went_kg": N_("went out"),
    "pressure_kpa": N_("pressure (kPa absolute)"), "saturated_kpa": N_("saturated vapour pressure (kPa absolute)"),
    "what": N_("what"), "working": N_("working days"), "inferred": N_("consent inferred"),
    "since": N_("since"), "inferred_kg": N_("of it inferred"), "inferred_loads": N_("of them inferred"),
}
"""Keys of the values of indicators and rules → what they are called."""


def title_of(indicator: str) -> str:
    """The indicator's name; its key where it is not there any more."""
    return _(INDICATORS.get(indicator).name) if indicator in INDICATORS else indicator


def told(values: Mapping[str, Any]) -> str:
    """The values with their names, in their order; those that are not known are left out."""
    return "; ".join(
        _("{name}: {value}", name=_(VALUE_NAMES[key]) if key in VALUE_NAMES else key.replace("_", " "),
          value=value_text(key, value))
        for key, value in values.items() if value is not None)
