"""A graph that is parsed once says what it says when it is parsed for each table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import graph_files

from ewglink.importers import graph_spool
from ewglink.importers.contract import FORMATS
from ewglink.importers.graph_tables import GraphReading

LATE = (
    "graph [ edge [ source 1 target 2 ] edge [ source 2 target 9 ] node [ id 2 label \"two\" ] node [ id 1 ] "
    "node [ id 1 ] edge [ source 1 ] ]"
)
FILES = {
    "yed.graphml": graph_files.YED,
    "cytoscape.graphml": graph_files.CYTOSCAPE_GRAPHML,
    "hyper.graphml": graph_files.HYPER,
    "defaults.graphml": graph_files.DEFAULTS,
    "dynamic.gexf": graph_files.GEXF_DYNAMIC,
    "late.gml": LATE,
}


def _said(path: Path) -> dict[str, Any]:
    """What a format's reader says of a file when it has not seen it before."""
    member = type(FORMATS.get(path.suffix[1:]))()
    assert isinstance(member, GraphReading)
    options = member.options()
    return {
        "parts": member.parts(path, options),
        "nodes": list(member.read(path, options, "nodes")),
        "edges": list(member.read(path, options, "edges")),
        "both": list(member.read(path, options)),
        "pictures": list(member.pictures(path, options)),
    }


@pytest.mark.parametrize("together", [1, 2_000])
@pytest.mark.parametrize("name", FILES)
def test_what_is_kept_says_the_same(
    name: str, together: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_text(FILES[name], encoding="utf-8")
    monkeypatch.setattr(graph_spool, "_TOGETHER", together)
    kept = _said(path)
    assert kept["nodes"] and kept["edges"]
    monkeypatch.setattr(graph_spool, "MOST", 0)
    assert kept == _said(path)


@pytest.mark.parametrize(("most", "times"), [(graph_spool.MOST, 1), (0, 4)])
def test_a_file_is_parsed_once_where_it_finds_room(
    most: int, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "yed.graphml"
    path.write_text(graph_files.YED, encoding="utf-8")
    member = type(FORMATS.get("graphml"))()
    assert isinstance(member, GraphReading)
    opened = []
    chunks = member.chunks
    monkeypatch.setattr(graph_spool, "MOST", most)
    monkeypatch.setattr(member, "chunks", lambda at: opened.append(at) or chunks(at))
    member.parts(path, member.options())
    for part in ("nodes", "edges"):
        assert list(member.read(path, member.options(), part))
    assert list(member.pictures(path, member.options()))
    assert len(opened) == times
