"""Specifications that a person keeps: versions, offers with the reason, files to hand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink import places
from ewglink.importers.contract import Part, Row
from ewglink.importers.specification import Specification
from ewglink.model.refusal import Refusal
from ewglink.reference.schema_files import builtin_schema
from ewglink.workspace import specifications

BODY = {"ewglink_spec": 1, "name": "Board members", "namespace": "case",
        "entities": {"firm": {"type": "organization", "key": ["Firm"], "properties": {"name": "Firm"}},
                     "boss": {"type": "person", "key": ["Boss"]}},
        "links": [{"type": "director_of", "from": "boss", "to": "firm", "start": "Since"}]}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "specifications_folder", lambda: tmp_path)
    return tmp_path


def _part(*columns: str) -> Part:
    return Part("table", columns, 1, sample=(Row("table", 2, 2, tuple("x" for _ in columns), "[]"),))


def test_a_name_kept_again_is_a_version_more() -> None:
    first = specifications.keep(Specification.from_json(BODY))
    assert first.version == 1
    assert specifications.keep(Specification.from_json(BODY)).version == 1
    changed = {**BODY, "links": []}
    assert specifications.keep(Specification.from_json(changed)).version == 2
    kept = specifications.listed()
    assert [(one.spec.name, one.version, len(one.spec.links)) for one in kept] == [("Board members", 2, 0)]
    earlier = Specification.read(specifications.versions("Board members")[0])
    assert len(earlier.links) == 1


def test_it_is_offered_with_the_reason() -> None:
    specifications.keep(Specification.from_json(BODY))
    offer = specifications.offers(_part("Since", "Boss", "Firm", "Note"), builtin_schema())[0]
    assert (offer.own, offer.share) == (True, 1.0)
    assert str(offer.why) == "All 3 columns that it reads are there."
    partly = specifications.offers(_part("Boss", "Firm"), builtin_schema())[0]
    assert partly.share == pytest.approx(2 / 3)
    assert "missing: Since" in str(partly.why)
    assert not [one for one in specifications.offers(_part("A", "B"), builtin_schema()) if one.own]


def test_what_reads_missing_columns_is_left_out() -> None:
    spec = Specification.from_json(BODY)
    left = specifications.without(spec, {"Boss", "Firm"})
    assert left is not None and left.links[0].start is None
    alone = specifications.without(spec, {"Boss"})
    assert alone is not None and [role.role for role in alone.entities] == ["boss"] and not alone.links
    assert specifications.without(spec, {"Since"}) is None


def test_renamed_shared_and_deleted(tmp_path: Path, folder: Path) -> None:
    specifications.keep(Specification.from_json({**BODY, "links": []}))
    kept = specifications.keep(Specification.from_json(BODY))
    specifications.keep(Specification.from_json(BODY), "Other")
    with pytest.raises(Refusal, match="already"):
        specifications.rename(kept, "Other")
    renamed = specifications.rename(kept, "Directors")
    assert [(one.spec.name, one.version) for one in specifications.listed()] == [("Directors", 2), ("Other", 1)]
    out = tmp_path / "handed on.txt"
    specifications.share(renamed.spec, out)
    assert Specification.read(out).sha256 == renamed.spec.sha256
    specifications.delete(renamed)
    assert [one.spec.name for one in specifications.listed()] == ["Other"]
    with pytest.raises(Refusal, match="cannot be written"):
        specifications.share(renamed.spec, tmp_path / "no" / "such" / "folder.json")


def test_a_file_that_is_none_is_passed_over(folder: Path) -> None:
    (folder / "broken.json").write_text("{", encoding="utf-8")
    assert specifications.listed() == []
    assert specifications.offers(_part("A"), builtin_schema()) == []
