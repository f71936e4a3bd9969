"""What the list of findings is grouped by and narrowed to: severity, judgement, rule and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ewglink.rules.contract import SEVERITIES
from ewglink.rules.saying import SEVERITY_NAMES, STATE_NAMES, title
from ewglink.text import N_, _, ngettext, number
from ewglink.ui.panels.findings_model import GROUPINGS, SIGNS
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.plain_text import muted
from ewglink.ui.widgets.words import Words
from ewglink.workspace.finding_list import FindingRow


class FindingsFilters(QWidget):
    """A row of choices. `changed()` when one was made, or a moment after the last letter was typed."""

    changed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by, self.severity, self.state, self.rule = (ElidedCombo(signs) for signs in (8, 8, 9, 12))
        self.words = QLineEdit(clearButtonEnabled=True)
        self.count = muted()
        self.count.setWordWrap(False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(200)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        for one, share in ((self.by, 2), (self.severity, 2), (self.state, 2), (self.rule, 3), (self.words, 3)):
            row.addWidget(one, share)
        row.addWidget(self.count)
        for box, name in ((self.by, N_("Grouped")), (self.severity, N_("Severity")), (self.state, N_("Judgement")),
                          (self.rule, N_("Rule"))):
            words.say(box.setAccessibleName, name)
            box.activated.connect(lambda _at: self.changed.emit())
        words.say(self.words.setPlaceholderText, N_("Filter by text"))
        self._typing.timeout.connect(self.changed)
        self.words.textChanged.connect(lambda _text: self._typing.start())
        self.fill_choices()

    def stop(self) -> None:
        """Wait for no more letters."""
        self._typing.stop()

    def clear(self) -> None:
        """Narrow nothing down."""
        for box in (self.severity, self.state, self.rule):
            box.setCurrentIndex(0)
        self.words.clear()

    def fill_choices(self) -> None:
        """The choices in the language in force; what was chosen stays so."""
        choices: tuple[tuple[QComboBox, list[tuple[str, str]]], ...] = (
            (self.by, [(key, _(name)) for key, name in GROUPINGS]),
            (self.severity, [("", _("any severity")), *((key, f"{SIGNS[key]} {_(SEVERITY_NAMES[key])}")
                                                        for key in SEVERITIES)]),
            (self.state, [("", _("any judgement")), ("open", _("new or confirmed")), ("moved", _("changed since")),
                          *((key, _(name)) for key, name in STATE_NAMES.items())]))
        for box, entries in choices:
            _refill(box, entries)

    def fill_rules(self, rows: Sequence[FindingRow]) -> None:
        """The rules that found something, with how often."""
        counts = Counter(row.kept.rule for row in rows)
        _refill(self.rule, [("", _("any rule")),
                            *((key, f"{key} {title(key)} ({number(counts[key])})") for key in sorted(counts))])

    def passing(self) -> Callable[[FindingRow], bool]:
        """The test that a row must pass, as the choices stand."""
        severity, state, rule = (box.currentData() for box in (self.severity, self.state, self.rule))
        words = self.words.text().casefold().split()

        def fits(row: FindingRow) -> bool:
            kept = row.kept
            if severity not in ("", kept.severity) or rule not in ("", kept.rule):
                return False
            if state == "open" and kept.state not in ("new", "confirmed") or state == "moved" and not kept.moved:
                return False
            if state in STATE_NAMES and kept.state != state:
                return False
            text = row.text().casefold() if words else ""
            return all(word in text for word in words)

        return fits

    def tell(self, shown: int, every: int) -> None:
        """How many are left, of how many."""
        self.count.setText(ngettext("{n} finding", "{n} findings", shown) if shown == every else
                           _("{n} of {all}", n=number(shown), all=number(every)))


def _refill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    kept = box.currentData()
    box.clear()
    for key, name in entries:
        box.addItem(name, key)
    box.setCurrentIndex(max(0, box.findData(kept)))
