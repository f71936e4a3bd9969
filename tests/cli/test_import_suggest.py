"""`ewglink import --suggest`: a first specification to be changed, and sentences that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

FILES = {
    "a.json": '{"shipments":[{"exporter":{"name":"Acme"},"importer":{"name":"Bolt"}},'
              '{"exporter":{"name":"Acme"},"importer":{"name":"Cargo"}}]}',
    "a.ndjson": '{"exporter":"Acme","importer":"Bolt"}\n{"exporter":"Acme","importer":"Cargo"}\n',
    "a.xml": "<list><row><exporter>Acme</exporter><importer>Bolt</importer></row>"
             "<row><exporter>Acme</exporter><importer>Cargo</importer></row></list>",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_nobody_mapped_is_suggested_and_then_imported(ewglink: Terminal, tmp_path: Path, name: str) -> None:
    file, case, spec = tmp_path / name, tmp_path / "case.ewg", tmp_path / "first.json"
    file.write_text(FILES[name], encoding="utf-8")
    assert ewglink("new", case).code == 0
    refused = ewglink("import", case, file)
    assert refused.code == 1 and "exporter" in refused.err and "--suggest" in refused.err
    said = ewglink("import", case, file, "--suggest", spec)
    assert said.code == 0 and "--spec" in said.out
    assert ewglink("info", case, "--json").data["journal"] == 1
    assert ewglink("import", case, file, "--suggest", spec).code == 1  # nothing is replaced
    (source,) = ewglink("import", case, file, "--spec", spec, "--json").data["sources"]
    assert (source["rows"], source["entities_new"], source["links_new"]) == (2, 3, 2)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xml", "<a/>", "holds no records"),
        ("a.json", "{{{{", "damaged or cut off"),
        ("a.ini", "[section]\nkey=value\n", "unknown kind"),
    ],
)
def test_what_holds_nothing_is_called_that(
    ewglink: Terminal, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert ewglink("new", tmp_path / "case.ewg").code == 0
    refused = ewglink("import", tmp_path / "case.ewg", tmp_path / name)
    assert refused.code == 1 and said in refused.err and "manifest" not in refused.err
