"""The rules of appearance of a chart: in order, each switched on or off, edited, moved, added, taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ewglink.drawing.appearance.apply import field_name
from ewglink.drawing.appearance.rule import CHANGES, Rule, colour_by_community, size_by
from ewglink.text import N_, _, language
from ewglink.ui.dialogs.appearance_rule import ON, RuleDialog
from ewglink.ui.dialogs.chart_format import named
from ewglink.ui.widgets.plain_text import muted, plain


def fields_of(content: Any, schema: Any) -> Callable[[str], dict[str, str]]:
    """What rules can look at on this chart: `entities` or `links` → field → its name."""
    from ewglink.analysis.contract import MEASURES

    measures = {f"measure:{one.key}": _(one.name).replace("&", "") for one in MEASURES if one.kind == "ranking"}

    def fields(on: str) -> dict[str, str]:
        usual = ("type", "label", "grade", "source") if on == "links" else ("type", "label", "community", "grade",
                                                                              "source")
        kinds, keys = ((schema.link_types, content.link_type_keys) if on == "links"
                       else (schema.entity_types, content.type_keys))
        properties = sorted(named(kinds, keys).items(), key=lambda pair: pair[1].casefold())
        return ({key: field_name(key) for key in usual} | ({} if on == "links" else measures)
                | {f"property:{key}": name for key, name in properties})
    return fields


class AppearanceRules(QDialog):
    """Edits the rules; `rules()` gives them in order, those switched off too."""

    def __init__(self, rules: list[Rule], fields: Callable[[str], dict[str, str]], types: dict[str, str],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Rules of appearance"))
        self.resize(640, 420)
        self._rules, self._fields, self._types = list(rules), fields, types
        self.list = QListWidget()
        self.list.setAccessibleName(_("Rules of appearance"))
        self.buttons: dict[str, QPushButton] = {}
        side = QVBoxLayout()
        for key, name, run in (("add", N_("&Add…"), self.add), ("edit", N_("&Edit…"), self.edit),
                               ("up", N_("&Up"), lambda: self.shift(-1)), ("down", N_("&Down"), lambda: self.shift(1)),
                               ("remove", N_("&Remove"), self.remove)):
            button = QPushButton(_(name))
            button.clicked.connect(lambda _on=False, run=run: run())
            button.setAutoDefault(False)
            side.addWidget(button)
            self.buttons[key] = button
        self.ready = QPushButton(_("&Ready-made"))
        self.ready.setMenu(self._ready_made())
        side.addWidget(self.ready)
        side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addLayout(side)
        box = QVBoxLayout(self)
        box.addWidget(muted(_("Later rules come over earlier ones; what was given to an item by hand stays. The legend "
                              "tells what rules did. Untick a rule to switch it off.")))
        box.addLayout(row, 1)
        end = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        end.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        end.accepted.connect(self.accept)
        end.rejected.connect(self.reject)
        box.addWidget(end)
        self.list.itemDoubleClicked.connect(lambda _line: self.edit())
        self.list.itemChanged.connect(self._ticked)
        self.list.currentRowChanged.connect(lambda _row: self._able())
        self._show(0)

    def _ready_made(self) -> QMenu:
        menu = QMenu(self)
        for name, made in ((N_("Size by degree"), lambda: [size_by("degree")]),
                           (N_("Size by betweenness"), lambda: [size_by("betweenness")]),
                           (N_("Colour by community"), lambda: list(colour_by_community())),
                           (N_("Colour by type of link"), lambda: [Rule("colour", "table", "links", by="type")])):
            action = menu.addAction(_(name))
            action.triggered.connect(lambda _on=False, made=made: self.append(made()))
        return menu

    def rules(self) -> list[Rule]:
        """The rules in order."""
        return list(self._rules)

    def words(self, rule: Rule) -> str:
        """A rule in a line."""
        fields = self._fields(rule.on)
        what = _("{change} by {field}", change=_(CHANGES[rule.change]),
                 field=fields.get(rule.by, field_name(rule.by, {}))) if rule.by else _(CHANGES[rule.change])
        conditions = ", ".join(dict.fromkeys(fields.get(one.what, one.what) for one in rule.conditions))
        parts = [rule.name, _(ON[rule.on]), what, _("where {fields}", fields=conditions) if conditions else ""]
        return plain(" · ".join(part for part in parts if part))

    def _show(self, at: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for rule in self._rules:
            line = QListWidgetItem(self.words(rule), self.list)
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Unchecked if rule.off else Qt.CheckState.Checked)
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(max(0, at), len(self._rules) - 1))
        self._able()

    def _able(self) -> None:
        at = self.list.currentRow()
        self.buttons["edit"].setEnabled(at >= 0)
        self.buttons["remove"].setEnabled(at >= 0)
        self.buttons["up"].setEnabled(at > 0)
        self.buttons["down"].setEnabled(0 <= at < len(self._rules) - 1)

    def _ticked(self, line: QListWidgetItem) -> None:
        at = self.list.row(line)
        self._rules[at] = replace(self._rules[at], off=line.checkState() != Qt.CheckState.Checked)

    # what can be done

    def append(self, rules: list[Rule]) -> None:
        """Put rules at the end."""
        self._rules += rules
        self._show(len(self._rules) - 1)

    def _asked(self, rule: Rule) -> Rule | None:
        dialog = RuleDialog(rule, self._fields, self._types, self)
        found = dialog.rule() if dialog.exec() else None
        dialog.deleteLater()
        return found

    def add(self) -> None:
        """Ask for a new rule."""
        made = self._asked(Rule("colour"))
        if made is not None:
            self.append([made])

    def edit(self) -> None:
        """Ask how the rule in hand should be."""
        at = self.list.currentRow()
        made = self._asked(self._rules[at]) if at >= 0 else None
        if made is not None:
            self._rules[at] = made
            self._show(at)

    def remove(self) -> None:
        """Take the rule in hand away."""
        at = self.list.currentRow()
        if at >= 0:
            del self._rules[at]
            self._show(at)

    def shift(self, by: int) -> None:
        """Move the rule in hand up or down."""
        at = self.list.currentRow()
        to = at + by
        if at >= 0 and 0 <= to < len(self._rules):
            self._rules[at], self._rules[to] = self._rules[to], self._rules[at]
            self._show(to)


def types_of(content: Any, schema: Any) -> dict[str, str]:
    """The types on a chart with their names in the language in force, for conditions."""
    return {key: schema.label(key, language()) for key in (*content.type_keys, *content.link_type_keys)}
