"""The consents panel: how far each consent is used, the draw on it, its loads with their findings, what is open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QTreeWidget, QVBoxLayout, QWidget

from ewglink.rules.saying import SEVERITY_NAMES, STATE_NAMES, title
from ewglink.text import N_, _, ngettext, number
from ewglink.ui.panels.consents_cells import colour, day_cell, use_cells
from ewglink.ui.panels.consents_course import ConsentCourse
from ewglink.ui.panels.findings_model import SIGNS
from ewglink.ui.panels.trade_panel import ID, TradePanel, figure, fill, table, tint
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import muted
from ewglink.workspace.life_cycles import LOAD_STATES, load_state
from ewglink.workspace.quota_use import TONNES, unit_word
from ewglink.workspace.utilisation import (
    AGE_NAMES,
    KILOGRAMS,
    OPEN_KINDS,
    Draw,
    Use,
    ageing,
    draws,
    open_confirmations,
)

TABS = (("draw", N_("Draw")), ("loads", N_("Loads")), ("findings", N_("Findings")), ("open", N_("Open confirmations")),
        ("course", N_("Course")))


class ConsentsPanel(TradePanel):
    """Consents. `item_wanted(id)` opens a load or a consent, `finding_wanted(id)` a finding."""

    item_wanted = Signal(int)
    finding_wanted = Signal(int)
    source_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.uses, self.loads = table(12), table(10)
        self.course = ConsentCourse()
        self.course.source_wanted.connect(self.source_wanted)
        self.exceptions, self.ages, self.open = table(6), table(3), table(4)
        self.about = muted()
        self.tabs = QTabWidget()
        self.plot: Any = None
        self._draw_place = QWidget()
        self._following = False
        self._set_out()
        for tree in (self.uses, self.loads, self.exceptions, self.ages, self.open):
            tree.header().setStretchLastSection(True)
        self.uses.itemSelectionChanged.connect(self._chosen)
        self.loads.itemSelectionChanged.connect(lambda: self._select_loads(self.loads))
        self.open.itemSelectionChanged.connect(lambda: self._select_loads(self.open))
        for tree in (self.uses, self.loads, self.open):
            tree.itemActivated.connect(lambda line, _column: self.item_wanted.emit(int(line.data(0, ID))))
        self.exceptions.itemActivated.connect(lambda line, _column: self.finding_wanted.emit(int(line.data(0, ID))))
        session.selection.changed.connect(lambda *_: self._follow())
        session.theme_changed.connect(self._chosen_again)
        self._say()
        self.setFocusProxy(self.uses)

    def _set_out(self) -> None:
        QVBoxLayout(self._draw_place).setContentsMargins(0, 0, 0, 0)
        ageing_page = QWidget()
        column = QVBoxLayout(ageing_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.ages, 1)
        column.addWidget(self.open, 2)
        for page in (self._draw_place, self.loads, self.exceptions, ageing_page, self.course):
            self.tabs.addTab(page, "")
        self.tabs.setDocumentMode(True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(6, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about)
        column.addWidget(self.uses, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(left)
        self.split.addWidget(self.tabs)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([860, 540])
        self.ages.setFixedHeight(4 * 20 + 34)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.split)

    def _say(self) -> None:
        for at, (_key, name) in enumerate(TABS):
            self.tabs.setTabText(at, _(name))
        for tree, name in ((self.uses, N_("Use of consents")), (self.loads, N_("Loads drawn on consents")),
                           (self.exceptions, N_("Findings")), (self.ages, N_("Ageing of open confirmations")),
                           (self.open, N_("Open confirmations"))):
            self.words.say(tree.setAccessibleName, name)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._say()

    def sizeHint(self) -> QSize:
        """Room for the table beside the plot."""
        return QSize(900, 350)

    def emptied(self) -> None:
        """No case, no consents."""
        super().emptied()
        for tree in (self.uses, self.loads, self.exceptions, self.ages, self.open):
            tree.clear()
        self.course.clear()
        self.about.clear()

    # the table of consents

    def show_found(self) -> None:
        """Show the table again; the consent that was chosen stays so."""
        kept = self._stream()
        as_of = self.found.as_of
        quotas = len(self.found.quotas)
        said = ngettext("{n} consent as of {day}", "{n} consents as of {day}", len(self.found.uses),
                        day=as_of.isoformat()) if self.found.uses or not quotas else as_of.isoformat()
        more = ngettext("{n} allowance or permit, in its own unit", "{n} allowances and permits, in their own units",
                        quotas) if quotas else ""
        self.about.setText(" · ".join(filter(None, (said, more))))
        counts: dict[int, int] = {}
        for row in self.found.rows:
            for item in _of(row):
                counts[item] = counts.get(item, 0) + 1
        self._following = True
        fill(self.uses, (_("Consent"), _("State"), _("Moved (kg)"), _("of (kg)"), _("Remaining (kg)"), "%",
                         _("Shipments"), _("Days left"), _("Findings"), _("Exporter"), _("Facility"), _("Window")),
             [(use.stream, use_cells(use, counts.get(use.stream, 0))) for use in self._uses()])
        by_stream = {use.stream: use for use in self._uses()}
        for at in range(self.uses.topLevelItemCount()):
            line = self.uses.topLevelItem(at)
            colour(line, by_stream[line.data(0, ID)])
        self._following = False
        self._take(kept if kept in by_stream else next(iter(by_stream), None))
        self._chosen_again()

    def _uses(self) -> list[Use]:
        """Of consents, then of allowances and permits."""
        return [*self.found.uses, *(quota.use for quota in self.found.quotas)]

    def _drawn_on(self, use: Use) -> list[Draw]:
        for quota in self.found.quotas:
            if quota.use is use:
                return list(quota.draws)
        return draws(self.found.trade, self.found.trade.streams[use.stream], self.found.as_of)

    def _take(self, stream: int | None) -> None:
        for at in range(self.uses.topLevelItemCount()):
            line = self.uses.topLevelItem(at)
            if line.data(0, ID) == stream:
                self._following = True
                self.uses.setCurrentItem(line)
                self._following = False

    def choose(self, stream: int) -> None:
        """Show the consent that a stream is."""
        self._take(stream)
        self._chosen_again()

    def _stream(self) -> int | None:
        line = self.uses.currentItem()
        return int(line.data(0, ID)) if line is not None else None

    # one consent

    def _chosen(self) -> None:
        stream = self._stream()
        if not self._following and stream is not None and self.found is not None:
            self.session.selection.set([stream])
            self._chosen_again()

    def _chosen_again(self) -> None:
        found, stream = self.found, self._stream()
        use = next((one for one in self._uses() if one.stream == stream), None) if found is not None else None
        if use is None:
            return
        drawn = self._drawn_on(use)
        rows = [row for row in found.rows if use.stream in _of(row)]
        broken: dict[int, list[str]] = {}
        for row in found.rows:
            for item in row.kept.objects:
                broken.setdefault(item, []).append(row.kept.rule)
        self._following = True
        self._show_loads(use, drawn, broken)
        self._show_exceptions(rows)
        self._show_open({one.movement for one in drawn})
        if use.stream in found.trade.streams:
            self.course.show_consent(self.session.workspace, found.trade, found.trade.streams[use.stream], found.as_of)
        else:
            self.course.clear()
        self._following = False
        self._plot(use, drawn, set(broken))

    def _plot(self, use: Use, drawn: list[Draw], flagged: set[int]) -> None:
        if self.plot is None:
            from ewglink.ui.panels.consents_plot import DrawPlot

            self.plot = DrawPlot()
            self.plot.load_wanted.connect(lambda item: self.session.selection.set([item]))
            self._draw_place.layout().addWidget(self.plot)
        self._drawn = use, drawn, flagged
        self.plot.show_use(use, drawn, flagged, set(self.session.selection.items))

    def _show_loads(self, use: Use, drawn: list[Draw], broken: dict[int, list[str]]) -> None:
        rows, unit = [], "" if use.unit == KILOGRAMS else unit_word(use)
        for one in drawn:
            said = ", ".join(sorted(set(broken.get(one.movement, ()))))
            inferred = _("inferred") if one.inferred else ""
            rows.append((one.movement, (
                (number(one.nth), one.nth), (one.ref, one.ref), day_cell(one.on), figure(one.kg, unit),
                figure(one.sum_kg, unit), (said, said), day_cell(one.received), day_cell(one.completed),
                (inferred, inferred), self._state(one.movement))))
        weight = (_("Kilograms"), _("Sum (kg)")) if not unit else (_("Quantity"), _("Sum"))
        fill(self.loads, (_("No."), _("Load"), _("Arrived") if use.unit == TONNES else _("Shipped"), *weight,
                          _("Rules broken"), _("Received"), _("Completed"), _("Consent"), _("The load is")), rows)
        for at in range(self.loads.topLevelItemCount()):
            tint(self.loads.topLevelItem(at), 5, "error")
            tint(self.loads.topLevelItem(at), 8, "warn")

    def _state(self, movement: int) -> tuple[str, Any]:
        state = load_state(self.found.trade.movements[movement], self.found.as_of)
        return _(LOAD_STATES[state]), list(LOAD_STATES).index(state)

    def _show_exceptions(self, rows: list[Any]) -> None:
        fill(self.exceptions, (_("Rule"), _("Load or item"), _("Date"), _("Severity"), _("Judgement"),
                               _("What is wrong")),
             [(row.id, ((f"{row.kept.rule} {title(row.kept.rule)}", row.kept.rule), (row.what, row.what),
                        (row.on, row.on), (f"{SIGNS[row.kept.severity]} {_(SEVERITY_NAMES[row.kept.severity])}",
                                           list(SEVERITY_NAMES).index(row.kept.severity)),
                        (_(STATE_NAMES[row.kept.state]), row.kept.state), (row.said, row.said))) for row in rows])

    def _show_open(self, movements: set[int]) -> None:
        every = open_confirmations(self.found.trade, self.found.as_of, movements)
        table_of = ageing(every)
        fill(self.ages, (_("Open for"), *(_(name) for name in OPEN_KINDS.values())),
             [(at, ((_(name), at), *((number(table_of[kind][at][0]), table_of[kind][at][0]) for kind in OPEN_KINDS)))
              for at, name in enumerate(AGE_NAMES)])
        fill(self.open, (_("Load"), _("Confirmation"), _("Days open"), _("Kilograms")),
             [(one.movement, ((one.ref, one.ref), (_(OPEN_KINDS[one.kind]), one.kind), (number(one.days), one.days),
                              figure(one.kg))) for one in every])
        self.tabs.setTabText(3, f"{_(TABS[3][1])} ({number(len(every))})")
        self.tabs.setTabText(2, f"{_(TABS[2][1])} ({number(self.exceptions.topLevelItemCount())})")
        self.tabs.setTabText(1, f"{_(TABS[1][1])} ({number(self.loads.topLevelItemCount())})")

    # in step with the chart

    def _select_loads(self, tree: QTreeWidget) -> None:
        if not self._following:
            self.session.selection.set({int(line.data(0, ID)) for line in tree.selectedItems()})

    def _tell_of(self, items: set[int]) -> None:
        """The course of the load that is selected, where it is one."""
        movement = self.found.trade.movements.get(next(iter(items))) if len(items) == 1 else None
        if movement is not None:
            self.course.show_load(self.session.workspace, movement)

    def _follow(self) -> None:
        """What is selected elsewhere is selected here: a consent, or loads of the consent shown."""
        if self.found is None or self._following or not self.isVisible():
            return
        items = set(self.session.selection.items)
        self._tell_of(items)
        known = {use.stream for use in self._uses()}
        streams = items & known
        if len(streams) == 1 and self._stream() not in streams:
            self._take(next(iter(streams)))
            self._chosen_again()
        self._following = True
        for at in range(self.loads.topLevelItemCount()):
            line = self.loads.topLevelItem(at)
            line.setSelected(line.data(0, ID) in items)
        self._following = False
        if self.plot is not None and not streams:
            use, drawn, flagged = self._drawn
            self.plot.show_use(use, drawn, flagged, items)


def _of(row: Any) -> set[int]:
    """The consents, allowances and permits that a finding is about."""
    return {*(item for item, _label in row.consents), *row.kept.about}
