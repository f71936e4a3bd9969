"""The vocabulary of EPA e-Manifest JSON: field names, codes, and units with their kilograms."""

from __future__ import annotations

from typing import NamedTuple

NAMESPACE = "emanifest"
"""Where movements, their lines and their unnumbered sites are keyed."""

TELLING = ("manifestTrackingNumber", "submissionType", "generator", "transporters", "designatedFacility", "wastes")
"""Fields that mark an object as a manifest; three of them are enough."""

STATUSES = frozenset(
    "NotAssigned Pending Scheduled InTransit Received ReadyForSignature Signed SignedComplete UnderCorrection "
    "Corrected MtnValidationFailed Draft".split()
)
"""What a manifest's status can be."""

LB_KG = 0.45359237
GALLON_L = 3.785411784


class Unit(NamedTuple):
    """A unit of measurement: its symbol, and its kilograms (mass) or litres (volume)."""

    symbol: str
    kg: float | None = None
    litres: float | None = None


UNITS = {
    "P": Unit("lb", kg=LB_KG),
    "T": Unit("short ton", kg=2000 * LB_KG),
    "K": Unit("kg", kg=1.0),
    "M": Unit("t", kg=1000.0),
    "G": Unit("gal", litres=GALLON_L),
    "L": Unit("L", litres=1.0),
    "Y": Unit("yd³", litres=764.554857984),
    "N": Unit("m³", litres=1000.0),
}
"""Codes of unitOfMeasurement (Form 8700-22, item 12)."""

DENSITIES = {"1": LB_KG / GALLON_L, "2": 1.0}
"""Codes of densityUnitOfMeasurement → kilograms a litre: pounds a gallon, specific gravity."""

MOVEMENT_FIELDS = {
    "status": "status",
    "submissionType": "submission_type",
    "discrepancy": "discrepancy",
    "residue": "residue",
    "import": "import",
    "originType": "origin_type",
    "isPublic": "public",
    "signatureStatus": "signature_status",
    "containsPreviousRejectOrResidue": "previous_reject_or_residue",
    "ppcStatus": "processing_status",
    "locked": "locked",
    "lockReason": "lock_reason",
}
MOVEMENT_DATES = {
    "shippedDate": "ship_date",
    "receivedDate": "delivered_date",
    "certifiedDate": "certified_date",
    "createdDate": "created",
    "updatedDate": "updated",
    "potentialShipDate": "potential_ship_date",
}
LINE_FIELDS = {"dotHazardous": "hazardous", "pcb": "pcb", "epaWaste": "epa_waste_regulated", "br": "biennial_report"}


def kilograms(
    quantity: float, unit: str, density: float | None = None, density_unit: str | None = None
) -> float | None:
    """The mass in kilograms of a quantity in a unit of `UNITS`; a volume needs a density. None where it cannot be
    known."""
    known = UNITS.get(unit)
    if known is None:
        return None
    if known.kg is not None:
        return round(quantity * known.kg, 6)
    factor = DENSITIES.get(density_unit or "")
    if density is None or factor is None or known.litres is None:
        return None
    return round(quantity * known.litres * density * factor, 6)
