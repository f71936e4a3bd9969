"""Why a party deserves a look: each indicator with its value, weight and share of the score, and its false alarms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.rules.indicators import CAPS, GROUP_NAMES, INDICATORS, Group
from ewglink.rules.reasons import title_of, told
from ewglink.rules.scoring import Contribution, Score
from ewglink.text import N_, Message, _, ngettext, number
from ewglink.ui import theme
from ewglink.ui.panels.trade_panel import ID
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain
from ewglink.workspace.finding_words import input_name
from ewglink.workspace.scoring import LEAD, adds, innocent, score_case, surroundings

HEADINGS = (N_("Indicator"), N_("Value"), N_("Weight"), N_("Weight × value"), N_("Adds to the score"),
            N_("What was compared"))
_KEY = Qt.ItemDataRole.UserRole + 1


class PartyIndicators(QWidget):
    """The indicators of one party, scored beside the window when this is seen. `item_wanted(id)` opens what a sign was
    seen on; `scored(n)` tells of how many indicators there is a sign."""

    item_wanted = Signal(int)
    scored = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.result: Score | None = None
        self._asked: tuple[Any, int] | None = None
        self._answered: tuple[Any, int] | None = None
        self._found: Any = None
        self._around: Any = None
        self._task: Any = None
        self.summary, self.lead = heading(points=1.05), muted()
        self.bar = QProgressBar()
        self.tree = QTreeWidget()
        self.definition, self.harmless = label(wrap=True), label(wrap=True)
        self._set_out()
        self.tree.currentItemChanged.connect(lambda *_: self._explain())
        self.tree.itemActivated.connect(self._open)
        session.theme_changed.connect(lambda *_: self._show())

    def _set_out(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(140)
        self.bar.hide()
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.bar)
        self.tree.setColumnCount(len(HEADINGS))
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(2)
        box.addLayout(top)
        box.addWidget(self.lead)
        box.addWidget(self.tree, 1)
        for each in (self.definition, self.harmless):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.addWidget(each)

    # asking

    def ask(self, found: Any, party: int) -> None:
        """Score a party of the trade `found`, at once if this is seen, else when it is."""
        self._asked = found, party
        if self.isVisible():
            self._score()

    def showEvent(self, event: Any) -> None:
        """Score what was asked for while nobody looked."""
        super().showEvent(event)
        self._score()

    def clear(self) -> None:
        """Nothing is asked for."""
        if self._task is not None:
            self._task.cancel()
        self._asked = self._answered = self.result = self._found = self._around = None
        self._show()

    def _score(self) -> None:
        if self._asked is None or self._same(self._answered, self._asked) or self.session.workspace is None:
            return
        if self._task is not None:
            self._task.cancel()  # the end of that one asks again
            return
        asked, workspace = self._asked, self.session.workspace
        found, party = asked
        if found is not self._found:
            self._found, self._around = found, surroundings(workspace, found.trade)
        self.result = None
        self._show()
        self.bar.setRange(0, 1000)
        self.bar.show()
        self._task = self.session.jobs.run(
            Message(N_("Scoring the party")), score_case(workspace, [party], found.as_of, around=self._around),
            progress=lambda step: self.bar.setValue(int((step.done or 0.0) * 1000)),
            finished=lambda scores: self._take(asked, scores), ended=self._ended)

    @staticmethod
    def _same(one: tuple[Any, int] | None, other: tuple[Any, int]) -> bool:
        return one is not None and one[0] is other[0] and one[1] == other[1]

    def _take(self, asked: tuple[Any, int], scores: Any) -> None:
        if scores is not None and self._asked is not None and self._same(asked, self._asked):
            self._answered = asked
            self.result = scores.items[0].score if scores.items else None
            self._show()

    def _ended(self) -> None:
        self._task = None
        self.bar.hide()
        if self._asked is not None and not self._same(self._answered, self._asked) and self.isVisible():
            self._score()

    # showing

    def retranslate(self) -> None:
        """Say everything again."""
        self._show()

    def _show(self) -> None:
        self.tree.clear()
        self.tree.setHeaderLabels([_(name) for name in HEADINGS])
        self.tree.setAccessibleName(_("Indicators"))
        one = self.result
        self.summary.setText("" if one is None else _(
            "Score {score} of 100 · coverage {pct} %", score=number(one.score, 1),
            pct=number(round(100 * one.coverage))))
        self.lead.setText("" if one is None else f"{LEAD} " + _(
            "It is worked out anew each time, kept nowhere and on no chart. Coverage is the share of the indicators "
            "for which there are data."))
        self.lead.setVisible(one is not None)
        if one is not None:
            self._fill(one)
        self._explain()
        self.scored.emit(len(one.contributions) if one is not None else -1)

    def _fill(self, one: Score) -> None:
        for group, points in sorted(one.groups.items(), key=lambda pair: (-pair[1], pair[0])):
            self._group(one, group, points)
        seen = {each.indicator for each in one.contributions}
        asked = [each.key for each in sorted(INDICATORS, key=lambda each: each.key) if each.over == one.over]
        missing = sorted(one.missing)
        self._section(ngettext("Not evaluable: {n} indicator", "Not evaluable: {n} indicators", len(missing)),
                      ((key, _(one.why[key]) if key in one.why else
                        _("There are no data on: {inputs}", inputs=self._inputs(one.missing[key])))
                       for key in missing))
        quiet = [key for key in asked if key not in seen and key not in one.missing]
        self._section(ngettext("No sign: {n} indicator", "No sign: {n} indicators", len(quiet)),
                      ((key, "") for key in quiet))
        for column in range(len(HEADINGS) - 1):
            self.tree.resizeColumnToContents(column)
        self.tree.setColumnWidth(0, min(320, self.tree.columnWidth(0) + 8))
        if seen:
            self.tree.setCurrentItem(self.tree.topLevelItem(0).child(0))

    def _inputs(self, keys: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(input_name(self.session.schema, key) for key in keys))

    def _group(self, one: Score, group: Group, points: float) -> None:
        top = QTreeWidgetItem(self.tree, [plain(_group_text(group, points))])
        _bold(top)
        top.setFirstColumnSpanned(True)
        mine = [each for each in one.contributions if each.group == group]
        for each in sorted(mine, key=lambda each: (-each.points, each.indicator)):
            self._contribution(top, one, each)
        top.setExpanded(True)

    def _contribution(self, top: QTreeWidgetItem, one: Score, each: Contribution) -> None:
        texts = (f"{each.indicator} {title_of(each.indicator)}", number(each.s, 2), number(each.weight, 2),
                 number(each.points, 3), number(adds(one, each), 1), told(each.values))
        line = QTreeWidgetItem(top, [plain(text) for text in texts])
        for column, text in enumerate(texts):
            hint(line, text, column)
            if 1 <= column <= 4:
                line.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setData(0, _KEY, each.indicator)
        line.setData(0, ID, next(iter(each.objects), None))

    def _section(self, name: str, rows: Iterable[tuple[str, str]]) -> None:
        top = QTreeWidgetItem(self.tree, [name])
        _bold(top)
        top.setFirstColumnSpanned(True)
        quiet = QBrush(QColor(theme.colours(theme.worn()).muted))
        for key, why in rows:
            line = QTreeWidgetItem(top, [plain(f"{key} {title_of(key)}"), "", number(INDICATORS.get(key).weight, 2), "",
                                         "", plain(why)])
            line.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.setData(0, _KEY, key)
            line.setForeground(0, quiet)
            hint(line, why, 5)
        top.setHidden(not top.childCount())

    def _explain(self) -> None:
        line = self.tree.currentItem()
        key = line.data(0, _KEY) if line is not None else None
        for each in (self.definition, self.harmless):
            each.setVisible(key in INDICATORS)
        if key not in INDICATORS:
            return
        self.definition.setText(plain(f"{key}: {_(INDICATORS.get(key).formula)}"))
        reasons = "".join(f"\n• {text}" for text in innocent(key))
        self.harmless.setText(plain(_("It may be harmless:") + reasons))

    def _open(self, line: QTreeWidgetItem, _column: int) -> None:
        if line.data(0, ID):
            self.item_wanted.emit(int(line.data(0, ID)))


def _group_text(group: Group, points: float) -> str:
    name, cap = _(GROUP_NAMES[group]), number(CAPS[group], 2)
    if points >= CAPS[group]:
        return _("{group}: {cap}, the most that this group may add", group=name, cap=cap)
    return _("{group}: {points} of at most {cap}", group=name, points=number(points, 3), cap=cap)


def _bold(line: QTreeWidgetItem) -> None:
    font = line.font(0)
    font.setBold(True)
    line.setFont(0, font)
