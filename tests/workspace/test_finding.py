"""What lies between and around items: asked, answered, said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.model.items import Direction, Strength
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.items import add_entity, add_link
from ewglink.workspace.finding import Answered, Asked, answer
from ewglink.workspace.way_sentences import Sentences
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def trade(tmp_path: Path) -> tuple[Workspace, dict[str, int]]:
    """A pays B (2021), B pays C (2020), C pays A (2022); A and D share E; D is linked to A by a tentative link; two
    payments from D to E in different years."""
    workspace, ids = Workspace.create(tmp_path / "case.ewg", "Trade"), dict[str, int]()
    for name in "ABCDE":
        changeset, ids[name] = add_entity(workspace.case, "organization", name)
        workspace.do(changeset)
    for a, b, kind, start, strength in (
            ("A", "B", "paid", "2021-01-01", Strength.CONFIRMED), ("B", "C", "paid", "2020-01-01", Strength.CONFIRMED),
            ("C", "A", "paid", "2022-01-01", Strength.CONFIRMED), ("A", "E", "owns", None, Strength.CONFIRMED),
            ("D", "E", "paid", "2019-05-01", Strength.CONFIRMED), ("D", "E", "paid", "2023-06-01", Strength.CONFIRMED),
            ("D", "A", "controls", None, Strength.TENTATIVE)):
        workspace.do(add_link(workspace.case, kind, ids[a], ids[b], start=start, strength=strength,
                              direction=Direction.FORWARD)[0])
    return workspace, ids


def _ask(trade: tuple[Workspace, dict[str, int]], what: str, names: str, **more: object) -> tuple[Answered, list[str]]:
    workspace, ids = trade
    found = finish(answer(workspace, Asked(what, tuple(ids[name] for name in names), **more)))  # type: ignore[arg-type]
    assert found is not None
    words = Sentences(workspace, found.ways)
    return found, [words.say(way).whole for way in found.ways]


def test_a_path_is_said_with_its_arrows(trade: tuple[Workspace, dict[str, int]]) -> None:
    assert _ask(trade, "paths", "DA")[1] == ["D —controls→ A"]
    assert _ask(trade, "paths", "DA", strengths=("confirmed", "unconfirmed"))[1] == [
        "D —paid (2, 2019-05-01 to 2023-06-01)→ E ←owns— A"]
    assert _ask(trade, "paths", "CB")[1] == ["C ←paid 2020-01-01— B"]
    assert _ask(trade, "paths", "CB", direction="with")[1] == ["C —paid 2022-01-01→ A —paid 2021-01-01→ B"]
    assert _ask(trade, "paths", "CB", direction="with", advancing=True)[1] == []
    assert _ask(trade, "paths", "CB", avoid=(trade[1]["A"],), direction="with")[1] == []
    assert len(_ask(trade, "paths", "DB", which="up_to", steps=3)[1]) == 3
    assert _ask(trade, "paths", "DB", through=(trade[1]["C"],))[1][0].count("C") == 1


def test_around_between_and_round(trade: tuple[Workspace, dict[str, int]]) -> None:
    found, said = _ask(trade, "linked", "A", steps=2)
    assert [one[0] for one in said] == ["B", "C", "D", "E"] and said[0] == "B · 1 step"
    found, said = _ask(trade, "linked", "B", steps=3, hub=2)
    assert dict(found.hubs) == {trade[1]["A"]: 4}
    assert _ask(trade, "common", "AD")[1] == ["E: ←owns— A; ←paid (2, 2019-05-01 to 2023-06-01)— D"]
    found, said = _ask(trade, "connecting", "BDE", steps=3)
    assert set(found.items) == {trade[1][name] for name in "ABDE"}
    assert _ask(trade, "cycles", "")[1] == ["A —paid 2021-01-01→ B —paid 2020-01-01→ C —paid 2022-01-01→ A"]
    assert _ask(trade, "cycles", "D")[1] == []
    # B to C in 2020, C to A in 2022, A to B in 2021: from no entity on do the dates advance once round.
    assert _ask(trade, "cycles", "", advancing=True)[1] == []
    assert _ask(trade, "cycles", "", link_types=("owns",))[1] == []


def test_too_few_are_refused(trade: tuple[Workspace, dict[str, int]]) -> None:
    for what, names in (("paths", "A"), ("connecting", "A"), ("linked", ""), ("common", "A")):
        with pytest.raises(Refusal):
            _ask(trade, what, names)
