"""Graphs out and in again: what EWGLink has written gives the same graph, whatever names and values it holds."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.exporters import gate
from ewglink.exporters.characters import Visible
from ewglink.model.progress import finish
from ewglink.release.view import EntityRow, LinkRow, PropertyColumn, ReleasedView, released
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.exporting import export, records_view
from ewglink.workspace.workspace import Workspace

HOSTILE = [
    "",
    " ",
    "  padded  ",
    "N/A",
    "null",
    "=1+1",
    "two\nlines",
    "tab\there",
    "return\rhere",
    "\r\n",
    "a;b; c",
    "x|y",
    "\x00\x07bell",
    "<b>&amp;</b>",
    "]]>",
    "\u202eevil\u202c",
    "שלום עולם",
    "中文名",
    "\ud800 half",
    "🛢 𝔘",
    '"',
    "'",
    "007",
    "1e5",
    "2020-01-01",
    "true",
    "\ufeffmark",
    "\x85next",
    "\ufffe",
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text(st.characters(codec=None), max_size=6))
stated = texts.filter(lambda text: Visible()(text).strip() != "")
"""A case has no empty values: a cell that is empty says nothing."""

PROPERTIES: dict[str, tuple[str, Any]] = {
    "note": ("text", stated),
    "capacity": ("number", st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))),
    "registered": ("date", st.dates().map(str).filter(lambda text: text >= "1800")),
    "roles": ("list", st.lists(st.sampled_from(["exporter", "broker", "courtier en déchets"]), min_size=1, unique=True)
              .map("; ".join)),
    "own_text": ("text", stated),
    "own_number": ("number", st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))),
    "own_whole": ("integer", st.integers(-(2**53), 2**53)),
    "own_flag": ("boolean", st.booleans()),
    "own_code": ("text", st.sampled_from(["0123", "2903", "1e5", "-7", "true", "2020-01-01", "NA"])),
    "own_list": ("list", st.sampled_from(["7; 8", "2020", "a; b"])),
    "own_country": ("country", st.sampled_from(["NA", "MX", "DE"])),
    "own_date": ("date", st.sampled_from(["2020", "2020-05", "2020-05-01"])),
    "own_instant": ("instant", st.sampled_from(["2020-05-01T10:00:00Z", "2020-05-01T10:00:00"])),
    "own_quantity": ("quantity", st.sampled_from([5, 2.5])),
    "own_url": ("url", st.sampled_from(["https://example.org/?a=1,2", "12"])),
    "own_identifier": ("identifier", st.sampled_from(["007", "12", "N/A"])),
}  # fmt: skip
DATES = [(None, None), ("2020", "year"), ("2021-02", "month"), ("2020-05-01", "day"), ("2020-05-01T10:00:00", "local"),
         ("2020-05-01T10:00:00Z", "instant")]  # fmt: skip


@st.composite
def views(draw: Any) -> ReleasedView:
    count = draw(st.integers(1, 5))
    entities = []
    for number in range(1, count + 1):
        kind = draw(st.sampled_from(["facility", "gadget", "Gadget 2"]))
        own = draw(st.fixed_dictionaries({}, optional={key: one for key, (_kind, one) in PROPERTIES.items()}))
        entities.append(EntityRow(number, kind, kind, draw(texts), (f"case:{number}",),
                                  {**own, "reference": f"#{number}"}))  # fmt: skip
    links = []
    for number in range(draw(st.integers(0, 7))):
        a, b = draw(st.integers(1, count)), draw(st.integers(1, count))
        (start, precision), (end, _p) = draw(st.sampled_from(DATES)), draw(st.sampled_from(DATES[:4]))
        links.append(LinkRow(
            100 + number, draw(st.sampled_from(["paid", "unknown_link", "feeds"])), "A name", "A name", a, b,
            draw(st.sampled_from(["none", "forward", "backward", "both"])),
            draw(st.sampled_from(["confirmed", "unconfirmed", "tentative"])), start, end if start else None,
            precision, (), {"own_text": draw(stated)} if draw(st.booleans()) else {}))  # fmt: skip
    columns = [PropertyColumn(key, key, kind) for key, (kind, _values) in PROPERTIES.items()]
    return released(title=draw(texts), language="en", entities=entities, links=links,
                    entity_columns=[*columns, PropertyColumn("reference", "Reference")],
                    link_columns=[PropertyColumn("own_text", "Own text")])  # fmt: skip


def seen(value: Any) -> Any:
    return Visible()(value) if isinstance(value, str) else value


def nodes(entities: Sequence[EntityRow]) -> list[Any]:
    return sorted(
        (row.properties["reference"], row.type, seen(row.label),
         sorted((key, seen(value)) for key, value in row.properties.items()))
        for row in entities
    )  # fmt: skip


def edges(view: ReleasedView) -> Counter[Any]:
    named = {row.id: row.properties["reference"] for row in view.entities}
    found: Counter[Any] = Counter()
    for row in view.links:
        a, b = named[row.a], named[row.b]
        direction = row.direction
        if direction == "backward":
            a, b, direction = b, a, "forward"
        found[row.type, a, b, direction, row.strength, row.start, row.end,
              tuple(sorted((key, seen(value)) for key, value in row.properties.items()))] += 1  # fmt: skip
    return found


def bring(workspace: Workspace, *paths: Path) -> ImportReport:
    report = finish(import_files(workspace, [ImportRequest(path) for path in paths], in_process=True))
    assert report is not None
    return report


UID = "6b1f0c1e-0000-4000-8000-000000000000"
PLAIN = ["=1+1", '"quoted"', "two\nlines", "a, b; c", "N/A", "-5 °C", "'tis", "中文名", "  padded  ", "007", "@you", ""]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
@given(view=views())
@settings(max_examples=15)
def test_tables_come_back(suffix: str, view: ReleasedView) -> None:
    _tables_come_back(suffix, replace(view, case_uid=UID))


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
def test_text_tables_come_back(suffix: str) -> None:
    entities = [EntityRow(n, "gadget" if n % 2 else "facility", "A name", text, (), {
        "reference": f"#{n}", "own_number": n + 0.5, "own_flag": n % 3 == 0, "capacity": float(n) + 0.25,
        "registered": "2020-01-31", **({"note": text, "own_text": text} if text.strip() else {})})
        for n, text in enumerate(PLAIN, 1)]  # fmt: skip
    links = [LinkRow(100 + n, kind, "A name", "A name", n, n % 5 + 1, direction, "tentative", "2021-02", None, "month",
                     (), {"own_text": PLAIN[n]})
             for n, (kind, direction) in enumerate([("paid", "forward"), ("paid", "backward"), ("feeds", "none"),
                                                    ("feeds", "both")], 1)]  # fmt: skip
    columns = [PropertyColumn(key, key, kind) for key, (kind, _values) in PROPERTIES.items()]
    columns.append(PropertyColumn("reference", "Reference"))
    view = released(title="T", language="en", entities=entities, links=links, entity_columns=columns,
                    link_columns=[PropertyColumn("own_text", "Own text")], case_uid=UID)  # fmt: skip
    _tables_come_back(suffix, view)


def _tables_come_back(suffix: str, view: ReleasedView) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / f"a.{suffix}"
        files = [file.path for file in gate.write(view, first).files]
        with Workspace.create(Path(folder) / "a.ewg", "A") as workspace:
            report = bring(workspace, *files)
            assert not report.rejected
            came = records_view(workspace, None, "en")
            assert all(source.known for source in bring(workspace, *files).sources)
    named = {"Gadget 2": "gadget_2"}
    assert nodes(came.entities) == [(ref, named.get(kind, kind), *rest) for ref, kind, *rest in nodes(view.entities)]
    assert edges(came) == edges(view)


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "xlsx", "csv"])
def test_what_comes_back_to_its_own_case_is_known(tmp_path: Path, suffix: str) -> None:
    view = released(
        title="T", language="en",
        entities=[EntityRow(n, "person", "Person", f"P{n}", (), {"reference": f"#{n}"}) for n in (1, 2)],
        links=[LinkRow(3, "paid", "Paid", "Paid", 1, 2, "forward", "confirmed")],
        entity_columns=[PropertyColumn("reference", "Reference")])  # fmt: skip
    gate.write(view, tmp_path / "a.graphml")
    with Workspace.create(tmp_path / "a.ewg", "A") as workspace:
        bring(workspace, tmp_path / "a.graphml")
        out = export(workspace, tmp_path / f"out.{suffix}")
        report = bring(workspace, *(file.path for file in out.files))
        assert sum(source.entities_new + source.links_new for source in report.sources) == 0
        assert workspace.case.items.counts("entity") == {"person": 2}
        assert workspace.case.items.counts("link") == {"paid": 1}
    with Workspace.create(tmp_path / "b.ewg", "B") as workspace:
        files = [file.path for file in out.files]
        bring(workspace, *files)
        again = tmp_path / "again" / files[0].name
        again.parent.mkdir()
        with Workspace.open(tmp_path / "a.ewg") as first:
            more = export(first, again, language_wanted="fr")
        report = bring(workspace, *(file.path for file in more.files))
        assert sum(source.entities_new + source.links_new for source in report.sources) == 0
        assert workspace.case.items.counts("entity") == {"person": 2}


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
@given(view=views())
@settings(max_examples=40)
def test_the_same_graph_comes_back(suffix: str, view: ReleasedView) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / f"a.{suffix}", Path(folder) / f"b.{suffix}"
        gate.write(view, first)
        with Workspace.create(Path(folder) / "a.ewg", "A") as workspace:
            report = bring(workspace, first)
            assert not report.rejected
            came = records_view(workspace, None, "en")
            length = workspace.case.journal_length()
            assert bring(workspace, first).sources[0].known
            assert workspace.case.journal_length() == length
        named = {"Gadget 2": "gadget_2"}
        expected = [(ref, named.get(kind, kind), *rest) for ref, kind, *rest in nodes(view.entities)]
        assert nodes(came.entities) == expected
        assert edges(came) == edges(view)
        gate.write(came, second)
        with Workspace.create(Path(folder) / "b.ewg", "B") as workspace:
            bring(workspace, second)
            again = records_view(workspace, None, "en")
        assert nodes(again.entities) == nodes(came.entities)
        assert edges(again) == edges(came)


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "xlsx", "csv"])
def test_marks_that_are_not_given_again_are_said(tmp_path: Path, suffix: str) -> None:
    view = released(title="T", language="en", case_uid=UID, entities=[
        EntityRow(1, "person", "Person", "A", handling="TLP:AMBER"),
        EntityRow(2, "person", "Person", "B")])  # fmt: skip
    gate.write(view, tmp_path / f"a.{suffix}")
    with Workspace.create(tmp_path / "a.ewg", "A") as workspace:
        source = bring(workspace, tmp_path / f"a.{suffix}").sources[0]
    assert [one.code for one in source.warnings] == ["handling_not_taken"]
