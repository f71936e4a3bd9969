"""Files imported into a case: counts worked out apart, nothing twice, undo, redo, dry runs, refusals."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewglink.importers.reader_process import InProcessReader
from ewglink.importers.specification import Specification
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files, preview, write_rejected
from ewglink.workspace.workspace import Workspace

PAYMENTS: dict[str, Any] = {
    "ewglink_spec": 1,
    "name": "payments",
    "namespace": "payments",
    "entities": {
        "payer": {"type": "organization", "key": ["payer"], "properties": {"name": "payer"}},
        "payee": {"type": "organization", "key": ["payee"], "properties": {"name": "payee", "country": "country"}},
    },
    "links": [{"type": "paid", "from": "payer", "to": "payee", "start": "date", "properties": {"amount": "amount"}}],
}
HEADINGS = ("payer", "payee", "country", "date", "amount")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def _table(path: Path, rows: list[tuple[Any, ...]], headings: tuple[str, ...] = HEADINGS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings, *rows])
    return path


def _bring(workspace: Workspace, *paths: Path, spec: Any = None, **how: Any) -> ImportReport:
    report = finish(import_files(workspace, [ImportRequest(path, spec=spec) for path in paths], in_process=True, **how))
    assert report is not None
    return report


def _state(workspace: Workspace) -> dict[str, list[Any]]:
    names = ("source", "import", "basis", "record", "item", "identity", "link", "statement", "spec", "decision")
    with workspace.case.reading() as connection:
        return {name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))) for name in names}


def _counts(workspace: Workspace) -> tuple[dict[str, int], dict[str, int]]:
    return workspace.case.items.counts("entity"), workspace.case.items.counts("link")


# -- the samples -------------------------------------------------------------------------------------------------------

MANIFESTS = (
    {"facility": 4, "movement": 4, "movement_line": 10},
    {"carrier_of": 10, "contains": 10, "generator_of": 4, "handed_to": 14, "receiver_of": 4},
)


def test_manifests_give_what_was_counted_and_nothing_twice(workspace: Workspace, samples: Path) -> None:
    folder = samples / "emanifest" / "usepa_examples"
    report = _bring(workspace, folder)
    assert _counts(workspace) == MANIFESTS
    assert workspace.case.sources.counts() == (4, 4)
    assert [source.known for source in report.sources] == [False] * 4
    before, length = _state(workspace), workspace.case.journal_length()
    again = _bring(workspace, folder)
    assert [source.known for source in again.sources] == [True] * 4
    assert again.seq is None
    assert (_state(workspace), workspace.case.journal_length()) == (before, length)
    workspace.undo()
    assert _counts(workspace) == ({}, {})
    assert not any(_state(workspace).values())
    workspace.redo()
    assert _state(workspace) == before
    assert workspace.case.verify() == ([], None)


def _donations() -> dict[str, Any]:
    return {
        "ewglink_spec": 1,
        "name": "donations",
        "namespace": "donations",
        "entities": {
            "donor": {
                "type": {"column": "DonorType", "map": {"PERSON": "person", "*": "organization"}},
                "key": ["Donor"],
                "properties": {"name": "Donor", "address": "Street"},
            },
            "party": {"type": "organization", "key": ["Party"], "properties": {"name": "Party"}},
        },
        "links": [
            {
                "type": "paid",
                "from": "donor",
                "to": "party",
                "start": "DonationDate",
                "properties": {"amount": "DonationEUR"},
            }
        ],
    }


def test_the_same_table_from_text_and_workbook(workspace: Workspace, samples: Path) -> None:
    text, book = samples / "ftm" / "donations.csv", samples / "ftm" / "donations.xlsx"
    first = _bring(workspace, text, spec=_donations()).sources[0]
    assert (first.entities_new, first.links_new, first.rows) == (84 + 11, 292, 292)
    counted = _counts(workspace)
    assert counted[1] == {"paid": 292}
    second = _bring(workspace, book, spec=_donations()).sources[0]
    assert (second.entities_new, second.entities_known, second.links_new, second.links_known) == (0, 95, 0, 292)
    assert _counts(workspace) == counted
    assert workspace.case.sources.counts() == (2, 584)
    with Workspace.create(workspace.path.parent / "other.ewg", "book first") as other:
        _bring(other, book, spec=_donations())
        assert _counts(other) == counted
        labels = {(ref.type, ref.label) for ref in other.case.items.listed("entity")}
        assert labels == {(ref.type, ref.label) for ref in workspace.case.items.listed("entity")}


# -- counting ----------------------------------------------------------------------------------------------------------

_names = st.sampled_from(["Alpha", "alpha", " Alpha ", "Beta", "Gamma, Inc.", "Ñandú", "", "  ", "N/A", "null"])
_row = st.tuples(
    _names,
    _names,
    st.sampled_from(["MX", ""]),
    st.sampled_from(["2024-02-29", "2024", ""]),
    st.sampled_from(["1", "1.0", "2,5", ""]),
)


def _expected(rows: list[tuple[str, ...]]) -> tuple[int, int]:
    """Distinct names after trimming, and rows with both ends: the counting rule."""
    named = [tuple("" if name.strip().lower() in ("n/a", "null") else name.strip() for name in row[:2]) for row in rows]
    return len({name for two in named for name in two if name}), sum(all(two) for two in named)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(_row, min_size=1, max_size=12))
def test_any_table_gives_distinct_names_and_a_link_a_full_row(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    for old in tmp_path.glob("*.ewg*"):
        old.unlink()
    rows = [*rows, ("Zeta", "Alpha", "MX", "2024-03-31", "7")]
    with Workspace.create(tmp_path / "case.ewg", "T") as workspace:
        path = _table(tmp_path / "rows.csv", rows)
        empty = _state(workspace)
        report = _bring(workspace, path, spec=PAYMENTS)
        entities, links = _expected(rows)
        assert sum(_counts(workspace)[0].values()) == entities
        assert sum(_counts(workspace)[1].values()) == links
        full = _state(workspace)
        # The same rows in a file of another content: what they say is known, only said once more.
        other = _bring(workspace, _table(tmp_path / "again.csv", [*rows, rows[0]]), spec=PAYMENTS).sources[0]
        assert other.entities_new == 0
        assert other.links_new == (1 if all(_expected([rows[0]])) and _expected([rows[0]])[1] else 0)
        workspace.undo()
        assert _state(workspace) == full
        workspace.undo()
        assert _state(workspace) == empty
        workspace.redo()
        assert _state(workspace) == full
        assert workspace.case.verify() == ([], None)
        assert report.sources[0].rows >= sum(any(cell.strip() for cell in row) for row in rows)


def test_equal_rows_are_links_of_their_own(workspace: Workspace, tmp_path: Path) -> None:
    row = ("A", "B", "MX", "2024-01-02", "5")
    _bring(workspace, _table(tmp_path / "one.csv", [row, row, row]), spec=PAYMENTS)
    assert _counts(workspace) == ({"organization": 2}, {"paid": 3})
    again = _bring(workspace, _table(tmp_path / "two.csv", [row, row]), spec=PAYMENTS).sources[0]
    assert (again.links_new, again.links_known) == (0, 2)


def test_batches_do_not_show(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ewglink.importers import reader_service

    dice = random.Random(3)
    rows = [
        (f"P{dice.randrange(30)}", f"Q{dice.randrange(30)}", "MX", f"2024-01-{1 + dice.randrange(3):02}", "1")
        for _ in range(500)
    ]
    path = _table(tmp_path / "rows.csv", rows)
    _bring(workspace, path, spec=PAYMENTS)
    monkeypatch.setattr(reader_service, "DRAFTS", 7)
    with Workspace.create(tmp_path / "small.ewg", "T") as small:
        _bring(small, path, spec=PAYMENTS)
        assert _counts(small) == _counts(workspace)
        entities, links = _expected(rows)
        assert (sum(_counts(small)[0].values()), sum(_counts(small)[1].values())) == (entities, links)


def test_a_large_table_has_its_indexes_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ewglink.workspace import import_run

    def indexes() -> set[str]:
        with workspace.case.reading() as connection:
            return {
                row[0]
                for row in connection.exec_driver_sql(
                    "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
                )
            }

    before = indexes()
    monkeypatch.setattr(import_run, "_PUT_OFF_FROM", 1)
    _bring(
        workspace,
        _table(tmp_path / "rows.csv", [(f"P{n}", f"Q{n}", "MX", "2024", "1") for n in range(300)]),
        spec=PAYMENTS,
    )
    assert {" ".join(sql.split()) for sql in indexes()} == {" ".join(sql.split()) for sql in before}
    assert workspace.case.verify() == ([], None)
    workspace.undo()
    assert not any(_state(workspace).values())


def test_two_large_files_of_one_command_share_their_links(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a large table loads into a case without links, none is looked up; from the second file on they are."""
    from ewglink.workspace import import_run

    monkeypatch.setattr(import_run, "_PUT_OFF_FROM", 1)
    rows = [(f"P{n}", f"Q{n}", "MX", "2024", "1") for n in range(300)]
    more = [*rows[:200], ("P1", "Q2", "MX", "2024", "1")]
    first, second = _bring(
        workspace, _table(tmp_path / "one.csv", rows), _table(tmp_path / "two.csv", more), spec=PAYMENTS
    ).sources
    assert (first.links_new, first.links_known) == (300, 0)
    assert (second.entities_new, second.entities_known) == (0, 400)
    assert (second.links_new, second.links_known) == (1, 200)
    assert workspace.case.verify() == ([], None)
    assert [ref.label for ref in workspace.case.items.identified("payments", "P7")] == ["P7"]


