"""FollowTheMoney: the counts an independent script found, links and references, statements, and broken files."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ewglink.dialects import ftm
from ewglink.importers.contract import Drafted, Problem, Row
from ewglink.importers.formats.ftm import MEMBER, FtmOptions
from ewglink.model.refusal import Refusal
from ewglink.reference.schema_files import builtin_schema

OPTIONS = FtmOptions()


def one(number: str, schema: str, **properties: Any) -> dict[str, Any]:
    lists = {name: found if isinstance(found, list) else [found] for name, found in properties.items()}
    return {"id": number, "schema": schema, "properties": lists}


def written(folder: Path, *values: Any, name: str = "e.ijson", text: str | None = None) -> Path:
    path = folder / name
    lines = "\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    path.write_text(text if text is not None else lines + "\n", encoding="utf-8")
    return path


def read(path: Path) -> tuple[list[Drafted], list[Problem]]:
    rows = list(MEMBER.read(path, OPTIONS))
    return [MEMBER.draft(row) for row in rows if isinstance(row, Row)], [it for it in rows if isinstance(it, Problem)]


def stated(drafts: list[Drafted]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Id → (type, label, what is said) of the entities that a record states."""
    return {
        it.keys[0][1]: (it.type, it.label, {key: said[0] for key, said in json.loads(str(it.vals)).items()})
        for draft in drafts
        for it in draft.entities
        if it.label_rank >= 0
    }


def the_links(drafts: list[Drafted]) -> list[tuple[str, str, str]]:
    found = []
    for draft in drafts:
        ids = {it.ref: it.keys[0][1] for it in draft.entities}
        found += [(it.type, ids[it.a], ids[it.b]) for it in draft.links]
    return found


def test_the_published_example(samples: Path) -> None:
    path = samples / "ftm/donations.ijson"
    drafts, problems = read(path)
    assert len(drafts) == 474 and not problems
    nodes = {it.keys[0] for draft in drafts for it in draft.entities}
    assert len(nodes) == 184 == len(stated(drafts)), "every reference is to an entity of the file"
    keys = {it.key: it.type for draft in drafts for it in draft.links}
    assert Counter(keys.values()) == {"paid": 290, "located_at": 103}
    assert Counter(kind for kind, _label, _said in stated(drafts).values()) == {
        "organization": 73,
        "person": 22,
        "location": 89,
    }
    paid = next(it for draft in drafts for it in draft.links if it.type == "paid")
    assert (paid.start, paid.precision, paid.direction) == ("2011-12-29", 3, 1)
    assert json.loads(str(paid.vals))["amount_eur"] == [100000, "100000"] or json.loads(str(paid.vals))[
        "amount_eur"
    ] == [100000]
    text = path.read_text(encoding="utf-8")
    assert all(draft.row.raw in text for draft in drafts)
    assert MEMBER.recognise(path, path.read_bytes()[:65536]).confidence > 0.9


def test_the_tables_agree_with_the_published_model(samples: Path) -> None:
    model = json.loads((samples / "ftm/defaultModel.json").read_text(encoding="utf-8"))["schemata"]
    assert {key: set(it["extends"]) for key, it in model.items() if it["extends"]} == {
        key: set(parents) for key, parents in ftm.EXTENDS.items()
    }
    edges = {key: it["edge"] for key, it in model.items() if it.get("edge")}
    assert edges.keys() | {"Similar"} == ftm.EDGES.keys()
    for key, edge in edges.items():
        mine = ftm.EDGES[key]
        assert (mine.source, mine.target, mine.directed) == (edge["source"], edge["target"], edge["directed"]), key
    for key, it in model.items():
        if it.get("caption"):
            assert set(ftm.caption_of(key)) & {*it["caption"], "name", "title"} or key in ftm.EDGES, key
        for name, prop in it["properties"].items():
            if prop.get("stub"):
                continue
            assert bool(ftm.reference(key, name)) == (prop["type"] == "entity"), (key, name)
            kind = ftm.value_kind(key, name)
            assert (kind == "date") == (prop["type"] == "date") or prop["type"] in ("string",), (key, name)
            assert (kind == "number") == (prop["type"] == "number"), (key, name)


