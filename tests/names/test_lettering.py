"""Letters for numbers: columns of a spreadsheet, communities."""

from __future__ import annotations

import pytest

from ewglink.names.lettering import letter


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA"),
                                              (16383, "XFD")])
def test_letters_go_on_after_z(number: int, name: str) -> None:
    assert letter(number) == name
