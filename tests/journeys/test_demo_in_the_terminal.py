"""The demo without a window: a case, its charts and its tables, and nobody's file replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from ewglink.__main__ import main
from ewglink.workspace.demo import build_demo, demo_names, storyline
from ewglink.workspace.workspace import Workspace

CHARTS = 3


def demo(folder: Path, *words: str) -> int:
    return main(["demo", "--headless", "--out", str(folder), *words])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "out"
    assert demo(folder, "--lang", "en") == 0
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_there(written: Path) -> None:
    charts = storyline("grey-cell")["charts"]
    assert len(charts) == CHARTS
    assert names(written) == {
        "grey-cell.ewg",
        "tables.xlsx",
        "answers.json",
        ".ewglink-demo.json",
        *(f"files/{name}.csv" for name in ("parties", "people", "links", "consents", "movements")),
        *(f"charts/{chart['name']['en']}.{suffix}" for chart in charts for suffix in ("png", "svg", "pdf")),
    }


def test_the_case_is_whole_and_every_item_has_a_row(written: Path, tmp_path: Path) -> None:
    with Workspace.open(written / "grey-cell.ewg", read_only=True) as workspace:
        assert workspace.case.verify() == ([], None)
        counts = workspace.case.items.counts("entity")
        assert (counts["movement"], counts["organization"], counts["person"]) == (51, 20, 12)
        everything = [*workspace.network().ids.tolist(), *workspace.network().link_ids.tolist()]
        said = {one.item for one in workspace.case.items.statements(everything) if one.record is not None}
        assert said == set(everything)


def test_pictures_hold_the_title_the_marking_and_the_names(written: Path) -> None:
    for chart in storyline("grey-cell")["charts"]:
        title = chart["name"]["en"]
        base = written / "charts" / title
        with Image.open(base.with_suffix(".png")) as picture:
            assert min(picture.size) > 600
        svg = base.with_suffix(".svg").read_text(encoding="utf-8")
        document = pypdfium2.PdfDocument(base.with_suffix(".pdf"))
        text = document[0].get_textpage().get_text_range()
        document.close()
        for wanted in (title, "NON-SENSITIVE", "TRAINING"):
            assert wanted in text.replace("\r\n", " ")
            assert wanted in svg
        with pikepdf.open(base.with_suffix(".pdf")) as page:
            assert len(page.pages) == 1


def test_the_tables_hold_all_rows(written: Path) -> None:
    book = openpyxl.load_workbook(written / "tables.xlsx")
    assert book["Entities"].max_row == 1 + 151
    assert book["Links"].max_row == 1 + 413
    assert book["Sources"].max_row == 1 + 5
    assert book["Entities"].oddHeader.center.text == "NON-SENSITIVE • TRAINING"
    book.close()


def test_again_in_another_language_replaces_its_own_files(written: Path, tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "out"
    assert demo(folder, "--lang", "en") == 0
    (folder / "charts" / "mine.txt").write_text("mine")
    capsys.readouterr()
    assert demo(folder, "--lang", "fr", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    charts = [chart["name"]["fr"] for chart in storyline("grey-cell")["charts"]]
    assert said["charts"] == charts
    assert {path.stem for path in (folder / "charts").glob("*.pdf")} == set(charts)
    assert (folder / "charts" / "mine.txt").read_text() == "mine"
    with Workspace.open(folder / "grey-cell.ewg", read_only=True) as workspace:
        assert workspace.title == storyline("grey-cell")["title"]["fr"]
        assert "Organisation" in workspace.chart_content(1).type_names.values()


@pytest.mark.parametrize("name", ["grey-cell.ewg", "tables.xlsx", "charts/Loads to Tijuana.pdf", "files/parties.csv"])
def test_a_file_of_somebody_else_is_never_replaced(tmp_path: Path, name: str, capsys: Any) -> None:
    theirs = tmp_path / "out" / name
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    assert demo(tmp_path / "out", "--json") == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "not_ours"
    assert theirs.read_text() == "theirs"
    assert not (tmp_path / "out" / ".ewglink-demo.json").exists()


def test_a_demo_that_was_worked_on_is_kept(tmp_path: Path) -> None:
    case = build_demo("grey-cell", tmp_path, "es")
    with Workspace.open(case) as workspace:
        workspace.undo()
    worked_on = case.read_bytes()
    assert build_demo("grey-cell", tmp_path, "es") == case
    assert (tmp_path / "grey-cell (1).ewg").read_bytes() == worked_on


def test_only_what_exists_is_offered(capsys: Any) -> None:
    assert demo_names() == ["cold-front", "engines", "grey-cell", "paper-reef"]
    assert main(["demo", "no-such-storm", "--headless", "--out", "nowhere", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no_demo"
    assert not Path("nowhere").exists()
