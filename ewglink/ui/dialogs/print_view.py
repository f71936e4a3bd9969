"""What of a chart goes on paper: asked for in a thread, kept while the case stays as it is, and said in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QWidget
from shiboken6 import isValid

from ewglink.drawing.figures import number as figure
from ewglink.painting.page_setup import ORIENTATIONS, PAPER_NAMES, PAPERS, PageSetup
from ewglink.painting.sheet_words import percent
from ewglink.text import N_, Message, _, language, ngettext, number
from ewglink.ui.widgets.plain_text import plain

LEAST_POINTS = 5.0
"""Smaller text is not read from paper."""


class PaperViews:
    """Released views of the charts of a session's case, the latest of each kind kept."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._kept: dict[Any, Any] = {}

    def ask(self, owner: QObject, chart: Any, setup: PageSetup, answered: Callable[[Any], Any]) -> None:
        """Give `answered` the released view of `chart` for `setup`: at once where it is known; never once `owner` is
        gone."""
        from ewglink.workspace.exporting import picture_view

        workspace = self._session.workspace
        key = chart.id, workspace.case.journal_length(), setup.pieces, setup.schedule, language()
        if key in self._kept:
            answered(self._kept[key])
            return

        def take(view: Any) -> None:
            if isValid(owner):
                self._kept[key] = view
                answered(view)

        self._session.jobs.ask(
            Message(N_("Measuring the chart")), lambda: picture_view(workspace, chart, None, setup), take
        )


def setup_said(view: Any, setup: PageSetup) -> tuple[str, bool]:
    """How many sheets, how large, how small the smallest text is; and whether that can be read."""
    from ewglink.painting.pages import plan_of, smallest_points

    scene = view.scene
    made = plan_of(scene, setup)
    points = smallest_points(scene, asked=setup)
    wide, high = (round(length) for length in made.paper)
    if made.count > 1:
        sheets = _("{n} sheets of {w} × {h} mm ({across} × {down})", n=number(made.count), w=wide, h=high,
                   across=made.across, down=made.down)
    else:
        sheets = _("One sheet of {w} × {h} mm", w=wide, h=high)
    parts = [sheets, _("scale {n} %", n=figure(percent(made.scale), language()))]
    if setup.schedule:
        parts.append(ngettext("{n} item in the schedule", "{n} items in the schedule", len(view.schedule)))
    if points:
        parts.append(_("smallest text {points} pt", points=figure(round(points, 1), language())))
    return " · ".join(parts), not points or points >= LEAST_POINTS


def name_choices(form: QWidget) -> None:
    """Papers and orientations of an options form by their names; figures as fine as they are set by hand."""
    for field, names in (("page", PAPER_NAMES), ("orientation", ORIENTATIONS)):
        box = form.findChild(QComboBox, field)
        if box is not None:
            for at, key in enumerate(names):
                box.setItemText(at, plain(_(names[key])))
    for field in ("scale", "overlap"):
        spin = form.findChild(QDoubleSpinBox, field)
        if spin is not None:
            spin.setDecimals(1)
            spin.setSingleStep(10 if field == "scale" else 1)


assert list(PAPER_NAMES) == list(PAPERS)
