"""The reconciliation report as a workbook and on paper, in three languages, against the records and the findings."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from ewglink.model.progress import finish
from ewglink.store.findings import findings
from ewglink.text import set_language
from ewglink.workspace.answering import hand_out
from ewglink.workspace.commands.findings import dispose, set_parameters
from ewglink.workspace.draw_figure import draw_figure, steps_of, ticks
from ewglink.workspace.reconciliation_report import reconcile, report_job
from ewglink.workspace.utilisation import draws
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def grey(grey_cell: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(grey_cell, tmp_path / "grey.ewg"))) as workspace:
        yield workspace


def written(workspace: Workspace, path: Path, as_of: date | None = None) -> Path:
    sheet = finish(report_job(workspace, as_of))
    assert sheet is not None
    hand_out(workspace, sheet, path)
    return path


def rows_of(path: Path, at: int) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[at].iter_rows(values_only=True))


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\f".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_workbook_says_what_the_records_say(grey: Workspace, grey_cell: Path, tmp_path: Path) -> None:
    path = written(grey, tmp_path / "report.xlsx")
    with (grey_cell.parent / "files" / "consents.csv").open(encoding="utf-8-sig", newline="") as stream:
        consents = {row["consent_no"]: row for row in csv.DictReader(stream)}
    heads, *uses = rows_of(path, 0)
    assert heads[0] == "Consent" and {row[0] for row in uses if row[0] in consents} == set(consents)
    for row in uses:
        if row[0] in consents:
            consent = consents[str(row[0])]
            assert row[6] == float(consent["qty"]) and row[10] == int(consent["shipments"])
            assert row[4] == datetime.fromisoformat(consent["start"])
    count = Counter(one.rule for one in findings(grey.case))
    rules = {row[0]: row[3] for row in rows_of(path, 1)[1:] if row[0] and str(row[0]).startswith("NC-")}
    assert {key: n for key, n in rules.items() if n} == dict(count)
    listed = rows_of(path, 2)[1:]
    assert len(listed) == sum(count.values())
    assert any(row[0] == "NC-06" and row[2] == "M041" and "12,610 kg" in str(row[6]) for row in listed)


def test_the_workbook_draws_each_consent(grey: Workspace, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(grey, tmp_path / "report.xlsx"))
    sheet = book["Loads drawn on consents"]
    drawn = {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert len(sheet._charts) == len(drawn) == 4


def test_judgements_and_limits_of_the_case_are_in_it(grey: Workspace, tmp_path: Path) -> None:
    ids = [one.id for one in findings(grey.case, rules=["NC-06"])]
    grey.do(lambda found: dispose(found, ids[:2], "false", "weighed with the lorry"))
    grey.do(lambda found: set_parameters(found, {"no_receipt_days:US": 120.0}))
    path = written(grey, tmp_path / "report.xlsx")
    row = next(row for row in rows_of(path, 1) if row[0] == "NC-06")
    assert row[3:8] == (3, 1, 0, 0, 2)
    assert any(cell == "weighed with the lorry" for found in rows_of(path, 2) for cell in found)
    limit = next(row for row in rows_of(path, 7) if row[0] == "No receipt after shipping" and row[1] == "United States")
    assert limit[2] == 120 and limit[6] == "set for this case"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_paper_bears_marking_case_journal_and_every_finding(grey: Workspace, tmp_path: Path, language: str) -> None:
    set_language(language)
    head = grey.case.last_change().hash
    path = written(grey, tmp_path / "report.pdf")
    text = text_of(path)
    assert "GREY CELL" in text and head in text.replace("\r\n", "") and "2025-10-31" in text
    banner = {"en": "NON-SENSITIVE", "fr": "NON DÉLICAT", "es": "NO SENSIBLE"}[language]
    assert text.upper().count(banner) >= 2 * text.count("\f")
    for number in ("240117E00001", "240117E00002", "240233E00001", "240305E00001"):
        assert number in text
    for rule in {one.rule for one in findings(grey.case)}:
        assert rule in text


def test_the_line_of_draws_is_a_staircase_up_to_the_sum(grey: Workspace) -> None:
    found = reconcile(grey, date(2025, 10, 31))
    use = next(use for use in found.uses if use.number == "240117E00001")
    mine = draws(found.trade, found.trade.streams[use.stream], found.as_of)
    steps = steps_of(mine)
    assert [kg for _day, kg in steps] == sorted(kg for _day, kg in steps)
    assert steps[-1][1] == pytest.approx(use.moved_kg)
    assert all(steps[at][0] == steps[at + 1][0] for at in range(0, len(steps), 2))
    said = [part.text for part in draw_figure(use, mine).parts if hasattr(part, "text")]
    assert "limit 400,000 kg" in said and "2024-07-01" in said and "2025-06-30" in said


@pytest.mark.parametrize(("most", "last"), [(432_000, 400_000), (1.0, 1.0), (7.3, 6.0)])
def test_figures_on_an_axis_are_round(most: float, last: float) -> None:
    assert ticks(most)[0] == 0 and ticks(most)[-1] == pytest.approx(last)
    assert 3 <= len(ticks(most)) <= 7
