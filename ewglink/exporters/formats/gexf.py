"""The network as GEXF 1.3: typed attributes, dates of links, positions and colours where a chart is given."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ewglink.exporters.graph import Attribute, Graph, Xml, graph_of
from ewglink.release.view import EntityRow, LinkRow, ReleasedView, Value
from ewglink.text import N_, Message

_TYPES = {"string": "string", "boolean": "boolean", "integer": "long", "double": "double"}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class GexfOptions:
    """GEXF needs no choice."""


class Gexf:
    """The format. Positions are chart units (0.25 mm) with y up, as Gephi draws.

    Dates are whole days, a month or a year being its first (start) or last (end) day; as stated, they are attributes.
    """

    key = "gexf"
    name = N_("Network with positions and dates (GEXF 1.3)")
    suffixes = (".gexf",)
    takes = "graph"
    options = GexfOptions

    def write(self, view: ReleasedView, path: Path, options: GexfOptions) -> Iterator[Message]:
        """One graph."""
        xml, graph = Xml(), graph_of(view)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            _head(stream, xml, view, graph)
            stream.write(f'<nodes count="{len(graph.nodes)}">\n')
            for row, values in graph.nodes:
                stream.write(f'<node id="{row.id}" label={xml.attribute(row.label)}>{_viz(row)}')
                _values(stream, xml, values)
                stream.write("</node>\n")
            stream.write(f'</nodes>\n<edges count="{len(graph.edges)}">\n')
            for link, a, b, values in graph.edges:
                stream.write(f'<edge id="{link.id}" source="{a}" target="{b}" label={xml.attribute(link.label)} '
                             f'weight="{link.weight!r}"{_held(link)}>')
                _values(stream, xml, values)
                stream.write("</edge>\n")
            stream.write("</edges>\n</graph>\n</gexf>\n")
        yield from xml.visible.notes()


def _head(stream: TextIO, xml: Xml, view: ReleasedView, graph: Graph) -> None:
    dated = any(_held(link) for link, *_rest in graph.edges)
    mode = 'mode="dynamic" timeformat="date"' if dated else 'mode="static"'
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                 '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
                 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
                 'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
                 f"<meta><creator>EWGLink</creator><title>{xml.text(view.title)}</title>"
                 f"<description>{xml.text(view.banner)}</description>"
                 f"<keywords>{xml.text(view.marking.text)}</keywords>"
                 f"{f'<identifier>{xml.text(view.case_uid)}</identifier>' if view.case_uid else ''}</meta>\n"
                 f'<graph defaultedgetype="{"directed" if graph.directed else "undirected"}" {mode}>\n')
    _declared(stream, xml, "node", graph.node_attributes)
    _declared(stream, xml, "edge", graph.edge_attributes)


def _declared(stream: TextIO, xml: Xml, scope: str, attributes: tuple[Attribute, ...]) -> None:
    stream.write(f'<attributes class="{scope}" mode="static">\n')
    for at, one in enumerate(attributes):
        stream.write(f'<attribute id="{at}" title={xml.attribute(one.name)} type="{_TYPES[one.type]}"/>\n')
    stream.write("</attributes>\n")


def _values(stream: TextIO, xml: Xml, values: tuple[Value, ...]) -> None:
    found = [f'<attvalue for="{at}" value={xml.attribute(value)}/>' for at, value in enumerate(values)
             if value is not None]
    if found:
        stream.write(f"<attvalues>{''.join(found)}</attvalues>")


def _viz(row: EntityRow) -> str:
    if row.x is None or row.y is None:
        return ""
    colour = row.colour or "#7F7F7F"
    r, g, b = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
    return (f'<viz:color r="{r}" g="{g}" b="{b}"/><viz:position x="{row.x!r}" y="{-row.y!r}" z="0.0"/>'
            '<viz:size value="10.0"/>')


def _day(text: str | None, last: bool) -> str | None:
    match = _DATE.match(text or "")
    if match is None:
        return None
    year, month, day = match.groups()
    month = month or ("12" if last else "01")
    try:
        longest = calendar.monthrange(int(year), int(month))[1]
    except (ValueError, calendar.IllegalMonthError):
        return None
    return f"{year}-{month}-{day or (f'{longest:02}' if last else '01')}"


def _held(link: LinkRow) -> str:
    """When the link held; nothing where its dates run backwards, which other programs refuse."""
    start, end = _day(link.start, last=False), _day(link.end, last=True)
    if start and end and end < start:
        return ""
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


MEMBER = Gexf()
