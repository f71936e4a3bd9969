"""A chart as a PDF page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.exporters.wholeness import must_end_with
from ewglink.plugins.options import option
from ewglink.release.view import ReleasedView
from ewglink.text import N_, Message, message


@dataclass(frozen=True)
class PdfOptions:
    """The page: as large as the chart (`fit`), or a sheet of paper on which the chart is made to fit."""

    page: str = option("fit", N_("Page"), choices=("fit", "a4", "a3", "letter", "tabloid"))


class Pdf:
    """The format."""

    key = "pdf"
    name = N_("Page (PDF)")
    suffixes = (".pdf",)
    takes = "marks"
    options = PdfOptions

    def write(self, view: ReleasedView, path: Path, options: PdfOptions) -> Iterator[Message]:
        """The whole page, furniture and marking included; says so where the smallest text is too small to read."""
        from ewglink.painting.pages import smallest_points, write_pdf

        write_pdf(view.scene, path, page=options.page)
        must_end_with(path, b"%%EOF")
        points = smallest_points(view.scene, options.page)
        if 0 < points < 5:
            yield message(N_("The smallest text on the page is {points} points high; choose a larger page."),
                          points=round(points, 1))


MEMBER = Pdf()
