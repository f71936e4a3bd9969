"""The schedule of a chart: every item with the files and rows that put it there, in the PDF that leaves the case."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2
import pytest

from ewglink.model.progress import finish
from ewglink.workspace.arranging import add_to_chart
from ewglink.workspace.commands.charts import create_chart, set_up_chart
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.commands.items import add_entity
from ewglink.workspace.exporting import export, picture_view
from ewglink.workspace.scheduling import schedule_of
from ewglink.workspace.workspace import Workspace

CSV = "Company,Director\nAcme,Jane Doe\nBeta,Jane Doe\nAcme,Juan Pérez\n"
SPEC = {"ewglink_spec": 1, "name": "directors", "namespace": "case",
        "entities": {"company": {"type": "organization", "key": "Company", "properties": {"name": "Company"}},
                     "director": {"type": "person", "key": "Director", "properties": {"name": "Director"}}},
        "links": [{"type": "director_of", "from": "director", "to": "company"}]}

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    source = tmp_path / "directors.csv"
    source.write_text(CSV, encoding="utf-8")
    with Workspace.create(tmp_path / "case.ewg", "Directors") as workspace:
        finish(import_files(workspace, [ImportRequest(source, spec=SPEC)], in_process=True))
        workspace.do(lambda found: add_entity(found.case, "person", "Seen at the yard", note="from a call")[0])
        workspace.do(lambda found: create_chart(found.case, "Who directs")[0])
        workspace.do(lambda found: add_to_chart(found, 1, found.network().ids.tolist()))
        yield workspace


def test_every_item_names_its_rows(workspace: Workspace) -> None:
    rows = {row.label: row for row in schedule_of(workspace, workspace.case.charts.listed()[0], "en") if not row.ends}
    checksum = hashlib.sha256(CSV.encode()).hexdigest()
    assert rows["Acme"].origins[0].source == "directors.csv"
    assert rows["Acme"].origins[0].sha256 == checksum
    assert rows["Acme"].origins[0].rows == (2, 4)
    assert rows["Jane Doe"].origins[0].rows == (2, 3)
    assert "from a call" in rows["Seen at the yard"].origins[0].source
    assert rows["Seen at the yard"].origins[0].sha256 == ""
    links = [row for row in schedule_of(workspace, workspace.case.charts.listed()[0], "fr") if row.ends]
    assert sorted(row.origins[0].rows for row in links) == [(2,), (3,), (4,)]


def test_a_page_setup_kept_with_the_chart_is_what_leaves(workspace: Workspace, tmp_path: Path) -> None:
    setup = {"page": "a4", "across": 2, "schedule": True, "footer": "{number}/{sheets}"}
    workspace.do(lambda found: set_up_chart(found.case, 1, {"page_setup": setup}))
    export(workspace, tmp_path / "c.pdf", chart="Who directs")
    with pypdfium2.PdfDocument(tmp_path / "c.pdf") as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(texts) == 3
    assert "A2" in texts[1]
    assert "directors.csv" in texts[2]
    assert hashlib.sha256(CSV.encode()).hexdigest() in texts[2]
    assert all("HANDLING NOT STATED" in text for text in texts)
    assert "3/3" in texts[2]


def test_nothing_is_scheduled_that_nobody_asked_for(workspace: Workspace) -> None:
    chart = workspace.case.charts.listed()[0]
    assert picture_view(workspace, chart).schedule == ()
