"""What actions do with what is selected: select more, add, link, hide, pin, delete; each change is one step."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from ewglink.drawing.content import HIDDEN, PINNED
from ewglink.model.changes import Changeset
from ewglink.text import _, ngettext
from ewglink.ui.annotating import Annotating
from ewglink.ui.arranging import Arranging
from ewglink.ui.clipping import Clipping
from ewglink.ui.formatting import Formatting
from ewglink.ui.showing_pages import ShowingPages
from ewglink.ui.widgets.plain_text import ask_text


class Editing(QObject):
    """The editing of a window's case."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.session = window.session
        self.stored: dict[int, frozenset[int]] = {}
        self.arranging, self.formatting = Arranging(window), Formatting(window)
        self.pages = ShowingPages(window)
        self.annotating, self.clipping = Annotating(window), Clipping(window)
        window.charts.tab_made.connect(lambda tab: tab.view.expand_wanted.connect(self.expand_from))
        self.session.closed.connect(self.stored.clear)

    @property
    def _chosen(self) -> frozenset[int]:
        return self.session.selection.items

    @property
    def _charts(self) -> Any:
        return self._window.charts

    def _refs(self) -> dict[int, Any]:
        return self.session.case.items.refs(self._chosen) if self.session.workspace is not None else {}

    def selected_entities(self) -> list[int]:
        """The selected entities, by id."""
        if not 0 < len(self._chosen) <= 5000 or self.session.workspace is None:
            return []
        return sorted(ref.id for ref in self._refs().values() if ref.kind == "entity")

    def selected_links(self) -> list[int]:
        """The selected links, by id."""
        if not 0 < len(self._chosen) <= 5000 or self.session.workspace is None:
            return []
        return sorted(ref.id for ref in self._refs().values() if ref.kind == "link")

    # selecting

    def select_all(self) -> None:
        """Select every entity shown on the chart."""
        self.session.selection.set(self._shown())

    def _shown(self) -> list[int]:
        content = self._charts.placed()
        return [] if content is None else content.entity_ids[(content.flags & HIDDEN) == 0].tolist()

    def invert(self) -> None:
        """Select what is not selected."""
        self.session.selection.set(set(self._shown()) - self._chosen)

    def grow(self) -> None:
        """Select what is one link away too, of what is on the chart."""
        self._select_around(1)

    def connected(self) -> None:
        """Select all that can be reached, on the chart."""
        self._select_around(None)

    def linked(self) -> None:
        """Select what is one link away instead of what is selected."""
        before = self._chosen
        self._select_around(1)
        self.session.selection.remove(before)

    def _select_around(self, hops: int | None) -> None:
        content = self._charts.placed()
        shown = self._shown()
        if content is None or not shown:
            return
        chosen = set(self._chosen)
        ends = content.ends[np.isin(content.link_ids, np.fromiter(chosen, np.int64))]
        mask = np.isin(content.entity_ids, np.fromiter(chosen, np.int64))
        mask[ends.ravel()] = True
        visible = (content.flags & HIDDEN) == 0
        a, b = content.ends[:, 0], content.ends[:, 1]
        both = visible[a] & visible[b]
        step = 0
        while hops is None or step < hops:
            grown = mask.copy()
            grown[b[both & mask[a]]] = True
            grown[a[both & mask[b]]] = True
            if (grown == mask).all():
                break
            mask, step = grown, step + 1
        self.session.selection.set(content.entity_ids[mask & visible].tolist())

    def same_type(self) -> None:
        """Select every item on the chart of the types selected."""
        content = self._charts.placed()
        if content is None:
            return
        types = {ref.type for ref in self._refs().values()}
        codes = [at for at, key in enumerate(content.type_keys) if key in types]
        links = [at for at, key in enumerate(content.link_type_keys) if key in types]
        entities = content.entity_ids[np.isin(content.types, codes) & ((content.flags & HIDDEN) == 0)].tolist()
        self.session.selection.set(entities + content.link_ids[np.isin(content.link_types, links)].tolist())

    def store_selection(self, digit: int) -> None:
        """Keep the selection under a number."""
        self.stored[digit] = self._chosen
        said = ngettext("{n} item kept as selection", "{n} items kept as selection", len(self._chosen))
        self.session.told.emit("done", f"{said} {digit}.")

    def recall_selection(self, digit: int) -> None:
        """Select what was kept under a number, as far as it is still there."""
        self.session.selection.set(self.session.case.items.refs(self.stored.get(digit, ())))

    def select_and_show(self, item: int) -> None:
        """Select an item and bring it into view, if it stands on the chart in front."""
        self.session.selection.set([item])
        if not self._charts.centre_on([item]) and self._charts.current() is not None:
            keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
            said = _("This item is not on the chart in front; {keys} puts it there.", keys=keys)
            self.session.told.emit("done", said)

    def compare(self) -> None:
        """Hold charts, or a chart at two times, against each other."""
        from ewglink.ui.dialogs.compare import CompareDialog

        dialog = CompareDialog(self.session, self._charts, self._window)
        dialog.item_wanted.connect(self.select_and_show)
        dialog.exec()
        made = dialog.made
        dialog.deleteLater()
        if made is not None:
            self._charts.show_chart(made)

    def snapshots(self) -> None:
        """The snapshots of the chart in front."""
        from ewglink.ui.dialogs.snapshots import SnapshotsDialog

        dialog = SnapshotsDialog(self.session, self._charts, self._window)
        dialog.exec()
        dialog.deleteLater()

    # one item

    def properties(self) -> None:
        """Show the inspector."""
        self._window.docks.raise_("inspector")

    def rename(self) -> None:
        """Ask for another label."""
        from ewglink.workspace.commands.items import rename

        ref = next(iter(self._refs().values()), None)
        if ref is None:
            return
        text = ask_text(self._window, _("Rename"), _("Label"), ref.label)
        if text is not None:
            self.session.do(lambda workspace: rename(workspace.case, ref.id, text))

    # adding

    def add_entity(self, at: tuple[float, float] | None = None) -> None:
        """Ask for a type and a label, and put the new entity on the chart: at `at`, else in the middle of the view."""
        from ewglink.ui.dialogs.add_entity import AddEntity

        chart = self._charts.current()
        if chart is None or self.session.read_only:
            return
        dialog = AddEntity(self.session.schema, self._window)
        if dialog.exec():
            self.new_entity(dialog.type_key(), dialog.label(), at or self._charts.view().centre)
        dialog.deleteLater()

    def new_entity(self, type_key: str, label: str, at: tuple[float, float]) -> int | None:
        """A new entity on the chart in front, as one step."""
        from ewglink.workspace.commands.charts import place
        from ewglink.workspace.commands.items import add_entity

        made: list[int] = []
        chart = self._charts.current()

        def command(workspace: Any) -> Changeset:
            added, item = add_entity(workspace.case, type_key, label)
            made.append(item)
            placed = place(workspace.case, chart, [item], np.array([at], np.float64))
            return Changeset(added.label, added.args, added.changes + placed.changes, placed.moves)

        if self.session.do(command) is None:
            return None
        self.session.selection.set(made)
        return made[0]

    def add_link(self, a: int | None = None, b: int | None = None) -> None:
        """Ask for the type of a link between two entities (those selected)."""
        from ewglink.ui.dialogs.add_link import AddLink
        from ewglink.workspace.commands.items import add_link

        if a is None or b is None:
            chosen = self.selected_entities()
            if len(chosen) != 2:
                return
            a, b = chosen
        refs = self.session.case.items.refs([a, b])
        if self.session.read_only or len(refs) < 2:
            return
        dialog = AddLink(self.session.schema, refs[a], refs[b], self._window)
        if dialog.exec():
            wanted = dialog.chosen()
            self.session.do(lambda workspace: add_link(workspace.case, **wanted)[0])
        dialog.deleteLater()

    def set_strength(self, strength: int) -> None:
        """Another strength for the selected links."""
        from ewglink.model.items import Strength
        from ewglink.workspace.commands.items import set_strength

        links = self.selected_links()
        self.session.do(lambda workspace: set_strength(workspace.case, links, Strength(strength)))

    # what stands on the chart

    def expand(self) -> None:
        """Put the neighbours of what is selected on the chart, around what stands."""
        self._window.finding.expanding.expand(self.selected_entities())

    def expand_from(self, item: int) -> None:
        """Shift + double-click on an item: ask which of its neighbours are wanted."""
        self.session.selection.set([item])
        self.expand_with_conditions()

    def expand_with_conditions(self) -> None:
        """Ask by which links, in which direction and up to how many, and put those neighbours on the chart."""
        self._window.finding.expanding.choose(self.selected_entities())

    def _on_chart(self, command: Any, *more: Any) -> None:
        chart, items = self._charts.current(), sorted(self._chosen)
        if chart is not None and items:
            self.session.do(lambda workspace: command(workspace.case, chart, items, *more))

    def take_off(self) -> None:
        """Take what is selected off the chart; it stays in the case. A chosen annotation is deleted."""
        from ewglink.workspace.commands.charts import take_off

        if self.annotating.chosen() is not None:
            self.annotating.delete()
            return
        self._on_chart(take_off)

    def hide(self) -> None:
        """Hide what is selected on this chart."""
        from ewglink.workspace.commands.charts import hide

        self._on_chart(hide)
        self.session.selection.clear()

    def hide_others(self) -> None:
        """Hide every entity that is not selected."""
        from ewglink.workspace.commands.charts import hide

        chart, others = self._charts.current(), sorted(set(self._shown()) - self._chosen)
        if chart is not None and others:
            self.session.do(lambda workspace: hide(workspace.case, chart, others))

    def reveal(self) -> None:
        """Show everything that is hidden on this chart."""
        from ewglink.workspace.commands.charts import reveal

        chart = self._charts.current()
        if chart is not None and self.session.do(lambda workspace: reveal(workspace.case, chart)) is None:
            self.session.told.emit("done", _("Nothing is hidden on this chart."))

    def all_pinned(self) -> bool:
        """Whether every selected entity on the chart is pinned."""
        content = self._charts.placed()
        if content is None or not self._chosen:
            return False
        mine = np.isin(content.entity_ids, np.fromiter(self._chosen, np.int64))
        return bool(mine.any() and (content.flags[mine] & PINNED).all())

    def pin(self) -> None:
        """Pin what is selected, or let it go if all of it is pinned."""
        from ewglink.workspace.commands.charts import pin

        self._on_chart(pin, not self.all_pinned())

    def delete(self) -> None:
        """Delete what is selected from the case, with its links; undo brings it back."""
        from ewglink.workspace.commands.items import delete_items

        items = sorted(self._chosen)
        done = self.session.do(lambda workspace: delete_items(workspace.case, items))
        if done is not None:
            self.session.selection.clear()
            n = len(done.items) if done.items is not None else len(items)
            self.session.told.emit(
                "done",
                ngettext(
                    "{n} item was deleted from the case; undo brings it back.",
                    "{n} items were deleted from the case; undo brings them back.",
                    n,
                ),
            )
