"""What leaves a case is the same before and after it was scored and checked: no score, sign or mark is on a chart."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from ewglink.exporters.contract import EXPORTS
from ewglink.model.progress import finish
from ewglink.store.findings import findings
from ewglink.workspace.arranging import add_to_chart
from ewglink.workspace.commands.charts import create_chart
from ewglink.workspace.exporting import export
from ewglink.workspace.finding_marks import ends_of, items_around, mark_findings
from ewglink.workspace.scoring import LEAD, reason, score_case
from ewglink.workspace.workspace import Workspace


class Noon(datetime):
    """A clock that stands still: charts say to the minute when they were prepared."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Noon:
        return cls(2025, 10, 31, 12, tzinfo=tz or UTC)


@pytest.fixture
def grey(grey_cell: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr("ewglink.workspace.chart_content.datetime", Noon)
    with Workspace.open(Path(shutil.copy(grey_cell, tmp_path / "grey.ewg"))) as workspace:
        workspace.do(lambda found: create_chart(found.case, "Exhibit")[0])
        yield workspace


def shown(workspace: Workspace, folder: Path) -> dict[str, bytes | str]:
    """Format → what the chart's file says: pictures as they are, papers and tables as their text."""
    folder.mkdir()
    found: dict[str, bytes | str] = {}
    for member in EXPORTS:
        path = folder / f"exhibit{member.suffixes[0]}"
        export(workspace, path, chart="Exhibit", format_key=member.key, language_wanted="en")
        found[member.key] = _read(path)
    return found


def _read(path: Path) -> bytes | str:
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        return text
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(str([cell for row in sheet.iter_rows(values_only=True) for cell in row]) for sheet in book)
    data = path.read_bytes()
    return data if path.suffix == ".png" else data.decode("utf-8")


def test_no_score_and_no_sign_is_on_a_chart_that_leaves(grey: Workspace, tmp_path: Path) -> None:
    chart = grey.case.charts.named("Exhibit")
    kept = findings(grey.case, rules=["NC-06"])
    assert chart is not None and kept
    parties = [item for item in items_around(grey, kept) if _type(grey, item) == "organization"]
    grey.do(lambda found: add_to_chart(found, chart.id, [*parties, *kept[0].objects]))
    before = shown(grey, tmp_path / "before")
    done = finish(score_case(grey, parties))
    assert done is not None and max(one.score.score for one in done.items) > 20
    after = shown(grey, tmp_path / "after")
    assert set(after) == {"csv", "gexf", "graphml", "pdf", "png", "svg", "xlsx"}
    assert after["png"] == before["png"] and after["svg"] == before["svg"]
    said = {reason(each) for one in done.items for each in one.score.contributions}
    for key, body in after.items():
        if isinstance(body, str):
            assert not re.search(r"\bRI-\d\d\b", body) and str(LEAD) not in body, key
            assert not [text for text in said if text in body], key


def test_a_finding_is_on_a_chart_only_where_a_person_drew_it(grey: Workspace, tmp_path: Path) -> None:
    """Rules ran and found the load of the chart wanting; nothing of that is in a file until it is drawn, nor after the
    drawing was undone."""
    chart = grey.case.charts.named("Exhibit")
    kept = findings(grey.case, rules=["NC-06"])
    assert chart is not None
    grey.do(lambda found: add_to_chart(found, chart.id, ends_of(grey, kept[0])))
    assert not named_in(shown(grey, tmp_path / "before"))
    grey.do(lambda found: mark_findings(found, chart.id, kept[:1]))
    assert named_in(shown(grey, tmp_path / "drawn")) == {"pdf", "svg"}
    grey.undo()
    assert not named_in(shown(grey, tmp_path / "after"))


def named_in(files: dict[str, bytes | str]) -> set[str]:
    """The formats in which a rule is named."""
    return {key for key, body in files.items() if isinstance(body, str) and re.search(r"NC-\d\d", body)}


def _type(workspace: Workspace, item: int) -> str:
    return workspace.case.items.refs([item])[item].type
