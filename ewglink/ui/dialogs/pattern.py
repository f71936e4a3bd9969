"""Visual search: a pattern of entities and links is drawn, and every place of the case where it is found is listed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, ngettext, number
from ewglink.ui.dialogs.pattern_canvas import PatternCanvas
from ewglink.ui.dialogs.pattern_form import PatternForm, drawing_of, pattern_of
from ewglink.ui.dialogs.saved_list import SavedList
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, muted, plain

_MATCH = Qt.ItemDataRole.UserRole
_EVERY = 0.3
"""Seconds between two answers of a search on its way."""


class PatternDialog(QDialog):
    """Stays open beside the window. A match that is chosen is selected; the mouse over one shows it on the chart."""

    def __init__(self, finding: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding, self.session = finding, finding.session
        self.setWindowTitle(_("Search for a pattern"))
        self.resize(940, 640)
        self.canvas, self.form = PatternCanvas(self.session.schema), PatternForm(self.session)
        self.saved_list = SavedList(self.session, self._body, patterns=True)
        self.saved = self.saved_list.names
        self.list, self.about, self.bar = QListWidget(), muted(), QProgressBar()
        self.found: Any = None
        self._task: Any = None
        self._set_out()
        self._connect()
        self._enable()

    def _button(self, text: str, deed: Any, icon: str = "") -> QPushButton:
        made = QPushButton(text)
        made.setAutoDefault(False)
        if icon:
            made.setIcon(glyph(icon))
        made.clicked.connect(lambda _checked=False: deed())
        return made

    def _set_out(self) -> None:
        self.link_button = self._button(_("&Link"), self._linking, "link")
        self.link_button.setCheckable(True)
        hint(self.link_button, _("Drag from one entity to another to link them"))
        top = QHBoxLayout()
        for one in (self._button(_("&Entity"), self.canvas.add, "add"), self.link_button,
                    self._button(_("Take away"), self.canvas.remove, "delete")):
            top.addWidget(one)
        top.addStretch(1)
        top.addWidget(self.saved_list)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.addWidget(self.canvas)
        upper.addWidget(self.form)
        upper.setStretchFactor(0, 3)
        upper.setStretchFactor(1, 2)
        self.find_button, self.stop_button = self._button(_("&Find"), self.find), self._button(_("Stop"), self._stop)
        self.find_button.setProperty("primary", True)
        self.bar.setTextVisible(False)
        self.list.setAccessibleName(_("Matches"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAlternatingRowColors(True)
        self.list.setMouseTracking(True)
        self.list.viewport().installEventFilter(self)
        middle, below = QHBoxLayout(), QHBoxLayout()
        for one in (self.find_button, self.stop_button):
            middle.addWidget(one)
        middle.addWidget(self.bar, 1)
        middle.addWidget(self.about, 3)
        self.place_button = self._button(_("Put on the chart"), self._place)
        self.chart_button = self._button(_("All on a new chart…"), self._new_chart)
        below.addStretch(1)
        below.addWidget(self.place_button)
        below.addWidget(self.chart_button)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(middle)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(upper)
        whole.addWidget(lower)
        whole.setStretchFactor(0, 3)
        whole.setStretchFactor(1, 2)
        box = QVBoxLayout(self)
        box.addLayout(top)
        box.addWidget(whole, 1)

    def _connect(self) -> None:
        self.canvas.chosen.connect(lambda one: self.form.show_one(one, self.canvas.drawing))
        self.canvas.changed.connect(self._enable)
        self.form.changed.connect(self.canvas.update)
        self.form.turned.connect(lambda: self.form.show_one(self.canvas.current, self.canvas.drawing))
        self.saved_list.taken.connect(self._take_saved)
        self.list.itemSelectionChanged.connect(self._select)
        self.list.itemEntered.connect(lambda line: self._finding.point_at(_every(line.data(_MATCH))))

    def _linking(self) -> None:
        self.canvas.linking = self.link_button.isChecked()

    def _enable(self) -> None:
        self.find_button.setEnabled(bool(self.canvas.drawing.nodes) and self._task is None)
        self.stop_button.setVisible(self._task is not None)
        self.bar.setVisible(self._task is not None)
        there = self.found is not None and bool(self.found.found) and not self.session.read_only
        self.place_button.setEnabled(there)
        self.chart_button.setEnabled(there)

    # finding

    def find(self) -> None:
        """Find the pattern in the background."""
        pattern = self.session.attempt(lambda: pattern_of(self.canvas.drawing))
        if pattern is None or self._task is not None or self.session.workspace is None:
            return
        self.about.clear()
        self._task = self.session.jobs.run(
            Message(N_("Search for a pattern")), _said(self.session.workspace, pattern),
            progress=self._progress, finished=self._answered, ended=self._ended)
        self._enable()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _progress(self, step: Any) -> None:
        self.bar.setRange(0, 0 if step.done is None else 1000)
        self.bar.setValue(int((step.done or 0) * 1000))
        if step.message is not None:
            self.about.setText(str(step.message))

    def _ended(self) -> None:
        self._task = None
        self._enable()

    def _answered(self, answered: tuple[Any, list[str]] | None) -> None:
        found, sentences = answered if answered is not None else (None, [])
        self.found = found
        self.list.clear()
        if found is None or self.session.workspace is None:
            return
        for match, said in zip(found.found, sentences, strict=True):
            line = QListWidgetItem(plain(said), self.list)
            line.setData(_MATCH, match)
            hint(line, said)
        text = ngettext("{n} match", "{n} matches", len(found.found)) if found.found else _("Nothing was found.")
        if found.truncated and found.found:
            text = _("The first {n} matches; there are more.", n=number(len(found.found)))
        self.about.setText(text)
        self._enable()

    def _chosen(self) -> list[Any]:
        return [line.data(_MATCH) for line in self.list.selectedItems()]

    def _select(self) -> None:
        chosen = self._chosen()
        if chosen:
            self._finding.show({one for match in chosen for one in _every(match)})

    def _items(self, matches: Any) -> list[int]:
        return sorted({item for match in matches for item in match.items})

    def _place(self) -> None:
        self._finding.place(self._items(self._chosen() or self.found.found))

    def _new_chart(self) -> None:
        self._finding.new_chart(self._items(self.found.found), self.saved_list.name)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """The mouse has left the list."""
        if event.type() == QEvent.Type.Leave:
            self._finding.point_at(None)
        return super().eventFilter(watched, event)

    # saved patterns

    def _take_saved(self, kept: Any) -> None:
        from ewglink.workspace.pattern_search import Pattern

        self.canvas.show_drawing(drawing_of(Pattern.from_json(kept.pattern)))

    def _body(self) -> dict[str, Any] | None:
        """What is saved."""
        pattern = self.session.attempt(lambda: pattern_of(self.canvas.drawing))
        return {"pattern": pattern.to_json()} if pattern is not None and pattern.nodes else None


def _said(workspace: Any, pattern: Any) -> Any:
    """The search as a job; what it found comes in words, at its end, and now and then before in case it is stopped."""
    from time import monotonic

    from ewglink.model.progress import Progress
    from ewglink.workspace.finding import Way
    from ewglink.workspace.pattern_search import find_matches
    from ewglink.workspace.way_sentences import Sentences

    known, at = -1, 0.0
    for step in find_matches(workspace, pattern):
        best = None
        if step.best is not None and (step.done == 1.0 or (
                len(step.best.found) != known and monotonic() - at > _EVERY)):
            known, at = len(step.best.found), monotonic()
            words = Sentences(workspace, [Way(one.items, one.links) for one in step.best.found])
            best = step.best, [_sentence(words, pattern, match) for match in step.best.found]
        yield Progress(step.done, step.message, best)


def _every(match: Any) -> set[int]:
    return {*match.items, *(link for some in match.links for link in some)}


def _sentence(words: Any, pattern: Any, match: Any) -> str:
    """A match in words: link by link, and entities that no link of the pattern touches."""
    said = [f"{words.name(match.items[link.a])} {words.step(match.items[link.a], match.items[link.b], links)} "
            f"{words.name(match.items[link.b])}" for link, links in zip(pattern.links, match.links, strict=True)]
    touched = {end for link in pattern.links for end in (link.a, link.b)}
    said += [words.name(item) for at, item in enumerate(match.items) if at not in touched]
    return "; ".join(said)