def test_what_our_tables_name_exists() -> None:
    schema = builtin_schema()
    assert set(ftm.TYPES.values()) <= set(schema.entity_types)
    ours = {edge.ours for edge in ftm.EDGES.values()} | {it[0] for it in (*ftm.LINKS.values(), *ftm.LINKS_OF.values())}
    assert ours - {""} <= set(schema.link_types)
    known = {
        prop.key for kind in (*schema.entity_types.values(), *schema.link_types.values()) for prop in kind.properties
    }
    assert set(ftm.PROPERTIES.values()) | set(ftm.PROPERTIES_OF.values()) <= known


def test_edges_run_as_ours_do(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        one("p", "Person", name="P"),
        one("o", "Company", name="O"),
        one("q", "PublicBody", name="Q"),
        one("d", "Directorship", director="p", organization="o", role="chair", startDate="2011", endDate="2013-05"),
        one("s", "Succession", predecessor="o", successor="q"),
        one("f", "Family", person="p", relative="p", relationship="self"),
        one("w", "Ownership", owner="p", asset="o", percentage="51"),
    )
    drafts, problems = read(path)
    assert not problems
    assert the_links(drafts) == [
        ("director_of", "p", "o"),
        ("successor_of", "q", "o"),
        ("family_of", "p", "p"),
        ("owns", "p", "o"),
    ]
    first, _second, family, owns = [it for draft in drafts for it in draft.links]
    assert (first.start, first.end, first.precision, first.label) == ("2011", "2013-05", 1, "chair")
    assert json.loads(str(first.vals))["title"] == ["chair"]
    assert family.direction == 0 and json.loads(str(owns.vals))["percent"][0] == 51


def test_an_edge_whose_ends_ours_does_not_allow_gets_a_type_of_its_own(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        one("a", "Company", name="A"),
        one("b", "Company", name="B"),
        one("d", "Directorship", director="a", organization="b", role="corporate director"),
        one("m", "Membership", member="a", organization="b"),
    )
    assert [kind for kind, *_ends in the_links(read(path)[0])] == ["directorship", "membership"]
    schema = MEMBER.proposes(path, OPTIONS)
    assert schema.link("directorship").phrase("en") == "director of" and "membership" in schema.link_types
    assert schema.link("directorship").property("role") is not None


def test_references_of_nodes_become_links(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        one("p", "Company", name="Parent"),
        one("a", "Address", full="1 Main St"),
        one("c", "Company", name="Child", parent="p", addressEntity=["a", "a"]),
        one("v", "Vessel", name="V", imoNumber="9074729", owner="c", operator="p"),
        one("s", "Sanction", entity="c", program="X", authority="Office"),
    )
    drafts, problems = read(path)
    assert the_links(drafts) == [
        ("subsidiary_of", "c", "p"),
        ("located_at", "c", "a"),
        ("owns", "c", "v"),
        ("operates", "p", "v"),
        ("unknown_link", "s", "c"),
    ]
    assert not problems
    said = stated(drafts)
    assert said["s"][0] == "sanction" and said["s"][2]["authority"] == "Office"
    assert said["v"][2]["imo_ship"] == "9074729"
    vessel = next(it for draft in drafts for it in draft.entities if it.label == "V")
    assert ("imo_ship", "9074729") in vessel.keys
    role = next(it for draft in drafts for it in draft.links if it.type == "unknown_link")
    assert json.loads(str(role.vals)) == {"role": ["Entity"]}
    assert MEMBER.proposes(path, OPTIONS).entity("sanction").label("en") == "Sanction"


