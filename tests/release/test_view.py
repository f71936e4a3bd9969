"""The view that may leave: nothing hangs in the air, and the marking is that of what is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ewglink.release import view as release
from ewglink.release.decide import ALLOWED, Decision, Outcome, Record
from ewglink.release.view import EntityRow, LinkRow, StatementRow, released

PEOPLE = [
    EntityRow(number, "person", "Person", f"P{number}", handling=marking)
    for number, marking in ((1, ""), (2, "TLP:AMBER"), (3, "TLP:RED"))
]
LINKS = [
    LinkRow(10, "family_of", "Family of", "", 1, 2, "none", "confirmed"),
    LinkRow(11, "family_of", "Family of", "", 2, 3, "none", "confirmed"),
]
SAID = [
    StatementRow(n, item, "", "name", "x", None, None, None, None, None, None, None, None, None, None, "", "me", "now")
    for n, item in enumerate((1, 2, 3, 10, 11))
]


def test_all_may_go_and_the_highest_marking_with_it() -> None:
    view = released(title="t", language="en", entities=PEOPLE, links=LINKS, statements=SAID)
    assert (len(view.entities), len(view.links), len(view.statements), view.withheld) == (3, 2, 5, 0)
    assert view.banner == "TLP:RED"


def test_what_may_not_go_takes_its_links_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walls stand already: a decision that denies leaves no trace of what it denied."""

    def deny_red(record: Record, *_more: object) -> Decision:
        return Decision(Outcome.DENY) if "TLP:RED" in record.handlings else ALLOWED

    monkeypatch.setattr(release, "decide", deny_red)
    view = released(title="t", language="en", entities=PEOPLE, links=LINKS, statements=SAID)
    assert [row.id for row in view.entities] == [1, 2]
    assert [row.id for row in view.links] == [10]
    assert [row.item for row in view.statements] == [1, 2, 10]
    assert view.withheld == 2
    assert view.banner == "TLP:AMBER"


def test_the_picture_is_made_with_the_computed_banner() -> None:
    view = released(
        title="t", language="en", handlings=["TLP:GREEN"], default_handling="NON_SENSITIVE", picture=lambda text: [text]
    )
    assert view.scene == ["NON-SENSITIVE • TLP:GREEN"]


def test_a_view_cannot_be_changed() -> None:
    view = released(title="t", language="en")
    with pytest.raises(AttributeError):
        view.title = "other"  # type: ignore[misc]
    assert replace(view, title="other").title == "other"
