"""Frames and badges: what is set round an entity to point it out."""

from __future__ import annotations

from typing import Any

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.marks import Floats, Form, Icons, Ints, Marks, Shapes
from ewglink.drawing.style import SIGN, Look, Palette, argb, contrast, ink_on

FRAME_COLOUR = "#56B4E9"
FRAME_MARGIN = 4.0
FRAME_WIDTH = 3.0
POSITIONS: dict[str, tuple[int, int]] = {
    "upper_left": (-1, -1), "centre_left": (-1, 0), "lower_left": (-1, 1),
    "upper_right": (1, -1), "centre_right": (1, 0), "lower_right": (1, 1)}
"""Where a badge can stand, as signs of x and y."""
BADGE_SHARE = 0.4
"""The diameter of a badge in diameters of its icon."""
_LEAST, _LARGEST = 14.0, 26.0
_CORNER, _SIDE = 0.78, 1.0
_SHARES = {key: (across * (_CORNER if down else _SIDE), down * _CORNER) for key, (across, down) in POSITIONS.items()}
"""Where each badge stands from the centre, in half sizes."""
_PLAIN = "#16191D"


def frame_colour(style: dict[str, Any]) -> int:
    """The colour of the frame a style asks for, 0 where it asks for none."""
    wanted = style.get("frame")
    if not wanted:
        return 0
    return argb(FRAME_COLOUR if wanted is True else str(wanted))


def frame_marks(content: ChartContent, rows: Ints, half: Floats) -> Marks:
    """The frames of those of `rows` that have one; `half` (n, 2) grows by what a frame takes."""
    framed = [row for row in rows.tolist() if content.styles.get(row, {}).get("frame")]
    if not framed:
        return Marks()
    at = np.array(framed, np.int64)
    half[at] += FRAME_MARGIN + FRAME_WIDTH
    count = len(at)
    colours = np.array([frame_colour(content.styles[row]) for row in framed], np.uint32)
    size = 2 * half[at] - FRAME_WIDTH
    return Marks(shapes=Shapes(content.entity_ids[at], at, content.xy[at], size, np.full(count, Form.RECT, np.int8),
                               np.zeros(count, np.uint32), colours, np.full(count, FRAME_WIDTH),
                               np.zeros(count, np.int8)))


def _badges(content: ChartContent, rows: Ints) -> list[tuple[int, str, dict[str, Any]]]:
    found = []
    for row in rows.tolist():
        for position, badge in content.styles.get(row, {}).get("badges", {}).items():
            if position in POSITIONS and badge:
                found.append((row, position, {"icon": badge} if isinstance(badge, str) else dict(badge)))
    return found


def badge_look(badge: dict[str, Any], palette: Palette) -> Look:
    """How a badge is painted: a small round ground, with a pictogram or up to three signs on it."""
    fill = argb(str(badge.get("colour") or _PLAIN))
    on_it = SIGN + str(badge["text"])[:3] if badge.get("text") else str(badge.get("icon") or "")
    ring = palette.background if contrast(fill, palette.background) >= 1.5 else palette.quiet_text
    return Look(on_it, Form.CIRCLE, fill, ring, ink_on(fill))


def badge_marks(content: ChartContent, rows: Ints, half: Floats, looks: list[Look], palette: Palette) -> Marks:
    """The badges of `rows`, as icons; the looks they need are added to `looks`."""
    badges = _badges(content, rows)
    if not badges:
        return Marks()
    number = {look: at for at, look in enumerate(looks)}
    known: dict[tuple[Any, ...], int] = {}
    chosen = np.zeros(len(badges), np.int32)
    for at, (_row, _position, badge) in enumerate(badges):
        key = badge.get("icon"), badge.get("text"), badge.get("colour")
        if key not in known:
            look = badge_look(badge, palette)
            if look not in number:
                number[look] = len(looks)
                looks.append(look)
            known[key] = number[look]
        chosen[at] = known[key]
    of = np.array([row for row, _position, _badge in badges], np.int64)
    share = np.array([_SHARES[position] for _row, position, _badge in badges])
    xy = content.xy[of] + half[of] * share
    size = np.clip(half[of].min(axis=1) * 2 * BADGE_SHARE, _LEAST, _LARGEST)
    return Marks(icons=Icons(content.entity_ids[of], of, xy, size, chosen))