def test_dangling_references_are_stubs_of_the_type_that_is_promised(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        one("c", "Company", name="C", addressEntity="gone", parent="gone2"),
        one("d", "Company", name="D", addressEntity="gone"),
        one("p", "Payment", payer="c", beneficiary="nobody", amount="5"),
    )
    drafts, problems = read(path)
    assert [it.code for it in problems] == ["dangling_reference"] * 3, "each is told once"
    stubs = {
        it.keys[0][1]: (it.type, it.label, it.label_rank)
        for draft in drafts
        for it in draft.entities
        if it.label_rank < 0
    }
    assert stubs["gone"] == ("location", "gone", -1) and stubs["gone2"][0] == "organization"
    assert stubs["nobody"][0] == "thing" and "thing" in MEMBER.proposes(path, OPTIONS).entity_types


def test_several_values(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        one(
            "p",
            "Person",
            name=["Ana Pérez", "A. Perez"],
            alias=["Anita", "La Jefa"],
            birthDate=["1970", "1970-02-01"],
            nationality=["mx", "us"],
            topics=["crime", "role.pep"],
            middleName="María",
        ),
    )
    drafts, _problems = read(path)
    (draft,) = drafts
    statements = [json.loads(str(it.vals)) for it in draft.entities]
    assert {it.keys for it in draft.entities} == {(("ftm", "p"),)} and len(statements) == 2
    assert [it["name"][0] for it in statements] == ["Ana Pérez", "A. Perez"]
    assert [(it["birth_date"][0], it["birth_date"][4]) for it in statements] == [("1970", 1), ("1970-02-01", 3)]
    assert [it["nationality"] for it in statements] == [["MX", "mx"], ["US", "us"]]
    assert statements[0]["aliases"] == [["Anita", "La Jefa"]] and statements[0]["topics"] == [["crime", "role.pep"]]
    assert statements[0]["middle_name"] == [["María"]]
    assert draft.entities[0].label == "Ana Pérez"


def test_labels(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        one("a", "Person", firstName="Ana", lastName="Ruiz"),
        one("b", "LegalEntity", email="x@y.org"),
        one("c", "BankAccount", iban="GB82WEST12345698765432"),
        one("d", "Document", fileName="a.pdf"),
        one("e", "Company", name="N/A"),
        one("f", "Strange", title="T"),
    )
    said = stated(read(path)[0])
    assert [said[key][1] for key in "abcdf"] == ["Ana Ruiz", "x@y.org", "GB82WEST12345698765432", "a.pdf", "T"]
    assert said["e"][1] == "e", "a placeholder is no name"
    assert [said[key][0] for key in "abcdef"] == [
        "person",
        "organization",
        "account",
        "document",
        "organization",
        "strange",
    ]
    assert said["c"][2]["account_kind"] == "bank" and said["e"][2]["legal_kind"] == "Company"


@pytest.mark.parametrize("shape", ["lines", "list", "pretty", "object", "results"])
def test_every_shape_of_file(tmp_path: Path, shape: str) -> None:
    both = [one("p", "Person", name="Ñandú"), one("o", "Company", name="O")]
    text = {
        "lines": "\n\n".join(json.dumps(it) for it in both),
        "list": json.dumps(both, ensure_ascii=False),
        "pretty": json.dumps(both, indent=2),
        "object": json.dumps(both[0], indent=1),
        "results": json.dumps({"total": 2, "results": both}, indent=1),
    }[shape]
    path = written(tmp_path, text=text, name="e.json")
    drafts, problems = read(path)
    assert list(stated(drafts)) == (["p"] if shape == "object" else ["p", "o"]) and not problems
    assert stated(drafts)["p"][1] == "Ñandú"
    assert MEMBER.recognise(path, path.read_bytes()).confidence > 0.9


def test_entities_inside_others(tmp_path: Path) -> None:
    inner = one("a", "Address", full="1 Main St")
    drafts, problems = read(written(tmp_path, one("p", "Person", name="P", addressEntity=inner)))
    assert the_links(drafts) == [("located_at", "p", "a")] and not problems
    assert stated(drafts)["a"][1] == "1 Main St"


def _statement(entity: str, schema: str, prop: str, value: str, canonical: str | None = None) -> dict[str, Any]:
    return {
        "id": f"{entity}{prop}{value}",
        "entity_id": entity,
        "canonical_id": canonical or entity,
        "prop": prop,
        "schema": schema,
        "value": value,
        "dataset": "d1",
        "first_seen": "2024-01-01",
    }


