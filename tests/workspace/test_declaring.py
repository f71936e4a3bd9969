"""A projection declared over a case: dates, grades, weights and kinds from its statements; what is asked of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ewglink.analysis.contract import MEASURES
from ewglink.graph.declared import Declaration
from ewglink.graph.moments import LAST
from ewglink.graph.projection import Projection
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.training.contract import GENERATORS
from ewglink.workspace import measuring_apart, questions
from ewglink.workspace.declaring import declare
from ewglink.workspace.workspace import Workspace
from tests.cli.terminal import Answered


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The GREY CELL case."""
    from ewglink.__main__ import main

    folder = tmp_path_factory.mktemp("declared")
    files = GENERATORS.get("grey-cell").generate().write(folder)
    assert main(["new", str(folder / "case.ewg"), "--title", "Grey"]) == 0
    assert main(["import", str(folder / "case.ewg"), *map(str, files)]) == 0
    return folder / "case.ewg"


def test_dates_are_those_of_the_store(case: Path) -> None:
    with Workspace.open(case, read_only=True) as workspace:
        with workspace.case.reading() as connection:
            dated = dict((row[0], (row[1], row[2])) for row in connection.exec_driver_sql(
                'SELECT item_id, start, "end" FROM link WHERE start IS NOT NULL OR "end" IS NOT NULL'))
        whole = declare(workspace, Declaration(), times=True)
        assert dated
        assert whole.stops is not None
        year = sorted(start for start, _end in dated.values() if start)[len(dated) // 2][:4]
        found = declare(workspace, Declaration(start=year, end=year, undated=False))
        lasting = {int(link) for link, stop in zip(whole.link_ids, whole.stops, strict=True) if stop == LAST}
        expected = {link for link, (start, end) in dated.items()
                    if (start or "0")[:4] <= year and ((end or start)[:4] >= year or link in lasting)}
        assert set(found.link_ids.tolist()) == expected
        assert found.described["from"] == year
        assert found.m + sum(found.described["left_out"]["links"].values()) == whole.m


def test_a_network_is_made_once_until_the_case_changes(case: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(case, tmp_path / "case.ewg"))
    with Workspace.open(copy) as workspace:
        first = declare(workspace, Declaration(start="2024", directed=True))
        assert declare(workspace, Declaration(start="2024", directed=True)) is first
        assert declare(workspace, Declaration(start="2025", directed=True)) is not first
        workspace.case.record_event("looked", {})
        assert declare(workspace, Declaration(start="2024", directed=True)) is not first


def test_weights_and_grades(case: Path) -> None:
    with Workspace.open(case, read_only=True) as workspace:
        found = declare(workspace, Declaration(weights="influence"))
        assert found.weighted
        assert ((found.weights > 0) & (found.weights <= 1)).all()
        with workspace.case.reading() as connection:
            good = {row[0] for row in connection.exec_driver_sql(
                "SELECT l.item_id FROM link l JOIN statement s ON s.item_id = l.item_id JOIN basis b ON "
                "b.id = s.basis_id WHERE b.grade IN ('A1', 'A2', 'B1', 'B2')")}
        assert set(declare(workspace, Declaration(min_grade="B2")).link_ids.tolist()) == good


@pytest.mark.parametrize("asked", [
    Declaration(start="soon"), Declaration(as_of="31/12/2024", weights="influence"), Declaration(min_grade="Z9"),
    Declaration(weights="heavy"), Declaration(weights="property"), Declaration(strengths=("maybe",)),
    Declaration(weights="property", weight_property='x"]')])
def test_what_is_refused(case: Path, asked: Declaration) -> None:
    with Workspace.open(case, read_only=True) as workspace, pytest.raises(Refusal):
        declare(workspace, asked)


def test_rankings_without_tentative_links(case: Path) -> None:
    with Workspace.open(case, read_only=True) as workspace:
        asked = Declaration()
        without = questions.without_tentative(asked)
        assert without.strengths == ("confirmed", "unconfirmed")
        network, other = declare(workspace, asked), declare(workspace, without)
        found = finish(questions.compare(workspace, "degree", None, network, other))
        assert found is not None
        assert len(found.ids) == network.n
        with pytest.raises(Refusal):
            finish(questions.compare(workspace, "bridges", None, network, other))


def test_advancing_and_cheapest_exclude_each_other(case: Path) -> None:
    with Workspace.open(case, read_only=True) as workspace:
        a, b = workspace.network().ids[:2].tolist()
        with pytest.raises(Refusal):
            questions.find_paths(workspace, a, b, weighted=True, advancing=True)
        assert questions.find_paths(workspace, a, b, advancing=True).truncated is False
        assert set(questions.find_linked(workspace, [a], 1).items.tolist()) >= {a}


def large() -> Projection:
    n = measuring_apart.LARGE
    return Projection.build((np.arange(n), np.zeros(n, int), ("person",)),
                            (np.arange(n - 1), np.arange(n - 1), np.arange(1, n), np.zeros(n - 1, int), ("knows",),
                             np.zeros(n - 1, int), np.zeros(n - 1, int)), {})


def test_a_large_measure_runs_apart_with_the_same_answer() -> None:
    network = large().network()
    member = MEASURES.get("clustering")
    assert measuring_apart.runs_apart(member, network)
    assert not measuring_apart.runs_apart(MEASURES.get("betweenness"), network)
    far = finish(measuring_apart.apart("k_core", network, MEASURES.get("k_core").options()))
    assert far is not None
    assert set(far.values.tolist()) == {1.0}
    job = measuring_apart.apart("clustering", network, member.options())
    next(job)
    job.close()


def test_refusals_come_back_from_apart() -> None:
    """Dates that must advance where nobody knows any."""
    member = MEASURES.get("cycles")
    with pytest.raises(ValueError, match="no times"):
        finish(measuring_apart.apart("cycles", large().network(), member.options(advancing=True)))


def run(capfd: pytest.CaptureFixture[str], *words: object) -> Answered:
    from ewglink.__main__ import main

    capfd.readouterr()
    code = main([str(word) for word in words])
    said = capfd.readouterr()
    return Answered(code, said.out, said.err)


def test_terminal_declares(case: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = run(capfd, "analyse", case, "betweenness", "--weights", "influence", "--directed", "--min-grade", "F6",
               "--from", "2020", "--to", "2030", "--dated-only", "--sources", 20, "--top", 4, "--json")
    assert said.code == 0, said.err
    projection = said.data["projection"]
    assert (projection["weights"], projection["directed"], projection["from"]) == ("influence", True, "2020")
    assert "left_out" in projection
    assert set(said.data["rows"][0]) == {"item", "value", "error"}
    assert said.data["caution"]
    words = run(capfd, "analyse", case, "betweenness", "--weights", "count", "--types", "person,organization")
    assert words.code == 0
    assert "count" in words.out
    compared = run(capfd, "analyse", case, "degree", "--compare-tentative", "--json")
    assert {"value", "value_without", "place", "place_without", "shift"} <= set(compared.data["rows"][0])
    assert run(capfd, "analyse", case, "degree", "--compare-tentative").code == 0
    assert run(capfd, "analyse", case, "degree", "--from", "soon").code == 1


def test_terminal_hands_a_result_out(case: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from openpyxl import load_workbook

    copy, out = Path(shutil.copy(case, tmp_path / "case.ewg")), tmp_path / "degree.xlsx"
    said = run(capfd, "analyse", copy, "degree", "--top", 5, "--out", out, "--json")
    assert said.code == 0, said.err
    book = load_workbook(out)
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {row["item"]["label"] for row in said.data["rows"]} <= cells
    assert any("151" in cell for cell in cells), "the projection is told"
    book.close()


@pytest.mark.parametrize("measure", ["fragmentation", "reach", "ego", "cycles", "common_neighbours", "triads"])
def test_terminal_measures(case: Path, capfd: pytest.CaptureFixture[str], measure: str) -> None:
    said = run(capfd, "analyse", case, measure, "--json")
    assert (said.code, said.data["kind"]) == (0, "table")
    assert said.data["rows"]
    assert run(capfd, "analyse", case, measure).code == 0


def test_terminal_paths(case: Path, capfd: pytest.CaptureFixture[str]) -> None:
    three = ("case:P01", "case:P08", "case:N03")
    said = run(capfd, "path", case, *three, "--json").data
    assert [item["id"] for item in said["items"]] == [said["items"][at]["id"] for at in range(3)]
    assert {item["id"] for item in said["items"]} <= {item["id"] for item in said["connecting"]["items"]}
    tree = run(capfd, "path", case, *three, "--tree", "--json").data["connecting"]
    assert len(tree["items"]) <= len(said["connecting"]["items"])
    plain = run(capfd, "path", case, *three[:2], "--json").data["paths"][0]
    cheap = run(capfd, "path", case, *three[:2], "--weighted", "--weights", "influence", "--json").data
    assert cheap["paths"][0]["cost"] > 0
    assert cheap["projection"]["weights"] == "influence"
    middle = plain["items"][1]["id"] if plain["length"] > 1 else None
    if middle is not None:
        around = run(capfd, "path", case, *three[:2], "--avoid", middle, "--all-shortest", "--json").data
        assert all(middle not in [item["id"] for item in path["items"]] for path in around["paths"])
        by = run(capfd, "path", case, *three[:2], "--through", middle, "--json").data
        assert by["paths"][0]["length"] == plain["length"]
    for flags in (["--advancing"], ["--against"], ["--common"], ["--max-length", "3", "--min-grade", "C3"]):
        assert run(capfd, "path", case, *three[:2], *flags).code == 0
        assert run(capfd, "path", case, *three[:2], *flags, "--json").code == 0
    assert run(capfd, "path", case, *three, "--weighted").code == 2
