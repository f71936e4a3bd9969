"""What an entity or a link of a drawn pattern must be like; and drawings turned into patterns and back."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ewglink.graph.moments import UNKNOWN, first_moment
from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message
from ewglink.ui.dialogs.condition_rows import Offer
from ewglink.ui.dialogs.pattern_canvas import Drawing, DrawnLink, DrawnNode, letter_of
from ewglink.ui.widgets.plain_text import heading, label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.ui.widgets.types_button import TypesButton
from ewglink.workspace.conditions import Compare, Condition, Group, written
from ewglink.workspace.item_query import parse
from ewglink.workspace.pattern_search import Pattern, PatternLink, PatternNode


class PatternForm(QStackedWidget):
    """The form of what is in hand; `changed()` after every change, `turned()` when a link was turned round."""

    changed = Signal()
    turned = Signal()

    def __init__(self, session: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        offer = Offer(session)
        self._node: DrawnNode | None = None
        self._link: DrawnLink | None = None
        self._showing = False
        self.types, self.where = TypesButton(), QLineEdit(clearButtonEnabled=True)
        self.where.setPlaceholderText("flag=PA AND name~nord")
        self.wrong = muted()
        self.link_types, self.strengths = TypesButton(), TypesButton()
        self.directed, self.turn = QCheckBox(), QPushButton(_("Turn it round"))
        self.start, self.end, self.order = QLineEdit(), QLineEdit(), QSpinBox()
        self.order.setRange(0, 30)
        self.order.setSpecialValueText(_("does not matter"))
        self.types.offer(_("any type"), [(key, name, type_icon(session.schema, key)) for key, name in offer.types])
        self.link_types.offer(_("any type"), [(key, name, None) for key, name in offer.link_types])
        self.strengths.offer(_("any strength"), [(key, name, None) for key, name in offer.choices["strength"]])
        self.node_title, self.link_title = heading(points=1.1), heading(points=1.1)
        nothing = QWidget()
        QVBoxLayout(nothing).addWidget(muted(_("Choose an entity or a link of the drawing to say what it must be "
                                               "like.")))
        self.addWidget(nothing)
        self.addWidget(self._form(self.node_title, ((_("Type"), self.types), (_("And"), self.where), ("", self.wrong))))
        self.addWidget(self._form(self.link_title, (
            (_("Type"), self.link_types), ("", self.directed), ("", self.turn), (_("Strength"), self.strengths),
            (_("From"), self.start), (_("Until"), self.end), (_("Place in time"), self.order))))
        for field in (self.start, self.end):
            field.setPlaceholderText(_("any date"))
        for signal in (self.types.changed, self.link_types.changed, self.strengths.changed, self.directed.toggled,
                       self.order.valueChanged, self.where.textChanged, self.start.textChanged, self.end.textChanged):
            signal.connect(self._take)
        self.turn.clicked.connect(self._turn)

    @staticmethod
    def _form(title: QWidget, rows: tuple[tuple[str, QWidget], ...]) -> QWidget:
        held = QWidget()
        form = QFormLayout(held)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(title)
        for name, field in rows:
            if name:
                field.setAccessibleName(name)
                form.addRow(label(name, buddy=field), field)
            else:
                form.addRow(field)
        return held

    def show_one(self, one: Any, drawing: Drawing) -> None:
        """Show what is in hand."""
        self._showing = True
        self._node = one if isinstance(one, DrawnNode) else None
        self._link = one if isinstance(one, DrawnLink) else None
        if self._node is not None:
            self.node_title.setText(_("Entity {name}", name=letter_of(_place(drawing, self._node))))
            self.types.choose(self._node.types)
            self.where.setText(self._node.where)
            self._check()
        if self._link is not None:
            a, b = (letter_of(_place(drawing, end)) for end in (self._link.a, self._link.b))
            self.link_title.setText(_("Link {a} – {b}", a=a, b=b))
            self.directed.setText(_("It leads from {a} to {b}", a=a, b=b))
            self.link_types.choose(self._link.types)
            self.strengths.choose(self._link.strengths)
            self.directed.setChecked(self._link.directed)
            self.start.setText(self._link.start)
            self.end.setText(self._link.end)
            self.order.setValue(self._link.order)
        self.setCurrentIndex(1 if self._node is not None else 2 if self._link is not None else 0)
        self._showing = False

    def _take(self, *_changed: Any) -> None:
        if self._showing:
            return
        if self._node is not None:
            self._node.types, self._node.where = self.types.chosen(), self.where.text().strip()
            self._check()
        if self._link is not None:
            link = self._link
            link.types, link.strengths = self.link_types.chosen(), self.strengths.chosen()
            link.directed, link.order = self.directed.isChecked(), self.order.value()
            link.start, link.end = self.start.text().strip(), self.end.text().strip()
        self.changed.emit()

    def _turn(self) -> None:
        if self._link is not None:
            self._link.a, self._link.b = self._link.b, self._link.a
            self._link.directed = True
            self.turned.emit()
            self.changed.emit()

    def _check(self) -> None:
        try:
            if self.where.text().strip():
                parse(self.where.text())
            self.wrong.clear()
        except Refusal as refusal:
            self.wrong.setText(plain(str(refusal)))


def _place(drawing: Drawing, node: DrawnNode) -> int:
    return next(at for at, one in enumerate(drawing.nodes) if one is node)


def pattern_of(drawing: Drawing) -> Pattern:
    """The pattern that a drawing says; a `Refusal` where a condition or a date cannot be read."""
    for link in drawing.links:
        for date in (link.start, link.end):
            if date and first_moment(date) == UNKNOWN:
                raise Refusal("no_date", message(N_("“{value}” is no date; write it as 2024-03-31, 2024-03 or 2024."),
                                                 value=date))
    nodes = tuple(PatternNode(_where(one), one.x, one.y) for one in drawing.nodes)
    links = tuple(PatternLink(_place(drawing, one.a), _place(drawing, one.b), one.types, one.directed, one.strengths,
                              one.start or None, one.end or None) for one in drawing.links)
    orders = sorted({one.order for one in drawing.links if one.order})
    before = tuple((at, later) for first, second in pairwise(orders)
                   for at, one in enumerate(drawing.links) if one.order == first
                   for later, other in enumerate(drawing.links) if other.order == second)
    return Pattern(nodes, links, before)


def _where(node: DrawnNode) -> Condition | None:
    parts: list[Condition] = [Compare("type", "=", node.types)] if node.types else []
    parts += [parse(node.where)] if node.where else []
    return None if not parts else parts[0] if len(parts) == 1 else Group("all", tuple(parts))


def drawing_of(pattern: Pattern) -> Drawing:
    """The drawing of a pattern."""
    nodes = [_drawn(one) for one in pattern.nodes]
    orders = [0] * len(pattern.links)
    for _turn in pattern.links:
        for first, second in pattern.before:
            orders[first] = max(orders[first], 1)
            orders[second] = max(orders[second], orders[first] + 1)
    links = [DrawnLink(nodes[one.a], nodes[one.b], one.types, one.directed, one.strengths, one.start or "",
                       one.end or "", min(order, 30)) for one, order in zip(pattern.links, orders, strict=True)]
    return Drawing(nodes, links)


def _drawn(node: PatternNode) -> DrawnNode:
    where, types = node.where, tuple[str, ...]()
    parts = where.parts if isinstance(where, Group) and where.how == "all" else (where,) if where is not None else ()
    if parts and isinstance(parts[0], Compare) and parts[0].key == "type" and parts[0].sign == "=":
        types, parts = parts[0].values, parts[1:]
    rest = parts[0] if len(parts) == 1 else Group("all", tuple(parts))
    return DrawnNode(node.x, node.y, types, written(rest) if parts else "")
