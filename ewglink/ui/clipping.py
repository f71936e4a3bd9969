"""Copying what stands on a chart and pasting it on another: items keep their places to each other and their looks."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication

from ewglink.text import _, language

MIME = "application/x-ewglink-items"


class Clipping(QObject):
    """Copy, cut out of sight, paste; a paste is one step."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session

    def _held(self) -> dict[str, Any] | None:
        data = QApplication.clipboard().mimeData()
        if data is None or not data.hasFormat(MIME):
            return None
        try:
            held = json.loads(bytes(data.data(MIME).data()))
        except ValueError:
            return None
        return held if isinstance(held, dict) else None

    def copy(self) -> None:
        """What is selected, as items for another chart and as text: label, type and identifier, a line each."""
        refs = self.session.case.items.refs(self.session.selection.items)
        lines = ["\t".join((ref.label, self.session.schema.label(ref.type, language()), ref.identity or ""))
                 for ref in refs.values()]
        data = QMimeData()
        data.setText("\n".join(lines))
        view = self._window.charts.view()
        if view is not None:
            rows = view.selected_rows()
            ends = view.chart_scene.content.ends[np.isin(view.chart_scene.content.link_ids, list(refs))]
            rows = np.unique(np.concatenate([rows, ends.ravel()]))
            if len(rows):
                data.setData(MIME, json.dumps(self._described(rows)).encode("utf-8"))
        QApplication.clipboard().setMimeData(data)

    def _described(self, rows: np.ndarray) -> dict[str, Any]:
        from ewglink.workspace.commands.formatting import own_styles

        view = self._window.charts.view()
        content, own = view.chart_scene.content, own_styles(self.session.case, self._window.charts.current())
        ids, xy = view.ids_of(rows).tolist(), view.positions(rows).tolist()
        return {"case": self.session.case.meta("uid"), "items": [
            {"id": item, "x": x, "y": y, "representation": content.representations.get(row),
             "style": own.get(item)}
            for item, (x, y), row in zip(ids, xy, rows.tolist(), strict=True)]}

    def paste(self) -> None:
        """Items onto the chart in front, about the middle of what is in view; other words become a text."""
        held = self._held()
        if held is None:
            self._paste_text()
            return
        if held.get("case") != self.session.case.meta("uid"):
            self.session.told.emit(
                "refusal", _("These items belong to another case. Export them there and import them here, so that it "
                             "stays known where they come from."))
            return
        self._paste_items(held["items"])

    def _paste_items(self, items: list[dict[str, Any]]) -> None:
        from ewglink.workspace.commands.clipboard import paste

        chart, view = self._window.charts.current(), self._window.charts.view()
        there = set(self.session.case.charts.placements(chart).items.tolist())
        new = [one["id"] for one in items if one["id"] not in there]
        if new:
            self.session.do(lambda workspace: paste(workspace.case, chart, items, view.centre))
        else:
            self.session.told.emit("done", _("These items are on the chart already; they are selected now."))
        self.session.selection.set(self.session.case.items.refs([one["id"] for one in items]))

    def _paste_text(self) -> None:
        from ewglink.workspace.commands.annotations import add_annotation

        text = " ".join(QApplication.clipboard().text().split())
        chart, view = self._window.charts.current(), self._window.charts.view()
        if not text:
            self.session.told.emit("done", _("There is nothing on the clipboard that a chart can take."))
        elif chart is not None:
            body = {"x": view.centre[0], "y": view.centre[1], "text": text[:2000], "width": 300.0, "size": 16.0}
            self.session.do(lambda workspace: add_annotation(workspace.case, chart, "text", body)[0])
