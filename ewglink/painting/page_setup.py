"""How a chart is set on paper: paper, sheets, scale, and what stands round it; kept with the chart's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ewglink.drawing.furniture import Furniture
from ewglink.text import N_

SETTING = "page_setup"
"""Where a chart's settings keep it."""
PAPERS: dict[str, tuple[float, float] | None] = {
    "fit": None, "a4": (210.0, 297.0), "a3": (297.0, 420.0), "a2": (420.0, 594.0), "a1": (594.0, 841.0),
    "a0": (841.0, 1189.0), "letter": (215.9, 279.4), "legal": (215.9, 355.6), "tabloid": (279.4, 431.8)}
"""Width and height in millimetres, upright; `fit` is a page as large as the chart."""
PAPER_NAMES = {"fit": N_("as large as the chart"), "a4": "A4", "a3": "A3", "a2": "A2", "a1": "A1", "a0": "A0",
               "letter": N_("Letter"), "legal": N_("Legal"), "tabloid": N_("Tabloid")}
ORIENTATIONS = {"auto": N_("whichever suits the chart"), "landscape": N_("landscape"), "portrait": N_("portrait")}
MOST_SHEETS = 26
"""Sheets across, and down."""


@dataclass(frozen=True)
class PageSetup:
    """Paper (a key of `PAPERS`), orientation, sheets `across` and `down`, or a `scale` in percent that says how many
    there are (0: none asked for); `overlap` in millimetres.

    `header` and `footer` may name `{case}` `{chart}` `{date}` `{sheet}` `{number}` `{sheets}` `{scale}` `{marking}`
    `{journal}`; `|` parts left, middle and right.
    """

    page: str = "fit"
    orientation: str = "auto"
    across: int = 1
    down: int = 1
    scale: float = 0.0
    overlap: float = 10.0
    cut_marks: bool = True
    key_map: bool = True
    schedule: bool = False
    heading: bool = True
    legend: bool = True
    title_block: bool = True
    header: str = ""
    footer: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any], asked: Any = None) -> PageSetup:
        """That of a chart's settings; what `asked` (an object with some of the same fields) says goes first."""
        kept = settings.get(SETTING)
        usual = cls()
        found: dict[str, Any] = {}
        for one in fields(cls):
            given = getattr(asked, one.name, None)
            value = given if given is not None else kept.get(one.name) if isinstance(kept, Mapping) else None
            if value is not None:
                found[one.name] = _fitting(one.name, value, getattr(usual, one.name))
        return cls(**found)

    def as_setting(self) -> dict[str, Any]:
        """What a chart's settings keep: only what is not usual."""
        usual = asdict(PageSetup())
        return {key: value for key, value in asdict(self).items() if value != usual[key]}

    @property
    def pieces(self) -> Furniture:
        """Which furniture stands round the chart."""
        return Furniture(self.heading, self.legend, self.title_block)


def _fitting(name: str, value: Any, usual: Any) -> Any:
    """`value` if it is one that the field can have, else what is usual: settings may come from a newer version."""
    choices: dict[str, list[str]] = {"page": list(PAPERS), "orientation": list(ORIENTATIONS)}
    if name in choices:
        return value if value in choices[name] else usual
    try:
        kept = type(usual)(value)
    except (TypeError, ValueError):
        return usual
    if name in ("across", "down"):
        return min(max(1, kept), MOST_SHEETS)
    if name in ("scale", "overlap"):
        return min(max(0.0, kept), 1000.0 if name == "scale" else 60.0)
    return kept
