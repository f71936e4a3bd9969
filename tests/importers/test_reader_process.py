"""The reader process and recognition: right answers, and a sentence for whatever is not a file to import."""

from __future__ import annotations

import hashlib
import itertools
import os
import signal
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from ewglink.importers import guard, sniff, wire
from ewglink.importers.contract import Problem, Row
from ewglink.importers.reader_process import InProcessReader, Reader
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message


def a_csv(path: Path, rows: int = 5000) -> Path:
    path.write_text("id,name,city\n" + "".join(f"{n},Company {n},Laredo\n" for n in range(rows)), encoding="utf-8")
    return path


def a_workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["id", "name"], ["007", "x"], ["008", "y"]):
        book.active.append(row)
    book.save(path)
    return path


def test_the_process_gives_what_the_caller_would_read(tmp_path: Path) -> None:
    table, book = a_csv(tmp_path / "t.csv"), a_workbook(tmp_path / "t.xlsx")
    here = InProcessReader()
    with Reader() as reader:
        for path in (table, book):
            assert reader.recognise(path) == here.recognise(path)
            key = reader.recognise(path).format
            assert reader.parts(path, key) == here.parts(path, key)
            assert list(reader.rows(path, key)) == list(here.rows(path, key))
        header = reader.parts(table, "csv", {"header": 0, "unknown": 1})[0].header_row
        assert header is None
        assert max(map(len, reader.rows(table, "csv"))) <= 2_000


def test_refusals_come_over_the_pipe_and_the_process_goes_on(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    with Reader() as reader:
        with pytest.raises(Refusal) as refused:
            reader.parts(empty, "csv")
        assert refused.value.code == "empty_file"
        assert "empty.csv" in str(refused.value)
        with pytest.raises(Refusal):
            list(reader.rows(tmp_path / "none.csv", "csv"))
        assert reader.parts(a_csv(tmp_path / "t.csv"), "csv")[0].columns == ("id", "name", "city")


def test_leaving_early_and_cancelling_end_the_process_at_once(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "t.csv", 200_000)
    with Reader() as reader:
        next(iter(reader.rows(path, "csv")))
        reader.start()
        rows = reader.rows(path, "csv")
        next(rows)
        threading.Timer(0.05, reader.cancel).start()
        with pytest.raises(Refusal) as refused:
            while next(rows):
                time.sleep(0.02)
        assert refused.value.code == "cancelled"
        assert sum(map(len, reader.rows(path, "csv"))) == 200_000


def test_too_much_memory_or_a_death_is_a_refusal(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "t.csv", 50)
    with Reader(replace(guard.LIMITS, memory=1 << 20)) as reader, pytest.raises(Refusal) as refused:
        reader.recognise(path)
    assert refused.value.code in ("too_much_memory", "reader_stopped")
    with Reader() as reader:
        reader.recognise(path)
        reader._process.kill()
        reader._process.join()
        assert reader.recognise(path).format == "csv"


def test_a_workbook_that_lies_about_its_size_kills_the_reader_and_nothing_else(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["ZZ999999"] = "x", "y"
    book.save(tmp_path / "far.xlsx")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(tmp_path / "far.xlsx") as box, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        for name in box.namelist():
            data = box.read(name).replace(b'<row r="999999"', b'<row r="2"').replace(b"A1:ZZ999999", b"A1:B2")
            out.writestr(name, data)
    with Reader() as reader:
        with pytest.raises(Refusal) as refused:
            reader.parts(bomb, "xlsx")
        assert refused.value.code in ("reader_stopped", "too_much_memory")
        assert reader.parts(a_csv(tmp_path / "t.csv"), "csv")[0].columns == ("id", "name", "city")


def test_silence_ends_in_a_refusal(tmp_path: Path) -> None:
    with Reader(replace(guard.LIMITS, silence=0.0, silence_mb=0.0)) as reader, pytest.raises(Refusal) as refused:
        reader.parts(a_csv(tmp_path / "t.csv", 300_000), "csv")
    assert refused.value.code == "too_slow"


def test_frames_carry_rows_problems_and_messages_unchanged() -> None:
    problem = Problem(
        "t",
        3,
        4,
        "name",
        "code",
        message(N_("The row {what}."), what=message(N_("holds control characters"))),
        True,
        "[]",
    )
    batch: wire.Batch = [Row("t", 2, 2, ("a", None, 1, 1.5, True, "\udcff"), "[]"), problem]
    assert wire.unpack_batch(*wire.unpack(wire.pack_batch(batch))) == batch
    with pytest.raises(ValueError):
        wire.unpack(b"\x80\x04nonsense")


def test_what_a_file_is_goes_by_its_content(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "t.xlsx").rename(tmp_path / "table.csv")
    found = sniff.recognise(book)
    assert found.format == "xlsx"
    assert ".csv" in str(found.note)
    table = a_csv(tmp_path / "table.xlsx")
    found = sniff.recognise(table)
    assert found.format == "csv"
    assert ".xlsx" in str(found.note)
    assert sniff.recognise(a_csv(tmp_path / "plain.csv")).note is None


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04" + b"\0" * 30 + b"word/document.xml", "DOCX"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "HTML"),
        (b'<?xml version="1.0"?>', "XML"),
        (b'{"a" 1}', "JSON"),
        (b"SQLite format 3\x00", "database"),
        (bytes(range(256)) * 40, "unknown"),
    ],
)
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t"])
def test_what_cannot_be_imported_is_named(tmp_path: Path, content: bytes, word: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        sniff.recognise(path)
    assert refused.value.code in ("unknown_format", "damaged_file")
    assert word in str(refused.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "is_folder"), (tmp_path / "none", "missing_file")):
        with pytest.raises(Refusal) as refused:
            sniff.recognise(path)
        assert refused.value.code == code
    big = a_csv(tmp_path / "big.csv")
    with pytest.raises(Refusal) as refused:
        guard.check_file(big, replace(guard.LIMITS, file_size=10))
    assert refused.value.code == "file_too_large"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(Refusal) as refused:
            sniff.recognise(tmp_path / "pipe")
        assert refused.value.code == "not_a_file"


def test_the_fingerprint_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "t.csv")
    assert sniff.fingerprint(path) == sniff.Fingerprint(
        hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size
    )


def test_a_large_file_is_waited_for_longer(tmp_path: Path) -> None:
    with Reader(replace(guard.LIMITS, silence=0.0, silence_mb=100.0)) as reader:
        assert reader.parts(a_csv(tmp_path / "t.csv", 300_000), "csv")[0].columns == ("id", "name", "city")


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process is stopped here")
def test_a_reader_that_gets_few_turns_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Doing nothing counts by the clock, working by what it took of the processor."""
    path = a_csv(tmp_path / "t.csv")
    with Reader(replace(guard.LIMITS, silence=0.4, silence_mb=0.0)) as reader:
        for few_turns in (True, False):
            reader.start()
            time.sleep(1.0)
            turns = itertools.count()
            if few_turns:
                monkeypatch.setattr(reader, "_worked", lambda turns=turns: next(turns) / 1_000)
            os.kill(reader._process.pid, signal.SIGSTOP)
            later = threading.Timer(1.5, os.kill, (reader._process.pid, signal.SIGCONT))
            later.start()
            if few_turns:
                assert reader.parts(path, "csv")[0].columns == ("id", "name", "city")
                monkeypatch.undo()
            else:
                with pytest.raises(Refusal) as refused:
                    reader.parts(path, "csv")
                assert refused.value.code == "too_slow"
            later.cancel()
