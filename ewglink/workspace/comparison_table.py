"""A comparison as a table of words: in the window, and as a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ewglink.model.items import ENTITY, LINK
from ewglink.text import N_, _
from ewglink.workspace.comparing import ANNOTATION, CHANGES, FIELDS, Difference, change_of

HEADINGS = (N_("Change"), N_("Kind"), N_("Type"), N_("Label"), N_("What"), N_("Before"), N_("After"))


def rows(found: Iterable[Difference], names: dict[str, str] | None = None) -> list[tuple[str, ...]]:
    """The differences as rows of text under `HEADINGS`, one for each field; `names` says what types and properties are
    called. The first column says of each field what kind of change it is."""
    out: list[tuple[str, ...]] = []
    for one in found:
        words = names or {}
        kind_of = _(_ANNOTATIONS.get(one.type, one.type)) if one.kind == ANNOTATION else words.get(one.type, one.type)
        head = (_(_KINDS[one.kind]), kind_of, one.label)
        for what, old, new in one.what or (("", None, None),):
            change = change_of(what) if what else one.change
            out.append((_(CHANGES[change]), *head, field_words(what, names), _words(what, old, names),
                        _words(what, new, names)))
    return out


def field_words(what: str, names: dict[str, str] | None = None) -> str:
    """A field in words."""
    if what in FIELDS:
        return _(FIELDS[what])
    key = what.removeprefix("property:")
    return (names or {}).get(key, key.replace("_", " "))


_KINDS = {ENTITY: N_("Entity"), LINK: N_("Link"), ANNOTATION: N_("Annotation")}
_ANNOTATIONS = {"text": N_("Text"), "rectangle": N_("Rectangle"), "ellipse": N_("Ellipse"), "line": N_("Line"),
                "arrow": N_("Arrow")}
_LOOKS = {
    "colour": N_("Colour"), "size": N_("Size"), "frame": N_("Frame"), "badges": N_("Badges"), "width": N_("Width"),
    "height": N_("Height"), "picture": N_("Picture"), "text": N_("Text"), "multiplicity": N_("Links of this pair"),
    "wiring": N_("Theme lines at events"), "attributes": N_("Attributes"), "line": N_("Line width"),
    "dash": N_("Line style"), "fill": N_("Fill"), "bold": N_("Bold"), "legend": N_("In the legend as"),
    "across": N_("Across"), "down": N_("Down"), "level": N_("Front or back"), "sub_texts": N_("Beneath the label")}
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
_STRENGTHS = (N_("Confirmed"), N_("Unconfirmed"), N_("Tentative"))
_ARROWS = ("–", "→", "←", "↔")


def _words(what: str, value: Any, names: dict[str, str] | None) -> str:
    if value is None or value == "" or value == {}:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if what == "strength":
        return _(_STRENGTHS[value])
    if what == "direction":
        return _ARROWS[value]
    if what == "place":
        return "{:.0f}, {:.0f}".format(*value)
    if what == "type":
        return (names or {}).get(value, str(value))
    if what == "style":
        return "; ".join(_look_words(key, one) for key, one in sorted(value.items()))
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)


def _look_words(key: str, value: Any) -> str:
    """One setting of a format: what it is called, and its value where that can be read."""
    name = _(_LOOKS.get(key, key))
    if key == "badges" and isinstance(value, dict):
        return f"{name}: " + ", ".join(str(one.get("text", "")) for one in value.values() if isinstance(one, dict))
    if value is True or key == "picture" or isinstance(value, (dict, list, tuple)):
        return name
    return f"{name}: {value:g}" if isinstance(value, float) else f"{name}: {value}"


def write_csv(path: Path, found: Sequence[Difference], marking: str, names: dict[str, str] | None = None) -> None:
    """The differences as a UTF-8 table with a heading, under the marking; no cell is taken for a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        if marking:
            writer.writerow([_plain(marking)])
        writer.writerow([_(name) for name in HEADINGS])
        writer.writerows([[_plain(cell) for cell in row] for row in rows(found, names)])


def _plain(cell: str) -> str:
    number = cell.lstrip("+-").replace(".", "", 1).isdigit()
    return "'" + cell if _FORMULA.match(cell) and not number else cell
