"""Conditions as rows of a form: what, how compared, with which value; links of links; and groups of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QSpinBox, QToolButton, QVBoxLayout, QWidget

from ewglink.model.items import Strength
from ewglink.text import N_, _, language
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.glyphs import glyph
from ewglink.ui.widgets.plain_text import hint, label, plain
from ewglink.ui.widgets.types_button import TypesButton
from ewglink.workspace.conditions import Compare, Condition, Group, Linked

TEXT_SIGNS = (("~", N_("contains")), ("=", N_("is")), ("!=", N_("is not")), ("!~", N_("does not contain")),
              ("^=", N_("begins with")), ("*", N_("has any value")), ("!*", N_("has no value")))
NUMBER_SIGNS = (("=", N_("is")), (">=", N_("is at least")), ("<=", N_("is at most")), ("..", N_("is between")),
                ("!=", N_("is not")), ("*", N_("has any value")), ("!*", N_("has no value")))
DATE_SIGNS = (("=", N_("is in")), (">=", N_("is from")), ("<=", N_("is until")), ("..", N_("is between")),
              ("*", N_("has any value")), ("!*", N_("has no value")))
CHOICE_SIGNS = (("=", N_("is")), ("!=", N_("is not")))
GRADE_SIGNS = ((">=", N_("is at least")), ("=", N_("is")), ("<=", N_("is at most")), ("*", N_("has any value")),
               ("!*", N_("has no value")))
OWN_NAMES = (
    ("type", N_("Type"), "choice"), ("text", N_("Any text"), "text"), ("label", N_("Label"), "text"),
    ("identifier", N_("Identifier"), "text"), ("date", N_("Any date"), "date"), ("grade", N_("Grade"), "grade"),
    ("handling", N_("Handling"), "text"), ("source", N_("Source"), "text"), ("importer", N_("Import format"), "text"),
    ("strength", N_("Strength of a link"), "choice"), ("links", N_("Number of links"), "number"),
    ("chart", N_("Chart"), "choice"), ("finding", N_("Finding"), "text"))
LINKED = "linked(…)"
HOWS = (("all", N_("All of these hold")), ("any", N_("Any of these holds")), ("none", N_("None of these holds")))
WAYS = (("any", N_("either way")), ("out", N_("from it")), ("in", N_("towards it")))
_KINDS = {"number": "number", "integer": "number", "quantity": "number", "date": "date", "instant": "date"}


class Offer:
    """What conditions can be made of in one case: (key, name, kind), and the choices of those that have some."""

    def __init__(self, session: Any) -> None:
        from ewglink.store.querying import stated_keys

        schema, network = session.schema, session.workspace.network()
        self.types = sorted(((key, schema.label(key, language())) for key in set(network.type_keys)),
                            key=lambda one: one[1].casefold())
        self.link_types = sorted(((key, schema.label(key, language())) for key in set(network.link_type_keys)),
                                 key=lambda one: one[1].casefold())
        self.keys: list[tuple[str, str, str]] = [(key, _(name), kind) for key, name, kind in OWN_NAMES]
        own = {key for key, _name, _kind in self.keys}
        known: dict[str, tuple[str, str]] = {}
        there = set(network.type_keys) | set(network.link_type_keys)
        for kind in (*schema.entity_types.values(), *schema.link_types.values()):
            if kind.key in there:
                for one in kind.properties:
                    known.setdefault(one.key, (one.label(language()), _KINDS.get(one.kind, "text")))
        for key in stated_keys(session.case):
            known.setdefault(key, (key, "text"))
        self.keys += sorted(((f"property.{key}" if key in own else key, name, kind)
                             for key, (name, kind) in known.items()), key=lambda one: one[1].casefold())
        self.choices = {"type": self.types,
                        "strength": [(one.name.lower(), _STRENGTHS(one)) for one in Strength],
                        "chart": [("*", _("any chart")), *((chart.name, chart.name)
                                                           for chart in session.case.charts.listed())]}


def _STRENGTHS(strength: Strength) -> str:
    return (_("confirmed"), _("unconfirmed"), _("tentative"))[int(strength)]


class Row(QWidget):
    """One condition. `changed()`, and `gone(row)` when it is taken away."""

    changed = Signal()
    gone = Signal(object)

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        return line

    def _away(self) -> QToolButton:
        made = QToolButton()
        made.setIcon(glyph("close"))
        made.setAutoRaise(True)
        made.setAccessibleName(_("Take this condition away"))
        hint(made, _("Take this condition away"))
        made.clicked.connect(lambda: self.gone.emit(self))
        return made

    def condition(self) -> Condition | None:
        """What the row says; None while something is missing."""
        raise NotImplementedError


class CompareRow(Row):
    """A key, a sign and a value."""

    def __init__(self, offer: Offer, given: Compare | None = None) -> None:
        super().__init__()
        self._offer, self._kind = offer, ""
        self.key, self.sign = ElidedCombo(14), QComboBox()
        self.value, self.to = QLineEdit(), QLineEdit()
        self.choice = TypesButton()
        self._given = given
        for box, name in ((self.key, _("What")), (self.sign, _("How")), (self.value, _("Value")),
                          (self.to, _("To")), (self.choice, _("Value"))):
            box.setAccessibleName(name)
        for key, name, _kind in offer.keys:
            self.key.addItem(plain(name), key)
        line = self._line()
        for box, stretch in ((self.key, 4), (self.sign, 3), (self.choice, 4), (self.value, 4), (self.to, 3)):
            line.addWidget(box, stretch)
        line.addWidget(self._away())
        self.setLayout(line)
        self.key.setMaxVisibleItems(24)
        self.key.currentIndexChanged.connect(self._turned)
        self.sign.currentIndexChanged.connect(self._compared)
        for field in (self.value, self.to):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.choice.changed.connect(self.changed)
        self._turned()
        if given is not None:
            self._take(given)

    def _take(self, given: Compare) -> None:
        at = self.key.findData(given.key)
        if at < 0:
            self.key.addItem(plain(given.key), given.key)
            at = self.key.count() - 1
        self.key.setCurrentIndex(at)
        anything = given.values == ("*",)
        ranged = given.sign == "=" and len(given.values) == 1 and ".." in given.values[0]
        sign = ("!*" if given.sign == "!=" else "*") if anything and self._kind != "choice" else (
            ".." if ranged and self._kind in ("number", "date") else given.sign)
        self.sign.setCurrentIndex(max(0, self.sign.findData(sign)))
        if self._kind == "choice":
            self.choice.choose(given.values)
        elif sign == "..":
            first, _dots, last = given.values[0].partition("..")
            self.value.setText(first)
            self.to.setText(last)
        elif not anything:
            self.value.setText("|".join(given.values))

    def _turned(self, *_at: int) -> None:
        key = self.key.currentData()
        self._kind = next((kind for one, _name, kind in self._offer.keys if one == key), "text")
        signs = {"text": TEXT_SIGNS, "number": NUMBER_SIGNS, "date": DATE_SIGNS, "choice": CHOICE_SIGNS,
                 "grade": GRADE_SIGNS}[self._kind]
        self.sign.blockSignals(True)
        self.sign.clear()
        for sign, name in signs:
            self.sign.addItem(_(name), sign)
        self.sign.blockSignals(False)
        if self._kind == "choice":
            self.choice.offer(_("choose…"), [(one, name, None) for one, name in self._offer.choices[key]])
        hints = {"date": _("2024-03-31, 2024-03 or 2024"), "number": _("a number"), "grade": _("A1 to F6")}
        self.value.setPlaceholderText(hints.get(self._kind, ""))
        self.to.setPlaceholderText(hints.get(self._kind, ""))
        self._compared()

    def _compared(self, *_at: int) -> None:
        sign = self.sign.currentData()
        self.choice.setVisible(self._kind == "choice")
        self.value.setVisible(self._kind != "choice" and sign not in ("*", "!*"))
        self.to.setVisible(sign == "..")
        self.changed.emit()

    def condition(self) -> Condition | None:
        """The condition."""
        key, sign = self.key.currentData(), self.sign.currentData()
        if self._kind == "choice":
            chosen = self.choice.chosen()
            return Compare(key, sign, chosen) if chosen else None
        if sign in ("*", "!*"):
            return Compare(key, "=" if sign == "*" else "!=", ("*",))
        text = self.value.text().strip()
        if sign == "..":
            last = self.to.text().strip()
            return Compare(key, "=", (f"{text}..{last}",)) if text and last else None
        return Compare(key, sign, tuple(one.strip() for one in text.split("|") if one.strip())) if text else None


class LinkedRow(Row):
    """Linked to so many others, for which conditions of their own hold."""

    def __init__(self, offer: Offer, given: Linked | None = None) -> None:
        super().__init__()
        given = given or Linked()
        self.types, self.strengths, self.way = TypesButton(), TypesButton(), QComboBox()
        self.least, self.most = QSpinBox(), QSpinBox()
        self.start, self.end = QLineEdit(given.start or ""), QLineEdit(given.end or "")
        self.types.offer(_("links of any type"), [(key, name, None) for key, name in offer.link_types])
        self.types.choose(given.types)
        self.strengths.offer(_("of any strength"), [(key, name, None) for key, name in offer.choices["strength"]])
        self.strengths.choose(given.strengths)
        for key, name in WAYS:
            self.way.addItem(_(name), key)
        self.way.setCurrentIndex(max(0, self.way.findData(given.way)))
        for box, value in ((self.least, given.at_least), (self.most, given.at_most)):
            box.setRange(-1 if box is self.most else 0, 1_000_000)
            box.setValue(-1 if value is None else value)
        self.most.setSpecialValueText(_("any number"))
        self.to = GroupBox(offer, given.to if isinstance(given.to, Group) else Group(
            "all", (given.to,) if given.to is not None else ()), top=False, title=_("To entities for which"))
        self._set_out()
        for field in (self.types, self.strengths, self.to):
            field.changed.connect(self.changed)
        for field in (self.start, self.end):
            field.textChanged.connect(lambda _text: self.changed.emit())
            field.setPlaceholderText(_("any date"))
        for box in (self.least, self.most):
            box.valueChanged.connect(lambda _n: self.changed.emit())
        self.way.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def _set_out(self) -> None:
        first, second, third = self._line(), self._line(), self._line()
        first.addWidget(label(_("Linked by")))
        first.addWidget(self.types, 2)
        first.addWidget(self.strengths, 1)
        first.addWidget(self.way, 1)
        first.addWidget(self._away())
        for name, field, line in ((_("To at least"), self.least, second), (_("at most"), self.most, second),
                                  (_("from"), self.start, third), (_("until"), self.end, third)):
            line.addWidget(label(name, buddy=field))
            line.addWidget(field, 1)
            field.setAccessibleName(name)
        self.types.setAccessibleName(_("Linked by"))
        self.strengths.setAccessibleName(_("Strength"))
        self.way.setAccessibleName(_("Direction"))
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(frame)
        for line in (first, second, third):
            column.addLayout(line)
        column.addWidget(self.to)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(frame)

    def condition(self) -> Condition | None:
        """The condition."""
        inner = self.to.condition()
        to = None if isinstance(inner, Group) and not inner.parts else inner
        most = self.most.value()
        return Linked(self.types.chosen(), self.way.currentData(), self.least.value(), None if most < 0 else most,
                      self.strengths.chosen(), self.start.text().strip() or None, self.end.text().strip() or None, to)


class GroupBox(Row):
    """All, any or none of some conditions, which may be groups themselves."""

    def __init__(self, offer: Offer, given: Group | None = None, *, top: bool = True, title: str = "") -> None:
        super().__init__()
        given = given or Group()
        self._offer, self._title = offer, title
        self.how = QComboBox()
        self.how.setAccessibleName(_("How they are combined"))
        for key, name in HOWS:
            self.how.addItem(_(name), key)
        self.how.setCurrentIndex(max(0, self.how.findData(given.how)))
        self.how.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.rows: list[Row] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._set_out(top)
        for part in given.parts:
            self.add(_row(offer, part))

    def _set_out(self, top: bool) -> None:
        head, foot = self._line(), self._line()
        if self._title:
            head.addWidget(label(self._title))
        head.addWidget(self.how)
        head.addStretch(1)
        if not top and not self._title:
            head.addWidget(self._away())
        makes: tuple[tuple[str, Callable[[], Row]], ...] = (
            (_("Condition"), lambda: CompareRow(self._offer)), (_("Linked to"), lambda: LinkedRow(self._offer)),
            (_("Group"), lambda: GroupBox(self._offer, Group("any"), top=False)))
        for text, make in makes:
            button = QToolButton()
            button.setText(text)
            button.setIcon(glyph("add"))
            button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _checked=False, made=make: self.add(made()))
            foot.addWidget(button)
        foot.addStretch(1)
        inner = QVBoxLayout()
        inner.setContentsMargins(14 if not top else 0, 0, 0, 0)
        inner.addLayout(self._column)
        inner.addLayout(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(head)
        box.addLayout(inner)

    def add(self, row: Row) -> None:
        """Another condition."""
        self.rows.append(row)
        self._column.addWidget(row)
        row.changed.connect(self.changed)
        row.gone.connect(self._remove)
        self.changed.emit()

    def _remove(self, row: Row) -> None:
        self.rows.remove(row)
        row.hide()
        self._column.removeWidget(row)
        row.deleteLater()
        self.changed.emit()

    def condition(self) -> Condition:
        """The group; one condition alone stands for itself."""
        parts = tuple(part for row in self.rows if (part := row.condition()) is not None
                      and not (isinstance(part, Group) and not part.parts))
        how = self.how.currentData()
        return parts[0] if len(parts) == 1 and how != "none" else Group(how, parts)


def _row(offer: Offer, condition: Condition) -> Row:
    if isinstance(condition, Linked):
        return LinkedRow(offer, condition)
    if isinstance(condition, Compare):
        return CompareRow(offer, condition)
    return GroupBox(offer, condition, top=False)
