"""Undo and redo interleaved with every command: the case is always what it was at that point."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ewglink.drawing.content import HIDDEN
from ewglink.graph.projection import Projection
from ewglink.model.changes import Changeset
from ewglink.model.items import Strength
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands import (
    annotations,
    appearance,
    arrangement,
    charts,
    clipboard,
    comparison,
    deciding,
    formatting,
    items,
    merging,
    snapshots,
)
from ewglink.workspace.comparing import Comparison, differences, states
from ewglink.workspace.projecting import build_projection
from ewglink.workspace.workspace import Workspace
from tests.store.whole_case import everything

LABELS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).filter(
    lambda t: bool(t.strip())
)
PICK = st.integers(0, 10_000)
PLACES = st.floats(-1e6, 1e6, allow_nan=False)


def _same_network(one: Projection, other: Projection) -> bool:
    a, b = one.network(), other.network()
    kinds = [a.type_keys[code] for code in a.types], [b.type_keys[code] for code in b.types]
    links = [a.link_type_keys[code] for code in a.link_types], [b.link_type_keys[code] for code in b.link_types]
    arrays = all(
        np.array_equal(getattr(a, name), getattr(b, name))
        for name in ("ids", "link_ids", "ends", "directions", "strengths")
    )
    return arrays and kinds[0] == kinds[1] and links[0] == links[1]


class CaseMachine(RuleBasedStateMachine):
    """Commands, undo, redo and reopening in any order, beside a plain list of the states the case was in."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = Workspace.create(self.folder / "case.ewg", "T")
        assert self.workspace.projection.network().n == 0
        self.past: list[Any] = []
        self.now = everything(self.workspace.case)
        self.future: list[Any] = []
        self.joining: str | None = None

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            assert self.workspace.case.verify() == ([], None)
            self.workspace.close()
            shutil.rmtree(self.folder)

    def _do(self, changeset: Changeset) -> None:
        steps, joining, self.joining = self.workspace.case.stacks().undo, self.joining, None
        step = {"last": steps[-1:], "older": steps[-2:-1]}.get(joining or "", ())
        if self.workspace.do(changeset, *step) is not None:
            if joining != "last" or not steps:
                self.past.append(self.now)
            self.future.clear()
            self.now = everything(self.workspace.case)

    @rule(step=st.sampled_from(["last", "older"]))
    def join(self, step: str) -> None:
        """What is done next is to be part of a step; of one that is not the last it cannot be."""
        self.joining = step

    def _entities(self) -> list[int]:
        return [ref.id for ref in self.workspace.case.items.listed("entity")]

    def _links(self) -> list[int]:
        return [link.id for link in self.workspace.case.items.links()]

    def _chart(self, pick: int) -> int | None:
        found = self.workspace.case.charts.listed()
        return found[pick % len(found)].id if found else None

    @rule(label=LABELS, type_key=st.sampled_from(["person", "organization", "vessel"]))
    def add_entity(self, label: str, type_key: str) -> None:
        self._do(items.add_entity(self.workspace.case, type_key, label, {"role": label})[0])

    @rule(a=PICK, b=PICK)
    def add_link(self, a: int, b: int) -> None:
        found = self._entities()
        if found:
            self._do(
                items.add_link(self.workspace.case, "associate_of", found[a % len(found)], found[b % len(found)])[0]
            )

    @rule(pick=PICK, label=LABELS)
    def rename(self, pick: int, label: str) -> None:
        found = self._entities()
        if found:
            self._do(items.rename(self.workspace.case, found[pick % len(found)], label))

    @rule(pick=PICK, text=LABELS)
    def set_property(self, pick: int, text: str) -> None:
        found = self._entities() + self._links()
        if found:
            self._do(items.set_property(self.workspace.case, found[pick % len(found)], "role", text))

    @rule(pick=PICK, strength=st.sampled_from(Strength))
    def set_strength(self, pick: int, strength: Strength) -> None:
        found = self._links()
        if found:
            self._do(items.set_strength(self.workspace.case, [found[pick % len(found)]], strength))

    @rule(picks=st.lists(PICK, max_size=3))
    def delete(self, picks: list[int]) -> None:
        found = self._entities() + self._links()
        if found:
            self._do(items.delete_items(self.workspace.case, {found[pick % len(found)] for pick in picks}))

    @rule(picks=st.lists(PICK, min_size=2, max_size=4), choose=st.booleans())
    def merge(self, picks: list[int], choose: bool) -> None:
        found, case = self._entities(), self.workspace.case
        if not found:
            return
        some = [found[pick % len(found)] for pick in picks]
        said = [one.id for one in case.items.statements(some) if "role" in one.vals]
        try:
            self._do(merging.merge(case, self.workspace.schema, some, some[-1],
                                   chosen={"role": said[picks[0] % len(said)]} if choose and said else None))
        except Refusal:
            return

    @rule(pick=PICK)
    def unmerge(self, pick: int) -> None:
        merged = [*self.workspace.case.items.canonical().items()]
        if merged:
            self._do(merging.unmerge(self.workspace.case, merged[pick % len(merged)][pick % 2]))

    @rule(a=PICK, b=PICK, kind=st.sampled_from(["not_same", "possible", None]))
    def decide(self, a: int, b: int, kind: Any) -> None:
        found = self._entities()
        if found and found[a % len(found)] != found[b % len(found)]:
            self._do(deciding.decide(self.workspace.case, found[a % len(found)], found[b % len(found)], kind))

    @rule(name=LABELS)
    def create_chart(self, name: str) -> None:
        try:
            changeset, _chart = charts.create_chart(self.workspace.case, name)
        except Refusal:
            return
        self._do(changeset)

    @rule(pick=PICK, x=PLACES, y=PLACES)
    def place(self, pick: int, x: float, y: float) -> None:
        chart, found = self._chart(pick), self._entities()
        if chart is not None and found:
            xy = np.array([[x + n, y] for n in range(len(found))])
            self._do(charts.place(self.workspace.case, chart, found, xy))

    @rule(pick=PICK, x=PLACES, y=PLACES)
    def move(self, pick: int, x: float, y: float) -> None:
        chart = self._chart(pick)
        if chart is not None:
            there = self.workspace.case.charts.placements(chart)
            xy = there.xy + np.array([x, y])
            self._do(charts.move(self.workspace.case, chart, there.items.tolist(), xy, layout="circle"))

    @rule(
        pick=PICK,
        what=st.sampled_from(
            ["pin", "hide", "reveal", "take_off", "delete_chart", "style", "unstyle", "circle", "hide_link"]
        ),
    )
    def change_chart(self, pick: int, what: str) -> None:
        chart, case = self._chart(pick), self.workspace.case
        if chart is None:
            return
        there = case.charts.placements(chart).items.tolist()
        some = there[: pick % 4]
        made = {
            "pin": lambda: charts.pin(case, chart, some),
            "hide": lambda: charts.hide(case, chart, some),
            "reveal": lambda: charts.reveal(case, chart),
            "take_off": lambda: charts.take_off(case, chart, some),
            "delete_chart": lambda: charts.delete_chart(case, chart),
            "style": lambda: charts.restyle(case, chart, some, {"n": pick % 3}),
            "unstyle": lambda: charts.restyle(case, chart, some, None),
            "circle": lambda: charts.represent(case, chart, some, "circle"),
            "hide_link": lambda: charts.hide(case, chart, self._links()[:2]),
        }[what]()
        self._do(made)

    @rule(pick=PICK, what=st.sampled_from(
        ["left", "middle", "bottom", "across", "down", "stack", "snap", "grey", "ungrey", "size", "link_width",
         "clear", "like", "rules", "communities", "below", "timeline", "reorder",
         "keep", "show"]))
    def dress_chart(self, pick: int, what: str) -> None:
        chart, case = self._chart(pick), self.workspace.case
        if chart is None:
            return
        some = case.charts.placements(chart).items.tolist()[: pick % 5]
        links = self._links()[:2]
        made = {
            **{edge: lambda edge=edge: arrangement.align(case, chart, some, edge)
               for edge in ("left", "middle", "bottom")},
            **{axis: lambda axis=axis: arrangement.distribute(case, chart, some, axis) for axis in ("across", "down")},
            "stack": lambda: arrangement.stack(case, chart, some),
            "snap": lambda: arrangement.snap(case, chart, some),
            "grey": lambda: formatting.grey(case, chart, some),
            "ungrey": lambda: formatting.ungrey_all(case, chart),
            "size": lambda: formatting.format_items(case, chart, some, {"size": float(pick % 4) or None}),
            "link_width": lambda: formatting.format_items(case, chart, links, {"width": float(pick % 3) or None}),
            "clear": lambda: formatting.clear_format(case, chart, [*some, *links]),
            "like": lambda: formatting.copy_format(case, chart, some[0], some) if some else Changeset("styled"),
            "rules": lambda: appearance.size_by_measure(case, chart, "degree"),
            "communities": lambda: appearance.colour_communities(case, chart),
            "timeline": lambda: appearance.make_timeline(case, chart, bool(pick % 2), metrics={"far": float(pick % 5)},
                                                         overlap="#0072B2" if pick % 3 else None),
            "reorder": lambda: appearance.rearrange_timeline(case, chart, {"themes": some[::-1], "gaps": {"1": 0}}),
            "keep": lambda: snapshots.keep_snapshot(case, chart, f"S{pick % 2}", (1.0, 2.0), 0.5),
            "show": lambda: snapshots.show_snapshot(case, chart, f"S{pick % 2}"),
            "below": lambda: appearance.show_below_labels(case, chart, ["date", "source"], ["role"]),
        }[what]
        try:
            self._do(made())
        except Refusal:
            return

    @rule(pick=PICK, what=st.sampled_from(["add", "move", "change", "delete"]),
          kind=st.sampled_from(sorted(annotations.KINDS)), x=PLACES, text=LABELS)
    def annotate(self, pick: int, what: str, kind: str, x: float, text: str) -> None:
        chart, case = self._chart(pick), self.workspace.case
        if chart is None:
            return
        found = [one["id"] for one in case.charts.annotations(chart)]
        if what == "add" or not found:
            body = annotations.body_of(kind, (x, 0.0, x + 10.0, 20.0)) | {"text": text}
            self._do(annotations.add_annotation(case, chart, kind, body)[0])
            return
        number = found[pick % len(found)]
        made = {"move": lambda: annotations.move_annotation(case, number, x, 1.0),
                "change": lambda: annotations.change_annotation(case, number, {
                    "text": text, "colour": "#0072B2", "fill": "#E69F00", "dash": pick % 3 or None,
                    "legend": text or None}),
                "delete": lambda: annotations.delete_annotations(case, [number])}[what]
        self._do(made())

    @rule(pick=PICK, other=PICK, x=PLACES)
    def paste(self, pick: int, other: int, x: float) -> None:
        chart, of = self._chart(pick), self._chart(other)
        if chart is not None and of is not None:
            there = self.workspace.case.charts.placements(of)
            copied = [{"id": item, "x": at[0], "y": at[1], "style": {"n": pick % 3}}
                      for item, at in zip(there.items.tolist(), there.xy.tolist(), strict=True)]
            self._do(clipboard.paste(self.workspace.case, chart, copied, (x, 0.0)))

    @rule(pick=PICK, other=PICK, name=LABELS)
    def compare(self, pick: int, other: int, name: str) -> None:
        one, two = self._chart(pick), self._chart(other)
        if one is None or two is None:
            return
        before, after = states(self.workspace, one), states(self.workspace, two)
        compared = Comparison(before, after, differences(before, after))
        try:
            self._do(comparison.comparison_chart(self.workspace.case, name, compared)[0])
        except Refusal:
            return

    @rule(n=st.integers(1, 30))
    def bulk_add(self, n: int) -> None:
        case = self.workspace.case
        with case.bulk() as writer:
            first, statement, basis = writer.next_id("item"), writer.next_id("statement"), writer.next_id("basis")
            writer.insert("basis", [(basis, None, "", None, None, "me", "2026-01-01T00:00:00+00:00")])
            writer.insert("item", [(first + k, "entity", "account", f"account {k}", 2, None) for k in range(n)])
            writer.insert(
                "statement",
                [
                    (statement + k, first + k, None, basis, '{"kind": ["phone", null, null, null, null, null, null]}')
                    for k in range(n)
                ],
            )
            seq = writer.finish(
                Changeset(
                    "imported",
                    {"files": ["a.csv"]},
                    (),
                    (),
                    {
                        "item": (first, first + n - 1),
                        "statement": (statement, statement + n - 1),
                        "basis": (basis, basis),
                    },
                )
            )
        self.workspace.absorb(seq)
        self.past.append(self.now)
        self.future.clear()
        self.now = everything(case)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.workspace.undo()
        self.future.append(self.now)
        self.now = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.workspace.redo()
        self.past.append(self.now)
        self.now = self.future.pop()

    @rule()
    def reopen(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.folder / "case.ewg")
        assert self.workspace.projection is not None

    @invariant()
    def the_case_is_what_it_was(self) -> None:
        if hasattr(self, "workspace"):
            assert everything(self.workspace.case) == self.now
            assert len(self.workspace.case.stacks().undo) == len(self.past)
            assert len(self.workspace.case.stacks().redo) == len(self.future)

    @invariant()
    def the_network_follows_the_case(self) -> None:
        if hasattr(self, "workspace"):
            assert _same_network(self.workspace.projection, build_projection(self.workspace.case))
            for chart in self.workspace.case.charts.listed():
                content = self.workspace.chart_content(chart.id)
                there = self.workspace.case.charts.placements(chart.id)
                assert int((content.flags & HIDDEN != 0).sum()) <= int((there.flags & HIDDEN != 0).sum())
                assert np.isfinite(content.xy).all()


CaseMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
test_undo = CaseMachine.TestCase


@pytest.mark.long
def test_undo_long() -> None:
    """The same with many more and longer runs."""
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(CaseMachine, settings=settings(max_examples=300, stateful_step_count=80, deadline=None))
