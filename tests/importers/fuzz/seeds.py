"""What fuzzing begins with: a small file of every format, written here, and the samples where they are at hand."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_LARGEST = 100_000

_TABLES = (
    b"id,name,qty,day\n007,Pe\xc3\xb1a,\"1,5\",2024-01-05\n8,\"a \"\"b\"\"\nc\",2,05/01/2024\nTotal,,3,\n",
    b"Report\n\n,Exporter,,Importer,\nID;Name;RFC;Name;RFC\n1;A;x;B;y\n",
    "name\tcity\nPeña\tLeón\n".encode("utf-16"),
    "name|city\nГород|Москва\n".encode("koi8-r"),
    b"sep=;\na;b\n1;'x'\n",
    b"source,target,type\nA,B,owns\nB,C,director_of\n",
    b",A,B\nA,0,1\nB,1,0\n",
    b"MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO\n357123000,2024-01-05T00:00:00,25.1,-80.2,1.5,360,511,X,IMO9307839\n",
    b":ID,name,:LABEL\n1,Ana,Person\n",
    b":START_ID,:END_ID,:TYPE\n1,1,KNOWS\n",
    b'7,"ROJAS","individual","SDNTK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962"\r\n',
)
_JSON = (
    [{"id": 1, "name": "Ana", "at": {"city": "X", "tags": ["a", "b"]}}, {"id": 2, "parts": [{"n": 1}]}],
    {"id": "a", "schema": "Person", "properties": {"name": ["Ana"]}},
    {"elements": {"nodes": [{"data": {"id": "a"}, "position": {"x": 1, "y": 2}}], "edges": [
        {"data": {"id": "e", "source": "a", "target": "a"}}]}},
    {"manifestTrackingNumber": "100032437ELC", "status": "Signed", "generator": {"epaSiteId": "VATEST000001"},
     "transporters": [{"epaSiteId": "VATEST000002", "order": 1}], "wastes": [{"lineNumber": 1, "quantity": {
         "quantity": 5, "unitOfMeasurement": {"code": "P"}}}]},
)  # fmt: skip
_MARKUP = (
    '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="node" '
    'attr.name="name" attr.type="string"/><graph edgedefault="directed"><node id="a"><data key="k">X</data></node>'
    '<node id="b"/><edge source="a" target="b"/></graph></graphml>',
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph><attributes class="node"><attribute id="0" '
    'title="t" type="integer"/></attributes><nodes><node id="a" label="A" start="2020"><attvalues><attvalue for="0" '
    'value="1"/></attvalues></node></nodes><edges><edge id="0" source="a" target="a"/></edges></graph></gexf>',
    'graph [ directed 1 node [ id 1 label "A" ] node [ id 2 ] edge [ source 1 target 2 value 1.5 ] ]',
    '*Vertices 2\n1 "A" 0.1 0.2\n2 "B"\n*Arcs\n1 2 1.0\n',
    'digraph G { a [label="A, B"]; a -> b -> c [weight=2]; subgraph s { d } /* x */ }',
    "A pp B C\nB pd C\n",
    '<graph label="n" xmlns="http://www.cs.rpi.edu/XGMML"><node id="1" label="A"><att name="x" type="real" value="1"/>'
    '<graphics x="1" y="2"/></node><edge source="1" target="1"/></graph>',
    '<Chart><EntityTypeCollection/><ChartItemCollection><ChartItem Label="A"><End><Entity EntityId="1" Identity="1">'
    '<Icon><IconStyle Type="Person"/></Icon></Entity></End></ChartItem></ChartItemCollection></Chart>',
    '<CONSOLIDATED_LIST dateGenerated="2024-01-05"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>'
    "<FIRST_NAME>A</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>",
    "<rows><row><id>1</id><name>A</name></row><row><id>2</id><tag>x</tag><tag>y</tag></row></rows>",
)
_MAIL = b"From: a@example.org\r\nTo: B <b@example.com>\r\nDate: Tue, 05 Mar 2024 10:00:00 -0500\r\n\r\nhi\r\n"
_PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>"
)
_PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def _workbooks() -> Iterator[bytes]:
    import openpyxl

    from tests.importers.workbook_files import DATED, NA, ods, xls

    book = openpyxl.Workbook()
    for row in (["id", "name", "n"], ["007", "Peña", 1.5], [None, "=1+1", True]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    stream = BytesIO()
    book.save(stream)
    yield stream.getvalue()
    with tempfile.TemporaryDirectory() as named:
        cell = '<table:table-cell table:formula="of:=1" office:value-type="string"><text:p>x</text:p>'
        cell += "</table:table-cell>"
        rows = f"<table:table-row>{cell * 2}</table:table-row>" * 2
        yield ods(Path(named) / "a.ods", f'<table:table table:name="S">{rows}</table:table>').read_bytes()
        cells = [(0, 0, "id"), (0, 1, "d"), (1, 0, "x"), (1, 1, 45292, DATED), (2, 0, NA), (2, 1, True)]
        yield xls(Path(named) / "a.xls", [("S", False, cells), ("T", True, cells)], ((1, 2, 0, 0),)).read_bytes()


def _zipped() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as box:
        box.writestr("nodes.csv", ":ID,name,:LABEL\n1,Ana,Person\n2,Bo,Person\n")
        box.writestr("edges.csv", ":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n")
    return stream.getvalue()


@cache
def written() -> tuple[bytes, ...]:
    """The files that are written here."""
    texts = [json.dumps(one).encode() for one in _JSON] + [one.encode() for one in _MARKUP]
    chart = _MARKUP[7].encode("utf-16")
    return (*_TABLES, *texts, chart, _MAIL, _PAPER, _PICTURE, *_workbooks(), _zipped())


@cache
def sampled() -> tuple[bytes, ...]:
    """The smaller of the sample files, none where they are not at hand."""
    folder = Path(os.environ.get("EWGLINK_SAMPLES") or ROOT.parent / "shared" / "samples")
    files = sorted(one for one in folder.rglob("*") if one.is_file()) if folder.is_dir() else []
    return tuple(one.read_bytes() for one in files if 0 < one.stat().st_size <= _LARGEST)
