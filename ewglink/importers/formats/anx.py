"""Analyst's Notebook Exchange (.anx): charts of entities and links, with cards, grades, attributes and places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ewglink.dialects import anx
from ewglink.importers import anx_picture, sniff
from ewglink.importers.anx_chart import catalogue
from ewglink.importers.anx_items import Chart
from ewglink.importers.anx_types import Types
from ewglink.importers.anx_xml import declares_chart
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Origin, Part, Problem, Recognised, Row
from ewglink.importers.graph_file import Picture
from ewglink.model.schema import Schema
from ewglink.plugins.options import option
from ewglink.text import N_, message

_SAMPLE = 100


@dataclass(frozen=True)
class AnxOptions:
    """What identities mean beyond the chart."""

    shared: bool = option(False, N_("Identities name the same things in other charts"))


class Anx:
    """The format: records, each an item or a card of the chart, kept verbatim."""

    key = "anx"
    name = N_("Analyst's Notebook Exchange (ANX)")
    suffixes = (".anx",)
    kind = "records"
    options = AnxOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """XML whose root is a chart with the parts of one."""
        found = declares_chart(head)
        if found:
            return Recognised(min(0.99, 0.9 + 0.03 * found), message(N_("XML with the parts of an exchange chart")))
        return Recognised(0.0, message(N_("no exchange chart")))

    def parts(self, path: Path, options: AnxOptions) -> list[Part]:
        """The one part, with the first items."""
        rows = (one for one in self.read(path, options) if isinstance(one, Row))
        return [Part("", (), None, sample=tuple(islice(rows, _SAMPLE)))]

    def read(self, path: Path, options: AnxOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The items and cards, in the order of the file."""
        yield from _chart(path, options).rows()

    def draft(self, row: Row) -> Drafted:
        """What an item or a card says."""
        entities, links, origin = json.loads(str(row.cells[0]))
        return Drafted(
            row,
            tuple(
                EntityDraft(
                    ref, kind, tuple(map(_pair, keys)), tuple((a, b, c) for a, b, c in other), label, rank, vals
                )
                for ref, kind, keys, other, label, rank, vals in entities
            ),
            tuple(LinkDraft._make((*one[:3], _pair(one[3]), *one[4:])) for one in links),
            (),
            Origin(*origin) if origin else None,
        )

    def proposes(self, path: Path, options: AnxOptions) -> Schema:
        """The types and properties the chart needs beyond those built in."""
        return Types(catalogue(path)).schema()

    def pictures(self, path: Path, options: AnxOptions) -> Iterator[Picture]:
        """The chart as it stands in the file."""
        yield anx_picture.picture(_chart(path, options))


def _pair(said: list[str]) -> tuple[str, str]:
    return said[0], said[1]


def _chart(path: Path, options: AnxOptions) -> Chart:
    return Chart(path, anx.NAMESPACE if options.shared else f"{anx.NAMESPACE}:{sniff.fingerprint(path).sha256}")


MEMBER = Anx()
