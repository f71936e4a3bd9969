"""Numbers onto sizes, widths and colours: linear, logarithmic, or equal numbers of values."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Floats, Ints

RAMP = ("#CFE3F5", "#8FC1E9", "#4A9BD4", "#0072B2", "#00436B")
"""Light to dark, told apart by lightness alone."""
DISTINCT = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7F3C8D", "#8A6D00",
            "#4A5058")
"""Colours that differ to most eyes (Okabe and Ito, 2008, and three more), for values without an order."""
REST = "#B8BDC4"
"""For values beyond the distinct colours."""


def positions(values: Floats, scale: str) -> Floats:
    """Where each value lies from the least (0) to the greatest (1); all 1 where they are equal.

    `log` is finer among small values; `sequential` is the place among the distinct values.
    """
    low, high = float(values.min()), float(values.max())
    if high <= low:
        return np.ones(len(values))
    if scale == "sequential":
        distinct = np.unique(values)
        found: Floats = np.searchsorted(distinct, values) / (len(distinct) - 1)
        return found
    share = (values - low) / (high - low)
    if scale == "log":
        return np.asarray(np.log1p(share * 9) / np.log(10), float)
    return np.asarray(share, float)


def band_numbers(values: Floats, scale: str, bands: int) -> Ints:
    """The band of each value, 0 to `bands` - 1, lowest first.

    `linear` bands are equally wide; `log` bands get narrower towards the top; `sequential` ones hold equal numbers of
    distinct values.
    """
    low, high = float(values.min()), float(values.max())
    if high <= low:
        return np.full(len(values), bands - 1, np.int64)
    if scale == "sequential":
        distinct = np.unique(values)
        return np.asarray(np.searchsorted(distinct, values) * bands // len(distinct), np.int64)
    share = (values - low) / (high - low)
    if scale == "log":
        share = 1 - np.log1p((1 - share) * 9) / np.log(10)
    return np.clip(np.floor(share * bands + 1e-12), 0, bands - 1).astype(np.int64)


def ramp(bands: int) -> list[str]:
    """Colours of `bands` bands, light to dark."""
    places = np.linspace(0, len(RAMP) - 1, max(1, bands)) if bands > 1 else np.array([len(RAMP) - 1.0])
    parts = np.array([[int(colour[at:at + 2], 16) for at in (1, 3, 5)] for colour in RAMP], float)
    mixed = np.stack([np.interp(places, np.arange(len(RAMP)), parts[:, one]) for one in range(3)], axis=1)
    return ["#" + "".join(f"{round(value):02X}" for value in row) for row in mixed.tolist()]
