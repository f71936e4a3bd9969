"""The cells of the consents panel: the use of a consent as figures and words, and what of it is pointed out."""

from __future__ import annotations

from datetime import date
from typing import Any

from ewglink.text import _, number
from ewglink.ui.panels.trade_panel import figure, tint
from ewglink.workspace.quota_use import unit_word
from ewglink.workspace.utilisation import KILOGRAMS, STATE_WORDS, Use

NEAR = 90.0
"""Per cent of a consent from which it is pointed out."""


def day_cell(value: date | None) -> tuple[str, Any]:
    """A day as ISO writes it; a dash where there is none."""
    return ("–", None) if value is None else (value.isoformat(), value.isoformat())


def use_cells(use: Use, findings: int) -> list[tuple[str, Any]]:
    """The cells of a consent, allowance or permit."""
    share = use.quantity_pct
    allowed = "–" if use.shipments_allowed is None else number(use.shipments_allowed)
    left = "–" if use.days_left is None else number(use.days_left)
    exporters, receivers = ", ".join(use.exporters), ", ".join(use.receivers)
    state = _(STATE_WORDS.get(use.state, use.state))
    window = f"{use.start or '?'} – {use.end or '?'}"
    unit = "" if use.unit == KILOGRAMS else unit_word(use)
    return [(use.number, use.number), (state, state), figure(use.moved_kg, unit), figure(use.consented_kg, unit),
            figure(use.remaining_kg, unit), ("–", None) if share is None else (f"{number(share, 1)} %", share),
            (f"{number(use.shipments)} / {allowed}", float(use.shipments)), (left, use.days_left),
            (number(findings), findings), (exporters, exporters), (receivers, receivers), (window, window)]


def colour(line: Any, use: Use) -> None:
    """Point out what is used up, over, over with or never given."""
    share = use.quantity_pct or 0.0
    if share > 100 or share > NEAR:
        for column in (4, 5):
            tint(line, column, "error" if share > 100 else "warn")
    if use.shipments_pct is not None and use.shipments_pct > 100:
        tint(line, 6, "error")
    if use.days_left is not None and use.days_left < 0:
        tint(line, 7, "muted")
    if use.state in ("OBJECTED", "REVOKED", "SUSPENDED", "WITHDRAWN", "LAPSED", "PENDING"):
        tint(line, 1, "error")