# -- what is said ------------------------------------------------------------------------------------------------------


def test_a_value_keeps_what_the_file_had(workspace: Workspace, tmp_path: Path) -> None:
    _bring(workspace, _table(tmp_path / "rows.csv", [(" A ", "B", "MX", "31/12/2024", "1,234.50")]), spec=PAYMENTS)
    items = workspace.case.items
    link = items.links()[0]
    assert (link.start, link.precision) == ("2024-12-31", 3)
    said = items.statements([link.id])[0]
    assert said.vals["amount"][:2] == [1234.5, "1,234.50"]
    assert (said.row, said.source_name) == (2, "rows.csv")
    record = workspace.case.sources.record(said.record or 0)
    assert record is not None
    assert json.loads(record.raw) == [" A ", "B", "MX", "31/12/2024", "1,234.50"]


def test_search_finds_what_came_in(workspace: Workspace, tmp_path: Path) -> None:
    _bring(workspace, _table(tmp_path / "rows.csv", [("Recicladora Metálica", "B", "MX", "", "1")]), spec=PAYMENTS)
    total, _found = workspace.case.search("metalica")
    assert total == 1


# -- one step, or nothing ----------------------------------------------------------------------------------------------


def test_a_dry_run_counts_and_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = _table(
        tmp_path / "rows.csv", [("A", "B", "MX", "2024", "1"), ("B", "C", "MX", "soon", "x"), ("", "", "MX", "", "")]
    )
    before, length = _state(workspace), workspace.case.journal_length()
    dry = _bring(workspace, path, spec=PAYMENTS, dry_run=True)
    assert (_state(workspace), workspace.case.journal_length()) == (before, length)
    assert dry.seq is None
    assert _bring(workspace, path, spec=PAYMENTS).as_json() == dry.as_json()


