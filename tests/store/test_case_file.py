"""A case file: opened again, refused when it is none, upgraded, verified, and whole after a failure."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from ewglink.model.refusal import Refusal
from ewglink.store import tables, versions
from ewglink.store.case_file import CaseFile
from ewglink.workspace.commands import charts, items
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.ewg"


def _add(case: CaseFile, label: str, type_key: str = "person") -> int:
    changeset, item = items.add_entity(case, type_key, label)
    case.apply(changeset)
    return item


def test_what_was_done_is_there_and_can_be_undone_after_reopening(path: Path) -> None:
    with CaseFile.create(path, "Grey cell") as case:
        first = _add(case, "José Côté")
        second = _add(case, "Blue Smelter", "organization")
        changeset, link = items.add_link(case, "director_of", first, second)
        case.apply(changeset)
    assert not path.with_name("case.ewg-wal").exists()
    with CaseFile.open(path) as case:
        assert case.meta("title") == "Grey cell"
        assert [found.id for found in case.items.links()] == [link]
        case.undo()
        case.undo()
        assert [ref.label for ref in case.items.listed("entity")] == ["José Côté"]
    with CaseFile.open(path) as case:
        case.redo()
        case.redo()
        assert [(found.a, found.b) for found in case.items.links()] == [(first, second)]
        with pytest.raises(Refusal) as refusal:
            case.redo()
        assert refusal.value.code == "nothing_to_redo"


def test_search_ignores_accents_and_finds_beginnings_and_middles(path: Path) -> None:
    with CaseFile.create(path, "T") as case:
        item = _add(case, "Fundidora São José Côté")
        for text in ("sao", "SÃO", "cote", "fund", "idora", "josé cô"):
            assert case.search(text) == (1, [item]), text
        assert case.search("nobody") == (0, [])
        assert case.search("") == (0, [])
        assert case.search('"; DROP TABLE item --') == (0, [])
        case.apply(items.rename(case, item, "Other"))
        assert case.search("cote") == (0, [])
        assert case.search("other") == (1, [item])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_case"),
        (b"hello", "not_a_case"),
        (b"PK\x03\x04" + b"\0" * 200, "not_a_case"),
        (b"SQLite format 3\0" + b"\0" * 200, "not_a_case"),
    ],
)
def test_a_file_that_is_no_case_is_refused(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        CaseFile.open(path)
    assert refusal.value.code == code
    assert str(path) in str(refusal.value)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(Refusal) as refusal:
        CaseFile.open(path)
    assert refusal.value.code == "not_a_case"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for place, code in ((tmp_path / "none.ewg", "case_missing"), (tmp_path, "case_is_folder")):
        with pytest.raises(Refusal) as refusal:
            CaseFile.open(place)
        assert refusal.value.code == code


def test_a_damaged_case_is_refused_and_left_alone(path: Path) -> None:
    with CaseFile.create(path, "T") as case:
        for n in range(50):
            _add(case, f"Person {n}")
    content = bytearray(path.read_bytes())
    content[100:8192] = b"\xff" * 8092
    path.write_bytes(bytes(content))
    with pytest.raises(Refusal) as refusal:
        CaseFile.open(path)
    assert refusal.value.code == "case_damaged"
    assert path.read_bytes() == bytes(content)


def test_a_new_case_never_replaces_a_file(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(Refusal) as refusal:
        CaseFile.create(path, "T")
    assert refusal.value.code == "case_exists"
    assert path.read_text() == "precious"
    with pytest.raises(Refusal) as refusal:
        CaseFile.create(path.parent / "nowhere" / "case.ewg", "T")
    assert refusal.value.code == "folder_missing"


def test_a_case_of_a_newer_version_is_refused(path: Path) -> None:
    CaseFile.create(path, "T").close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {tables.VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Refusal) as refusal:
        CaseFile.open(path)
    assert refusal.value.code == "case_newer"
    assert path.read_bytes() == before


def test_an_older_case_is_upgraded_in_one_step_with_an_entry_and_a_copy_of_the_old(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CaseFile.create(path, "T") as case:
        item = _add(case, "Ana")

    def add_column(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (id INTEGER PRIMARY KEY)")

    monkeypatch.setattr(tables, "VERSION", 2)
    monkeypatch.setattr(versions, "STEPS", {2: add_column})
    with CaseFile.open(path) as case:
        assert case.journal_entries(limit=1)[0].label == "case_upgraded"
        assert case.verify() == ([], None)
        case.undo()
        assert case.items.refs([item]) == {}
    copy = path.with_name("case.ewg.version-1")
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT label FROM item").fetchall() == [("Ana",)]
    connection.close()


def test_a_failed_upgrade_leaves_the_old_case(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CaseFile.create(path, "T").close()

    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (id INTEGER PRIMARY KEY)")
        raise RuntimeError("half way")

    monkeypatch.setattr(versions, "STEPS", {2: fail})
    monkeypatch.setattr(tables, "VERSION", 2)
    with pytest.raises(RuntimeError):
        CaseFile.open(path)
    monkeypatch.setattr(tables, "VERSION", 1)
    with CaseFile.open(path) as case:
        assert case.verify() == ([], None)


def test_a_case_in_a_place_that_cannot_be_written_opens_for_reading(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CaseFile.create(path, "T") as case:
        _add(case, "Ana")
    monkeypatch.setattr("os.access", lambda place, mode: False)
    with CaseFile.open(path) as case:
        assert case.read_only
        assert [ref.label for ref in case.items.listed("entity")] == ["Ana"]
        with pytest.raises(Refusal) as refusal:
            _add(case, "Bo")
        assert refusal.value.code == "case_read_only"
    assert {found.name for found in path.parent.iterdir()} == {"case.ewg"}


def test_a_full_disk_stops_one_step_and_keeps_the_rest(path: Path) -> None:
    with CaseFile.create(path, "T") as case:
        _add(case, "Ana")
        with case.reading() as connection:
            connection.exec_driver_sql(
                f"PRAGMA max_page_count = {connection.exec_driver_sql('PRAGMA page_count').scalar_one()}"
            )
        with pytest.raises(Refusal) as refusal:
            for _ in range(40):
                _add(case, "x" * 5000)
        assert refusal.value.code == "disk_full"
        labels = [ref.label for ref in case.items.listed("entity")]
        assert labels[0] == "Ana"
        assert len(labels) == len(case.stacks().undo)
        assert case.verify() == ([], None)


def test_verify_names_the_first_entry_that_was_tampered_with(path: Path) -> None:
    with CaseFile.create(path, "T") as case:
        for n in range(4):
            _add(case, f"Person {n}")
        assert case.verify() == ([], None)
    for column, text in (
        ("label_args", '{"label":"Somebody else"}'),
        ("at", "2020-01-01T00:00:00+00:00"),
        ("payload", "x"),
    ):
        copy = path.with_name(f"{column}.ewg")
        shutil.copy(path, copy)
        connection = sqlite3.connect(copy)
        connection.execute(
            f"UPDATE journal SET {column} = ? WHERE seq = 3", (text.encode() if column == "payload" else text,)
        )
        connection.commit()
        connection.close()
        with CaseFile.open(copy) as case:
            assert case.verify()[1] == 3, column


def test_a_removed_entry_breaks_the_chain_and_a_purged_payload_does_not(path: Path) -> None:
    with CaseFile.create(path, "T") as case:
        for n in range(3):
            _add(case, f"Person {n}")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE journal SET payload = NULL WHERE seq = 4")
    connection.commit()
    with CaseFile.open(path) as case:
        assert case.verify() == ([], None)
        with pytest.raises(Refusal) as refusal:
            case.undo()
        assert refusal.value.code == "purged"
    connection.execute("DELETE FROM journal WHERE seq = 2")
    connection.commit()
    connection.close()
    with CaseFile.open(path) as case:
        assert case.verify()[1] == 3


def test_two_windows_on_one_case_see_each_others_steps(path: Path) -> None:
    with CaseFile.create(path, "T") as one, CaseFile.open(path) as other:
        _add(one, "Ana")
        _add(other, "Bo")
        other.undo()
        other.undo()
        assert one.items.listed("entity") == []
        one.redo()
        assert [ref.label for ref in other.items.listed("entity")] == ["Ana"]
        assert one.verify() == ([], None)


def test_commands_wait_while_another_process_writes(path: Path) -> None:
    with Workspace.create(path, "T") as workspace:
        ana = _add(workspace.case, "Ana")
        heard: list[str] = []
        workspace.follow(lambda changed: heard.append(changed.label))
        workspace.hold()
        assert workspace.do(items.rename(workspace.case, ana, "Anna")) is None
        assert workspace.do(lambda found: items.add_entity(found.case, "person", "Bo")[0]) is None
        with pytest.raises(Refusal):
            workspace.do(items.add_entity(workspace.case, "person", "Cy")[0])
        assert [ref.label for ref in workspace.case.items.listed("entity")] == ["Ana"]
        workspace.release()
        assert [ref.label for ref in workspace.case.items.listed("entity")] == ["Anna", "Bo"]
        assert heard == ["renamed", "entity_added"]


def test_deleting_takes_what_hangs_on_an_item_and_undo_brings_it_all_back(path: Path) -> None:
    from tests.store.whole_case import everything

    with Workspace.create(path, "T") as workspace:
        case = workspace.case
        a, b = _add(case, "Ana"), _add(case, "Bo")
        case.apply(items.add_link(case, "associate_of", a, b)[0])
        changeset, chart = charts.create_chart(case, "All")
        case.apply(changeset)
        import numpy as np

        case.apply(charts.place(case, chart, [a, b], np.array([[0.0, 0.0], [10.0, 5.0]])))
        case.apply(charts.pin(case, chart, [a]))
        case.apply(items.set_property(case, a, "role", "driver"))
        before = everything(case)
        case.apply(items.delete_items(case, [a]))
        assert [ref.label for ref in case.items.listed("entity")] == ["Bo"]
        assert case.items.links() == []
        assert case.verify()[0] == []
        case.undo()
        assert everything(case) == before
