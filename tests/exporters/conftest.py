"""A released view with everything in it that has ever broken an export."""

from __future__ import annotations

import pytest

from ewglink.release.view import (
    EntityRow,
    LinkRow,
    PropertyColumn,
    ReleasedView,
    SourceRow,
    StatementRow,
    released,
)

HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "#N/A",
    "'quoted",
    "a,b;c\td",
    "two\nlines",
    "\x00\x07bell",
    "<b>&amp;</b>",
    "]]>",
    "Peña Núñez",
    "Récupération",
    "\u202eevil\u202c",
    "中文名",
    "\ud800 broken",
    "",
    " ",
    "007",
    "1e5",
    "x" * 40_000,
    "𝔘nicode 🛢",
    '"',
    "\\N",
    "null",
    "true",
]


def hostile_entity(number: int, text: str) -> EntityRow:
    return EntityRow(
        number,
        "organization",
        "Organization",
        text,
        (f"case:{number}",),
        {"name": text, "capacity": number * 1.5, "pieces": number, "hazardous": number % 2 == 0},
        "TLP:AMBER" if number == 3 else "",
        ("liste à é.csv",),
        float(number),
        -float(number),
        "#E69F00",
    )


@pytest.fixture
def view() -> ReleasedView:
    """As many entities as there are hostile texts, links between them, two of them parallel and one to itself."""
    entities = [hostile_entity(number, text) for number, text in enumerate(HOSTILE, 1)]
    links = [
        LinkRow(
            101,
            "director_of",
            "Director of",
            "director of",
            1,
            2,
            "forward",
            "confirmed",
            "2020",
            "2021-02",
            "month",
            ("link:1",),
            {"title": "=cmd|' /C calc'!A0"},
            "",
            ("l.csv",),
        ),
        LinkRow(
            102, "director_of", "Director of", "director of", 1, 2, "forward", "tentative", "2020-05-01", None, "day"
        ),
        LinkRow(103, "associate_of", "Associate of", "associate of", 2, 3, "none", "unconfirmed"),
        LinkRow(
            104, "acts_for", "Acts for", "acts for", 3, 4, "backward", "confirmed", "2022-01-01", "2021-01-01", "day"
        ),
        LinkRow(105, "paid", "Paid", "paid", 5, 5, "both", "confirmed", weight=2.5),
    ]
    statements = [
        StatementRow(
            9,
            1,
            "x",
            "name",
            HOSTILE[0],
            None,
            None,
            None,
            None,
            "ok",
            None,
            "f.csv",
            "table",
            2,
            "B2",
            "TLP:GREEN",
            "me",
            "2026-01-01T00:00:00+00:00",
        )
    ]
    sources = [SourceRow(1, "liste à é.csv", "ab" * 32, 12, "csv", "parties", 20, False)]
    return released(
        title="Case “é”",
        language="en",
        entities=entities,
        links=links,
        statements=statements,
        sources=sources,
        entity_columns=[
            PropertyColumn("name", "Name"),
            PropertyColumn("capacity", "Capacity", "number"),
            PropertyColumn("pieces", "Pieces", "integer"),
            PropertyColumn("hazardous", "Hazardous", "boolean"),
        ],
        link_columns=[PropertyColumn("title", "Title")],
    )