def test_statements_are_put_together(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        _statement("a", "LegalEntity", "name", "Acme", "NK-1"),
        _statement("b", "Person", "name", "Bo"),
        _statement("a2", "Company", "name", "Acme Ltd", "NK-1"),
        _statement("w", "Ownership", "owner", "b"),
        _statement("a", "LegalEntity", "id", "checksum", "NK-1"),
        _statement("w", "Ownership", "asset", "NK-1"),
    )
    drafts, problems = read(path)
    assert not problems and MEMBER.recognise(path, path.read_bytes()).confidence > 0.8
    said = stated(drafts)
    assert set(said) == {"NK-1", "b"} and said["NK-1"][2]["legal_kind"] == "Company"
    assert the_links(drafts) == [("owns", "b", "NK-1")]
    company = next(draft for draft in drafts if draft.entities[0].keys[0] == ("ftm", "NK-1"))
    assert company.entities[0].keys == (("ftm", "NK-1"), ("ftm", "a"), ("ftm", "a2"))
    assert company.row.raw.count("\n") == 2 and '"Acme Ltd"' in company.row.raw
    assert [json.loads(str(it.vals))["name"][0] for it in company.entities] == ["Acme", "Acme Ltd"]
    assert said["NK-1"][2]["datasets"] == ["d1"]


def test_other_json_is_not_ftm(tmp_path: Path, samples: Path) -> None:
    others = [*(samples / "emanifest/usepa_examples").glob("*.json"), samples / "graphs/cytoscapejs/data.json"]
    for path in others:
        assert MEMBER.recognise(path, path.read_bytes()[:65536]).confidence == 0
    assert MEMBER.recognise(tmp_path / "x", b'{"id": 1, "schema": "public", "properties": {}}').confidence == 0


def test_lines_that_are_broken_or_no_entities_are_listed(tmp_path: Path) -> None:
    text = json.dumps(one("p", "Person", name="P")) + '\n{"id": "x", \n[1]\n{"a": 1}\n"text"\n'
    drafts, problems = read(written(tmp_path, text=text))
    assert len(drafts) == 1
    assert [(it.code, it.line, it.rejected) for it in problems] == [
        ("malformed_json", 2, True),
        *(("not_an_entity", line, True) for line in (3, 4, 5)),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        (" \n ", "empty_file"),
        ("[" * 100_000, "nested_too_deep"),
        ('[{"id": "a"', "malformed_json"),
        ('[{"id": "a", "schema": "Person"}] x', "malformed_json"),
    ],
)
def test_broken_files_are_refused_in_a_sentence(tmp_path: Path, text: str, code: str) -> None:
    path = written(tmp_path, text=text, name="e.json")
    with pytest.raises(Refusal) as refused:
        read(path)
    assert "e.json" in str(refused.value) and refused.value.code == code


def test_nonsense_never_breaks_the_import(tmp_path: Path) -> None:
    odd: list[Any] = [
        {"id": "a", "schema": "Person", "properties": None},
        {"id": 5, "schema": "", "properties": []},
        {"id": "b", "schema": "Person", "properties": {"name": None, "birthDate": "soon", "": ["x"], "💥": {"a": [1]}}},
        {
            "id": "c",
            "schema": "Payment",
            "properties": {"payer": [["a"], {"x": 1}], "beneficiary": [1.5], "amount": "lots"},
        },
        {"id": "d", "schema": "Ownership", "properties": {"owner": ["a"]}},
        {"id": "a", "schema": "Company", "properties": {"parent": ["a"]}},
        {"id": " ", "schema": "Person"},
        {"id": True, "schema": "Person"},
    ]
    path = written(tmp_path, *odd)
    drafts, problems = read(path)
    assert MEMBER.proposes(path, OPTIONS).entity_types
    assert {"link_without_end", "not_an_entity", "not_a_date", "not_a_number"} <= {it.code for it in problems}
    assert all(draft.row.raw for draft in drafts)
