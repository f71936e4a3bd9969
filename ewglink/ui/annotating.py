"""What happens to annotations and to what is taken from the palette: set down, moved, resized, edited, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ewglink.text import _, language
from ewglink.ui.canvas.note_editor import NoteEditor
from ewglink.ui.canvas.tools.put import InHand
from ewglink.ui.widgets.plain_text import ask_text

_WIDEST_TEXT = 300.0
_LEAST_TYPE = 16.0
_PIXELS = 14.0


class Annotating(QObject):
    """The annotations of the chart in front; each change is one step."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session
        window.charts.tab_made.connect(self._listen)
        self.session.selection.changed.connect(self._selected)

    def _listen(self, tab: Any) -> None:
        view = tab.view
        view.locked = self.session.read_only
        tab.dropped.connect(lambda held, x, y: self.dropped(tab, held, x, y))
        view.put.connect(lambda held, box: self._put(tab, held, box))
        view.note_moved.connect(self._moved)
        view.note_resized.connect(self._resized)
        view.note_activated.connect(self.open)
        view.in_hand_changed.connect(self._say)
        view.held_back.connect(lambda why: self._bar.showMessage(_(why)) if why else self._bar.clearMessage())
        view.note_chosen.connect(lambda _number: self._window.menus.refresh_later())

    def _selected(self, items: set[int]) -> None:
        """Where items are selected no annotation is chosen, so that it is plain what Delete deletes."""
        for tab in self._window.charts.tabs.values() if items else ():
            tab.view.choose_note(None)

    @property
    def _view(self) -> Any:
        return self._window.charts.view()

    def chosen(self) -> int | None:
        """The annotation chosen on the chart in front."""
        view = self._view
        if view is None or view.noted is None or view.notes.body(view.noted) is None:
            return None
        return int(view.noted)

    def _say(self, held: InHand | None) -> None:
        """What to do with what is in hand, as long as it is, where nothing on the chart has to move for it."""
        bar = self._window.statusBar()
        if held is None:
            bar.clearMessage()
        else:
            bar.showMessage(_("Click on the chart to put it there, or press Enter; Esc lets it go."))

    # from the palette

    def take(self, what: str, key: str = "") -> None:
        """Take something in hand: the next click on the chart sets it down, Enter puts it in the middle."""
        view = self._view
        if view is None or self.session.read_only:
            return
        view.take_in_hand(InHand(what, key))
        view.setFocus()

    def dropped(self, tab: Any, held: InHand, x: float, y: float) -> None:
        """Something was dragged from the palette onto a chart."""
        tab.view.take_in_hand(held)
        tab.view.put_at(x, y)

    def _put(self, tab: Any, held: InHand, box: tuple[float, float, float, float]) -> None:
        if held.what == "entity":
            self._put_entity(held.key, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        else:
            self._put_note(tab.chart, held.what, box)

    def _put_entity(self, key: str, at: tuple[float, float]) -> None:
        name = self.session.schema.label(key, language())
        label = ask_text(self._window, _("Add entity"), _("Label of the new entity ({type})", type=name))
        if label is not None and label.strip():
            self._window.editing.new_entity(key, label, at)

    def _put_note(self, chart: int, kind: str, box: tuple[float, float, float, float]) -> None:
        from ewglink.workspace.commands.annotations import body_of

        if kind == "text":
            size = self._legible()
            body: dict[str, Any] = {"x": box[0], "y": box[1], "size": size, "width": _WIDEST_TEXT * size / _LEAST_TYPE}
            self._write(box, "", size, False,
                        lambda text: text and self._add(chart, kind, body | {"text": text}))
        else:
            self._add(chart, kind, dict(body_of(kind, box)) | ({"line": 2.5} if kind in ("line", "arrow") else {}))

    def _add(self, chart: int, kind: str, body: dict[str, Any]) -> None:
        from ewglink.workspace.commands.annotations import add_annotation

        made: list[int] = []

        def command(workspace: Any) -> Any:
            changeset, number = add_annotation(workspace.case, chart, kind, body)
            made.append(number)
            return changeset

        if self.session.do(command) is not None and self._view is not None:
            self._view.choose_note(made[0])

    def _write(self, box: tuple[float, float, float, float], text: str, size: float, bold: bool,
               then: Callable[[str], Any]) -> None:
        """Open a field on the chart; what is written there goes to `then`."""
        view = self._view
        editor = NoteEditor(view, box, text, size, bold)
        self._bar.showMessage(_("Enter begins a line; Ctrl + Enter, or a click elsewhere, ends; Esc gives up."))

        def ended(written: str | None) -> None:
            self._bar.clearMessage()
            if self.session.workspace is None:
                return
            if written is None or QApplication.focusWidget() in (None, editor):
                view.setFocus()
            if written is not None and written != text:
                then(written)

        editor.ended.connect(ended)

    @property
    def _bar(self) -> Any:
        return self._window.statusBar()

    def _legible(self) -> float:
        """A size of type that can be read at the zoom one is at."""
        return float(max(_LEAST_TYPE, round(_PIXELS / self._view.zoom)))

    # those that stand

    def _moved(self, number: int, dx: float, dy: float) -> None:
        from ewglink.workspace.commands.annotations import move_annotation

        self.session.do(lambda workspace: move_annotation(workspace.case, number, dx, dy))

    def _resized(self, number: int, box: tuple[float, float, float, float]) -> None:
        from ewglink.workspace.commands.annotations import change_annotation, resize_annotation

        body = self._view.notes.body(number)
        if body is not None and body["kind"] == "text":
            settings = {"x": min(box[0], box[2]), "width": max(40.0, abs(box[2] - box[0]))}
            self.session.do(lambda workspace: change_annotation(workspace.case, number, settings))
        else:
            self.session.do(lambda workspace: resize_annotation(workspace.case, number, box))

    def open(self, number: int) -> None:
        """Write in a text where it stands; ask how anything else is to look."""
        from ewglink.workspace.commands.annotations import change_annotation

        body = self._view.notes.body(number)
        if body is None or body["kind"] != "text":
            self.edit(number)
        elif not self.session.read_only:
            self._view.choose_note(number)
            size = float(body.get("size", _LEAST_TYPE))
            self._write(self._view.notes.box(body), str(body.get("text", "")), size, bool(body.get("bold")),
                        lambda text: text and self.session.do(
                            lambda workspace: change_annotation(workspace.case, number, {"text": text})))

    def edit(self, number: int | None = None) -> None:
        """Ask how an annotation is to read and look."""
        from ewglink.ui.dialogs.annotation import AnnotationDialog
        from ewglink.workspace.commands.annotations import change_annotation

        number = self.chosen() if number is None else number
        body = self._view.notes.body(number) if number is not None else None
        if body is None or self.session.read_only:
            return
        self._view.choose_note(number)
        dialog = AnnotationDialog(body, self._window)
        if dialog.exec():
            settings = dialog.settings()
            self.session.do(lambda workspace: change_annotation(workspace.case, number, settings))
        dialog.deleteLater()

    def delete(self) -> None:
        """Take the chosen annotation off the chart."""
        from ewglink.workspace.commands.annotations import delete_annotations

        number = self.chosen()
        if number is not None:
            self._view.choose_note(None)
            self.session.do(lambda workspace: delete_annotations(workspace.case, [number]))

    def next(self) -> None:
        """Choose the next annotation, and bring it into view."""
        view = self._view
        numbers = [one["id"] for one in view.notes.bodies() if one.get("id") is not None]
        if not numbers:
            self.session.told.emit("done", _("There are no annotations on this chart."))
            return
        at = numbers.index(view.noted) + 1 if view.noted in numbers else 0
        view.choose_note(numbers[at % len(numbers)])
        x0, y0, x1, y1 = view.notes.box(view.notes.body(view.noted))
        view.look_at((x0 + x1) / 2, (y0 + y1) / 2)
