"""Columns share a table's width, and leave a person's own widths alone."""

from __future__ import annotations

from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from ewglink.ui.widgets.sharing_table import SharingTable


def _table(qtbot: QtBot) -> SharingTable:
    table = SharingTable([170, 90, 110, 50])
    qtbot.addWidget(table)
    model = QStandardItemModel(1, 4, table)
    model.setHorizontalHeaderLabels(["Label", "Type", "Identifier", "Links"])
    table.setModel(model)
    table.verticalHeader().hide()
    table.resize(320, 200)
    table.show()
    return table


def _widths(table: SharingTable) -> list[int]:
    return [table.columnWidth(at) for at in range(4)]


def test_every_column_is_in_view_whatever_the_width(qtbot: QtBot) -> None:
    table = _table(qtbot)
    for width in (380, 420, 900):
        table.resize(width, 200)
        assert sum(_widths(table)) <= table.viewport().width()
        assert all(table.columnWidth(at) >= table.horizontalHeader().sectionSizeHint(at) for at in range(4))
    assert _widths(table)[0] > _widths(table)[2] > _widths(table)[3]


def test_where_there_is_no_room_the_name_stays_readable_and_the_table_scrolls(qtbot: QtBot) -> None:
    table = _table(qtbot)
    table.resize(240, 200)
    assert table.columnWidth(0) >= 20 * table.fontMetrics().averageCharWidth()
    assert sum(_widths(table)) > table.viewport().width()


def test_a_width_given_by_hand_stays(qtbot: QtBot) -> None:
    table = _table(qtbot)
    table.setColumnWidth(0, 200)
    table.resize(900, 200)
    assert table.columnWidth(0) == 200
