"""What tells used lead-acid batteries from other goods."""

from __future__ import annotations

from ewglink.names.clean import search_key
from ewglink.rules.trade import Line

_UN = frozenset({"UN2794", "UN2795", "UN2800"})
_HS = ("854810", "854911", "854912")
_WORDS = ("lead acid batter", "lead-acid batter", "slab", "acumuladores de plomo", "baterias de plomo",
          "accumulateurs au plomb", "batteries au plomb")


def is_lead_battery(line: Line) -> bool:
    """Whether a line is of used lead-acid batteries, by UN number, HS code, Basel code or what it is called."""
    if line.un in _UN or line.hs.replace(".", "")[:6] in _HS or "A1160" in line.codes.get("basel", ()):
        return True
    said = search_key(line.text("description") or line.movement.text("declared"))
    return any(search_key(word) in said for word in _WORDS)
