"""The form of a member's options: words, special values, millimetres."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox

from ewglink.importers.contract import FORMATS
from ewglink.layouts.contract import LAYOUTS
from ewglink.text import speaking
from ewglink.ui.widgets.options_form import OptionsForm


def test_choices_are_words_and_values_stay_keys(qtbot: Any) -> None:
    with speaking("es"):
        form = OptionsForm(LAYOUTS.get("hierarchy").options)
    qtbot.addWidget(form)
    box = form.findChild(QComboBox, "direction")
    assert [box.itemText(at) for at in range(4)] == [
        "Hacia abajo", "Hacia arriba", "Hacia la derecha", "Hacia la izquierda"]
    box.setCurrentIndex(2)
    assert form.value().direction == "right"


def test_lengths_are_millimetres(qtbot: Any) -> None:
    form = OptionsForm(LAYOUTS.get("hierarchy").options)
    qtbot.addWidget(form)
    assert form.value() == LAYOUTS.get("hierarchy").options()
    spin = form.findChild(QDoubleSpinBox, "gap")
    assert (spin.value(), spin.suffix()) == (6.0, " mm")
    spin.setValue(10)
    assert form.value().gap == 40


def test_a_special_value_is_a_word(qtbot: Any) -> None:
    form = OptionsForm(FORMATS.get("csv").options)
    qtbot.addWidget(form)
    spin = form.findChild(QSpinBox, "header")
    assert (spin.value(), spin.text()) == (-1, "Find it")
    spin.setValue(0)
    assert spin.text() == "0"


def test_a_number_shows_no_needless_noughts(qtbot: Any) -> None:
    from ewglink.ui.widgets.number_box import NumberBox

    box = NumberBox()
    qtbot.addWidget(box)
    box.setDecimals(4)
    box.setMaximum(1000)
    shown = []
    for value in (10.0, 0.5, 100.0, 0.0):
        box.setValue(value)
        shown.append(box.text().replace(",", "."))
    assert shown == ["10", "0.5", "100", "0"]
