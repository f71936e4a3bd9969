"""What a waste line of an e-Manifest says besides its quantity and codes that name it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ewglink.dialects.emanifest import DENSITIES
from ewglink.importers.json_fields import Json, field, objects, text, texts


def line_properties(waste: Json, described: str) -> Iterator[tuple[str, Any]]:
    """(property, value) pairs; empty ones are to be passed over."""
    yield "description", described
    if text(waste, "wasteDescription"):
        yield "shipping_name", text(waste, "dotInformation", "printedDotInformation")
    yield "container_count", field(waste, "quantity", "containerNumber")
    yield "container_type", text(waste, "quantity", "containerType", "code")
    yield "management_method", text(waste, "managementMethod", "code")
    codes = field(waste, "hazardousWaste")
    yield "epa_waste", [text(one, "code") for one in objects(codes, "federalWasteCodes") if text(one, "code")]
    yield (
        "state_waste",
        list(
            dict.fromkeys(
                [
                    text(one, "code")
                    for name in ("tsdfStateWasteCodes", "generatorStateWasteCodes")
                    for one in objects(codes, name)
                    if text(one, "code")
                ]
                + texts(field(codes, "txWasteCodes"))
            )
        ),
    )
    differs = field(waste, "discrepancyResidueInfo")
    yield "discrepancy", bool(field(differs, "wasteQuantity") or field(differs, "wasteType")) if differs else None
    yield "discrepancy_quantity", field(differs, "wasteQuantity")
    yield "discrepancy_type", field(differs, "wasteType")
    yield "discrepancy_comments", text(differs, "discrepancyComments")
    yield "residue", field(differs, "residue")
    yield "residue_comments", text(differs, "residueComments")
    yield "form_code", text(waste, "brInfo", "formCode", "code")
    yield "waste_source_code", text(waste, "brInfo", "sourceCode", "code")
    density, unit = field(waste, "brInfo", "density"), text(waste, "brInfo", "densityUnitOfMeasurement", "code")
    if isinstance(density, (int, float)) and not isinstance(density, bool) and unit in DENSITIES:
        yield "density", round(density * DENSITIES[unit], 6)
    yield "comments", [*comments(waste), *_remarks(waste)]
    yield (
        "pcb_details",
        [
            "; ".join(
                filter(
                    None,
                    (
                        text(one, "loadType", "code"),
                        text(one, "articleContainerId"),
                        text(one, "bulkIdentity"),
                        text(one, "dateOfRemoval")[:10],
                        f"{text(one, 'weight')} kg" if text(one, "weight") else "",
                    ),
                )
            )
            for one in objects(waste, "pcbInfos")
        ],
    )


def _remarks(waste: Json) -> Iterator[str]:
    """What there is no property for."""
    minimised = text(waste, "brInfo", "wasteMinimizationCode", "code")
    if minimised:
        yield f"wasteMinimizationCode: {minimised}"
    if field(waste, "brInfo", "mixedRadioactiveWaste") is True:
        yield "mixedRadioactiveWaste"
    destination = text(waste, "additionalInfo", "newManifestDestination")
    if destination:
        yield f"newManifestDestination: {destination}"


def comments(source: Json) -> list[str]:
    """The comments and handling instructions of a manifest or a line."""
    more = field(source, "additionalInfo")
    said = [
        ": ".join(filter(None, (text(one, "label"), text(one, "description")))) for one in objects(more, "comments")
    ]
    return [one for one in (*said, text(more, "handlingInstructions")) if one]
