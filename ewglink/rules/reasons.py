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
}
"""Keys of `Sign.values` → what they are called; a key that is not among them is shown with blanks for `_`."""


def title_of(indicator: str) -> str:
    """The indicator's name; its key where it is not there any more."""
    return _(INDICATORS.get(indicator).name) if indicator in INDICATORS else indicator


def told(values: Mapping[str, Any]) -> str:
    """The values with their names, in their order; those that are not known are left out."""
    return "; ".join(
        _("{name}: {value}", name=_(VALUE_NAMES[key]) if key in VALUE_NAMES else key.replace("_", " "),
          value=value_text(key, value))
        for key, value in values.items() if value is not None)
