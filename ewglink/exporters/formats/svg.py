"""A chart as an SVG drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.exporters.wholeness import must_end_with
from ewglink.release.view import ReleasedView
from ewglink.text import N_, Message


@dataclass(frozen=True)
class SvgOptions:
    """SVG needs no choice."""


class Svg:
    """The format."""

    key = "svg"
    name = N_("Drawing (SVG)")
    suffixes = (".svg",)
    takes = "marks"
    options = SvgOptions

    def write(self, view: ReleasedView, path: Path, options: SvgOptions) -> Iterator[Message]:
        """The whole page, furniture and marking included."""
        from ewglink.painting.pages import write_svg

        write_svg(view.scene, path)
        must_end_with(path, b"</svg>")
        yield from ()


MEMBER = Svg()
