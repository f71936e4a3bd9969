"""Drafts over the pipe: the same as made in the caller, and nothing a schema does not know."""

from __future__ import annotations

import json
import marshal
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers import flat_drafts, wire_drafts
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Row
from ewglink.importers.mapping import Mapping
from ewglink.importers.reader_process import InProcessReader, Reader
from ewglink.importers.reader_service import DRAFTS
from ewglink.importers.specification import Specification
from ewglink.model.items import Direction, Strength
from ewglink.reference.schema_files import builtin_schema

SPEC = {
    "ewglink_spec": 1,
    "name": "payments",
    "namespace": "case",
    "entities": {
        "payer": {"type": "organization", "key": ["payer"], "properties": {"name": "payer"}},
        "payee": {"type": "organization", "key": ["payee"], "properties": {"name": "payee"}},
    },
    "links": [{"type": "paid", "from": "payer", "to": "payee", "start": "date", "properties": {"amount": "amount"}}],
}


def _said(batches: Any) -> list[Any]:
    """Rows without their cells, entities, links, problems: a batch as columns, whichever way it came."""
    found: list[Any] = []
    for batch in batches:
        flat = batch.flat or flat_drafts.flat_of(batch.drafts)
        assert flat is not None
        listed = [[list(column) for column in columns] for columns in (flat.entities, flat.links)]
        rows = *map(list, flat[3:7]), list(flat.link_counts)
        found.append((flat.problems, *listed, flat.rows, flat.part, *rows))
    return found


def test_the_process_drafts_what_the_caller_would(tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    lines = [f"A{n % 50},B{n % 70},2024-01-{1 + n % 31:02},{n}" for n in range(9_000)]
    lines[20:20] = [",,,", "A,B,not a date,many", "A,B,2024-01-01,5,too,many,cells"]
    path.write_text("payer,payee,date,amount\n" + "\n".join(lines) + "\n", encoding="utf-8")
    spec, schema, here = Specification.from_json(SPEC), builtin_schema(), InProcessReader()
    part = here.parts(path, "csv")[0]
    with Reader() as reader:
        there = _said(reader.drafts(path, "csv", None, part, spec, schema))
    assert there == _said(here.drafts(path, "csv", None, part, spec, schema))
    mapping = Mapping(spec, part, schema)
    rows = [one for batch in here.rows(path, "csv", None, part.name) for one in batch]
    drafts = [mapping.draft(one) if isinstance(one, Row) else one for one in rows]
    parts = [drafts[at : at + DRAFTS] for at in range(0, len(drafts), DRAFTS)]
    assert there == _said(wire_drafts.batch_of(one) for one in parts)
    assert sum(len(one[5]) for one in there) == 9_001
    codes = {problem.code for one in there for problem in one[0]}
    assert codes == {"too_many_cells", "not_a_date", "not_a_number"}


def _entity(ref: str, kind: str = "organization") -> EntityDraft:
    return EntityDraft(ref, kind, (("case", ref),), (), ref, 2, {"name": [ref]})


def _link(a: str, b: str, kind: str = "paid") -> LinkDraft:
    return LinkDraft(kind, a, b, None, Direction.FORWARD, Strength.CONFIRMED, None, None, None, {"amount": [1]})


def _over(*entities: EntityDraft, link: LinkDraft) -> wire_drafts.Batch:
    drafted = Drafted(Row("table", 2, 2, ("x",), "[]"), entities, (link,))
    kind, body = marshal.loads(wire_drafts.pack(wire_drafts.batch_of([drafted])))
    assert kind == "drafts"
    return wire_drafts.unpack(kind, body, builtin_schema())


def test_a_formats_own_numbers_become_plain_ones() -> None:
    batch = _over(_entity("a"), _entity("b"), link=_link("a", "b"))
    drafted = batch.drafts[0]
    assert isinstance(drafted, Drafted)
    assert drafted.links[0].direction == Direction.FORWARD
    assert json.loads(wire_drafts.encoded(drafted.links[0].vals)) == {"amount": [1]}
    assert batch.keys == {"case": ["a", "b"]}


@pytest.mark.parametrize(
    ("entity", "link"),
    [
        (_entity("a", "dragon"), _link("a", "b")),
        (_entity("a"), _link("a", "b", "slew")),
        (_entity("a"), _link("a", "elsewhere")),
    ],
)
def test_what_the_schema_does_not_know_is_refused(entity: EntityDraft, link: LinkDraft) -> None:
    with pytest.raises(ValueError, match="not a"):
        _over(entity, _entity("b"), link=link)


def test_columns_that_do_not_fit_each_other_are_refused() -> None:
    entities = (_entity("a")._replace(vals="{}"), _entity("b")._replace(vals="{}"))
    link = _link("a", "b")._replace(key=("link", "1"), direction=1, strength=0, vals="{}")
    flat = flat_drafts.flat_of([Drafted(Row("table", 2, 2, ("x",), "[]"), entities, (link,))])
    assert flat is not None
    types = builtin_schema().entity_types, builtin_schema().link_types
    assert flat_drafts.unpack(flat_drafts.pack(flat), *types).links.b == [1]
    for wrong in (
        flat._replace(nos=(2, 3)),
        flat._replace(counts=[3]),
        flat._replace(counts=[3, -1], nos=(2, 2), lines=(2, 2), raws=("", ""), link_counts=[1, 0]),
        flat._replace(links=flat.links._replace(b=[2])),
        flat._replace(links=flat.links._replace(a=[-1])),
        flat._replace(links=flat.links._replace(types=["slew"])),
        flat._replace(entities=flat.entities._replace(types=["dragon", "person"])),
        flat._replace(entities=flat.entities._replace(keys=["a"])),
    ):
        with pytest.raises(ValueError, match="not a"):
            flat_drafts.unpack(flat_drafts.pack(wrong), *types)
