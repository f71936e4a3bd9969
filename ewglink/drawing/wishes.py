"""Which labels a chart wants, in which order, and what stands in their way."""

from __future__ import annotations

from collections.abc import Generator, Iterable

import numpy as np

from ewglink.drawing.figures import number
from ewglink.drawing.labels import WRAP_WIDTH, Board, LabelStyle, Placed, Wish, at_once, placing
from ewglink.drawing.links import along, arrows_of, curve_xy, straight_xy
from ewglink.drawing.marks import Arrows, Floats, Ints, Rect, Texts
from ewglink.drawing.measure import TextMeasure
from ewglink.drawing.multiplicity import label_number
from ewglink.drawing.scene import Scene
from ewglink.drawing.style import LABEL_SIZE, LINK_LABEL_SIZE
from ewglink.drawing.sub_texts import any_below, below
from ewglink.text import _

_SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_LOOP_SHIFT = 16.0
_ASIDE = 10.0
_TYPE_NAMES_UP_TO = 120
LINK_WRAP_WIDTH = 150.0
WIDENING = 0.85
"""How the width of a label grows with its font on a screen zoomed out: a little less, since there is less room."""


def link_text(scene: Scene, drawn: int) -> str:
    """What is written on a drawn link: its label, else its type's name where that would not clutter, and how many it
    stands for, or their sum."""
    content, links = scene.content, scene.links
    mode = content.settings.get("link_labels", "auto")
    if mode == "none" or (links.quiet is not None and links.quiet[drawn]):
        return ""
    return f"{_words(scene, drawn, mode)} {_figure(scene, drawn)}".strip()


def _words(scene: Scene, drawn: int, mode: str) -> str:
    content, links, row = scene.content, scene.links, int(scene.links.row[drawn])
    text = content.link_labels[row] if row < len(content.link_labels) and links.one_label[drawn] else ""
    if not np.isnan(links.total[drawn]) and content.link_sums is None and label_number(text) is not None:
        text = ""
    few = (len(links.row) if links.quiet is None else int((~links.quiet).sum())) <= _TYPE_NAMES_UP_TO
    if links.one_type[drawn] and (mode == "type" or (mode == "auto" and not text and few)):
        key = content.link_type_keys[content.link_types[row]]
        text = content.link_type_names.get(key, key)
    return text if mode != "type" or links.one_type[drawn] else ""


def _figure(scene: Scene, drawn: int) -> str:
    """How many links a line stands for, or their sum with its unit."""
    settings, links = scene.content.settings, scene.links
    count, total = int(links.count[drawn]), float(links.total[drawn])
    if settings.get("on_line") == "none":
        return ""
    if not np.isnan(total):
        return f"{number(round(total, 2), scene.content.language)} {settings.get('sum_unit', '')}".strip()
    return f"×{count}" if count > 1 else ""


def by_priority(scene: Scene, rows: Ints, selected: np.ndarray | None = None) -> Ints:
    """Entity rows with the selected first, then the pinned, then by degree."""
    first = selected[rows].astype(int) if selected is not None else np.zeros(len(rows), int)
    flagged = (scene.content.flags[rows] & 1).astype(int)
    return rows[np.lexsort((rows, -scene.degree[rows], -flagged, -first))]


def entity_wishes(scene: Scene, rows: Ints, xy: Floats) -> Iterable[Wish]:
    """A wish for each entity that has its label outside."""
    content, more = scene.content, any_below(scene.content)
    for row in rows[scene.label_outside[rows]].tolist():
        unnamed = content.styles and content.styles.get(row, {}).get("label") is False
        yield Wish(int(content.entity_ids[row]), row, "" if unnamed else content.labels[row], float(xy[row, 0]),
                   float(xy[row, 1]), float(scene.half[row, 0]), float(scene.half[row, 1]),
                   below=below(content, row) if more else ())


def link_wishes(scene: Scene, drawn: Ints, xy: Floats) -> Iterable[Wish]:
    """A wish for each drawn link that has something written on it."""
    curves = curve_xy(scene.links, xy, scene.half, drawn)
    straight = scene.links.straight[drawn]
    flat = straight_xy(scene.links, xy, drawn)
    points = np.stack([np.where(straight[:, None], flat[:, :2] * (1 - t) + flat[:, 2:] * t, along(curves, t))
                       for t in _SPOTS], axis=1) if len(drawn) else np.empty((0, 0, 2))
    points = np.concatenate([points, _aside(points, flat)], axis=1)
    loop = scene.links.loop[drawn] >= 0
    points[loop] += np.array([_LOOP_SHIFT, -_LOOP_SHIFT])
    ids = scene.content.link_ids[scene.links.row[drawn]]
    for at, line in enumerate(drawn.tolist()):
        text = link_text(scene, line)
        if text:
            yield Wish(int(ids[at]), line, text, float(points[at, 0, 0]), float(points[at, 0, 1]),
                       spots=[(float(x), float(y)) for x, y in points[at]])


