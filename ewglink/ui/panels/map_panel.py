"""The map: where the entities of the case are, routes of movements and tracks of vessels; it needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ewglink import places as folders
from ewglink.drawing.answers import AnswerSheet, AnswerTable
from ewglink.drawing.map_view import MERCATOR, PLATE
from ewglink.model.progress import finish
from ewglink.text import N_, Message, _, language, ngettext
from ewglink.ui.filtering import Filtering
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.map_canvas import Base, MapCanvas
from ewglink.ui.widgets.plain_text import hint, muted, plain
from ewglink.workspace.map_figure import Shown
from ewglink.workspace.places_of_items import EXACTNESS

LAYERS = (("items", N_("Entities")), ("tracks", N_("Tracks")), ("routes", N_("Routes")), ("ports", N_("Ports")))
PROJECTIONS = ((MERCATOR, N_("Mercator")), (PLATE, N_("Plate carrée")))


class MapPanel(Panel):
    """Reads places and tracks beside the window when it is first seen, and again after a change while it is.

    It shows the time that the chart in front is seen through: set here, or by the timeline, whose playing it follows.
    """

    tables = frozenset({"item", "link", "statement", "choice", "merge"})

    def __init__(self, session: Session, charts: Any, filtering: Filtering, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._filtering = filtering
        filtering.watched_by(self)
        self.start, self.stop, self.always_button = QLineEdit(), QLineEdit(), QPushButton()
        self._found: Any = None
        self._within: Any = None
        self.canvas = MapCanvas(session.selection)
        self.ticks = {key: QCheckBox() for key, _name in LAYERS}
        self.projection, self.types = QComboBox(), QComboBox()
        self.fit_button, self.chosen_button, self.save_button = QPushButton(), QPushButton(), QPushButton()
        self.about = muted()
        self._task: Any = None
        self._again = False
        self._set_out()
        self._say()
        for tick in self.ticks.values():
            tick.toggled.connect(lambda _on: self._layers())
        self.types.currentIndexChanged.connect(lambda _at: self._layers())
        self.projection.currentIndexChanged.connect(lambda _at: self.canvas.turn(self.projection.currentData()))
        self.fit_button.clicked.connect(lambda: self.canvas.fit())
        self.chosen_button.clicked.connect(lambda: self.canvas.fit(session.selection.items))
        self.save_button.clicked.connect(self.export)
        for field in (self.start, self.stop):
            field.editingFinished.connect(self._span_set)
        self.always_button.clicked.connect(lambda: filtering.see_through(None))
        charts.changed.connect(self._turned)
        self.canvas.base_wanted.connect(self._make_base)
        session.theme_changed.connect(lambda: self.canvas.wear(session.settings.theme))
        self.canvas.wear(session.settings.theme)

    def _set_out(self) -> None:
        for key, tick in self.ticks.items():
            tick.setChecked(key != "ports")
        for key, name in PROJECTIONS:
            self.projection.addItem(_(name), key)
        self.types.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.types.setMinimumContentsLength(14)
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 0)
        for field in (self.start, self.stop):
            field.setMaximumWidth(110)
        for widget in (*self.ticks.values(), self.types, self.projection, self.start, self.stop, self.always_button,
                       self.fit_button, self.chosen_button, self.save_button):
            row.addWidget(widget)
        row.addStretch(1)
        note = QHBoxLayout()
        note.setContentsMargins(8, 0, 8, 0)
        note.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addLayout(row)
        box.addLayout(note)
        box.addWidget(self.canvas, 1)
        self.setFocusProxy(self.canvas)

    def _say(self) -> None:
        for key, name in LAYERS:
            self.words.say(self.ticks[key].setText, name)
        self.words.say(self.projection.setAccessibleName, N_("Projection"))
        self.words.say(self.types.setAccessibleName, N_("Types shown"))
        for field, name in ((self.start, N_("From (date)")), (self.stop, N_("Until (date)"))):
            self.words.say(field.setAccessibleName, name)
            self.words.say(field.setPlaceholderText, name)
            self.words.also(lambda field=field: hint(field, _("2024-03-31, 2024-03 or 2024")))
            hint(field, _("2024-03-31, 2024-03 or 2024"))
        self.words.say(self.always_button.setText, N_("All times"))
        self.words.say(self.fit_button.setText, N_("Show all"))
        self.words.say(self.chosen_button.setText, N_("Show the selected"))
        self.words.say(self.save_button.setText, N_("Save as…"))
        self.words.say(self.canvas.setAccessibleName, N_("Map of the case"))

    def retranslate(self) -> None:
        """Say everything again."""
        for at, (_key, name) in enumerate(PROJECTIONS):
            self.projection.setItemText(at, _(name))
        super().retranslate()

    # what is shown

    def look(self) -> None:
        """Read places, tracks, and when things were, in a thread."""
        from ewglink.workspace.moments import moments_of
        from ewglink.workspace.places_of_items import places_of_items
        from ewglink.workspace.tracks_of_items import tracks_of_items

        if self._task is not None:
            self._again = True
            return
        workspace, dated = self.session.workspace, self._filtering.window is not None
        self._task = self.session.jobs.ask(
            Message(N_("Looking for places")), lambda: (places_of_items(workspace), tracks_of_items(workspace),
                                                        finish(moments_of(workspace, None)) if dated else None),
            self._answered)
        self._task.ended.connect(self._ended)

    def _ended(self) -> None:
        self._task = None
        if self._again:
            self._again = False
            self.again()

    def _answered(self, found: Any) -> None:
        if self.session.workspace is None:
            return
        self._found = found
        self._fill_types(found[0])
        self._show()

    def _show(self) -> None:
        """What is within the time, if there is one."""
        from ewglink.workspace.filtering import bounds
        from ewglink.workspace.places_in_time import in_time

        places, tracks, moments = self._found
        self._within = within = self._filtering.window
        if within is not None and moments is not None:
            places, tracks = in_time(places, tracks, moments, *bounds(within))
        self.canvas.show_places(places, tracks)
        self._show_span(within)
        self.about.setText(_(
            "{placed} placed, {nowhere} without a place; {tracks}. Dashed rings: known approximately only.",
            placed=ngettext("{n} entity", "{n} entities", len(places.places)),
            nowhere=ngettext("{n} entity", "{n} entities", places.nowhere),
            tracks=ngettext("{n} track", "{n} tracks", len(tracks))))

    # time

    def _show_span(self, within: Any) -> None:
        said = {one.test: str(one.value) for one in within.conditions} if within is not None else {}
        for field, test in ((self.start, "at_least"), (self.stop, "at_most")):
            if not field.hasFocus() or not said:
                field.setText(said.get(test, ""))
        self.always_button.setEnabled(within is not None)

    def _span_set(self) -> None:
        """See the chart in front, the timeline and the map through these dates."""
        from ewglink.graph.moments import UNKNOWN, first_moment
        from ewglink.workspace.filtering import window

        said = self.start.text().strip(), self.stop.text().strip()
        wrong = next((text for text in said if text and first_moment(text) == UNKNOWN), None)
        if wrong is not None:
            self.about.setText(plain(_("“{text}” is no date; write 2024, 2024-05 or 2024-05-31.", text=wrong)))
        elif self._found is not None and self._filtering.chart is None:
            self._show_span(None)
            self.about.setText(_("Open a chart first: the map shows the time its chart is seen through."))
        elif self._found is not None:
            self._filtering.see_through(window(said[0] or None, said[1] or None) if any(said) else None)

    def _turned(self) -> None:
        """Another chart is in front, or the time it is seen through is another."""
        if self.isVisible() and self._found is not None and self._filtering.window != self._within:
            if self._found[2] is None:
                self.again()
            else:
                self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """The time may have been set elsewhere."""
        super().showEvent(event)
        self._turned()

    def hideEvent(self, event: QHideEvent) -> None:
        """A time that no panel shows is none."""
        super().hideEvent(event)
        self._filtering.let_go()

    def _make_base(self, scale: str, projection: str) -> None:
        self.session.jobs.ask(Message(N_("Drawing the map")), lambda: Base.of(scale, projection),
                              lambda base: self.canvas.take_base(scale, projection, base))

    def _fill_types(self, places: Any) -> None:
        kept = self.types.currentData()
        self.types.blockSignals(True)
        self.types.clear()
        self.types.addItem(_("All types"), "")
        schema = self.session.schema
        for key in sorted(set(places.types.values()), key=lambda one: schema.label(one, language())):
            self.types.addItem(plain(schema.label(key, language())), key)
        self.types.setCurrentIndex(max(0, self.types.findData(kept)))
        self.types.blockSignals(False)

    def _layers(self) -> None:
        key = self.types.currentData()
        ticked = {name: tick.isChecked() for name, tick in self.ticks.items()}
        self.canvas.show_layers(Shown(**ticked, types=frozenset({key}) if key else None))

    def emptied(self) -> None:
        """No case, an empty world."""
        super().emptied()
        self._found = self._within = None
        self.canvas.show_places(None, [])
        self.about.clear()

    # files

    def sheet(self) -> AnswerSheet:
        """The map as it stands, with the table of what is on it."""
        found = self.canvas.places
        rows = [(found.labels[item], self.session.schema.label(found.types[item], language()), place.latitude,
                 place.longitude, _(EXACTNESS[place.exactness]), place.said) for item, place in found.places.items()]
        table = AnswerTable("places", _("Places"), (
            _("Label"), _("Type"), _("Latitude"), _("Longitude"), _("Known by"), _("Place")), tuple(rows),
            tuple((item,) for item in found.places))
        figure = self.canvas.figure()
        return AnswerSheet("map", _("Map"), (self.about.text(),), (table,), lambda: figure,
                           frozenset(found.places) | {track.vessel for track in self.canvas.tracks})

    def export(self) -> None:
        """Ask where, and write the map there."""
        if self.canvas.places is None:
            return
        kept = self.session.settings.last_folder
        folder = kept if kept and Path(kept).is_dir() else str(folders.cases_folder())
        kinds = (_("Picture (*.png)"), _("Drawing (*.svg)"), _("Pages (*.pdf)"), _("Excel workbook (*.xlsx)"))
        name, kind = QFileDialog.getSaveFileName(self, _("Save the map"), str(Path(folder) / (_("Map") + ".png")),
                                                 ";;".join(kinds))
        if name:
            path = Path(name)
            self.write(path if path.suffix else path.with_suffix(kind.rsplit("*", 1)[-1].rstrip(")")))

    def write(self, path: Path) -> None:
        """Write the map to `path`, in a thread."""
        from ewglink.workspace.answering import hand_out

        sheet, workspace = self.sheet(), self.session.workspace
        self.session.jobs.ask(
            Message(N_("Writing {file}"), {"file": path.name}), lambda: hand_out(workspace, sheet, path),
            lambda written: self.session.told.emit("done", _("Written: {file}", file=str(written.files[0].path))))
