"""What rules and limits stand on: no regulation that has been repealed, and sections where the law has them."""

from __future__ import annotations

import re

from ewglink.reference.parameters import parameters
from ewglink.rules.contract import RULES

REPEALED = {"SOR/2005-32": "2021-06-04", "SOR/2002-301": "2021-10-31", "SOR/2005-149": "2021-10-31"}
"""By SOR/2020-258 s. 78 and SOR/2021-25."""
_CANADIAN = re.compile(r"SOR/\d{4}-\d+")


def test_no_citation_is_of_a_repealed_regulation() -> None:
    cited = {one.key: one.citation for one in RULES} | {row.key: row.source for row in parameters().rows}
    assert {key: text for key, text in cited.items() if set(_CANADIAN.findall(text)) & set(REPEALED)} == {}


def test_every_rule_says_what_it_stands_on() -> None:
    assert [one.key for one in RULES if not one.citation.strip()] == []


def test_certain_canadian_limits_name_their_sections() -> None:
    bare = [row.key for row in parameters().rows
            if row.country == "CA" and row.certain and not re.search(r"SOR/\d{4}-\d+ \d", row.source)]
    assert bare == []