def _aside(points: Floats, flat: Floats) -> Floats:
    """More places for a link's label: beside the line, for those that run behind icons."""
    way = flat[:, 2:] - flat[:, :2]
    side = np.stack([-way[:, 1], way[:, 0]], axis=1) / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    step = (side * _ASIDE)[:, None]
    near = points[:, :5]
    return np.concatenate([near + step, near - step], axis=1)


def _frame(centre: Floats, half: Floats, width: float = 4.0) -> Floats:
    """The four sides (4, 4) of a hollow box."""
    (x, y), (w, h) = centre, half
    left, top, right, bottom = x - w, y - h, x + w, y + h
    outer = left - width, top - width, right + width, bottom + width
    return np.array([(outer[0], outer[1], outer[2], top), (outer[0], bottom, outer[2], outer[3]),
                     (outer[0], top, left, bottom), (right, top, outer[2], bottom)])


def obstacles(scene: Scene, rows: Ints, xy: Floats, board: Board, arrows: Arrows) -> None:
    """Take the cells of the entities `rows` and make those of the arrowheads unwelcome."""
    hollow = scene.hollow[rows]
    solid = rows[~hollow]
    half = scene.half[solid]
    board.take_all(np.hstack([xy[solid] - half, xy[solid] + half]))
    for row in rows[hollow].tolist():
        board.take_all(_frame(xy[row], scene.half[row]))
    centre = arrows.tip - arrows.way * (arrows.size / 2)[:, None]
    reach = (arrows.size * 0.55)[:, None]
    board.take_all(np.hstack([centre - reach, centre + reach]), soft=True)


def place_labels(scene: Scene, measure: TextMeasure, bounds: Rect, rows: Ints, drawn: Ints, *,
                 xy: Floats | None = None, scale: float = 1.0, selected: np.ndarray | None = None,
                 standing: Ints | None = None) -> Placed:
    """Labels of the entities `rows` and the drawn links `drawn` that fit without colliding, and how many do not.

    `scale` enlarges the font (a screen zoomed out), `xy` stands for the content's positions while something is dragged;
    `standing` are the entities no label may cover, where those are more than `rows`.
    """
    return at_once(placing_labels(scene, measure, bounds, rows, drawn, xy=xy, scale=scale, selected=selected,
                                  standing=standing))


def placing_labels(scene: Scene, measure: TextMeasure, bounds: Rect, rows: Ints, drawn: Ints, *,
                   xy: Floats | None = None, scale: float = 1.0, selected: np.ndarray | None = None,
                   standing: Ints | None = None) -> Generator[None, None, Placed]:
    """`place_labels`, a few milliseconds at a time."""
    xy = scene.content.xy if xy is None else xy
    board = Board((bounds[0] - 250, bounds[1] - 100, bounds[2] + 250, bounds[3] + 100), 3.0 * scale)
    arrows = arrows_of(scene.content, scene.links, xy, scene.half, scene.form, drawn)
    obstacles(scene, rows if standing is None else standing, xy, board, arrows)
    board.take_all(scene.marks.texts.rect)
    yield
    palette = scene.palette
    style = LabelStyle(LABEL_SIZE * scale, palette.text, palette.plate, WRAP_WIDTH * scale**WIDENING,
                       quiet=palette.quiet_text)
    wanted = entity_wishes(scene, by_priority(scene, rows, selected), xy)
    names, omitted = yield from placing(wanted, board, style, measure)
    yield
    style = LabelStyle(LINK_LABEL_SIZE * scale, palette.quiet_text, palette.plate, LINK_WRAP_WIDTH * scale**WIDENING, 2,
                       whole_words=True)
    on_links, more = yield from placing(link_wishes(scene, drawn, xy), board, style, measure)
    return Texts.joined([on_links, names]), omitted + more


def omitted_note(count: int) -> str:
    """The sentence that says how many labels a picture leaves out."""
    return _("{n} labels left out for want of room", n=count) if count != 1 else _("1 label left out for want of room")
