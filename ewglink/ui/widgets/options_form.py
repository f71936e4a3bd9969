"""A form made from the options that a member of a family declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from ewglink.plugins.options import Option, options_of
from ewglink.text import _
from ewglink.ui.widgets.number_box import NumberBox
from ewglink.ui.widgets.plain_text import label, plain

_WIDEST = 1_000_000_000
_LONG = 34


class OptionsForm(QWidget):
    """The options of the dataclass `kind`; `value()` gives an instance, `changed()` tells of an edit. `narrow`: names
    stand above their fields and wrap."""

    changed = Signal()

    def __init__(
        self,
        kind: type,
        parent: QWidget | None = None,
        given: dict[str, Any] | None = None,
        but: tuple[str, ...] = (),
        narrow: bool = False,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._readers: dict[str, Callable[[], Any]] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        wrap = QFormLayout.RowWrapPolicy.WrapAllRows if narrow else QFormLayout.RowWrapPolicy.WrapLongRows
        form.setRowWrapPolicy(wrap)
        for one in options_of(kind):
            if one.name in but:
                continue
            value = (given or {}).get(one.name, one.default)
            field = self._field(one, value)
            name = plain(str(one.label))
            field.setAccessibleName(name)
            field.setObjectName(one.name)
            if isinstance(field, QCheckBox):
                field.setText("" if narrow and len(name) > _LONG else name)
                form.addRow(*self._tick(field, name, narrow))
            else:
                field.setMinimumWidth(110 if isinstance(field, QComboBox) else 60)
                form.addRow(label(name, buddy=field, wrap=narrow), field)

    @staticmethod
    def _tick(field: QCheckBox, name: str, narrow: bool) -> tuple[QWidget, ...]:
        """A tick with its text; a long text in a narrow form stands above it and wraps."""
        return (label(name, buddy=field, wrap=True), field) if narrow and len(name) > _LONG else (field,)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to choose."""
        return not self._readers

    def value(self) -> Any:
        """The options as chosen."""
        return self.kind(**self.values())

    def values(self) -> dict[str, Any]:
        """The options as chosen, by name."""
        return {name: read() for name, read in self._readers.items()}

    def _field(self, one: Option, value: Any) -> QWidget:
        if one.choices:
            return self._choices(one, value)
        if one.kind is bool:
            tick = QCheckBox()
            tick.setChecked(bool(value))
            tick.toggled.connect(self.changed)
            self._readers[one.name] = tick.isChecked
            return tick
        if one.kind in (int, float) and value is not None:
            return self._length(one, value) if one.per_millimetre else self._number(one, value)
        line = QLineEdit("" if value is None else str(value))
        line.editingFinished.connect(self.changed)
        self._readers[one.name] = lambda: self._typed(one, line.text())
        return line

    @staticmethod
    def _typed(one: Option, text: str) -> Any:
        if not text and one.default is None:
            return None
        try:
            return one.kind(text)
        except (TypeError, ValueError):
            return one.default

    def _choices(self, one: Option, value: Any) -> QWidget:
        box = QComboBox()
        for choice in one.choices:
            box.addItem(plain(_shown(one, choice)), choice)
        at = one.choices.index(value) if value in one.choices else 0
        box.setCurrentIndex(at)
        box.currentIndexChanged.connect(self.changed)
        self._readers[one.name] = lambda: one.choices[box.currentIndex()]
        return box

    def _number(self, one: Option, value: Any) -> QWidget:
        spin = QSpinBox() if one.kind is int else NumberBox()
        low = one.minimum if one.minimum is not None else -_WIDEST
        high = one.maximum if one.maximum is not None else _WIDEST
        spin.setRange(int(low) if one.kind is int else low, int(high) if one.kind is int else high)
        if isinstance(spin, QDoubleSpinBox):
            spin.setDecimals(4)
            spin.setSingleStep(max(0.01, abs(float(value)) / 10))
        if one.lowest:
            spin.setSpecialValueText(plain(_(one.lowest)))
        spin.setValue(value)
        spin.valueChanged.connect(self.changed)
        self._readers[one.name] = spin.value
        return spin

    def _length(self, one: Option, value: Any) -> QWidget:
        """A length in millimetres, whatever its unit is."""
        spin = NumberBox()
        scale = one.per_millimetre
        spin.setRange((one.minimum or 0) / scale, (one.maximum or _WIDEST) / scale)
        spin.setDecimals(2)
        spin.setSuffix(" mm")
        spin.setValue(value / scale)
        spin.valueChanged.connect(self.changed)
        self._readers[one.name] = lambda: spin.value() * scale
        return spin


_SIGNS = {",": ",", ";": ";", "\t": "⇥", "|": "|", "": "–"}


def _shown(one: Option, choice: Any) -> str:
    if choice is None:
        return one.said(choice) or _("Automatic")
    text = one.said(choice)
    return _SIGNS.get(text, text)
