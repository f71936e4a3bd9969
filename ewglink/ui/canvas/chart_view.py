"""The chart's window: data in, signals out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QPainter
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from ewglink.drawing.content import ChartContent
from ewglink.drawing.furniture import Furniture, paper_scene
from ewglink.drawing.hit import Hit
from ewglink.drawing.marks import Rect
from ewglink.drawing.scene import Scene, build_scene
from ewglink.drawing.stacking import level_of, levels
from ewglink.drawing.style import PALETTES, Palette
from ewglink.painting.text_measure import FontMeasure
from ewglink.text import _
from ewglink.ui.canvas.accessible import install, tell_changed
from ewglink.ui.canvas.chart_item import ChartItem
from ewglink.ui.canvas.chart_layers import ChartLayers
from ewglink.ui.canvas.focus import Focus
from ewglink.ui.canvas.gestures import Gestures
from ewglink.ui.canvas.overlay import Corner
from ewglink.ui.canvas.pages_layer import PagesLayer
from ewglink.ui.canvas.selection import Selection
from ewglink.ui.canvas.settling import Settling
from ewglink.ui.canvas.spoken import chart_words
from ewglink.ui.canvas.view_state import Frame
from ewglink.ui.canvas.viewing import Viewing

if TYPE_CHECKING:
    from ewglink.painting.sheet_outlines import SheetOutline

_SLACK_PIXELS = 6.0


def _nothing() -> ChartContent:
    none = np.empty(0, np.int64)
    bytes_ = none.astype(np.int8)
    return ChartContent(none, none.astype(np.int32), (), [], np.empty((0, 2)), none.astype(np.uint8), none,
                        np.empty((0, 2), np.int32), none.astype(np.int32), (), bytes_, bytes_, [])


class ChartView(Gestures, Focus, Viewing, Settling, QGraphicsView):
    """Shows one chart; gestures select, move and link, and are reported by signals.

    `moved(ids, old, new)`: (k,) int64 and two (k, 2) float64 arrays, once a drag. `menu_requested(item | None,
    global point)`. `note_moved(id, dx, dy)`, `note_resized(id, (x0, y0, x1, y1))` and `note_chosen(id | None)` tell of
    annotations, `put(InHand, (x0, y0, x1, y1))` of what was set down, `view_changed()` that another part is in view,
    `held_back(msgid)` why a drag goes less far than the mouse (empty once it is over).
    """

    moved = Signal(object, object, object)
    activated = Signal(object)
    background_activated = Signal(float, float)
    menu_requested = Signal(object, QPoint)
    link_drawn = Signal(object, object)
    zoom_changed = Signal(float)
    hovered = Signal(object)
    expand_wanted = Signal(object)
    view_changed = Signal()
    note_moved = Signal(int, float, float)
    note_resized = Signal(int, object)
    note_activated = Signal(int)
    note_chosen = Signal(object)
    put = Signal(object, object)
    in_hand_changed = Signal(object)
    held_back = Signal(str)

    def __init__(self, selection: Selection | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install()
        self.selection = selection if selection is not None else Selection(self)
        self.zoom = 1.0
        self.centre = (0.0, 0.0)
        self._theme = "light"
        self._content = _nothing()
        self._legend = False
        self.sheets = PagesLayer()
        self._fit_when_shown = False
        self._fitted: Rect | None = None
        self.setScene(QGraphicsScene(0, 0, 1, 1, self))
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._item: ChartItem | None = None
        self._set_up_settling()
        self._set_up_window()
        self._set_up_gestures()
        self.selection.changed.connect(self._show_selection)
        self.show_content(self._content, keep_view=False)

    def _set_up_window(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Chart"))

    # -- data in -------------------------------------------------------------------------------------------------------

    def show_content(self, content: ChartContent, keep_view: bool = True) -> None:
        """Show this chart; the part in view stays unless `keep_view` is False or there was nothing to see."""
        was_empty = self._item is None or not len(self._item.layers.xy)
        self.cancel_gesture()
        focus = self.focused_item()
        self._content = content
        scene = build_scene(content, FontMeasure(), self.palette_of_chart)
        if self._item is not None:
            self._stop_settling()
            self._item.rest()
            self.scene().removeItem(self._item)
        self._item = ChartItem(scene)
        self.scene().addItem(self._item)
        self._corner = Corner(scene)
        self._corner.legend_shown = self._legend
        self._item.overlay.select(self.selection.items)
        self.setBackgroundBrush(QColor(scene.palette.background))
        self.setAccessibleDescription(chart_words(scene))
        if focus is not None:
            self._set_focus_row(focus)
        tell_changed(self, QAccessible.Event.ObjectReorder)
        if keep_view and not was_empty:
            self._changed(moving=False)
            self._settled()
        else:
            self.fit()

    def set_positions(self, ids: object, xy: object) -> None:
        """Entities stand here now: ids (k,), xy (k, 2) chart units. Cheap; ids not on the chart are passed over."""
        rows = self.layers.rows_of(np.asarray(ids, np.int64))
        points = np.asarray(xy, float).reshape(-1, 2)
        self.place_rows(rows[rows >= 0], points[rows >= 0])

    def set_theme(self, theme: str) -> None:
        """`light` or `dark`."""
        if theme != self._theme:
            self._theme = theme
            self.show_content(self._content)

    def show_legend(self, shown: bool) -> None:
        """Show the legend in the corner, or not."""
        self._legend = self._corner.legend_shown = shown
        self.repaint_soon()

    def show_sheets(self, sheets: Sequence[SheetOutline]) -> None:
        """Show these sheets of paper over the chart; none: take them away."""
        self.sheets.set(sheets)
        self.repaint_soon()

    def set_hand(self, chosen: bool) -> None:
        """Left-drag carries the view instead of drawing a rubber band."""
        self.hand = chosen
        self.show_cursor()

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def item(self) -> ChartItem:
        """The one item of the scene."""
        assert self._item is not None
        return self._item

    @property
    def layers(self) -> ChartLayers:
        """The chart as layers."""
        return self.item.layers

    @property
    def chart_scene(self) -> Scene:
        """The scene on the screen."""
        return self.layers.scene

    @property
    def palette_of_chart(self) -> Palette:
        """The colours of the theme."""
        return PALETTES[self._theme]

    def scene_for_export(self, pieces: Furniture | None = None, theme: str = "light") -> Scene:
        """The chart as it goes on paper, with everything where it stands now."""
        content = self._content
        content.xy = self.layers.xy.copy()
        return paper_scene(content, FontMeasure(), PALETTES[theme], pieces)

    def ids_of(self, rows: np.ndarray) -> np.ndarray:
        """Item ids of entity rows."""
        return self.chart_scene.content.entity_ids[rows]

    def positions(self, rows: np.ndarray) -> np.ndarray:
        """Where entities stand now (k, 2)."""
        return self.layers.xy[rows].copy()

    def selected_rows(self) -> np.ndarray:
        """The selected entities' rows."""
        return self.item.overlay.rows

    def items_in(self, rect: Rect) -> set[int]:
        """Items within a rectangle."""
        return self.layers.hits.in_rect(rect)

    def items_round(self, points: np.ndarray) -> set[int]:
        """Items within a lasso."""
        return self.layers.hits.in_lasso(points)

    def hit(self, x: float, y: float) -> Hit | None:
        """The item at a point of the chart; none where an annotation lies over it."""
        found = self.layers.hits.at(x, y, _SLACK_PIXELS / self.zoom)
        return None if found is not None and self._noted_over(found, x, y) else found

    def _noted_over(self, found: Hit, x: float, y: float) -> bool:
        tiers = self.chart_scene.tiers
        note = self.notes.body(self.notes.at(x, y)) if tiers and tiers[-1].level > 0 else None
        return note is not None and level_of(note) > int(levels(tiers, np.array([found.item]))[0])

    # -- changes -------------------------------------------------------------------------------------------------------

    def place_rows(self, rows: np.ndarray, xy: np.ndarray) -> None:
        """Entities by row stand here now."""
        if len(rows):
            self._fitted = None
            self.layers.move(rows, xy)
            self._changed()

    def _frame(self, moving: bool) -> Frame:
        return Frame(self.view_rect(), self.zoom, self.devicePixelRatioF(), moving, self.palette_of_chart.background)

    def _changed(self, moving: bool = True) -> None:
        self._steps = None
        self.item.frame = self._frame(moving)
        self.repaint_soon()
        if moving:
            self._settle.start()

    def repaint_soon(self) -> None:
        """Ask for one frame."""
        self.viewport().update()

    def _show_selection(self, _items: object = None) -> None:
        self.item.overlay.select(self.selection.items)
        tell_changed(self, QAccessible.Event.SelectionWithin)
        self.repaint_soon()

    def point_at(self, items: Iterable[int] | None) -> None:
        """Show these as what is selected is shown, without selecting them; None: what is selected again."""
        self.item.overlay.select(self.selection.items if items is None else frozenset(items))
        self.repaint_soon()

    def hover(self, hit: Hit | None) -> None:
        """Ring the entity under the mouse."""
        row = hit.row if hit is not None and not hit.is_link else None
        if row != self.item.hovered:
            self.item.hovered = row
            self.hovered.emit(hit.item if hit is not None else None)
            self.repaint_soon()

    # -- Qt ------------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for a small chart."""
        return QSize(800, 560)

    def drawBackground(self, painter: QPainter, _rect: object) -> None:
        """The chart's ground."""
        # The picture of the chart covers everything.

    def drawForeground(self, painter: QPainter, _rect: object) -> None:
        """The sheets, the marking, the legend and the gesture under way, in window pixels."""
        painter.resetTransform()
        self.sheets.paint(painter, self)
        self._corner.paint(painter, self.viewport().width(), self.viewport().height())
        self.paint_gesture(painter)

    def resizeEvent(self, event: object) -> None:
        """The chart goes with the window."""
        super().resizeEvent(event)
        if self._item is not None:
            self._resized()

    def showEvent(self, event: object) -> None:
        """A chart that was fitted before it had a size is fitted again."""
        super().showEvent(event)
        if self._fit_when_shown:
            self.fit()
        elif self.item.frame.moving:
            self._settle.start()

    def hideEvent(self, event: object) -> None:
        """Nothing is prepared for a view that no one sees."""
        super().hideEvent(event)
        self._stop_settling()
        self.item.rest()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Chart"))
