"""The one door: whole files or none, and a sentence where it cannot be."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ewglink.exporters import gate
from ewglink.exporters.contract import EXPORTS
from ewglink.exporters.file_names import safe_file_name
from ewglink.model.refusal import Refusal
from ewglink.release.view import ReleasedView


def test_only_a_released_view_leaves(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        gate.write({"title": "x"}, tmp_path / "x.csv")  # type: ignore[arg-type]


def test_an_unknown_suffix_names_the_known_ones(view: ReleasedView, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        gate.write(view, tmp_path / "x.docx")
    assert refused.value.code == "unknown_suffix"
    for member in EXPORTS:
        assert member.suffixes[0] in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_named_format_needs_no_suffix(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "graph", "graphml")
    assert (tmp_path / "graph").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(("name", "code"), [("missing/x.csv", "folder_missing"), ("folder.csv", "is_folder")])
def test_places_that_cannot_be(view: ReleasedView, tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Refusal) as refused:
        gate.write(view, tmp_path / name)
    assert refused.value.code == code


class Failing:
    """A format that writes half a file and fails."""

    key, name, suffixes, takes, options = "failing", "Failing", (".fail",), "records", dict

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def write(self, view: ReleasedView, path: Path, options: Any) -> Iterator[Any]:
        path.write_text("half")
        raise self.error
        yield


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EACCES, "not_writable"),
        (errno.EROFS, "not_writable"),
        (errno.ENAMETOOLONG, "cannot_write"),
    ],
)
def test_a_failure_leaves_the_old_file(
    view: ReleasedView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    target = tmp_path / "x.fail"
    target.write_text("old")
    monkeypatch.setattr(gate, "format_for", lambda path, key: Failing(OSError(number, os.strerror(number))))
    with pytest.raises(Refusal) as refused:
        gate.write(view, target)
    assert refused.value.code == code
    assert "x.fail" in str(refused.value)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.fail"]


def test_an_interruption_leaves_nothing_behind(
    view: ReleasedView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "format_for", lambda path, key: Failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        gate.write(view, tmp_path / "x.fail")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(view: ReleasedView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer's own bytes hit a full device: no half file, no traceback."""
    member = EXPORTS.get("graphml")

    class Full:
        key, name, suffixes, takes, options = member.key, member.name, member.suffixes, member.takes, member.options

        def write(self, shown: ReleasedView, path: Path, options: Any) -> Any:
            path.symlink_to("/dev/full")
            real = Path.open
            monkeypatch.setattr(Path, "open", lambda self, mode="r", **more: real(self, mode.replace("x", "w"), **more))
            return member.write(shown, path, options)

    monkeypatch.setattr(gate, "format_for", lambda path, key: Full())
    with pytest.raises(Refusal) as refused:
        gate.write(view, tmp_path / "x.graphml")
    assert refused.value.code == "disk_full"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_closed(view: ReleasedView, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Refusal) as refused:
            gate.write(view, tmp_path / "x.csv")
    finally:
        tmp_path.chmod(0o700)
    assert refused.value.code == "not_writable"


def test_what_was_written_is_said(view: ReleasedView, tmp_path: Path) -> None:
    import hashlib

    written = gate.write(view, tmp_path / "x.xlsx").as_json()
    assert written["marking"] == "TLP:AMBER"
    assert written["format"] == "xlsx"
    assert written["files"][0]["sha256"] == hashlib.sha256((tmp_path / "x.xlsx").read_bytes()).hexdigest()


def test_a_picture_needs_a_chart(view: ReleasedView, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        gate.write(view, tmp_path / "x.png")
    assert refused.value.code == "no_chart"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Loads: Tijuana/2025", "Loads- Tijuana-2025"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("lpt1", "_lpt1"),
        ("", "chart"),
        ("...", "chart"),
        ("a\x00b\u202ec", "a-b-c"),
        ("Qui est derrière", "Qui est derrière"),
        ("trailing. ", "trailing"),
        ("../../etc/passwd", "etc-passwd"),
        ("é" * 200, "é" * 60),
    ],
)
def test_names_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@pytest.mark.parametrize(("key", "writer"), [("pdf", "write_pdf"), ("svg", "write_svg"), ("png", "write_png")])
def test_a_picture_cut_short_is_no_picture(
    view: ReleasedView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, writer: str
) -> None:
    """Qt does not always say that the disk was full."""
    from ewglink.painting import pages

    monkeypatch.setattr(pages, writer, lambda scene, path, **more: path.write_bytes(b"%PDF-1.4 and then nothing"))
    (tmp_path / f"x.{key}").write_text("old")
    with pytest.raises(Refusal) as refused:
        gate.write(replace(view, scene=object()), tmp_path / f"x.{key}")
    assert refused.value.code == "disk_full"
    assert (tmp_path / f"x.{key}").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1
