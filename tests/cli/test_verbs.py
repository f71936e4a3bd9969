"""Each verb as a script uses it: shapes, statuses, and nothing but one document on standard output."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.terminal import Terminal

REF = {"id", "kind", "type", "label", "identity"}


def test_info(ewglink: Terminal, case: Path) -> None:
    said = ewglink("info", case, "--json")
    assert said.code == 0
    assert set(said.data) == {"title", "entities", "links", "sources", "records", "charts", "findings", "journal"}
    assert said.data["title"] == "Grey é"
    assert said.data["entities"]["movement"] == 51
    assert said.data["entities"]["organization"] == 20
    assert said.data["links"]["exporter_of"] == 51
    assert (said.data["sources"], said.data["records"], said.data["journal"]) == (5, 20 + 12 + 28 + 4 + 51, 2)


@pytest.mark.parametrize(
    ("what", "total"),
    [("entities", 151), ("links", 413), ("sources", 5), ("findings", 0), ("journal", 2), ("charts", 0), ("queries", 0)],
)
def test_list(ewglink: Terminal, case: Path, what: str, total: int) -> None:
    said = ewglink("list", case, what, "--json")
    assert said.code == 0
    assert (said.data["what"], said.data["total"], len(said.data["rows"])) == (what, total, total)
    short = ewglink("list", case, what, "--limit", 1, "--json")
    assert (short.data["total"], len(short.data["rows"])) == (total, min(1, total))
    assert ewglink("list", case, what).code == 0


def test_list_by_type(ewglink: Terminal, case: Path) -> None:
    rows = ewglink("list", case, "entities", "--type", "person", "--json").data["rows"]
    assert len(rows) == 12
    assert {row["type"] for row in rows} == {"person"}
    assert set(rows[0]) >= REF
    links = ewglink("list", case, "links", "--type", "director_of", "--json").data["rows"]
    assert {(row["from"]["label"], row["to"]["label"]) for row in links} >= {
        ("Héctor Villalobos Ruán", "Frontera Metals Brokerage, LLC")
    }


@pytest.mark.parametrize("item", ["case:N01", "Héctor Villalobos Ruán"])
def test_show(ewglink: Terminal, case: Path, item: str) -> None:
    said = ewglink("show", case, item, "--json")
    assert set(said.data) == {"item", "properties", "statements", "links", "merged_from"}
    assert set(said.data["item"]) == REF
    assert said.data["properties"]["name"]["value"] == "Héctor Villalobos Ruán"
    statement = next(one for one in said.data["statements"] if one["property"] == "name")
    assert set(statement) == {
        "id",
        "property",
        "value",
        "raw",
        "source",
        "part",
        "row",
        "start",
        "end",
        "precision",
        "grade",
        "handling",
        "validity",
    }
    assert (statement["source"], statement["row"]) == ("people.csv", 2)
    assert statement["id"] == said.data["properties"]["name"]["statement"]
    assert {(one["link"]["type"], one["other"]["label"], one["end"]) for one in said.data["links"]} >= {
        ("director_of", "Frontera Metals Brokerage, LLC", "from"),
        ("family_of", "Dolores Quintanilla Ruán", "to"),
    }
    assert ewglink("show", case, said.data["item"]["id"], "--json").data["item"] == said.data["item"]


def test_show_what_is_not_there(ewglink: Terminal, case: Path) -> None:
    said = ewglink("show", case, "nobody", "--json")
    assert said.code == 1
    assert said.data["error"]["code"] == "no_such_item"
    assert set(said.data["error"]) >= {"code", "message", "file", "row", "field"}
    assert said.err.count("\n") == 1


def test_an_ambiguous_label_lists_the_candidates(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("person_id,name\nX1,Juan Pérez\nX2,Juan Pérez\n", encoding="utf-8")
    assert ewglink("import", case, table).code == 0
    said = ewglink("show", case, "Juan Pérez", "--json")
    assert said.code == 1
    assert {one["identity"] for one in said.data["error"]["candidates"]} == {"case:X1", "case:X2"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("nunez", "Ximena Núñez Treviño"),
        ("RECUPERATION", "Récupération Plomb Saint-Laurent inc."),
        ("Metálica", "Recicladora Metálica del Norte, S.A. de C.V."),
        ("M007", "M007"),
    ],
)
def test_search_takes_no_notice_of_accents(ewglink: Terminal, case: Path, text: str, label: str) -> None:
    said = ewglink("search", case, text, "--json")
    assert said.code == 0
    assert label in [hit["item"]["label"] for hit in said.data["hits"]]
    assert said.data["total"] >= len(said.data["hits"])
    assert set(said.data["hits"][0]) == {"item", "field", "excerpt"}


def test_no_hit_is_no_error(ewglink: Terminal, case: Path) -> None:
    said = ewglink("search", case, "xyzzy", "--json")
    assert (said.code, said.data) == (0, {"total": 0, "hits": []})


@pytest.mark.parametrize(
    "measure",
    [
        "degree",
        "betweenness",
        "components",
        "articulation_points",
        "communities",
        "closeness",
        "pagerank",
        "k_core",
        "clustering",
        "eigenvector",
        "bridges",
    ],
)
def test_analyse(ewglink: Terminal, case: Path, measure: str) -> None:
    said = ewglink("analyse", case, measure, "--json")
    assert said.code == 0
    assert said.data["measure"] == measure
    assert said.data["kind"] in ("ranking", "groups", "paths", "table")
    assert (said.data["projection"]["n"], said.data["projection"]["m"]) == (151, 413)
    if said.data["kind"] == "ranking":
        order = [(-row["value"], row["item"]["id"]) for row in said.data["rows"]]
        assert order == sorted(order)
    assert ewglink("analyse", case, measure).code == 0


def test_analyse_a_part(ewglink: Terminal, case: Path) -> None:
    said = ewglink(
        "analyse", case, "degree", "--types", "person,organization", "--top", 3, "--direction", "in", "--json"
    )
    assert said.data["projection"]["n"] == 32
    assert len(said.data["rows"]) == 3
    assert ewglink("analyse", case, "degree", "--direction", "sideways").code == 2
    assert ewglink("analyse", case, "degree", "--no-such-flag").code == 2
    assert ewglink("analyse", case, "no_measure").code == 1


def test_path_with_ties(ewglink: Terminal, case: Path) -> None:
    """The broker and the collector's director tie; the loads under the collector's consent are shorter still."""
    said = ewglink("path", case, "case:N03", "case:P08", "--all-shortest", "--json")
    assert said.code == 0
    assert set(said.data) == {"from", "to", "directed", "paths", "truncated"}
    assert [path["length"] for path in said.data["paths"]] == [2]
    assert [item["label"] for item in said.data["paths"][0]["items"]] == [
        "Wade Hollister",
        "Héctor Villalobos Ruán",
        "Fundidora Baja Pacífico, S. de R.L. de C.V.",
    ]
    assert [len(step) for step in said.data["paths"][0]["links"]] == [1, 1]
    longer = ewglink("path", case, "case:P01", "case:P08", "--max-length", 3, "--json").data
    assert len(longer["paths"]) > len(
        ewglink("path", case, "case:P01", "case:P08", "--all-shortest", "--json").data["paths"]
    )


def test_no_path_is_no_error(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("person_id,name\nX1,Alone\n", encoding="utf-8")
    ewglink("import", case, table)
    said = ewglink("path", case, "Alone", "case:P08", "--json")
    assert (said.code, said.data["paths"], said.data["truncated"]) == (0, [], False)


def test_import_twice_adds_nothing(ewglink: Terminal, case: Path, made: Path) -> None:
    before = ewglink("info", case, "--json").data
    said = ewglink("import", case, made / "parties.csv", "--json")
    assert said.code == 0
    assert said.data["sources"][0]["known"] is True
    assert set(said.data["sources"][0]) == {
        "file",
        "sha256",
        "format",
        "known",
        "along_with",
        "rows",
        "entities_new",
        "entities_known",
        "links_new",
        "links_known",
        "warnings",
        "rejected",
    }
    assert ewglink("info", case, "--json").data == before


def test_dry_run_and_strict(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    before = ewglink("info", case, "--json").data
    table = tmp_path / "people.csv"
    table.write_text('person_id,name\nX1,Anne\nX2,"stray" quote\nX3,too,many\n', encoding="utf-8")
    said = ewglink("import", case, table, "--dry-run", "--rejected", tmp_path / "rejected.csv", "--json")
    assert said.code == 0
    rejected = said.data["sources"][0]["rejected"]
    assert [one["row"] for one in rejected] == [3, 4]
    assert set(rejected[0]) == {"row", "line", "field", "code", "message"}
    assert len((tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").splitlines()) == 3
    assert ewglink("info", case, "--json").data == before
    strict = ewglink("import", case, table, "--strict", "--json")
    assert strict.code == 1
    assert strict.data["error"]["row"] == 3
    assert ewglink("info", case, "--json").data == before


def test_undo_and_redo(ewglink: Terminal, case: Path) -> None:
    full = ewglink("info", case, "--json").data
    said = ewglink("undo", case, "--json")
    assert said.code == 0
    assert [step["label"] for step in said.data["steps"]] == ["imported"]
    empty = ewglink("info", case, "--json").data
    assert (empty["entities"], empty["links"], empty["records"]) == ({}, {}, 0)
    assert ewglink("undo", case).code == 1
    assert ewglink("redo", case).code == 0
    again = ewglink("info", case, "--json").data
    assert again | {"journal": 0} == full | {"journal": 0}
    assert ewglink("redo", case, "--json").data["error"]["code"] == "nothing_to_redo"
    assert ewglink("undo", case, 9).code == 1


def test_verify_finds_the_first_broken_entry(ewglink: Terminal, case: Path) -> None:
    said = ewglink("verify", case, "--json")
    assert (said.code, said.data["ok"], said.data["broken"], said.data["entries"]) == (0, True, None, 2)
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(case))
    connection.execute("UPDATE journal SET actor = 'somebody else' WHERE seq = 2")
    connection.commit()
    connection.close()
    said = ewglink("verify", case, "--json")
    assert (said.code, said.data["ok"], said.data["broken"]) == (1, False, 2)
    assert "2" in ewglink("verify", case).out


@pytest.mark.parametrize(
    ("text", "scheme", "status"),
    [
        ("CSQU3054383", "iso6346", "ok"),
        ("75-45-6", "cas", "ok"),
        ("123456789ELC", "mtn", "ok"),
        ("8814274", "imo_ship", "fail"),
    ],
)
def test_identify(ewglink: Terminal, text: str, scheme: str, status: str) -> None:
    said = ewglink("identify", text, "--json")
    assert said.code == 0
    assert (scheme, status) in [(one["scheme"], one["status"]) for one in said.data["identifiers"]]


def test_identify_as_one_kind(ewglink: Terminal) -> None:
    said = ewglink("identify", "--kind", "ca_prov_id", "AB 1234", "--json")
    assert [one["scheme"] for one in said.data["identifiers"]] == ["ca_prov_id"]
    unknown = ewglink("identify", "--kind", "foo", "AB 1234")
    assert unknown.code == 1 and "foo" in unknown.err and "epa_id" in unknown.err
    assert "placeholder" in ewglink("identify", "N/A").out


def test_formats(ewglink: Terminal) -> None:
    said = ewglink("formats", "--json")
    assert {one["key"] for one in said.data["exporters"]} == {"png", "svg", "pdf", "xlsx", "csv", "graphml", "gexf"}
    assert {one["key"] for one in said.data["importers"]} >= {"csv", "xlsx"}
    assert all(suffix.startswith(".") for one in said.data["exporters"] for suffix in one["suffixes"])


def test_charts_and_exports(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    said = ewglink("chart", case, "People: 1", "--items", "type=person AND label~PENA", "--layout", "circle", "--json")
    assert said.code == 0
    assert (said.data["made"], said.data["entities"], said.data["links"]) == (True, 2, 1)
    more = ewglink("chart", case, "People: 1", "--around", "case:N01", "--json").data
    assert (more["made"], more["added"] > 2, more["layout"]) == (False, True, None)
    assert ewglink("chart", case, "Everything", "--layout", "force", "--json").data["entities"] == 151
    out = ewglink("export", case, tmp_path / "x.xlsx", "--chart", "People: 1", "--json")
    assert out.code == 0
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book["Entities"].max_row == 1 + more["entities"]
    book.close()
    assert ewglink("export", case, tmp_path / "x.svg").code == 1, "which of two charts?"
    assert ewglink("export", case, tmp_path / "x.svg", "--chart", "Nobody").code == 1
    journal = ewglink("list", case, "journal", "--type", "event", "--json").data["rows"]
    assert [row["label"] for row in journal] == ["case_created", "exported"]
    assert journal[-1]["args"]["sha256"] == [out.data["files"][0]["sha256"]]


def test_chart_wrongly_asked_for(ewglink: Terminal, case: Path) -> None:
    assert ewglink("chart", case, "A", "--items", "nonsense").code == 1
    assert ewglink("chart", case, "A", "--items", "type=nonsense").code == 1
    assert ewglink("chart", case, "A", "--layout", "nonsense").code == 1
    assert ewglink("chart", case, "A", "--all", "--around", "case:N01").code == 2
    assert ewglink("chart", case, "A", "--spacing", "3").code == 2
    assert ewglink("info", case, "--json").data["charts"] == []


def reimported(ewglink: Terminal, tmp_path: Path, entities: Path, links: Path) -> dict[str, Any]:
    """The case that the exported tables make when they are imported by a specification."""
    namespace = "back"
    specs = {
        entities: {"entities": {"item": {"type": {"column": "type"}, "key": ["id"], "label": "label"}}},
        links: {
            "entities": {
                "a": {"type": {"column": "from_type"}, "key": ["from"]},
                "b": {"type": {"column": "to_type"}, "key": ["to"]},
            },
            "links": [{"type": {"column": "type"}, "from": "a", "to": "b", "key": ["id"]}],
        },
    }
    case = tmp_path / "back.ewg"
    assert ewglink("new", case).code == 0
    for number, (path, body) in enumerate(specs.items()):
        spec = tmp_path / f"spec{number}.json"
        spec.write_text(json.dumps({"ewglink_spec": 1, "name": f"back {number}", "namespace": namespace, **body}))
        said = ewglink("import", case, path, "--spec", spec)
        assert said.code == 0, said.err
    found: dict[str, Any] = ewglink("info", case, "--json").data
    return found


def test_tables_come_back_as_the_same_graph(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    before = ewglink("info", case, "--json").data
    ewglink("export", case, tmp_path / "x.csv")
    after = reimported(ewglink, tmp_path, tmp_path / "x.csv", tmp_path / "x.links.csv")
    assert after["entities"] == before["entities"]
    assert after["links"] == before["links"]


def test_the_exported_csv_has_every_row(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    said = ewglink("export", case, tmp_path / "x.csv", "--json")
    assert [Path(one["file"]).name for one in said.data["files"]] == ["x.csv", "x.links.csv"]
    with (tmp_path / "x.links.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 413


def test_new_never_replaces(ewglink: Terminal, case: Path) -> None:
    content = case.read_bytes()
    said = ewglink("new", case, "--json")
    assert said.code == 1
    assert said.data["error"]["code"] == "case_exists"
    assert case.read_bytes() == content


@pytest.mark.parametrize("verb", ["info", "verify", "undo"])
def test_a_file_that_is_no_case(ewglink: Terminal, tmp_path: Path, verb: str) -> None:
    (tmp_path / "x.ewg").write_bytes(b"not a database, not at all" * 10)
    for path in (tmp_path / "x.ewg", tmp_path / "missing.ewg", tmp_path, "postgresql://host/db"):
        said = ewglink(verb, path, "--json")
        assert said.code == 1
        assert said.err.count("\n") == 1
        assert "Traceback" not in said.err


def test_a_read_only_case_can_be_read(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    shutil.copy(case, folder / "c.ewg")
    (folder / "c.ewg").chmod(0o400)
    folder.chmod(0o500)
    try:
        assert ewglink("info", folder / "c.ewg", "--json").data["entities"]["movement"] == 51
        assert ewglink("export", folder / "c.ewg", tmp_path / "y.graphml").code == 0
    finally:
        folder.chmod(0o700)


def test_withdraw_takes_one_source_out_and_can_be_undone(ewglink: Terminal, case: Path) -> None:
    before = ewglink("info", case, "--json").data
    said = ewglink("withdraw", case, "movements.csv", "--json")
    assert said.code == 0, said.err
    after = ewglink("info", case, "--json").data
    assert "movement" not in after["entities"]
    assert after["entities"]["consent_stream"] == before["entities"]["consent_stream"]
    assert said.data["entities_removed"] == sum(before["entities"].values()) - sum(after["entities"].values())
    assert ewglink("withdraw", case, "movements.csv").code == 1
    assert ewglink("withdraw", case, "nothing.csv").code == 1
    assert ewglink("undo", case).code == 0
    assert ewglink("info", case, "--json").data["entities"] == before["entities"]
    assert ewglink("verify", case).code == 0


def test_a_chart_names_only_the_sources_of_what_it_shows(ewglink: Terminal, case: Path, tmp_path: Path) -> None:
    assert ewglink("chart", case, "People", "--items", "type=person").code == 0
    assert ewglink("export", case, tmp_path / "x.xlsx", "--chart", "People").code == 0
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert {row[1].value for row in book["Sources"].iter_rows(min_row=2)} == {"people.csv", "links.csv"}
    book.close()


@pytest.mark.parametrize("asked", [("identify", "D008", "--on", "31/12/2024"), ("check", "x.ewg", "--as-of", "soon")])
def test_a_day_that_is_none_is_said_in_a_sentence(ewglink: Terminal, asked: tuple[str, ...], case: Path) -> None:
    said = ewglink(*(case if part == "x.ewg" else part for part in asked))
    assert said.code == 2 and f"“{asked[-1]}” is no date; write it as 2025-10-31." in said.err
