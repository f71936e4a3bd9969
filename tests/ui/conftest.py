"""A small case in a window: two companies, a director, a payment read from a file, on one chart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CSV = (
    "Company;Director;Since;Note\n"
    "Acme Recycling Ltd;Jane Doe;2021-03-01;first\n"
    "Beta Métaux SA;Jane Doe;2022-05-02;second\n"
    "Beta Métaux SA;Juan Pérez;2023-06-03;third\n"
)
SPEC = {
    "ewglink_spec": 1,
    "name": "directors",
    "namespace": "case",
    "entities": {
        "company": {"type": "organization", "key": "Company", "properties": {"name": "Company", "note": "Note"}},
        "director": {"type": "person", "key": "Director", "properties": {"name": "Director"}},
    },
    "links": [{"type": "director_of", "from": "director", "to": "company", "start": "Since"}],
}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case file every window starts from: 4 entities, 3 links, one chart."""
    from ewglink.model.progress import finish
    from ewglink.workspace.arranging import add_to_chart
    from ewglink.workspace.commands.charts import create_chart
    from ewglink.workspace.commands.importing import ImportRequest, import_files
    from ewglink.workspace.workspace import Workspace

    folder = tmp_path_factory.mktemp("template")
    source = folder / "directors.csv"
    source.write_text(CSV, encoding="utf-8")
    with Workspace.create(folder / "case.ewg", "Directors") as workspace:
        report = finish(import_files(workspace, [ImportRequest(source, spec=SPEC)], in_process=True))
        assert report is not None and not report.rejected
        workspace.do(lambda found: create_chart(found.case, "Who directs")[0])
        workspace.do(lambda found: add_to_chart(found, 1, found.network().ids.tolist()))
    return folder / "case.ewg"


@pytest.fixture
def case(template: Path, tmp_path: Path) -> Path:
    """A case file of one's own."""
    return Path(shutil.copy(template, tmp_path / "case.ewg"))


@pytest.fixture
def empty_window(qtbot: Any) -> Iterator[Any]:
    """A window without a case."""
    from PySide6.QtWidgets import QApplication

    from ewglink.ui import theme
    from ewglink.ui.main_window import MainWindow
    from ewglink.ui.session import Session
    from ewglink.workspace.settings import Settings

    theme.wear(QApplication.instance(), "light")
    window = MainWindow(Session(Settings()))
    window.show()
    qtbot.waitExposed(window)
    yield window
    assert window.close()
    window.deleteLater()


@pytest.fixture
def grey(empty_window: Any, grey_cell: Path, tmp_path: Path) -> Any:
    """A window on GREY CELL with the rules run."""
    assert empty_window.session.open(Path(shutil.copy(grey_cell, tmp_path / "grey.ewg")))
    return empty_window


@pytest.fixture
def window(empty_window: Any, case: Path, qtbot: Any) -> Any:
    """A window on the case."""
    assert empty_window.session.open(case)
    qtbot.waitUntil(lambda: len(empty_window.docks.panels["entities"].model.ids) == 4)
    return empty_window


@pytest.fixture
def ids(window: Any) -> dict[str, int]:
    """The items of the case by label (entities only)."""
    return {ref.label: ref.id for ref in window.session.case.items.listed("entity")}
