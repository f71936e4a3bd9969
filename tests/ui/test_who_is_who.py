"""Who is who in the window: found in the background, decided with the keyboard, one step each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from ewglink.workspace.commands.items import add_entity, add_link


def _entity(window: Any, label: str, **said: Any) -> int:
    changeset, item = add_entity(window.session.case, "organization", label, said)
    window.session.do(changeset)
    return item


def _panel(window: Any, qtbot: Any) -> Any:
    panel = window.docks.raise_("who_is_who")
    qtbot.waitUntil(panel.isVisible)
    panel.run()
    qtbot.waitUntil(lambda: panel.found is not None and panel._task is None, timeout=20_000)
    return panel


def test_pairs_are_decided_one_by_one(window: Any, qtbot: Any) -> None:
    a, b = _entity(window, "Acme Recycling Inc."), _entity(window, "ACME RECYCLING INC")
    c, d = _entity(window, "Borvario Metals SA de CV", phone="1"), _entity(window, "Borvario Metales S.A. de C.V.")
    panel = _panel(window, qtbot)
    assert {(one.a, one.b) for one in panel.model.matches} == {(a, b), (c, d)}
    first = panel.current()
    panel.pair.keep(1)
    panel.buttons["merge"].click()
    case = window.session.case
    qtbot.waitUntil(lambda: len(panel.model.matches) == 1)
    assert case.items.canonical() == {first.a: first.b}
    panel.buttons["not_same"].click()
    qtbot.waitUntil(lambda: not panel.model.matches)
    assert panel.about.text() == "No pair is left to look at."
    panel.buttons["undo"].click()
    panel.buttons["undo"].click()
    qtbot.waitUntil(lambda: len(panel.model.matches) == 2)
    assert case.items.canonical() == {}
    panel.buttons["skip"].click()
    assert len(panel.model.matches) == 1


def test_both_sides_and_reasons_are_shown(window: Any, qtbot: Any) -> None:
    _entity(window, "Acme Recycling Inc.", country="CA", phone="1")
    _entity(window, "ACME RECYCLING INC", country="MX")
    panel = _panel(window, qtbot)
    tree = panel.pair.tree
    rows = {tree.topLevelItem(at).text(0): [tree.topLevelItem(at).text(column) for column in (1, 2, 3)]
            for at in range(tree.topLevelItemCount())}
    assert rows["Country"] == ["CA", "≠", "MX"]
    assert rows["Telephone"] == ["1", "", ""]
    assert panel.pair.reasons.text().startswith("+ Same name")
    assert panel.pair.reasons.textFormat() == Qt.TextFormat.PlainText
    panel.least.setValue(1.0)
    assert not panel.model.matches


def test_merge_and_unmerge_from_the_menu(window: Any, qtbot: Any, monkeypatch: Any) -> None:
    from ewglink.ui.dialogs.merge import MergeDialog
    from ewglink.ui.dialogs.unmerge import UnmergeDialog

    a, b, c = (_entity(window, text, phone=text) for text in ("Acme", "Acme Inc.", "ACME"))
    window.session.do(add_link(window.session.case, "associate_of", a, b)[0])
    window.session.selection.set([a, b, c])
    picked: list[int] = []

    def agree(dialog: MergeDialog) -> int:
        dialog.who.setCurrentIndex(dialog.who.findData(b))
        assert set(dialog.values) == {"phone"}
        dialog.values["phone"].setCurrentIndex(3)
        picked.append(dialog.chosen()["phone"])
        return 1

    monkeypatch.setattr(MergeDialog, "exec", agree)
    window.menus.trigger("edit.merge")
    case = window.session.case
    assert case.items.canonical() == {a: b, c: b}
    assert case.items.choices([b])[b, "phone"] == picked[0]
    monkeypatch.setattr(UnmergeDialog, "exec", lambda dialog: dialog.list.item(0).setCheckState(
        Qt.CheckState.Unchecked) or 1)
    window.session.selection.set([b])
    window.menus.trigger("edit.unmerge")
    assert case.items.canonical() == {a: b}
    window.menus.trigger("edit.undo")
    window.menus.trigger("edit.undo")
    assert case.items.canonical() == {}


def test_closed_it_costs_nothing(window: Any) -> None:
    assert "who_is_who" not in window.docks.panels


def test_labels_of_many_pairs_are_read_as_they_come_into_sight(window: Any, qtbot: Any) -> None:
    from types import SimpleNamespace

    from ewglink.ui.item_models.match_table import MatchTable

    asked: list[int] = []

    def labels(ids: Any) -> dict[int, str]:
        asked.extend(ids)
        return {one: f"No. {one}" for one in ids}

    model = MatchTable()
    model.take([SimpleNamespace(a=2 * at, b=2 * at + 1, score=1, possible=False, type="person") for at in range(5000)],
               labels, window.session.schema)
    assert asked == []
    assert (model.index(4000, 1).data(), model.index(4000, 2).data()) == ("No. 8000", "No. 8001")
    assert len(asked) < 200
    n = len(asked)
    assert model.index(4001, 1).data() == "No. 8002"
    assert len(asked) == n
