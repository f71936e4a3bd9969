"""A chart as PDF: on one page as large as the chart, on a sheet of paper, or on many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.exporters.wholeness import must_end_with
from ewglink.plugins.options import option
from ewglink.release.view import ReleasedView
from ewglink.text import N_, Message, message

PAGES = ("fit", "a4", "a3", "a2", "a1", "a0", "letter", "legal", "tabloid")
_PAGE_NAMES = (N_("As large as the chart"), "A4", "A3", "A2", "A1", "A0", N_("Letter"), N_("Legal"), N_("Tabloid"))


@dataclass(frozen=True)
class PdfOptions:
    """The page setup; what is left open (None) is as the chart's own page setup has it."""

    page: str | None = option(None, N_("Paper"), choices=PAGES, choice_labels=_PAGE_NAMES)
    orientation: str | None = option(None, N_("Orientation"), choices=("auto", "landscape", "portrait"),
                                     choice_labels=(N_("Automatic"), N_("Landscape"), N_("Portrait")))
    across: int | None = option(None, N_("Sheets across"), minimum=1, maximum=26)
    down: int | None = option(None, N_("Sheets down"), minimum=1, maximum=26)
    scale: float | None = option(None, N_("Scale in percent (0: from the number of sheets)"), minimum=0, maximum=1000)
    overlap: float | None = option(None, N_("Overlap of sheets (millimetres)"), minimum=0, maximum=60)
    cut_marks: bool | None = option(None, N_("Cut marks on sheets that are put together"))
    key_map: bool | None = option(None, N_("Key map of the sheets"))
    schedule: bool | None = option(None, N_("Schedule of items: numbers on the chart, and where each comes from"))
    heading: bool | None = option(None, N_("Heading"))
    legend: bool | None = option(None, N_("Legend"))
    title_block: bool | None = option(None, N_("Title block"))
    header: str | None = option(None, N_("Header"))
    footer: str | None = option(None, N_("Footer"))


class Pdf:
    """The format."""

    key = "pdf"
    name = N_("Page (PDF)")
    suffixes = (".pdf",)
    takes = "marks"
    options = PdfOptions

    def write(self, view: ReleasedView, path: Path, options: PdfOptions) -> Iterator[Message]:
        """Every page, furniture and marking included; says so where the smallest text is too small to read."""
        from ewglink.painting.pages import smallest_points, write_pdf

        write_pdf(view.scene, path, asked=options, schedule=view.schedule)
        must_end_with(path, b"%%EOF")
        points = smallest_points(view.scene, asked=options)
        if 0 < points < 5:
            yield message(N_("The smallest text on the page is {points} points high; choose a larger page or more "
                             "sheets."), points=round(points, 1))


MEMBER = Pdf()
