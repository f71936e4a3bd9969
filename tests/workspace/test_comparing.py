"""Charts held against each other, and against what they were: the table and the chart say what was done, no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ewglink.drawing.content import GREYED
from ewglink.model.changes import Changeset
from ewglink.model.items import Strength
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands import annotations, charts, comparison, formatting, items
from ewglink.workspace.comparing import Side, at_point, compare, marking_of
from ewglink.workspace.comparison_table import rows, write_csv
from ewglink.workspace.workspace import Workspace
from tests.store.whole_case import everything


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Entities A, B, C (1 to 3), links A–B and B–C (4, 5); A and B on chart 1, B and C on chart 2."""
    with Workspace.create(tmp_path / "case.ewg", "T") as made:
        for label in "ABC":
            made.do(lambda found, label=label: items.add_entity(found.case, "person", label)[0])
        made.do(lambda found: items.add_link(found.case, "knows", 1, 2)[0])
        made.do(lambda found: items.add_link(found.case, "knows", 2, 3)[0])
        for name in ("One", "Two"):
            made.do(lambda found, name=name: charts.create_chart(found.case, name)[0])
        made.do(lambda found: charts.place(found.case, 1, [1, 2], np.array([(0.0, 0.0), (200.0, 0.0)])))
        made.do(lambda found: charts.place(found.case, 2, [2, 3], np.array([(200.0, 50.0), (400.0, 50.0)])))
        yield made


def head(workspace: Workspace) -> int:
    return workspace.case.journal_entries(limit=1)[0].seq


def said(compared: object) -> list[tuple[str, str]]:
    return [(one.change, one.label) for one in compared.found]  # type: ignore[attr-defined]


def test_two_charts(workspace: Workspace) -> None:
    found = compare(workspace, Side(1), Side(2))
    assert said(found) == [("added", "C"), ("added", "B – C"), ("removed", "A"), ("removed", "A – B"),
                           ("moved", "B")]
    assert found.found[-1].what == (("place", (200.0, 0.0), (200.0, 50.0)),)


def test_one_chart_at_two_times(workspace: Workspace) -> None:
    then = head(workspace)
    workspace.do(lambda found: items.rename(found.case, 1, "Anna"))
    workspace.do(lambda found: items.set_strength(found.case, [4], Strength.TENTATIVE))
    workspace.do(lambda found: items.set_property(found.case, 2, "role", "broker"))
    workspace.do(lambda found: charts.place(found.case, 1, [3], np.array([(90.0, 90.0)])))
    found = compare(workspace, Side(1, then), Side(1))
    assert said(found) == [("added", "C"), ("added", "B – C"), ("changed", "Anna"), ("changed", "B"),
                           ("changed", "Anna – B")]
    by_label = {one.label: one.what for one in found.found}
    assert by_label["Anna"] == (("label", "A", "Anna"),)
    assert by_label["B"] == (("property:role", None, "broker"),)
    assert by_label["Anna – B"] == (("strength", 0, 2),)
    table = rows(found.found, {"person": "Person", "role": "Role"})
    assert ("Changed", "Entity", "Person", "B", "Role", "", "broker") in table
    assert ("Changed", "Link", "knows", "Anna – B", "Strength", "Confirmed", "Tentative") in table


def test_every_earlier_state_is_found_again(workspace: Workspace) -> None:
    """Undo and redo interleaved with a bulk add; each state was kept when it was there."""
    kept = {head(workspace): everything(workspace.case)}

    def keep() -> None:
        kept[head(workspace)] = everything(workspace.case)

    def step(command: Changeset) -> None:
        workspace.do(command)
        keep()

    step(items.rename(workspace.case, 1, "Anna"))
    step(items.delete_items(workspace.case, [3]))
    workspace.undo()
    keep()
    with workspace.case.bulk() as writer:
        first = writer.next_id("item")
        writer.insert("item", [(first + k, "entity", "account", f"account {k}", 2, None) for k in range(5)])
        seq = writer.finish(Changeset("imported", {"files": ["a.csv"]}, (), (), {"item": (first, first + 4)}))
    workspace.absorb(seq)
    keep()
    workspace.undo()
    keep()
    workspace.redo()
    keep()
    workspace.undo()
    keep()
    step(items.rename(workspace.case, 2, "Ben"))
    for seq, state in kept.items():
        with at_point(workspace, seq) as then:
            now = everything(then.case)
        assert {name: now[name] for name in now if name != "search"} == {
            name: state[name] for name in state if name != "search"}, seq


def test_looking_back_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    then = head(workspace)
    workspace.do(lambda found: items.rename(found.case, 1, "Anna"))
    before = everything(workspace.case), head(workspace), hashlib.sha256(workspace.path.read_bytes()).hexdigest()
    compare(workspace, Side(1, then), Side(1))
    after = everything(workspace.case), head(workspace), hashlib.sha256(workspace.path.read_bytes()).hexdigest()
    assert before == after
    assert sorted(path.suffix for path in tmp_path.iterdir()) == sorted(
        {path.suffix for path in tmp_path.iterdir()} & {".ewg", ".ewg-wal", ".ewg-shm"})


def test_a_chart_that_was_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refusal, match="not in the case at that time"):
        compare(workspace, Side(2, 2), Side(2))


