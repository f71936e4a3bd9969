"""What a sheet of paper says of itself: header, footer and title block, bound to the case, the chart and the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ewglink.drawing.figures import moment, number
from ewglink.drawing.scene import Scene
from ewglink.text import N_, _, speaking

FIELDS = {
    "case": N_("title of the case"), "chart": N_("title of the chart"), "date": N_("when it was prepared"),
    "sheet": N_("name of the sheet, such as B2"), "number": N_("number of the page"), "sheets": N_("how many pages"),
    "scale": N_("scale"), "marking": N_("the marking"), "journal": N_("how far the case's journal is"),
    "filter": N_("that filters are on, where they are")}
"""What a header or footer can name in braces, and what that is."""


@dataclass(frozen=True)
class Words:
    """The values of `FIELDS` on one sheet, and `of_sheets`: which of how many."""

    values: dict[str, str]
    of_sheets: str
    language: str

    @property
    def chart(self) -> str:
        """The title of the chart."""
        return self.values["chart"]

    def filled(self, text: str) -> tuple[str, str, str]:
        """Left, middle and right of a header; what names no field stays as it is."""
        said = re.sub(r"\{(\w+)\}", lambda match: self.values.get(match[1], match[0]), text)
        parts = [part.strip() for part in said.split("|", 2)] + ["", "", ""]
        return parts[0], parts[1], parts[2]


def percent(scale: float) -> float:
    """A scale in percent of natural size, as exact as a person needs it."""
    return round(scale * 100, 1 if scale < 0.2 else 0)


def words_of(scene: Scene, name: str, at: int, total: int, scale: float) -> Words:
    """The words of the sheet `name`, the `at`th page of `total`, in the chart's language."""
    content = scene.content
    with speaking(content.language):
        share = number(percent(scale), content.language) + "\u202f%"
        values = {"case": content.case_title, "chart": content.title, "sheet": name, "number": str(at),
                  "sheets": str(total), "scale": share, "marking": content.marking,
                  "date": moment(content.prepared_at, content.language) if content.prepared_at else "",
                  "journal": " ".join(content.facts[0]) if content.facts else "",
                  "filter": _("Filter on") if content.filtered is not None else ""}
        return Words(values, _("sheet {n} of {total}", n=at, total=total), content.language)


def facts_on_sheet(words: Words, paper: str, overlap: float) -> list[str]:
    """The lines of a sheet's title block below the chart's title."""
    with speaking(words.language):
        scale = _("Scale {scale} · {paper}", scale=words.values["scale"], paper=_(paper))
        if overlap:
            scale += " · " + _("overlap {n} mm", n=number(round(overlap, 1), words.language))
        return [words.values["case"], scale, " · ".join(filter(None, (words.values["date"], words.values["journal"],
                                                                                words.values["filter"])))]
