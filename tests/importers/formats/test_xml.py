"""XML as tables: which elements are records, what their columns hold, own text and lines, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers import guard
from ewglink.importers.contract import Problem, Row
from ewglink.importers.formats.xml import MEMBER, XmlOptions
from ewglink.model.refusal import Refusal

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a list -->
<ns:list xmlns:ns="urn:x" date="2020">
  <title>The list</title>
  <ns:order id="1"><line no="1">first</line><line no="2"/><customer><name>Ana</name><zip>00123</zip></customer>
    <tag>a</tag><tag>b</tag></ns:order>
  <ns:order id="2"><line no="1"><sku>X &amp; Y</sku></line><note>after</note></ns:order>
  <ns:order id="3"/><ns:order id="4"></ns:order>
  <source>UN</source>
</ns:list>
"""


def written(tmp_path: Path, content: str | bytes, name: str = "data.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, part: str, **options: Any) -> tuple[list[Row], list[Problem]]:
    found = list(MEMBER.read(path, XmlOptions(**options), part))
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Problem)]


def table(path: Path, part: str, **options: Any) -> list[dict[str, Any]]:
    columns = {one.name: one.columns for one in MEMBER.parts(path, XmlOptions(**options))}[part]
    rows, _problems = read(path, part, **options)
    return [{key: cell for key, cell in zip(columns, row.cells, strict=True) if cell is not None} for row in rows]


def test_what_comes_back_is_a_record_and_the_rest_are_its_columns(tmp_path: Path) -> None:
    path = written(tmp_path, LIST)
    assert [part.name for part in MEMBER.parts(path, XmlOptions())] == ["/list/order", "/list/order/line", "/list"]
    around = {"parent.@date": "2020", "parent.title": "The list", "parent.source": "UN"}
    assert table(path, "/list/order") == [
        {"@id": "1", "customer.name": "Ana", "customer.zip": "00123", "tag": "a;b", **around},
        {"@id": "2", "note": "after", **around},
        {"@id": "3", **around},
        {"@id": "4", **around},
    ]
    assert table(path, "/list") == [{"@date": "2020", "title": "The list", "source": "UN"}]


def test_inner_records_carry_what_stands_around_them_before_and_behind(tmp_path: Path) -> None:
    lines = table(written(tmp_path, LIST), "/list/order/line")
    wanted = ("@no", "#text", "sku", "parent.@id", "parent.note")
    assert [tuple(one.get(name) for name in wanted) for one in lines] == [
        ("1", "first", None, "1", None),
        ("2", None, None, "1", None),
        ("1", None, "X & Y", "2", "after"),
    ]
    assert {one["parent.parent.title"] for one in lines} == {"The list"}


def test_each_record_has_its_own_text_and_line(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, LIST), "/list/order")
    assert [(row.no, row.line) for row in rows] == [(1, 5), (2, 7), (3, 8), (4, 8)]
    assert [row.raw for row in rows[1:]] == [
        '<ns:order id="2"><line no="1"><sku>X &amp; Y</sku></line><note>after</note></ns:order>',
        '<ns:order id="3"/>',
        '<ns:order id="4"></ns:order>',
    ]
    assert rows[0].raw in LIST
    assert [one.code for one in problems] == ["prefixes"]


def test_own_text_holds_across_blocks(tmp_path: Path) -> None:
    elements = [f'<a n="{n}" t="&gt;/>"><b>{"x" * (n % 97)}</b>{"<c/>" if n % 3 else ""}</a>' for n in range(20_000)]
    path = written(tmp_path, "<all>\n" + "\n".join(elements) + "</all>")
    rows, _problems = read(path, "/all/a")
    assert [row.raw for row in rows] == elements
    assert [row.line for row in rows] == list(range(2, 20_002))