def test_strict_refuses_what_would_be_rejected(workspace: Workspace, tmp_path: Path) -> None:
    path = _table(
        tmp_path / "links.csv",
        [("A", "B", "owns"), ("A", "C", "likes"), ("B", "C", "controls")],
        ("source", "target", "type"),
    )
    with pytest.raises(Refusal) as refused:
        _bring(workspace, path, strict=True)
    assert refused.value.code == "rejected_rows"
    assert refused.value.row == 3
    assert not any(_state(workspace).values())
    report = _bring(workspace, path)
    assert [(one.row, one.field, one.code) for one in report.rejected] == [(3, "type", "unknown_link_type")]
    assert workspace.case.items.counts("link") == {"controls": 1, "owns": 1}
    out = tmp_path / "rejected.csv"
    assert write_rejected(report, out) == 1
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][5:] == ["source", "target", "type"]
    assert (rows[1][0], rows[1][2], rows[1][5:]) == ("links.csv", "3", ["A", "C", "likes"])


def test_one_refused_file_leaves_all_out(workspace: Workspace, tmp_path: Path) -> None:
    good = _table(tmp_path / "parties.csv", [("1", "Ana")], ("person_id", "name"))
    bad = tmp_path / "empty.csv"
    bad.write_text("")
    with pytest.raises(Refusal) as refused:
        _bring(workspace, good, bad)
    assert refused.value.code == "empty_file"
    assert not any(_state(workspace).values())


