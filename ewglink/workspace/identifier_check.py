"""What texts can be as identifiers: each line looked at under every scheme, as the window and the terminal show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ewglink.identifiers.catalogue import SCHEMES, check, identify, scheme_name
from ewglink.identifiers.contract import Checked
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.text import N_, Message, _, message

_TELLING = {
    "country": N_("country"), "place": N_("place"), "state": N_("state"), "year": N_("year"),
    "model_years": N_("model year"), "maker": N_("maker"), "date": N_("date"), "birth_date": N_("date of birth"),
    "owner": N_("owner"), "issuer": N_("issued by"), "bank": N_("bank"), "domain": N_("domain"),
    "name": N_("name"), "shipping_name": N_("shipping name"), "group": N_("group"), "gwp": N_("GWP"),
    "odp": N_("ODP"), "chapter": N_("chapter"), "sector": N_("sector"), "program": N_("programme"),
    "label": N_("meaning"), "parent": N_("part of"), "valid_from": N_("valid from"), "valid_to": N_("valid to"),
    "unlisted": N_("not on its list"), "training": N_("for training"), "generic": N_("generic"),
}  # fmt: skip
"""What schemes tell of a number, in words."""
MOST = 2_000
"""Lines that are looked at."""


@dataclass(frozen=True)
class Line:
    """A text and what it can be, the best first; `said` where it can be nothing."""

    text: str
    found: tuple[Checked, ...]
    said: Message | None = None


def texts_of(pasted: str, most: int = MOST) -> list[str]:
    """The texts of what was pasted: one a line; cells of a table are texts of their own."""
    found = [cell.strip() for line in pasted.splitlines() for cell in re.split(r"[\t;|]", line)]
    return [text for text in found if text][:most]


def look(texts: Sequence[str], country: str | None = None, scheme: str | None = None,
         on: date | None = None) -> list[Line]:
    """What each text can be; `country` is that of its record, `scheme` the only kind that is asked after, `on`
    the day on which a code must be in force (None: today)."""
    return [_line(text, country, scheme, on) for text in texts]


def _line(text: str, country: str | None, scheme: str | None, on: date | None) -> Line:
    if scheme is not None:
        return Line(text, (check(scheme, text, country=country, on=on),))
    found = tuple(identify(text, country=country, on=on))
    if found:
        return Line(text, found)
    if is_placeholder(text):
        return Line(text, (), message(N_("A placeholder: it names nothing, and joins nothing.")))
    return Line(text, (), message(N_("It has the form of no identifier known here.")))


def schemes() -> list[tuple[str, str]]:
    """Key and name of every scheme, by name."""
    found = [(member.key, str(scheme_name(member.key))) for member in SCHEMES]
    return sorted(found, key=lambda one: one[1].casefold())


def told(checked: Checked) -> str:
    """What the number tells, in words: country, year and the like."""
    parts = []
    for key, name in _TELLING.items():
        value = checked.detail.get(key)
        if value is True:
            parts.append(_(name))
        elif isinstance(value, (list, tuple)) and value:
            parts.append(f"{_(name)}: {' / '.join(map(str, value))}")
        elif value not in (None, "", False, (), []) and not isinstance(value, dict):
            parts.append(f"{_(name)}: {value}")
    return ", ".join(parts)


def as_text(lines: Sequence[Line]) -> str:
    """The lines as a table that can be pasted elsewhere, tab between the cells."""
    rows: list[tuple[str, ...]] = []
    for line in lines:
        for one in line.found:
            rows.append((line.text, str(scheme_name(one.scheme)), one.normalised, one.status, str(one.message)))
        if not line.found:
            rows.append((line.text, "", "", "", str(line.said or "")))
    return "\n".join("\t".join(cell.replace("\t", " ") for cell in row) for row in rows)