def test_many_plain_values_are_rows_and_few_are_one_cell(tmp_path: Path) -> None:
    many = written(tmp_path, "<a>" + "".join(f"<v>{n}</v>" for n in range(500)) + "</a>")
    assert len(table(many, "/a/v")) == 500
    few = written(tmp_path, "<a><v>1</v><v>2</v></a>", "few.xml")
    assert table(few, "/a") == [{"v": "1;2"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_named_encoding_is_used(tmp_path: Path, encoding: str) -> None:
    named = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{named}"?><l><p n="Peña">León</p><p n="Gagné">Québec</p></l>'
    path = written(tmp_path, text.encode(encoding))
    assert [one["@n"] for one in table(path, "/l/p")] == ["Peña", "Gagné"]


def test_values_with_the_separator_in_them_are_said(tmp_path: Path) -> None:
    path = written(tmp_path, "<l><p><v>a;b</v><v>c</v></p><p><v>d</v></p></l>")
    rows, problems = read(path, "/l/p")
    assert [one.code for one in problems] == ["separator_inside"]
    assert read(path, "/l/p", separator="|")[0][0].cells == ("a;b|c",)


def test_a_document_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path, '<a><b i="1">x</b><b i="2">y</b><b i="3'), "/a/b")
    assert [row.cells[0] for row in rows] == ["1", "2"]
    assert [(one.code, one.rejected, one.raw) for one in problems] == [("broken_xml", True, '<b i="3')]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "xml_doctype"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "xml_doctype"),
        ("<a><b></a>", "broken_xml"),
        ("<a>&undefined;</a>", "broken_xml"),
        ("<a>" * 5_000, "nested_too_deep"),
        ("<a>" + "".join(f"<b{n}/>" for n in range(30_000)) + "</a>", "too_many_columns"),
        ("<a " + " ".join(f"a{n}=''" for n in range(20_000)) + "/>", "too_many_columns"),
        ("<a>" + "".join(f"<b{n} i=''/><b{n} i=''/>" for n in range(300)) + "</a>", "too_many_parts"),
    ],
    ids=["entities", "outside", "broken", "undefined", "deep", "wide", "attributes", "tables"],
)  # fmt: skip
def test_what_is_not_read_is_refused_in_a_sentence(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        MEMBER.parts(written(tmp_path, content), XmlOptions())
    assert refused.value.code == code


def test_many_fields_are_bounded(tmp_path: Path) -> None:
    fields = "".join(f"<f{n}>{n}</f{n}>" for n in range(5_000))
    rows, problems = read(written(tmp_path, f"<a><r>{fields}</r><r/></a>"), "/a/r")
    assert len(rows[0].cells) == guard.LIMITS.columns
    assert rows[0].raw == f"<r>{fields}</r>"
    assert [one.code for one in problems] == ["too_many_columns"]


def test_it_knows_xml_and_leaves_web_pages(tmp_path: Path) -> None:
    known = (("<?xml version='1.0'?><a/>", 0.4), ("<html><p>x</p></html>", 0.0), ("a<b", 0.0), ("{}", 0.0),
             ("<!DOCTYPE html><table></table>", 0.0))  # fmt: skip
    for content, sure in known:
        path = written(tmp_path, content)
        assert MEMBER.recognise(path, content.encode()).confidence == sure


_words = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="\x85\u2028\u2029",
                               exclude_categories=("Cs", "Cc", "Cn")), max_size=12)  # fmt: skip
_fields = st.dictionaries(st.sampled_from(["name", "city", "zip", "x-y", "é"]), _words, max_size=4)


@given(st.lists(st.tuples(_fields, _fields), min_size=2, max_size=10))
def test_records_come_back_as_another_writer_wrote_them(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[dict[str, str], dict[str, str]]]
) -> None:
    path = tmp_path_factory.mktemp("xml") / "x.xml"
    root = ElementTree.Element("all")
    for attributes, children in records:
        one = ElementTree.SubElement(root, "one", {"no": "1", **attributes})
        for name, text in children.items():
            ElementTree.SubElement(one, name).text = text
    ElementTree.ElementTree(root).write(path, "utf-8", xml_declaration=True)
    wanted = [
        {"@no": "1"} | {f"@{name}": text for name, text in attributes.items() if text}
        | {name: text.strip() for name, text in children.items() if text.strip()}
        for attributes, children in records
    ]  # fmt: skip
    assert table(path, "/all/one") == wanted
    assert [ElementTree.fromstring(row.raw).attrib for row in read(path, "/all/one")[0]] == [
        {"no": "1", **attributes} for attributes, _children in records
    ]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("xml") / "x.xml"
    path.write_bytes(b"<a><b i='1'/><b i='2'/>" + data)
    said: list[object] = []
    try:
        for part in MEMBER.parts(path, XmlOptions()):
            said += MEMBER.read(path, XmlOptions(), part.name)
    except Refusal as refused:
        said.append(str(refused))
    assert said
