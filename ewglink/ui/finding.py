"""What the window does with what is looked for: questions raised, answers pointed out, shown, put on charts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QObject, Qt

from ewglink.text import _, ngettext
from ewglink.ui.expanding import Expanding
from ewglink.ui.widgets.plain_text import ask_text
from ewglink.workspace.finding import LEAST


class Finding(QObject):
    """Finding in a window's case. Dialogs are made when they are first wanted and close with the case."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session
        self.expanding = Expanding(window)
        self._dialogs: dict[str, Any] = {}
        self.session.closed.connect(self._put_away)

    def join(self, panels: dict[str, Any]) -> None:
        """Listen to the panel that finds ways, and to the search box."""
        paths = panels["paths"]
        paths.new_chart_wanted.connect(self.new_chart)
        paths.pointed_at.connect(self.point_at)
        self._window.search.rows_wanted.connect(self.rows)

    # questions

    def ask(self, what: str) -> None:
        """Take a question to the paths panel, and ask it of what is selected where that is enough."""
        chosen = self._window.editing.selected_entities()
        panel = self._window.docks.raise_("paths")
        if what == "paths":
            if chosen:
                panel.between(chosen[0], chosen[1] if len(chosen) > 1 else None)
            return
        panel.choose(what)
        panel.form.take_items(chosen)
        if len(chosen) >= LEAST[what]:
            panel.find()

    def ask_of(self, what: str, items: Collection[int]) -> None:
        """Ask of these instead of what is selected."""
        self.session.selection.set(items)
        self.ask(what)

    def query(self) -> None:
        """The query builder."""
        from ewglink.ui.dialogs.query_builder import QueryBuilder

        self._raise("query", lambda: QueryBuilder(self, self._window))

    def pattern(self) -> None:
        """Draw a pattern."""
        from ewglink.ui.dialogs.pattern import PatternDialog

        self._raise("pattern", lambda: PatternDialog(self, self._window))

    def rows(self, text: str = "") -> None:
        """Search source rows."""
        from ewglink.ui.dialogs.find_rows import FindRows

        dialog = self._raise("rows", lambda: FindRows(self, self._window))
        if text:
            dialog.search(text)

    def _raise(self, name: str, make: Any) -> Any:
        if name not in self._dialogs:
            dialog = make()
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(lambda *_args: self._dialogs.pop(name, None))
            self._dialogs[name] = dialog
        dialog = self._dialogs[name]
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _put_away(self) -> None:
        for dialog in list(self._dialogs.values()):
            dialog.close()

    # answers

    def point_at(self, items: Collection[int] | None) -> None:
        """Show items on the chart in front as if they were selected; None: what is selected again."""
        view = self._window.charts.view()
        if view is not None:
            view.point_at(items)

    def show(self, items: Collection[int]) -> None:
        """Select items and bring them into view; say how many are on the chart in front."""
        self.session.selection.set(items)
        if items and not self._window.charts.centre_on(items):
            self.session.told.emit("done", _("None of them is on the chart in front."))

    def list_selected(self, items: Collection[int]) -> None:
        """Select items, and list what is selected in the table of entities."""
        self.session.selection.set(items)
        panel = self._window.docks.raise_("entities")
        panel.only_selected.setChecked(True)

    def place(self, items: Collection[int]) -> None:
        """Put entities on the chart in front and select them."""
        before = self._window.charts.placed()
        there = set(before.entity_ids.tolist()) if before is not None else set()
        self._window.charts.place(items)
        self.show(items)
        self.session.told.emit("done", ngettext("{n} entity was added.", "{n} entities were added.",
                                                len(set(items) - there)))

    def new_chart(self, items: Collection[int], name: str = "") -> int | None:
        """Ask for a name, and make a chart of these."""
        wanted = ask_text(self._window, _("New chart"), _("Name of the chart"), name or self._window.charts.free_name())
        if wanted is None:
            return None
        made: int | None = self._window.charts.make_chart(wanted, items)
        return made
