"""The first hits of a search: the same items as all of them, in any script, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ewglink.store import word_search
from ewglink.store.bulk import BulkWriter
from ewglink.store.case_file import CaseFile

STARTS = ("Transportes", "Transp.", "Trans-Norte", "Tránsito", "Иванов", "ΠΑΠΑΔΟΠΟΥΛΟΣ", "王小明", "المنصور", "Łódź",
          "R-0000")
NOTES = ("Monterrey", "Montréal", "transporte", "R-000012", "иван", "")


def _fill(writer: BulkWriter) -> None:
    for at in range(3_000):
        writer.insert("item", [(at + 1, "entity", "organization", f"{STARTS[at % 10]} {at * 7:05d}", 2, None)])
        writer.insert("identity", [(at + 1, "x", f"TX{at:05d}", at + 1, True, "ok")])
        note = NOTES[at % 6]
        writer.insert("statement", [(at + 1, at + 1, None, 1, f'{{"note":["{note}"]}}' if note else "{}")])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseFile]:
    from ewglink.model.changes import Changeset

    with CaseFile.create(tmp_path_factory.mktemp("search") / "case.ewg", "Search") as made:
        with made.bulk() as writer:
            writer.insert("basis", [(1, None, "note", None, None, "me", "2026-01-01")])
            _fill(writer)
            writer.finish(Changeset("imported", {"files": []}, added={
                "item": (1, 3_000), "identity": (1, 3_000), "statement": (1, 3_000), "basis": (1, 1)}))
        yield made


@pytest.mark.parametrize("text", ["t", "tr", "TRANS", "transp", "transpo", "tx000", "tx0001", "00021", "monter", "монт",
                                  "иван", "ivan", "παπ", "papado", "王", "wang", "lodz", "łó", "المن", "r 0000",
                                  "nobody", "trans mont", "transp mon r", "ivan 0", "tx01 mont", "r-0000 tx"])
def test_the_first_hits_are_those_of_a_whole_search(case: CaseFile, text: str) -> None:
    total, everything = case.search(text, 1_000_000)
    assert total == len(everything) == len(set(everything))
    for limit, count_to in ((40, 1_000), (5, 5), (40, 10_000)):
        said, first = case.search(text, limit, count_to)
        assert said <= min(total, count_to)
        assert len(first) == min(limit, said) == len(set(first))
        assert set(first) <= set(everything)
        assert bool(said) == bool(total)


def test_substrings_are_looked_for_where_words_do_not_suffice(case: CaseFile) -> None:
    for text in ("ransporte", "x00012"):
        total, everything = case.search(text, 10_000)
        said, found = case.search(text, 40, 1_000)
        assert said == min(total, 1_000) > 0
        assert found == everything[:40]


def test_labels_and_identifiers_come_before_what_was_said(case: CaseFile) -> None:
    _total, found = case.search("transporte", 1_000_000, 2_000)
    labels = case.items.labels(found)
    named = [labels[item].startswith("Transporte") for item in found]
    assert any(named)
    assert not all(named)
    assert named == sorted(named, reverse=True)


def test_letters_are_folded_as_the_index_folds_them(case: CaseFile) -> None:
    """FTS5 knows fewer letters than Python; where its words differ the finding falls back on FTS5 itself."""
    spans = (range(0x80, 0x528), range(0x531, 0x1380), range(0x1E00, 0x1E90), range(0x1EA0, 0x2000),
             range(0x3040, 0xA000, 7), range(0xAC00, 0xD7A0, 31))
    letters = [chr(code) for span in spans for code in span if chr(code).isalnum()
               and chr(code) not in "\u01e0\u01e1\u037f"]
    kept: dict[int, list[str]] = {}
    with case.reading() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.one USING fts5(body, content='', "
                                   "tokenize='unicode61 remove_diacritics 2')")
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.one_words USING fts5vocab(temp, one, instance)")
        connection.exec_driver_sql("INSERT INTO temp.one (rowid, body) VALUES (?, ?)",
                                   [(at, f"a{letter}b") for at, letter in enumerate(letters)])
        for term, at in connection.exec_driver_sql("SELECT term, doc FROM temp.one_words"):
            kept.setdefault(at, []).append(term)
        connection.rollback()
    one_word = [at for at, terms in kept.items() if len(terms) == 1]
    assert len(one_word) > 0.99 * len(letters)
    assert [word_search.folded(f"a{letters[at]}b") for at in one_word] == [kept[at][0] for at in one_word]
