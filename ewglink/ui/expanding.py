"""Expanding in the window: neighbours are looked for behind and come onto the chart; round a hub, only after asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from ewglink.text import N_, Message, _, ngettext, number
from ewglink.ui.widgets.plain_text import box


class Expanding(QObject):
    """The expanding of a window's charts; `last` is what was asked for last."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session
        self.last: Any = None

    def _chart(self) -> int | None:
        chart: int | None = self._window.charts.current()
        return None if self.session.read_only else chart

    def expand(self, chosen: list[int]) -> None:
        """Put the neighbours of these on the chart in front, around what stands; ask first where one is a hub."""
        self._look(chosen, lambda chart, found: self._expand(chart, chosen, found))

    def _look(self, chosen: list[int], then: Callable[[int, list[Any]], None]) -> None:
        """Look in a thread for the neighbours that are not on the chart in front; `then` if it still is in front."""
        chart, workspace = self._chart(), self.session.workspace
        if not chosen or chart is None:
            return
        there = set(self._window.charts.placed().entity_ids.tolist())

        def found(some: list[Any]) -> None:
            if self.session.workspace is workspace and self._chart() == chart:
                then(chart, some)

        self.session.jobs.ask(Message(N_("Looking for neighbours")),
                              lambda: _near(workspace, chosen, there), found)

    def _expand(self, chart: int, chosen: list[int], found: list[Any]) -> None:
        from ewglink.workspace.expanding import hubs

        if not found:
            self.session.told.emit("done", _("All neighbours are on the chart already."))
            return
        large = hubs(found)
        answer = self._ask(large) if large else "all"
        if answer == "choose":
            self._choose(found)
        elif answer == "summary":
            self._summarise(chart, found, large)
        elif answer == "all":
            self._place([one.item for one in found])

    def _place(self, items: list[int]) -> None:
        self._window.charts.place(items)
        self.session.told.emit("done", ngettext("{n} neighbour was added.", "{n} neighbours were added.",
                                                len(set(items))))

    def _summarise(self, chart: int, found: list[Any], large: dict[int, int]) -> None:
        """The neighbours of the others come; beside each hub stands what is left out there."""
        from ewglink.workspace.expanding import summarise

        others = sorted({one.item for one in found if one.of not in large})
        if others:
            self._place(others)
        self.session.do(lambda workspace: summarise(workspace, chart, found, large))

    def _ask(self, large: dict[int, int]) -> str:
        """`all`, `choose`, `summary`, or nothing where the person thinks better of it."""
        names = self.session.case.items.labels(large)
        listed = "\n".join(f"{names.get(item, item)}: {number(n)}" for item, n in
                           sorted(large.items(), key=lambda pair: -pair[1])[:5])
        head = ngettext("{n} entity has very many neighbours that are not on the chart:",
                        "{n} entities have very many neighbours that are not on the chart:", len(large))
        made = box(self._window, QMessageBox.Icon.Question, _("Expand a hub"), head + "\n\n" + listed,
                   QMessageBox.StandardButton.Cancel)
        roles = QMessageBox.ButtonRole
        buttons = {"choose": made.addButton(_("Choose…"), roles.AcceptRole),
                   "summary": made.addButton(_("A summary instead"), roles.AcceptRole),
                   "all": made.addButton(_("Add all"), roles.DestructiveRole)}
        made.setDefaultButton(buttons["choose"])
        made.exec()
        clicked = made.clickedButton()
        answer = next((key for key, button in buttons.items() if button is clicked), "")
        made.deleteLater()
        return answer

    def choose(self, chosen: list[int]) -> None:
        """Ask by which links, in which direction, when and up to how many, and put those neighbours on the chart."""
        self._look(chosen, lambda _chart, found: self._choose(found))

    def _choose(self, found: list[Any]) -> None:
        from ewglink.ui.dialogs.expand import ExpandDialog

        dialog = ExpandDialog(self.session.workspace, found, self._window, self.last)
        if dialog.exec():
            self.last = dialog.wanted()
            self._place(dialog.found())
        dialog.deleteLater()


def _near(workspace: Any, chosen: list[int], there: set[int]) -> list[Any]:
    """The neighbours that are not there yet; what will place them is read here, beside the window."""
    import ewglink.workspace.arranging  # noqa: F401
    from ewglink.workspace.expanding import near

    return [one for one in near(workspace, chosen) if one.item not in there]
