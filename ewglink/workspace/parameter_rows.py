"""The limits of rules as a person changes them: what comes with the program, from when, and the case's own value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ewglink.reference.parameters import ANY, Parameter, parameters
from ewglink.text import N_, _
from ewglink.workspace.checking import case_parameters
from ewglink.workspace.trade_words import country_text
from ewglink.workspace.workspace import Workspace

PARAMETER_NAMES = {
    "notice_lead_days": N_("Notice before the first load, at least"),
    "notice_earliest_months": N_("Notice before the first load, at most"),
    "window_months": N_("Window of a consent, at most"),
    "window_months_preconsented": N_("Window of a consent to a pre-consented facility, at most"),
    "part_a_working_days": N_("Part A after shipping"),
    "receipt_working_days": N_("Confirmation of receipt after delivery"),
    "manifest_return_days": N_("Manifest returned"),
    "interim_completion_days": N_("Interim operation after delivery"),
    "final_completion_days": N_("Final operation after delivery"),
    "final_elsewhere_days": N_("Final operation elsewhere after delivery"),
    "completion_report_days": N_("Completion reported"),
    "no_receipt_days": N_("No receipt after shipping"),
    "carrier_copy_days": N_("No copy of the carrier's departure"),
    "rejection_days": N_("Another facility or return after rejection"),
    "rejection_finish_days": N_("Rejection settled"),
    "weight_variance_pct": N_("Difference in weight"),
    "weight_loss_high_pct": N_("Loss of weight that is of high severity"),
    "retention_years": N_("Papers are kept"),
    "small_quantity_kg": N_("Small quantity that needs no notice"),
    "test_sample_kg": N_("Test sample that needs no notice"),
    "quantity_tolerance_pct": N_("Tolerance of a consented quantity"),
    "duplicate_quantity_pct": N_("Quantities that count as one under one tracking number"),
    "customs_days": N_("Customs record about the load"),
    "customs_quantity_pct": N_("Difference between customs record and load"),
    "mirror_gap_pct": N_("Gap between export and import records"),
    "mirror_gap_kg": N_("Gap between export and import records, at least"),
    "annual_report_pct": N_("Difference from the annual report"),
    "road_speed_kmh": N_("Fastest by road"),
    "custody_gap_hours": N_("Gap between two signatures"),
    "shopping_factor": N_("Consents together, times capacity"),
    "allowance_required": N_("Refrigerants: an allowance is needed"),
    "filing_vessel_days": N_("HFC: filed before arrival by vessel"),
    "filing_other_days": N_("HFC: filed before arrival otherwise"),
    "transit_notice_days": N_("Ozone-depleting substances: notice of transit"),
    "refillable_required": N_("Refrigerants: refillable containers are needed"),
    "transhipment_days": N_("Refrigerants: sent on after arrival"),
    "declaration_units": N_("Engines a year that need a declaration"),
    "temporary_import_days": N_("Engines imported for a time: sent out again"),
    "container_least_kg": N_("Net weight of a container, at least"),
    "container_payload_kg": N_("Payload of a container whose tare is not known"),
    "container_gross_kg": N_("Gross weight of a container, at most"),
    "cylinder_tolerance_pct": N_("Difference from the sizes of cylinders"),
    "densest_kg_per_litre": N_("Density that no goods exceed"),
    "cash_report": N_("Cash payment that is reported, from"),
    "lead_yield_low_pct": N_("Lead from batteries, at least"),
    "lead_yield_high_pct": N_("Lead from batteries, at most"),
}
UNIT_NAMES = {"days": N_("days"), "working days": N_("working days"), "months": N_("months"), "years": N_("years"),
              "per cent": N_("per cent"), "kg": N_("kg"), "km/h": N_("km/h"), "hours": N_("hours"),
              "times": N_("times"), "units": N_("units"), "yes or no": N_("1 for yes, 0 for no"), "kg/L": N_("kg/L"),
              "USD": "USD", "CAD": "CAD", "of its currency": N_("in the payment's own currency")}

SOURCES = {"SEMARNAT practice": N_("SEMARNAT practice"), "definition": N_("the definition of the rule")}
"""Sources that are no citation, in words."""


@dataclass(frozen=True)
class ParameterRow:
    """One limit: `usual` is the value that comes with the program, `own` the case's (None: the usual one holds)."""

    row: Parameter
    usual: float
    own: float | None

    @property
    def key(self) -> str:
        """What a case keeps its own value under."""
        return f"{self.row.key}:{self.row.country}"

    @property
    def value(self) -> float:
        """What holds."""
        return self.usual if self.own is None else self.own


def parameter_name(key: str) -> str:
    """What a limit is called; its key where it has no name."""
    return _(PARAMETER_NAMES[key]) if key in PARAMETER_NAMES else key.replace("_", " ")


def unit_name(unit: str) -> str:
    """What a unit is called."""
    return _(UNIT_NAMES[unit]) if unit in UNIT_NAMES else unit


def country_of(row: Parameter) -> str:
    """The country a limit is of; a word where it holds for every other."""
    return _("elsewhere") if row.country == ANY else country_text(row.country)


def source_of(row: Parameter) -> str:
    """Where a limit comes from, and that it is to be verified where that is not certain."""
    source = _(SOURCES[row.source]) if row.source in SOURCES else row.source
    if row.certain:
        return source or "–"
    if not row.source or row.source == "default":
        return _("a default, to be verified")
    return _("{source}; a default, to be verified", source=source)


def dates_of(row: Parameter) -> str:
    """The days a limit holds for; empty where it always does."""
    if row.valid_from is None and row.valid_to is None:
        return ""
    return f"{_said(row.valid_from)} – {_said(row.valid_to)}"


def _said(day: date | None) -> str:
    return "…" if day is None else day.isoformat()


def parameter_rows(workspace: Workspace) -> list[ParameterRow]:
    """Every limit, in the order of the file, with the case's own values."""
    own: Mapping[str, float] = case_parameters(workspace).changed or {}
    found = []
    for row in parameters().rows:
        kept = own.get(f"{row.key}:{row.country}", own.get(row.key))
        found.append(ParameterRow(row, row.value, None if kept is None else float(kept)))
    return found
