"""The network as GraphML: typed attributes, every link an edge of its own, positions where a chart is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ewglink.exporters.graph import Attribute, Graph, Xml, graph_of
from ewglink.release.view import EntityRow, ReleasedView, Value
from ewglink.text import N_, Message

_TYPES = {"string": "string", "boolean": "boolean", "integer": "long", "double": "double"}
_PLACE = (Attribute("x", "double"), Attribute("y", "double"), Attribute("r", "integer"), Attribute("g", "integer"),
          Attribute("b", "integer"))


@dataclass(frozen=True)
class GraphmlOptions:
    """GraphML needs no choice."""


class Graphml:
    """The format. x and y are chart units (0.25 mm) with y down; r, g, b is the colour of the type."""

    key = "graphml"
    name = N_("Network (GraphML)")
    suffixes = (".graphml",)
    takes = "graph"
    options = GraphmlOptions

    def write(self, view: ReleasedView, path: Path, options: GraphmlOptions) -> Iterator[Message]:
        """One graph."""
        xml, graph = Xml(), graph_of(view)
        placed = any(row.x is not None for row, _values in graph.nodes)
        nodes = graph.node_attributes + (_PLACE if placed else ())
        edges = (*graph.edge_attributes, Attribute("weight", "double"))
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            _head(stream, xml, view, graph, nodes, edges)
            for row, values in graph.nodes:
                stream.write(f'<node id="{row.id}">')
                _data(stream, xml, "n", values + (_place(row) if placed else ()))
                stream.write("</node>\n")
            for link, a, b, values in graph.edges:
                stream.write(f'<edge id="{link.id}" source="{a}" target="{b}">')
                _data(stream, xml, "e", (*values, link.weight))
                stream.write("</edge>\n")
            stream.write("</graph>\n</graphml>\n")
        yield from xml.visible.notes()


def _head(stream: TextIO, xml: Xml, view: ReleasedView, graph: Graph, nodes: tuple[Attribute, ...],
          edges: tuple[Attribute, ...]) -> None:
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                 '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
                 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
                 '"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n')
    facts = (("title", view.title), ("chart", view.chart), ("marking", view.marking.text), ("banner", view.banner),
             ("case", view.case_uid))
    stated = [(name, value) for name, value in facts if value]
    for at, (name, _value) in enumerate(stated):
        stream.write(f'<key id="g{at}" for="graph" attr.name="{name}" attr.type="string"/>\n')
    for letter, scope, attributes in (("n", "node", nodes), ("e", "edge", edges)):
        for at, one in enumerate(attributes):
            stream.write(f'<key id="{letter}{at}" for="{scope}" attr.name={xml.attribute(one.name)} '
                         f'attr.type="{_TYPES[one.type]}"/>\n')
    stream.write(f'<graph id="case" edgedefault="{"directed" if graph.directed else "undirected"}">\n')
    _data(stream, xml, "g", tuple(value for _name, value in stated))
    stream.write("\n")


def _data(stream: TextIO, xml: Xml, letter: str, values: tuple[Value, ...]) -> None:
    stream.write("".join(f'<data key="{letter}{at}">{xml.text(value)}</data>' for at, value in enumerate(values)
                         if value is not None))


def _place(row: EntityRow) -> tuple[Value, ...]:
    if row.x is None:
        return (None,) * len(_PLACE)
    colour = row.colour or "#7F7F7F"
    return (row.x, row.y, *(int(colour[at:at + 2], 16) for at in (1, 3, 5)))


MEMBER = Graphml()
