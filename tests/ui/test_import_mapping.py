"""The wizard's mapping: columns dropped on the picture, taken off, read another way; what it makes is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton

from ewglink.importers.reader_process import InProcessReader
from ewglink.ui.dialogs.import_wizard import MAPPING, ImportWizard
from ewglink.ui.widgets.column_header import ColumnHeader
from ewglink.ui.widgets.mapping_cards import MORE
from ewglink.ui.widgets.mapping_picture import column_data
from ewglink.workspace.mapping_draft import column_of

TEXT = (
    "Company;Director;When;Weight;Tag\n"
    "Gamma GmbH;Ann Lee; Bo Ek;23/04/2024;1.250,5;a\n"
    "Delta Oy;Bo Ek;05/04/2024;3,5;b\n"
)
TEXT = TEXT.replace("Ann Lee; Bo Ek", "Ann Lee, Bo Ek")


@pytest.fixture
def wizard(window: Any, qtbot: Any, tmp_path: Path) -> Any:
    made = tmp_path / "boards.csv"
    made.write_text(TEXT, encoding="utf-8")
    wizard = ImportWizard(window, [made], reader=InProcessReader(), in_process=True)
    wizard.show()
    qtbot.waitUntil(lambda: wizard.files[0].preview is not None and not wizard._tasks)
    wizard.next.click()
    assert wizard.pages.currentIndex() == MAPPING
    yield wizard
    wizard.reject()
    wizard.deleteLater()


def drop(wizard: Any, column: str, point: QPointF, data: QMimeData | None = None) -> None:
    """Let a column go at a point of the picture, as the mouse would."""
    held = data if data is not None else column_data(column)
    event = QDropEvent(point, Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    wizard.mapping.picture.dropEvent(event)


def choose(menu: QMenu, *names: str) -> None:
    """Trigger an entry of a menu, by the names on the way to it."""
    action = next(one for one in menu.actions() if one.text() == names[0])
    if len(names) > 1:
        choose(action.menu(), *names[1:])
    else:
        action.trigger()


def test_a_column_dropped_on_a_key_joins_it(wizard: Any) -> None:
    draft = wizard.files[0].draft
    firm = draft.entities[0]
    drop(wizard, "Tag", wizard.mapping.picture.place(firm, "key").box.center())
    assert firm.key == ["Company", "Tag"]
    assert wizard.mapping.model.headerData(4, Qt.Orientation.Horizontal).endswith("→ Key")
    assert wizard.files[0].specification().entities[0].key[1].column == "Tag"


def test_a_column_dropped_beside_the_cards_is_a_new_entity(wizard: Any) -> None:
    picture = wizard.mapping.picture
    drop(wizard, "Tag", QPointF(30, max(card.box.bottom() for card in picture.cards) + 30))
    assert [one.role for one in wizard.files[0].draft.entities][-1] == "Tag"
    assert len(picture.cards) == 4


def test_a_column_dropped_on_another_property_asks_which(wizard: Any) -> None:
    firm = wizard.files[0].draft.entities[0]
    drop(wizard, "Tag", wizard.mapping.picture.place(firm, MORE).box.center())
    choose(wizard.mapping.menu, "New property “Tag”")
    assert firm.properties["tag"] == "Tag"
    assert wizard.files[0].types.entity_types[firm.type].property("tag").label("en") == "Tag"
    assert not wizard.files[0].preview.problems or all(one.row for one in wizard.files[0].preview.problems)


def test_the_new_property_comes_into_the_case(wizard: Any, window: Any, qtbot: Any) -> None:
    firm = wizard.files[0].draft.entities[0]
    wizard.mapping.put("Tag", None, firm, MORE)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.next.isEnabled())
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.next.isEnabled())
    assert window.session.schema.entity_types[firm.type].property("tag") is not None


def test_a_chip_pulled_from_place_to_place_and_off(wizard: Any) -> None:
    picture, draft = wizard.mapping.picture, wizard.files[0].draft
    link = draft.links[0]
    place = picture.place(link, "start")
    assert place.columns == ["When"]
    drop(wizard, "When", picture.place(link, "end").box.center(), column_data("When", place))
    assert (link.start, column_of(link.end)) == (None, "When")
    picture.taken.emit("When", link, "end")
    assert link.end is None
    assert "When" in draft.unused()


def test_the_keyboard_does_what_the_mouse_does(wizard: Any, qtbot: Any) -> None:
    table, draft = wizard.mapping.columns, wizard.files[0].draft
    table.choose("Tag")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    menu = wizard.mapping.menu
    firm = next(action.text() for action in menu.actions() if action.menu() is not None)
    choose(menu, firm, "Label")
    assert draft.entities[0].label == "Tag"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    take = next(action.text() for action in wizard.mapping.menu.actions() if action.text().startswith("Take"))
    choose(wizard.mapping.menu, take)
    assert draft.entities[0].label is None


def test_arrows_go_from_card_to_card(wizard: Any, qtbot: Any) -> None:
    picture, draft = wizard.mapping.picture, wizard.files[0].draft
    seen = []
    for _step in range(4):
        qtbot.keyClick(picture, Qt.Key.Key_Right)
        seen.append(picture.selected)
    assert seen[:3] == draft.owners and seen[3] is draft.owners[0]
    assert wizard.mapping.form.findChild(QComboBox, "type").currentData() == draft.entities[0].type


def test_dates_say_why_they_are_read_so_and_can_be_read_otherwise(wizard: Any) -> None:
    wizard.mapping._column_chosen("When")
    form = wizard.mapping.form
    texts = [one.text() for one in form.widget().findChildren(QLabel)]
    assert "Day first, because more than 12 stands in first place in 1 row (23/04/2024)." in texts
    box = form.findChild(QComboBox, "date")
    box.activated.emit(box.findData("mdy"))
    assert wizard.files[0].draft.links[0].start == {"column": "When", "date": "mdy"}
    assert any(problem.code == "not_a_date" for problem in wizard.files[0].preview.problems)


def test_several_values_in_a_cell(wizard: Any) -> None:
    draft = wizard.files[0].draft
    wizard.mapping._column_chosen("Director")
    line = wizard.mapping.form.findChild(QLineEdit, "split")
    line.setText(",")
    line.editingFinished.emit()
    assert draft.reading("Director", "split") == ","
    assert wizard.files[0].preview.entities["person"] == 2
    assert sum(wizard.files[0].preview.links.values()) == 3


def test_a_type_changed_and_a_link_turned_round(wizard: Any) -> None:
    draft = wizard.files[0].draft
    form, link = wizard.mapping.form, draft.links[0]
    wizard.mapping.picture.chosen.emit(draft.entities[0])
    box = form.findChild(QComboBox, "type")
    box.activated.emit(box.findData("facility"))
    assert draft.entities[0].type == "facility"
    wizard.mapping.picture.select(link)
    wizard.mapping.picture.chosen.emit(link)
    ends = link.a, link.b
    buttons = {button.text(): button for button in form.widget().findChildren(QPushButton)}
    buttons["Turn it round"].click()
    assert (link.b, link.a) == ends


def test_an_entity_without_a_key_lets_nobody_on(wizard: Any, qtbot: Any) -> None:
    draft = wizard.files[0].draft
    wizard.mapping._take("Company", draft.entities[0], "key")
    assert not wizard.next.isEnabled()
    assert "needs a key" in wizard.line.said.text()
    wizard.mapping.put("Company", None, draft.entities[0], "key")
    qtbot.waitUntil(lambda: "new: 4 entities, 2 links" in wizard.line.said.text())
    assert wizard.next.isEnabled()


def test_headings_can_be_pulled(wizard: Any) -> None:
    header = wizard.mapping.columns.header
    assert isinstance(header, ColumnHeader)
    heard: list[tuple[str, QPoint]] = []
    header.menu_wanted.connect(lambda column, at: heard.append((column, at)))
    assert bytes(column_data("Weight").data("application/x-ewglink-column")) == b"Weight"
    assert not heard


def test_long_names_of_types_are_told_in_full(wizard: Any, qtbot: Any) -> None:
    draft = wizard.files[0].draft
    wizard.mapping.picture.chosen.emit(draft.links[0])
    box = wizard.mapping.form.findChild(QComboBox, "type")
    longest = max((box.itemText(at) for at in range(box.count())), key=len)
    box.showPopup()
    qtbot.waitUntil(box.view().isVisible)
    assert box.view().width() >= box.fontMetrics().horizontalAdvance(longest)
    box.hidePopup()
