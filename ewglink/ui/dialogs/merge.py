"""A merge by hand: which entity stands for all, and what is shown where they disagree."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import _, language
from ewglink.ui.session import Session
from ewglink.ui.widgets.elided_combo import ElidedCombo
from ewglink.ui.widgets.plain_text import label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon


class MergeDialog(QDialog):
    """Entities to be made one. `survivor()`, `chosen()` (property → statement) and `reason()` are the answers."""

    def __init__(self, session: Session, items: list[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("Merge"))
        self.setMinimumWidth(520)
        self.who = ElidedCombo()
        self.who.setAccessibleName(_("Stands for all"))
        self.why = QLineEdit()
        self.why.setAccessibleName(_("Reason"))
        self.values: dict[str, QComboBox] = {}
        refs = session.case.items.refs(items)
        self.portraits = self._read(list(refs))
        for ref in sorted(refs.values(), key=lambda one: -len(self.portraits[one.id].statements)):
            name = f"{ref.label} · {ref.identity}" if ref.identity and len(ref.identity) < 40 else ref.label
            self.who.addItem(plain(name), ref.id)
            self.who.setItemIcon(self.who.count() - 1, type_icon(session.schema, ref.type))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Merge"))
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(label(_("Stands for all"), buddy=self.who), self.who)
        form.addRow(label(_("Reason"), buddy=self.why), self.why)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(muted(_("All statements are kept. Where the sources disagree, this is shown:")))
        box.addWidget(self._disagreements(), 1)
        box.addWidget(buttons)

    @staticmethod
    def _nothing() -> QWidget:
        return muted(_("They do not disagree in anything."))

    def _read(self, items: list[int]) -> dict[int, Any]:
        from ewglink.workspace.portrait import portrait

        return {item: portrait(self._session.case, item, 0) for item in items}

    def _disagreements(self) -> QWidget:
        """One line a property of which more than one value is said."""
        said: dict[str, dict[str, Any]] = {}
        for found in self.portraits.values():
            for shown in found.shown:
                for one in shown.said:
                    if one.value not in (None, ""):
                        said.setdefault(shown.key, {}).setdefault(_text(one.value), one)
        disputed = {key: values for key, values in said.items() if len(values) > 1}
        if not disputed:
            return self._nothing()
        inside = QWidget()
        form = QFormLayout(inside)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, values in disputed.items():
            field = ElidedCombo()
            field.addItem(_("that of the one that stands for all"), None)
            for text, one in values.items():
                where = one.statement.source_name or one.statement.note or _("Entered by hand")
                field.addItem(plain(f"{text}  ({where})"), one.statement.id)
            name = self._name(key)
            field.setAccessibleName(name)
            form.addRow(label(name, buddy=field), field)
            self.values[key] = field
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(min(320, 40 * len(disputed) + 20))
        return area

    def _name(self, key: str) -> str:
        for kind in self._session.schema.entity_types.values():
            if (found := kind.property(key)) is not None:
                return found.label(language())
        return key.replace("_", " ")

    def survivor(self) -> int:
        """The entity that stands for all."""
        return int(self.who.currentData())

    def chosen(self) -> dict[str, int]:
        """Property → the statement to show, where one was picked."""
        return {key: field.currentData() for key, field in self.values.items() if field.currentData() is not None}

    def reason(self) -> str:
        """Why, in the analyst's words."""
        return self.why.text().strip()


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
