"""What a load is of: waste, refrigerant or wildlife. Each has rules of its own, and none is judged by another's."""

from __future__ import annotations

from ewglink.reference.hs_codes import hs_codes
from ewglink.reference.refrigerants import is_refrigerant_hs, named
from ewglink.rules.trade import Movement, Stream


def sector_of(movement: Movement) -> str:
    """The sector of a load; empty where nothing says. Waste codes and consents come before what it is declared as."""
    if any(line.codes or line.references or line.streams for line in movement.lines):
        return "waste"
    if any(thing.type == "specimen" for thing in movement.goods):
        return "wildlife"
    for hs in (movement.text("hs"), *(line.hs for line in movement.lines)):
        plain = hs.replace(".", "")
        if is_refrigerant_hs(plain):
            return "refrigerant"
        known = hs_codes().get(plain[:6])
        if known is not None and known.sector == "wildlife":
            return "wildlife"
    words = (movement.text("lab_result"), movement.text("declared"), *(line.text("description")
                                                                       for line in movement.lines))
    return "refrigerant" if any(word and named(word) for word in words) else ""


def sector_of_stream(stream: Stream) -> str:
    """The sector of a consented stream; empty where nothing says."""
    if stream.species or any(consent.text("cites_permit") for consent in stream.consents) and not stream.codes:
        return "wildlife"
    return "engine" if any(consent.text("engine_family") for consent in stream.consents) else ""
