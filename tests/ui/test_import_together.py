"""Several files, folders and tables in one import: what belongs together is said, and comes in as one step."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt

from ewglink import places
from ewglink.importers.reader_process import InProcessReader
from ewglink.importers.specification import Specification
from ewglink.ui.dialogs.import_specs import SpecificationsDialog
from ewglink.ui.dialogs.import_together import opened
from ewglink.ui.dialogs.import_wizard import CHECK, MAPPING, READING, ImportWizard
from ewglink.workspace import specifications
from ewglink.workspace.import_opening import Opening

OFAC = {
    "sdn.csv": '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
    '173,"ANGLO-CARIBBEAN CO., LTD.",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n',
    "add.csv": '36,25,-0- ,"Havana","Cuba",-0- \n173,129,"Ibex House","London EC3N 1DY","United Kingdom",-0- \n',
    "alt.csv": '36,12,"aka","AERO-CARIBBEAN",-0- \n173,57,"aka","AVIA IMPORT",-0- \n',
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(places, "specifications_folder", lambda: kept)
    return kept


def wizard_on(window: Any, qtbot: Any, *paths: Path) -> ImportWizard:
    wizard = ImportWizard(window, list(paths), reader=InProcessReader(), in_process=True)
    wizard.show()
    qtbot.waitUntil(lambda: all(one.preview is not None or one.refusal for one in wizard.files) and not wizard._tasks)
    return wizard


def finish(wizard: ImportWizard, qtbot: Any, patience: int = 5_000) -> None:
    """Go on until the import is done; milliseconds a page."""
    for _page in range(5):
        qtbot.waitUntil(wizard.next.isEnabled, timeout=patience)
        if wizard.run.task is None and wizard.result.title.text() == "Imported":
            break
        wizard.next.click()
    qtbot.waitUntil(lambda: wizard.result.title.text() == "Imported" and wizard.next.isEnabled(), timeout=patience)


def leave(wizard: ImportWizard) -> None:
    wizard.reject()
    wizard.deleteLater()


def test_a_folder_of_three_files_is_one_list_and_one_step(window: Any, qtbot: Any, tmp_path: Path) -> None:
    lists = tmp_path / "ofac"
    lists.mkdir()
    for name, text in OFAC.items():
        (lists / name).write_text(text, encoding="utf-8")
    before = window.session.case.journal_length()
    wizard = wizard_on(window, qtbot, lists)
    assert [one.path.name for one in wizard.files] == ["add.csv", "alt.csv", "sdn.csv"]
    assert {one.found for one in wizard.files} == {"ofac"}
    assert "3 files are parts of an OFAC list" in wizard.together.text()
    assert "one step" in wizard.together.text()
    wizard.next.click()
    assert wizard.pages.currentIndex() == CHECK  # nothing to map
    wizard.check.targets["none"].click()
    finish(wizard, qtbot)
    assert window.session.case.journal_length() == before + 1
    parties = [ref for ref in window.session.case.items.listed("entity") if "CARIBBEAN" in ref.label]
    assert len(parties) == 2
    leave(wizard)


def test_nodes_and_relationships_come_once(window: Any, qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(":ID,name,:LABEL\n1,Ana,Person\n2,Bo,Person\n", encoding="utf-8")
    (tmp_path / "knows.csv").write_text(":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n", encoding="utf-8")
    before = len(window.session.case.items.listed("entity"))
    wizard = wizard_on(window, qtbot, tmp_path / "people.csv", tmp_path / "knows.csv")
    assert "taken along" in wizard.together.text()
    assert wizard.files[0].along == "knows.csv"
    assert len(wizard.requests()) == 1
    finish(wizard, qtbot)
    assert len(window.session.case.items.listed("entity")) == before + 2
    leave(wizard)


def test_an_unknown_file_gets_a_sentence_and_the_others_come(window: Any, qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "x.exe").write_bytes(b"MZ\x90\x00" + bytes(200))
    good = tmp_path / "boards.csv"
    good.write_text("Company;Director\nGamma;Ann\n", encoding="utf-8")
    wizard = wizard_on(window, qtbot, tmp_path / "x.exe", good)
    assert "a program" in wizard.reading.refusal.text()
    assert wizard.next.isEnabled()
    qtbot.waitUntil(lambda: "new: 2 entities, 1 links" in wizard.line.said.text())
    leave(wizard)


def test_a_file_that_is_not_ticked_stays_out(window: Any, qtbot: Any, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"Company;Director\n{name} GmbH;{name} Ek\n", encoding="utf-8")
    wizard = wizard_on(window, qtbot, tmp_path / "a.csv", tmp_path / "b.csv")
    wizard.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert [request.path.name for request in wizard.requests()] == ["a.csv"]
    leave(wizard)


def test_tables_of_a_workbook_are_chosen_and_hidden_ones_are_only_listed(
    window: Any, qtbot: Any, tmp_path: Path
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    first = book.active
    first.title = "Boards"
    for row in (("Company", "Director"), ("Gamma", "Ann"), ("Delta", "Bo")):
        first.append(row)
    for name, state in (("More", "visible"), ("Secret", "hidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in (("Company", "Director"), (f"{name} Inc", "Cy")):
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    wizard = wizard_on(window, qtbot, tmp_path / "book.xlsx")
    tables = wizard.reading.tables
    assert [tables.item(at).text() for at in range(3)] == ["Boards", "More", "Secret  (hidden)"]
    assert [table.taken for table in wizard.files[0].tables.values()] == [True, False, False]
    tables.item(1).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: "new: 6 entities, 3 links" in wizard.line.said.text())
    tables.setCurrentRow(1)
    qtbot.waitUntil(lambda: wizard.files[0].at == "More" and not wizard._tasks)
    assert wizard.reading.model.index(0, 0).data() == "More Inc"
    finish(wizard, qtbot)
    assert "Secret Inc" not in {ref.label for ref in window.session.case.items.listed("entity")}
    assert "More Inc" in {ref.label for ref in window.session.case.items.listed("entity")}
    leave(wizard)


def test_folders_are_opened_and_each_file_comes_once(tmp_path: Path) -> None:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    for name in ("in/b.csv", "in/a.csv", "in/deeper/c.csv", "in/.hidden", "in/~$lock.xlsx"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = opened([tmp_path / "in" / "b.csv", tmp_path / "in"], Opening(InProcessReader()))
    assert [(one.name, one.refusal is None) for one in found] == [
        ("b.csv", True), (".hidden", False), ("a.csv", True), ("deeper/c.csv", True)]  # fmt: skip


def packed(path: Path, more: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as box:
        for name, text in OFAC.items():
            box.writestr(f"list/{name}", text)
        for name, data in more.items():
            box.writestr(name, data)
    return path


def test_a_dropped_archive_shows_its_files_and_comes_in_as_one_step(
    window: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "unpacked"))
    (tmp_path / "unpacked").mkdir()
    path = packed(tmp_path / "ofac.zip", {"people.csv": b"person_id,name\n1,Zoe Zipped\n",
                                          "junk.bin": b"\x00\x01\x02\xff" * 9})  # fmt: skip
    before = window.session.case.journal_length()
    window.files.import_files([path])
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportWizard)), timeout=20_000)
    wizard = window.findChildren(ImportWizard)[0]
    assert [one.name for one in wizard.files] == [
        f"ofac.zip/{name}" for name in ("junk.bin", "list/add.csv", "list/alt.csv", "list/sdn.csv", "people.csv")]
    qtbot.waitUntil(lambda: all(one.preview or one.refusal for one in wizard.files) and not wizard._tasks,
                    timeout=20_000)  # fmt: skip
    assert "junk.bin cannot be imported" in wizard.files[0].refusal
    assert "3 files are parts of an OFAC list" in wizard.together.text()
    wizard.next.click()
    wizard.check.targets["none"].click()
    finish(wizard, qtbot, 30_000)
    case = window.session.case
    assert case.journal_length() == before + 1
    assert "Zoe Zipped" in {ref.label for ref in case.items.listed("entity")}
    with case.reading() as connection:
        names = {name for (name,) in connection.exec_driver_sql("SELECT name FROM source")}
    assert {"ofac.zip/people.csv", "ofac.zip/list/sdn.csv"} <= names
    leave(wizard)
    assert not list((tmp_path / "unpacked").iterdir())


def test_an_archive_that_would_do_harm_is_told_of(window: Any, qtbot: Any, tmp_path: Path) -> None:
    said: list[tuple[str, str]] = []
    window.session.told.connect(lambda kind, text: said.append((kind, text)))
    window.files.import_files([packed(tmp_path / "bad.zip", {"../../people.csv": b"x"})])
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said[0][0] == "refusal" and "bad.zip names a file outside its own folder" in said[0][1]
    assert not window.findChildren(ImportWizard)


def test_a_mapping_is_kept_in_versions_and_offered_the_next_time(
    window: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "boards.csv"
    file.write_text("Firm name;Boss of it\nGamma;Ann\n", encoding="utf-8")
    monkeypatch.setattr("ewglink.ui.dialogs.import_wizard.ask_text", lambda *_: "My boards")
    wizard = wizard_on(window, qtbot, file)
    wizard.next.click()
    assert wizard.pages.currentIndex() == MAPPING
    wizard.save_spec.click()
    assert "“My boards”, version 1" in wizard.hint.text()
    wizard.mapping._remove(wizard.files[0].draft.links[0])
    wizard.save_spec.click()
    assert "version 2" in wizard.hint.text()
    leave(wizard)
    again = wizard_on(window, qtbot, file)
    assert "Your specification “My boards” fits. All 2 columns that it reads are there." in again.reading.mapping.text()
    assert again.files[0].table.origin == "saved"
    assert not again.files[0].specification().links
    again.next.click()
    assert again.pages.currentIndex() == CHECK
    again.back.click()
    assert again.pages.currentIndex() == READING
    box = again.reading.offers
    box.activated.emit(box.findData("anew"))
    assert again.files[0].table.origin == "suggested" and again.files[0].specification().links
    leave(again)


def test_specifications_are_managed(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"ewglink_spec": 1, "name": "One", "namespace": "case", "entities": {"a": {"type": "person", "key": "A"}}}
    out = tmp_path / "one.json"
    Specification.from_json(body).write(out)
    dialog = SpecificationsDialog()
    qtbot.addWidget(dialog)
    assert not dialog.buttons["use"].isEnabled()
    dialog.take(out)
    assert "“One” is kept, version 1." in dialog.said.text()
    monkeypatch.setattr("ewglink.ui.dialogs.import_specs.ask_text", lambda *_: "Two")
    dialog.buttons["rename"].click()
    assert [one.spec.name for one in specifications.listed()] == ["Two"]
    target = tmp_path / "handed.json"
    monkeypatch.setattr(
        "ewglink.ui.dialogs.import_specs.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    dialog.buttons["share"].click()
    assert Specification.read(target).name == "Two"
    heard: list[Any] = []
    dialog.chosen.connect(heard.append)
    monkeypatch.setattr("ewglink.ui.dialogs.import_specs.ask", lambda *_args, **_more: True)
    dialog.buttons["use"].click()
    assert heard[0].name == "Two"
    dialog.buttons["delete"].click()
    assert specifications.listed() == []
    dialog.take(tmp_path / "missing.json")
    assert "missing.json" in dialog.said.text()


def test_files_dropped_without_a_case_ask_for_one(empty_window: Any, qtbot: Any, tmp_path: Path) -> None:
    from ewglink.ui.dialogs.case_properties import NewCase

    file = tmp_path / "boards.csv"
    file.write_text("Company;Director\nGamma;Ann\n", encoding="utf-8")
    asked: list[Any] = []
    empty_window.files.import_files = lambda paths: asked.append(list(paths))
    empty_window.files.dropped([file])
    dialog = empty_window.findChild(NewCase)
    assert dialog is not None and dialog.windowTitle() == "A new case for what was dropped"
    dialog.path = lambda: tmp_path / "new.ewg"
    dialog.title.setText("Dropped")
    dialog.accepted.emit()
    assert asked == [[file]]
    assert empty_window.session.workspace.title == "Dropped"
    dialog.close()


@pytest.mark.parametrize("where", ["chart", "field", "panel", "window"])
def test_files_are_dropped_anywhere(window: Any, qtbot: Any, tmp_path: Path, where: str) -> None:
    from PySide6.QtCore import QMimeData, QPoint, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication, QLineEdit

    qtbot.wait(20)
    target = {"chart": window.charts.view().viewport(), "field": window.docks.panels["entities"].findChild(QLineEdit),
              "panel": window.docks.docks["entities"], "window": window}[where]  # fmt: skip
    asked: list[Any] = []
    window.files.import_files = lambda paths: asked.append(list(paths))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv"))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    taken = target
    while not taken.acceptDrops():  # as Qt looks for who takes it
        taken = taken.parentWidget()
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(taken, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(taken, QDropEvent(QPointF(5, 5), copy, data, left, none))
    qtbot.waitUntil(lambda: asked == [[tmp_path / "a.csv"]])
