"""The inspector: what is known of the selected item, who said each value, and the way to the row it came from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, _, language, ngettext
from ewglink.ui import theme
from ewglink.ui.panels.links import ARROWS, strength_name
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import heading, hint, label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.validity import VALIDITY

if TYPE_CHECKING:
    from ewglink.workspace.portrait import Portrait, Said, Shown

_STATEMENT = Qt.ItemDataRole.UserRole
_PROPERTY = Qt.ItemDataRole.UserRole + 1
_ITEM = Qt.ItemDataRole.UserRole + 2


class InspectorPanel(Panel):
    """One item in full, or the sum of several. `source_wanted(record)` asks for a row, `item_wanted(id)` an item."""

    source_wanted = Signal(int)
    item_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.icon = label()
        self.title = heading(points=1.15)
        self.subtitle = muted()
        self.tree = QTreeWidget()
        self.source_button = QPushButton()
        self.choose_button = QPushButton()
        self._shown: Portrait | None = None
        self._set_out()
        self.words.say(self.source_button.setText, N_("Show source &row"))
        self.words.say(self.choose_button.setText, N_("&Use this value"))
        self.words.say(self.tree.setAccessibleName, N_("Properties and statements"))
        session.selection.changed.connect(self.again)
        self.tree.itemSelectionChanged.connect(self._choose_buttons)
        self.tree.itemActivated.connect(self._activated)
        self.source_button.clicked.connect(self.show_source)
        self.choose_button.clicked.connect(self._use_value)

    def _set_out(self) -> None:
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.icon.setFixedSize(36, 36)
        self.tree.setColumnCount(2)
        self.tree.setAlternatingRowColors(True)
        self.tree.setWordWrap(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.tree.header().setStretchLastSection(True)
        self.tree.setColumnWidth(0, 140)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 2)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(6, 4, 6, 6)
        buttons.addWidget(self.source_button)
        buttons.addWidget(self.choose_button)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(self.tree, 1)
        box.addLayout(buttons)

    # what is shown

    def look(self) -> None:
        """Show what is selected."""
        ids = self.session.selection.items
        self.tree.setHeaderLabels([_("Property"), _("Value")])
        if len(ids) == 1:
            self._show_one(next(iter(ids)))
        else:
            self._show_many(ids)
        self._choose_buttons()

    def emptied(self) -> None:
        """No case, nothing to show."""
        super().emptied()
        self._shown = None
        self.tree.clear()
        self.title.clear()
        self.subtitle.clear()
        self.icon.clear()

    def _show_many(self, ids: Any) -> None:
        self._shown = None
        self.tree.clear()
        self.icon.clear()
        self.icon.setVisible(False)
        if not ids:
            self.title.setText(_("Nothing selected"))
            self.subtitle.setText(
                _("Select an item on the chart or in a table to see what is known of it and who said it.")
            )
            return
        self.title.setText(ngettext("{n} item selected", "{n} items selected", len(ids)))
        self.subtitle.setText("")
        some = list(ids)[:20_000]
        refs = self.session.case.items.refs(some)
        schema = self.session.schema
        for kind, name in (("entity", _("Entities")), ("link", _("Links"))):
            counts = Counter(ref.type for ref in refs.values() if ref.kind == kind)
            if counts:
                section = self._section(name, sum(counts.values()))
                for key, n in counts.most_common():
                    line = QTreeWidgetItem(section, [schema.label(key, language()), str(n)])
                    line.setIcon(0, type_icon(schema, key))

    def _show_one(self, item: int) -> None:
        from ewglink.workspace.portrait import portrait

        found = portrait(self.session.case, item)
        self._shown = found
        self.tree.clear()
        if found is None:
            self._show_many(())
            return
        schema = self.session.schema
        self.icon.setVisible(found.link is None)
        if found.link is None:
            self.icon.setPixmap(type_icon(schema, found.ref.type).pixmap(36, 36))
            self.title.setText(plain(found.ref.label))
            self.subtitle.setText(plain(schema.label(found.ref.type, language())))
        else:
            self._head_of_link(found)
        if found.shown:
            section = self._section(_("Properties"), len(found.shown))
            for shown in found.shown:
                self._add_property(section, found, shown)
        if found.identities:
            section = self._section(_("Identifiers"), len(found.identities))
            for one in found.identities:
                self._add_identity(section, one)
        if found.merged_from:
            section = self._section(_("Merged from"), len(found.merged_from))
            for ref in found.merged_from:
                line = QTreeWidgetItem(section, [plain(schema.label(ref.type, language())), plain(ref.label)])
                line.setIcon(1, type_icon(schema, ref.type))
        if found.links:
            self._add_links(found)
        self._add_statements(found)

    def _head_of_link(self, found: Portrait) -> None:
        link = found.link
        names = [found.others[end].label if end in found.others else "?" for end in (link.a, link.b)]
        self.title.setText(plain(f"{names[0]} {ARROWS.get(link.direction, '–')} {names[1]}"))
        about = [self.session.schema.label(found.ref.type, language()), strength_name(link.strength)]
        if link.start or link.end:
            about.append(" – ".join(filter(None, (link.start, link.end))))
        self.subtitle.setText(plain(" · ".join(about)))
        section = self._section(_("Ends"), 2)
        for name, end in ((_("From"), link.a), (_("To"), link.b)):
            self._other(section, name, end, found)

    def _other(self, section: QTreeWidgetItem, name: str, item: int, found: Portrait) -> None:
        other = found.others.get(item)
        line = QTreeWidgetItem(section, [plain(name), plain(other.label) if other else "?"])
        line.setData(0, _ITEM, item)
        if other:
            line.setIcon(1, type_icon(self.session.schema, other.type))

    def _section(self, name: str, n: int) -> QTreeWidgetItem:
        line = QTreeWidgetItem(self.tree, [name, str(n)])
        font = line.font(0)
        font.setBold(True)
        line.setFont(0, font)
        line.setForeground(1, QBrush(QColor(theme.colours(theme.worn()).muted)))
        line.setExpanded(True)
        return line

    def _property_name(self, type_key: str, key: str) -> str:
        schema = self.session.schema
        kind = schema.entity_types.get(type_key) or schema.link_types.get(type_key)
        found = kind.property(key) if kind else None
        return found.label(language()) if found else key.replace("_", " ")

    def _add_property(self, section: QTreeWidgetItem, found: Portrait, shown: Shown) -> None:
        name = self._property_name(found.ref.type, shown.key)
        line = QTreeWidgetItem(section, [plain(name), plain(_text(shown.chosen.value))])
        line.setData(0, _PROPERTY, shown.key)
        line.setData(0, _STATEMENT, shown.chosen.statement.id)
        hint(line, _text(shown.chosen.value), 1)
        self._colour(line, shown.chosen.validity, self._why(shown.key, shown.chosen))
        if shown.disputed:
            line.setText(
                1, line.text(1) + "   " + ngettext("({n} statement)", "({n} statements, they differ)", len(shown.said))
            )
        if len(shown.said) > 1 or shown.by_choice:
            for said in shown.said:
                self._add_said(line, said, said is shown.chosen)

    def _add_said(self, parent: QTreeWidgetItem, said: Said, chosen: bool) -> None:
        where = _where(said)
        line = QTreeWidgetItem(parent, [("● " if chosen else "○ ") + plain(where), plain(_text(said.value))])
        line.setData(0, _STATEMENT, said.statement.id)
        line.setData(0, _PROPERTY, parent.data(0, _PROPERTY))
        raw = _("As written: {raw}", raw=said.raw) if said.raw is not None else ""
        hint(line, "\n".join(filter(None, (_text(said.value), raw, said.reason and str(said.reason)))), 1)
        self._colour(line, said.validity, self._why(parent.data(0, _PROPERTY), said))

    def _why(self, key: str, said: Said) -> str | None:
        """Why a value is doubtful or not valid, in a sentence."""
        from ewglink.workspace.validity import scheme_of, why

        if said.validity is None or self._shown is None:
            return None
        scheme = scheme_of(self.session.schema, self._shown.ref.type, key)
        found = why(said.reason, scheme, str(said.raw if said.raw is not None else said.value))
        return str(found) if found is not None else None

    def _colour(self, line: QTreeWidgetItem, validity: str | None, reason: str | None) -> None:
        if validity in ("warn", "fail"):
            shade = theme.colours(theme.worn())
            line.setForeground(1, QBrush(QColor(shade.warn if validity == "warn" else shade.error)))
            line.setText(1, f"{line.text(1)}   ({_(VALIDITY[validity])})")
            hint(line, "\n".join(filter(None, (line.text(1), str(reason or "")))), 1)
        elif validity == "ok":
            hint(line, "\n".join((line.text(1), _(VALIDITY["ok"]))), 1)

    def _add_identity(self, section: QTreeWidgetItem, one: Any) -> None:
        from ewglink.workspace.validity import why

        value = one.value if len(one.value) < 60 else one.value[:16] + "…"
        line = QTreeWidgetItem(section, [plain(self._scheme_name(one.ns)), plain(value)])
        self._colour(line, one.validity, str(why(None, one.ns, one.value) or ""))
        hint(line, _("Makes two rows one item") if one.joins else _("Known, but does not make two rows one item"), 0)

    def _scheme_name(self, ns: str) -> str:
        """The name of an identifier's scheme, as the property that holds it is called; else the namespace."""
        for kind in self.session.schema.entity_types.values():
            for use in kind.identifiers:
                found = kind.property(use.property) if use.scheme == ns else None
                if found is not None:
                    return found.label(language())
        return ns

    def _add_links(self, found: Portrait) -> None:
        section = self._section(_("Links"), len(found.links))
        schema = self.session.schema
        for link in found.links:
            other = link.b if link.a == found.ref.id else link.a
            arrow = ARROWS.get(link.direction, "–")
            arrow = arrow if link.a == found.ref.id else {"→": "←", "←": "→"}.get(arrow, arrow)
            self._other(section, f"{arrow} {schema.label(link.type, language())}", other, found)

    def _add_statements(self, found: Portrait) -> None:
        if not found.statements:
            return
        section = self._section(_("Statements"), len(found.statements))
        for one in found.statements:
            where = one.source_name or (_("Note: {note}", note=one.note) if one.note else _("Entered by hand"))
            line = QTreeWidgetItem(section, [plain(where), plain(_about(one))])
            line.setData(0, _STATEMENT, one.id)
            hint(line, where, 0)
            hint(line, _about(one), 1)
        section.setExpanded(len(found.statements) < 6)

    # what can be done

    def _chosen(self) -> Any:
        """The statement that is meant: of the line in hand, else the only or the latest with a record."""
        if self._shown is None:
            return None
        line = self.tree.currentItem()
        wanted = line.data(0, _STATEMENT) if line is not None else None
        for one in self._shown.statements:
            if one.id == wanted:
                return one
        shown = [one.chosen.statement for one in self._shown.shown]
        return next((one for one in (*shown, *self._shown.statements) if one.record is not None), None)

    def _choose_buttons(self) -> None:
        chosen = self._chosen()
        self.source_button.setEnabled(chosen is not None and chosen.record is not None)
        line = self.tree.currentItem()
        parent = line.parent() if line is not None else None
        self.choose_button.setEnabled(
            parent is not None and bool(parent.data(0, _PROPERTY)) and not self.session.read_only
        )

    def show_source(self) -> None:
        """Ask for the row behind the statement in hand."""
        chosen = self._chosen()
        if chosen is not None and chosen.record is not None:
            self.source_wanted.emit(chosen.record)

    def _use_value(self) -> None:
        from ewglink.workspace.commands.items import choose

        line, shown = self.tree.currentItem(), self._shown
        if line is not None and shown is not None and line.data(0, _PROPERTY):
            self.session.do(
                lambda workspace: choose(
                    workspace.case, shown.ref.id, line.data(0, _PROPERTY), line.data(0, _STATEMENT)
                )
            )

    def _activated(self, line: QTreeWidgetItem, _column: int) -> None:
        if line.data(0, _ITEM):
            self.item_wanted.emit(int(line.data(0, _ITEM)))
        elif line.data(0, _STATEMENT):
            self.show_source()


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _where(said: Said) -> str:
    one = said.statement
    if one.source_name is None:
        return one.note or _("Entered by hand")
    return _("{file}, row {row}", file=one.source_name, row=one.row) if one.row is not None else one.source_name


def _about(one: Any) -> str:
    parts = []
    if one.row is not None:
        parts.append(_("row {row}", row=one.row))
    if one.part:
        parts.append(str(one.part))
    if one.grade:
        parts.append(_("grade {grade}", grade=one.grade))
    if one.handling:
        parts.append(_("handling {handling}", handling=one.handling))
    parts.append(f"{one.recorded_by}, {one.recorded_at[:10]}")
    return " · ".join(parts)
