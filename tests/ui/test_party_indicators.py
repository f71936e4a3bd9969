"""The indicators of a party in its profile: against the score worked out by hand, with what cannot be evaluated."""

from __future__ import annotations

from typing import Any

import pytest

from ewglink.rules.indicators import CAPS, INDICATORS
from ewglink.ui.panels.party_indicators import PartyIndicators


@pytest.fixture
def panel(grey: Any, qtbot: Any) -> Any:
    found = grey.docks.raise_("party_profile")
    qtbot.waitUntil(lambda: found.league.topLevelItemCount() == 10)
    return found


def shown(panel: Any, qtbot: Any, name: str) -> PartyIndicators:
    party = next(row.party for row in panel.found.parties if row.label.startswith(name))
    panel.choose(party)
    panel.tabs.setCurrentWidget(panel.indicators)
    qtbot.waitUntil(lambda: panel.indicators.result is not None and panel.indicators.result.item == party)
    found: PartyIndicators = panel.indicators
    return found


def lines(tab: PartyIndicators) -> dict[str, list[list[str]]]:
    return {top.text(0): [[top.child(n).text(column) for column in range(6)] for n in range(top.childCount())]
            for top in (tab.tree.topLevelItem(at) for at in range(tab.tree.topLevelItemCount()))}


def test_nothing_is_scored_until_somebody_looks(panel: Any, grey: Any) -> None:
    assert panel.indicators.result is None and not grey.session.jobs.tasks
    assert panel.tabs.tabText(panel.tabs.indexOf(panel.indicators)) == "Indicators"


def test_the_smelter_by_hand(panel: Any, qtbot: Any) -> None:
    """RI-09 weighs .5, RI-48 .25, RI-43 half of .5: 1 − .5 · .75 · .75 = .71875; without RI-09 1 − .5625 = .4375."""
    tab = shown(panel, qtbot, "Fundidora Baja Pac")
    assert tab.summary.text().startswith("Score 71.9 of 100 · coverage 67 %") and "not evidence" in tab.lead.text()
    assert panel.tabs.tabText(panel.tabs.indexOf(tab)) == "Indicators (3)"
    rows = lines(tab)
    (licence,) = rows["Identity: 0.500 of at most 0.60"]
    assert licence[0].startswith("RI-09") and licence[1:5] == ["1.00", "0.50", "0.500", "28.1"]
    assert "loads: 11" in licence[5]
    (network,) = rows["Conduct: 0.250 of at most 0.80"]
    assert network[0].startswith("RI-48") and network[4] == "9.4"
    missing = next(each for name, each in rows.items() if name.startswith("Not evaluable: 15"))
    assert len(missing) == 15 and all(row[5].startswith("There are no data on: ") for row in missing)
    assert not any("_" in row[5] for row in missing)  # inputs have names, not keys
    quiet = next(each for name, each in rows.items() if name.startswith("No sign"))
    assert 3 + 15 + len(quiet) == sum(one.over == "party" for one in INDICATORS)


def test_a_line_says_how_it_is_worked_out_and_how_it_may_be_wrong(panel: Any, qtbot: Any) -> None:
    tab = shown(panel, qtbot, "Fundidora Baja Pac")
    assert tab.definition.text().startswith("RI-09: ")
    assert tab.harmless.text().count("\n• ") == len(INDICATORS.get("RI-09").innocent)
    with qtbot.waitSignal(panel.item_wanted):
        tab.tree.itemActivated.emit(tab.tree.currentItem(), 0)


def test_a_capped_group_says_so(panel: Any, qtbot: Any, grey: Any) -> None:
    from dataclasses import replace

    tab = shown(panel, qtbot, "Fundidora Baja Pac")
    one = tab.result
    assert one is not None
    licence = next(each for each in one.contributions if each.indicator == "RI-09")
    tab.result = replace(one, contributions=[licence, replace(licence, indicator="RI-01", weight=0.9)])
    tab.retranslate()
    rows = lines(tab)
    assert CAPS["identity"] == 0.6
    # 1 − .5 · .1 = .95, capped at .6: without the second .5, without the first .6 still
    both = {row[0][:5]: row[4] for row in rows["Identity: 0.60, the most that this group may add"]}
    assert both == {"RI-09": "0.0", "RI-01": "10.0"}


def test_another_party_and_another_language(panel: Any, qtbot: Any, grey: Any) -> None:
    shown(panel, qtbot, "Fundidora Baja Pac")
    tab = shown(panel, qtbot, "HURON")
    assert tab.summary.text().startswith("Score 22.5 of 100")
    grey.session.speak("fr")
    qtbot.waitUntil(lambda: not grey.session.jobs.tasks)
    assert tab.tree.topLevelItemCount() == 3 and tab.result is not None
    grey.session.speak("en")
    qtbot.waitUntil(lambda: not grey.session.jobs.tasks)


def test_a_closed_case_has_no_score(panel: Any, qtbot: Any, grey: Any) -> None:
    tab = shown(panel, qtbot, "HURON")
    grey.session.close()
    assert tab.result is None and tab.tree.topLevelItemCount() == 0 and not tab.summary.text()
