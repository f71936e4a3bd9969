"""What the window does to make entities one and take them apart: each is one step."""

from __future__ import annotations

from typing import Any

from ewglink.text import ngettext
from ewglink.ui.action_menus import with_selection, with_writable_case


def can_merge(window: Any) -> bool:
    """Two entities or more are selected in a case that can be changed."""
    return with_writable_case(window) and with_selection(window) and 2 <= len(window.editing.selected_entities()) <= 200


def can_unmerge(window: Any) -> bool:
    """One entity is selected that others were merged into."""
    if not (with_writable_case(window) and len(window.session.selection.items) == 1):
        return False
    return len(window.session.case.items.members(next(iter(window.session.selection.items)))) > 1


def ask_merge(window: Any) -> None:
    """Ask who stands for the selected entities and what is shown, and merge them."""
    merge_dialog(window, window.editing.selected_entities())


def merge_dialog(window: Any, items: list[int]) -> bool:
    """The dialog for these entities; whether they were merged."""
    from ewglink.ui.dialogs.merge import MergeDialog
    from ewglink.workspace.commands.merging import merge

    session = window.session
    dialog = MergeDialog(session, items, window)
    agreed = bool(dialog.exec())
    survivor, chosen, reason = dialog.survivor(), dialog.chosen(), dialog.reason()
    dialog.deleteLater()
    done = agreed and session.do(lambda workspace: merge(
        workspace.case, workspace.schema, items, survivor, reason=reason, chosen=chosen)) is not None
    if done:
        session.selection.set([survivor])
        n = len(items) - 1
        session.told.emit("done", ngettext(
            "{n} entity was merged; it can be un-merged at any time.",
            "{n} entities were merged; they can be un-merged at any time.", n))
    return done


def ask_unmerge(window: Any) -> None:
    """Take what was merged into the selected entity apart, asking which where there are several."""
    from ewglink.ui.dialogs.unmerge import UnmergeDialog
    from ewglink.workspace.commands.merging import unmerge_all

    session = window.session
    item = next(iter(session.selection.items))
    parts = sorted(row["constituent"] for row in session.case.items.rows("merge", "survivor", [item]))
    if len(parts) > 1:
        dialog = UnmergeDialog(session, item, parts, window)
        parts = dialog.chosen() if dialog.exec() else []
        dialog.deleteLater()
    if parts and session.do(lambda workspace: unmerge_all(workspace.case, parts)) is not None:
        session.selection.set([item, *parts])
        session.told.emit("done", ngettext(
            "{n} entity stands by itself again.", "{n} entities stand by themselves again.", len(parts)))


def review_panel(window: Any) -> Any:
    """The panel in which pairs that may be one are looked at."""
    from ewglink.ui.panels.who_is_who import WhoIsWhoPanel

    panel = WhoIsWhoPanel(window.session)
    panel.merge_wanted.connect(lambda a, b: merge_dialog(window, [a, b]))
    panel.source_wanted.connect(window.show_source)
    panel.chart_wanted.connect(lambda ids: window.finding.place(ids))
    return panel
