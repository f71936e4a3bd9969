"""Findings brought to where they can be seen: on the chart in front, or on a chart of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer

from ewglink.rules.saying import title
from ewglink.text import _
from ewglink.ui.panels.panel import Panel
from ewglink.workspace.finding_list import FindingRow
from ewglink.workspace.finding_marks import apart, ends_of, items_around, mark_findings

MOST = 60
"""Findings drawn at once: more would hide the chart they stand on."""


def show_findings(window: Any, rows: Sequence[FindingRow], new: bool) -> None:
    """Draw findings on the chart in front, or on a new one with the parties around."""
    if not rows or window.session.workspace is None or window.session.read_only:
        return
    kept = [row.kept for row in rows[:MOST]]
    if new or window.charts.current() is None:
        window.charts.make_chart(_free_name(window, rows), items_around(window.session.workspace, kept))
        made = window.charts.current()
        if made is not None:
            window.session.do(lambda workspace: apart(workspace, made, kept))
    chart = window.charts.current()
    if chart is None or window.session.do(lambda workspace: mark_findings(workspace, chart, kept)) is None:
        return
    if len(rows) > MOST:
        window.session.told.emit("done", _("The first {n} of {all} findings are drawn.", n=MOST, all=len(rows)))
    items = {item for one in kept for item in ends_of(window.session.workspace, one)}
    window.session.selection.set(items)
    view = window.charts.view()
    QTimer.singleShot(0, view, view.fit if new else view.fit_selection)


def _free_name(window: Any, rows: Sequence[FindingRow]) -> str:
    """The load and the rule; a number where a chart has that name."""
    first = rows[0]
    name = f"{first.what} · {first.kept.rule} {title(first.kept.rule)}"
    if len(rows) > 1:
        name = _("{first} and {n} more", first=name, n=len(rows) - 1)
    names = {chart.name for chart in window.session.case.charts.listed()}
    return next(one for n in range(1, len(names) + 2) if (one := name if n == 1 else f"{name} ({n})") not in names)


def trade_panel(name: str, window: Any) -> Panel:
    """The panel of findings, of consents or of parties, tied to its window."""
    if name == "findings":
        from ewglink.ui.panels.findings import FindingsPanel

        panel: Any = FindingsPanel(window.session)
        panel.chart_wanted.connect(lambda rows, new: show_findings(window, rows, new))
        panel.parameters_wanted.connect(lambda: window.menus.trigger("analysis.parameters"))
        panel.missing_wanted.connect(lambda: window.menus.trigger("rules.missing"))
        panel.source_wanted.connect(window.show_source)
    elif name == "consents":
        from ewglink.ui.panels.consents import ConsentsPanel

        panel = ConsentsPanel(window.session)
        panel.finding_wanted.connect(lambda finding: window.docks.raise_("findings").find(finding))
        panel.source_wanted.connect(window.show_source)
    else:
        from ewglink.ui.panels.party_profile import PartyProfilePanel

        panel = PartyProfilePanel(window.session)
        panel.finding_wanted.connect(lambda finding: window.docks.raise_("findings").find(finding))
    panel.item_wanted.connect(window.editing.select_and_show)
    return panel
