"""A new link by hand: its type among those that fit its ends, its direction, how sure it is, and when it held."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ewglink.model.items import Direction, Precision, Ref, Strength
from ewglink.text import _, language
from ewglink.ui.panels.links import STRENGTHS
from ewglink.ui.widgets.plain_text import label, plain


class AddLink(QDialog):
    """A link between `a` and `b`; `chosen()` gives the arguments of the command."""

    def __init__(self, schema: Any, a: Ref, b: Ref, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Add link"))
        self.setMinimumWidth(460)
        self._schema = schema
        self.a, self.b = a, b
        self.between = label(wrap=True)
        self.turn = QPushButton(_("Turn round"))
        self.kinds = QComboBox()
        self.direction = QComboBox()
        self.strength = QComboBox()
        self.text = QLineEdit()
        self.start = QLineEdit(placeholderText=_("YYYY, YYYY-MM or YYYY-MM-DD"))
        self.end = QLineEdit(placeholderText=_("YYYY, YYYY-MM or YYYY-MM-DD"))
        self.wrong = label(wrap=True)
        self.wrong.setProperty("wrong", True)
        for value, name in STRENGTHS.items():
            self.strength.addItem(_(name), int(value))
        for value, name in (
            (Direction.FORWARD, "→"),
            (Direction.BACKWARD, "←"),
            (Direction.BOTH, "↔"),
            (Direction.NONE, "–"),
        ):
            self.direction.addItem(name, int(value))
        top = QHBoxLayout()
        top.addWidget(self.between, 1)
        top.addWidget(self.turn)
        form = QFormLayout()
        for name, field in (
            (_("Type"), self.kinds),
            (_("Direction"), self.direction),
            (_("Strength"), self.strength),
            (_("Label"), self.text),
            (_("Start"), self.start),
            (_("End"), self.end),
        ):
            form.addRow(label(name, buddy=field), field)
            field.setAccessibleName(name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Link"))
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        box = QVBoxLayout(self)
        box.addLayout(top)
        box.addLayout(form)
        box.addWidget(self.wrong)
        box.addWidget(buttons)
        self.turn.clicked.connect(self._turn)
        self.kinds.currentIndexChanged.connect(self._set_direction)
        buttons.accepted.connect(self._check)
        buttons.rejected.connect(self.reject)
        self._fill()

    def _fill(self) -> None:
        self.between.setText(plain(f"{self.a.label}  →  {self.b.label}"))
        fitting = self._schema.links_between(self.a.type, self.b.type)
        self.kinds.clear()
        for kind in sorted(fitting, key=lambda one: one.label(language()).casefold()):
            self.kinds.addItem(plain(kind.label(language())), kind.key)
        if not fitting:
            for key, kind in sorted(
                self._schema.link_types.items(), key=lambda pair: pair[1].label(language()).casefold()
            ):
                self.kinds.addItem(plain(kind.label(language())), key)

    def _set_direction(self, *_at: Any) -> None:
        kind = self._schema.link_types.get(self.kinds.currentData())
        wanted = Direction.FORWARD if kind is None or kind.directed else Direction.NONE
        self.direction.setCurrentIndex(self.direction.findData(int(wanted)))

    def _turn(self) -> None:
        self.a, self.b = self.b, self.a
        self._fill()

    def _check(self) -> None:
        for field in (self.start, self.end):
            if field.text().strip() and _precision(field.text()) is None:
                self.wrong.setText(
                    _("“{text}” is not a date; write it as 2024, 2024-05 or 2024-05-31.", text=field.text().strip())
                )
                field.setFocus()
                return
        self.accept()

    def chosen(self) -> dict[str, Any]:
        """What the command `add_link` takes."""
        start, end = self.start.text().strip() or None, self.end.text().strip() or None
        return {
            "type_key": self.kinds.currentData(),
            "a": self.a.id,
            "b": self.b.id,
            "label": self.text.text(),
            "direction": Direction(self.direction.currentData()),
            "strength": Strength(self.strength.currentData()),
            "start": start,
            "end": end,
            "precision": _precision(start or end or ""),
        }


def _precision(text: str) -> Precision | None:
    from datetime import date

    parts = text.strip().split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
        return None
    try:
        date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
    except ValueError:
        return None
    return (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