def test_the_comparison_as_a_chart(workspace: Workspace) -> None:
    workspace.do(lambda found: items.add_link(found.case, "owns", 1, 3)[0])
    found = compare(workspace, Side(1), Side(2))
    made, chart = comparison.comparison_chart(workspace.case, "One and Two", found)
    workspace.do(made)
    content = workspace.chart_content(chart)
    assert content.entity_ids.tolist() == [1, 2, 3]
    frames = {row: style["frame"] for row, style in content.styles.items()}
    assert frames == {0: comparison.COLOURS["removed"], 1: comparison.COLOURS["moved"],
                      2: comparison.COLOURS["added"]}
    assert (content.flags & GREYED > 0).tolist() == [True, False, False]
    assert content.link_ids.tolist() == [4, 5]
    assert [content.link_styles[row]["colour"] for row in (0, 1)] == [comparison.COLOURS["removed"],
                                                                      comparison.COLOURS["added"]]
    assert content.xy.tolist() == [[0.0, 0.0], [200.0, 50.0], [400.0, 50.0]]
    assert content.annotations[0]["text"].splitlines() == [
        "2 added: + and green", "2 removed: −, vermilion and grey", "1 moved: → and blue"]
    way = content.annotations[1]
    assert (way["kind"], way["x"], way["y"], way["x2"], way["y2"]) == ("arrow", 200.0, 0.0, 200.0, 50.0)
    workspace.undo()
    assert [one.name for one in workspace.case.charts.listed()] == ["One", "Two"]


def test_what_is_deleted_since_is_in_the_table_and_not_on_the_chart(workspace: Workspace) -> None:
    then = head(workspace)
    workspace.do(lambda found: items.delete_items(found.case, [1]))
    found = compare(workspace, Side(1, then), Side(1))
    assert said(found) == [("removed", "A"), ("removed", "A – B")]
    made, chart = comparison.comparison_chart(workspace.case, "Since", found)
    workspace.do(made)
    assert workspace.chart_content(chart).entity_ids.tolist() == [2]


def test_the_table_as_a_file_holds_no_formula(workspace: Workspace, tmp_path: Path) -> None:
    workspace.do(lambda found: items.rename(found.case, 3, "=1+1"))
    found = compare(workspace, Side(1), Side(2))
    write_csv(tmp_path / "out.csv", found.found, "SENSITIVE")
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "SENSITIVE"
    assert lines[1] == "Change,Kind,Type,Label,What,Before,After"
    assert "Added,Entity,person,'=1+1,,," in lines


def test_moved_and_formatted_are_told_apart_from_changed(workspace: Workspace) -> None:
    then = head(workspace)
    workspace.do(lambda found: charts.move(found.case, 1, [1], np.array([(0.0, 80.0)])))
    workspace.do(lambda found: formatting.format_items(found.case, 1, [2], {"colour": "#0072B2", "size": 2.0}))
    workspace.do(lambda found: formatting.format_items(found.case, 1, [4], {"width": 3.0}))
    found = compare(workspace, Side(1, then), Side(1))
    assert said(found) == [("moved", "A"), ("formatted", "B"), ("formatted", "A – B")]
    assert rows(found.found)[1] == ("Formatted", "Entity", "person", "B", "Format", "", "Colour: #0072B2; Size: 2")
    made, chart = comparison.comparison_chart(workspace.case, "Since", found)
    workspace.do(made)
    content = workspace.chart_content(chart)
    assert [content.styles[row]["badges"]["upper_right"]["text"] for row in (0, 1)] == ["→", "*"]
    assert content.link_styles[0]["colour"] == comparison.COLOURS["formatted"]


def test_one_item_in_two_ways_is_counted_once_and_told_twice(workspace: Workspace) -> None:
    then = head(workspace)
    workspace.do(lambda found: items.rename(found.case, 1, "Anna"))
    workspace.do(lambda found: charts.move(found.case, 1, [1], np.array([(0.0, 80.0)])))
    found = compare(workspace, Side(1, then), Side(1))
    assert said(found) == [("changed", "Anna"), ("changed", "Anna – B")] or said(found) == [("changed", "Anna")]
    assert [(row[0], row[4]) for row in rows(found.found) if row[3] == "Anna"] == [
        ("Changed", "Label"), ("Moved", "Place on the chart")]


def test_annotations_are_compared(workspace: Workspace) -> None:
    def note(kind: str, **body: object) -> int:
        made, number = annotations.add_annotation(workspace.case, 1, kind, body)
        workspace.do(made)
        return number

    kept = note("text", x=0.0, y=0.0, text="Seen\non 12 May")
    gone = note("rectangle", x=5.0, y=5.0, width=9.0, height=9.0)
    line = note("line", x=0.0, y=0.0, x2=9.0, y2=9.0)
    then = head(workspace)
    workspace.do(lambda found: annotations.change_annotation(found.case, kept, {"text": "Seen twice"}))
    workspace.do(lambda found: annotations.delete_annotations(found.case, [gone]))
    workspace.do(lambda found: annotations.move_annotation(found.case, line, 10.0, 0.0))
    note("arrow", x=1.0, y=1.0, x2=2.0, y2=2.0, colour="#0072B2")
    found = compare(workspace, Side(1, then), Side(1))
    assert [(one.change, one.type) for one in found.found] == [("added", "arrow"), ("removed", "rectangle"),
                                                               ("changed", "text"), ("moved", "line")]
    assert rows(found.found)[2] == ("Changed", "Annotation", "Text", "Seen twice", "Text", "Seen\non 12 May",
                                    "Seen twice")
    made, chart = comparison.comparison_chart(workspace.case, "Since", found)
    workspace.do(made)
    bodies = {body["kind"]: body for body in workspace.chart_content(chart).annotations[1:]}
    assert bodies["rectangle"]["dash"] == 2 and bodies["rectangle"]["colour"] == comparison.COLOURS["removed"]
    assert bodies["text"]["text"] == "≠ Seen twice"
    assert marking_of(workspace, found) is not None
