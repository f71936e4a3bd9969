"""Pinned entities in a finished layout: they stand where they stood, and the others make room."""

from __future__ import annotations

import numpy as np

from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.overlap import remove_overlaps


def keep_pinned(subject: Subject, xy: Positions) -> Positions:
    """`xy` moved as a whole to fit the pinned entities best, these put back in place, and boxes apart from them."""
    fixed = subject.pinned & np.isfinite(subject.xy).all(axis=1)
    if not fixed.any():
        return xy
    kept = xy + (subject.xy[fixed] - xy[fixed]).mean(axis=0)
    kept[fixed] = subject.xy[fixed]
    return remove_overlaps(kept, subject.sizes, fixed=fixed)
