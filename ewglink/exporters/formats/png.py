"""A chart as a PNG picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.exporters.wholeness import must_end_with
from ewglink.plugins.options import option
from ewglink.release.view import ReleasedView
from ewglink.text import N_, Message


@dataclass(frozen=True)
class PngOptions:
    """How fine the picture is: so many dots an inch at the chart's own size or so many millimetres wide,
    or exactly so many pixels wide."""

    dpi: float = option(192.0, N_("Dots per inch"), minimum=36, maximum=1200)
    width_mm: float = option(0.0, N_("Width in millimetres (0: the chart's own size)"), minimum=0, maximum=5000)
    width_px: int = option(0, N_("Width in pixels (0: from the dots per inch)"), minimum=0, maximum=32000)


class Png:
    """The format."""

    key = "png"
    name = N_("Picture (PNG)")
    suffixes = (".png",)
    takes = "marks"
    options = PngOptions

    def write(self, view: ReleasedView, path: Path, options: PngOptions) -> Iterator[Message]:
        """The whole page, furniture and marking included."""
        from ewglink.painting.pages import write_png

        write_png(view.scene, path, dpi=options.dpi, width_px=options.width_px or None,
                  width_mm=options.width_mm or None)
        must_end_with(path, b"IEND")
        yield from ()


MEMBER = Png()