def test_many_files_are_one_step(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    _table(folder / "people.csv", [("1", "Ana"), ("2", "Ben")], ("person_id", "name"))
    _table(folder / "links.csv", [("1", "2", "family_of")], ("source", "target", "type"))
    report = _bring(workspace, folder)
    assert [source.file for source in report.sources] == ["links.csv", "people.csv"]
    assert _counts(workspace) == ({"person": 2}, {"family_of": 1})
    workspace.undo()
    assert workspace.can_undo is None


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (PAYMENTS | {"entities": {"a": {"type": "organization", "key": ["buyer"]}}, "links": []}, "unknown_column"),
        (PAYMENTS | {"entities": {"a": {"type": "dragon", "key": ["payer"]}}, "links": []}, "unknown_type"),
        (
            PAYMENTS
            | {"entities": {"a": {"type": "person", "key": ["payer"], "properties": {"wings": "payee"}}}, "links": []},
            "unknown_property",
        ),
        (PAYMENTS | {"links": [{"type": "paid", "from": "payer", "to": "nobody"}]}, "spec_unknown_role"),
        ({"ewglink_spec": 2}, "spec_version"),
        ("no such specification", "unknown_spec"),
        (None, "no_mapping"),
    ],
)
def test_a_specification_that_does_not_fit_is_refused(
    workspace: Workspace, tmp_path: Path, spec: Any, code: str
) -> None:
    path = _table(tmp_path / "rows.csv", [("A", "B", "MX", "2024", "1")])
    with pytest.raises(Refusal) as refused:
        _bring(workspace, path, spec=spec)
    assert refused.value.code == code
    assert not any(_state(workspace).values())


def test_a_specification_is_a_file_and_stays_in_the_case(workspace: Workspace, tmp_path: Path) -> None:
    from ewglink.importers import templates
    from ewglink.importers.specification import Specification

    spec = Specification.from_json(PAYMENTS)
    kept = templates.save(spec)
    assert Specification.read(kept).sha256 == spec.sha256
    path = _table(tmp_path / "rows.csv", [("A", "B", "MX", "2024", "1")])
    _bring(workspace, path, spec="payments")
    row = workspace.case.sources.spec(spec.sha256)
    assert row is not None
    assert (row["name"], row["version"]) == ("payments", 1)
    assert _bring(workspace, path, spec=str(kept)).sources[0].known
    changed = PAYMENTS | {"entities": PAYMENTS["entities"] | {"payer": {"type": "organization", "key": ["payer"]}}}
    assert not _bring(workspace, path, spec=changed).sources[0].known
    assert workspace.case.sources.counts()[0] == 1


# -- before importing --------------------------------------------------------------------------------------------------

def test_a_preview_shows_what_the_mapping_makes(workspace: Workspace, tmp_path: Path) -> None:
    path = _table(tmp_path / "rows.csv", [("A", "B", "MX", "2024-01-01", "5"), ("A", "", "MX", "soon", "five")])
    bare = preview(path, workspace.schema, InProcessReader())
    assert bare.spec is None
    assert [guess.kind for guess in bare.guesses] == ["text", "text", "text", "text", "text"]
    shown = preview(path, workspace.schema, InProcessReader(), spec=Specification.from_json(PAYMENTS))
    assert (shown.entities, shown.links) == ({"organization": 2}, {"paid": 1})
    assert [one.code for one in shown.marks()[(3, "payee")]] == ["empty_key"]
    assert workspace.case.sources.counts() == (0, 0)


def test_a_preview_of_known_headings_needs_no_mapping(workspace: Workspace, tmp_path: Path) -> None:
    path = _table(tmp_path / "people.csv", [("1", "Ana")], ("person_id", "name"))
    shown = preview(path, workspace.schema, InProcessReader())
    assert shown.spec is not None
    assert (shown.spec.name, dict(shown.entities)) == ("people", {"person": 1})
