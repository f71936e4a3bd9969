"""A file that is a graph, dropped on the wizard: nobody says what it means, and it comes whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ewglink.importers.reader_process import InProcessReader
from ewglink.ui.dialogs.import_wizard import ImportWizard

GRAPH = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="k" for="node" attr.name="type" attr.type="string"/><key id="x" for="node" attr.name="x" attr.type="double"/>
<key id="y" for="node" attr.name="y" attr.type="double"/><key id="l" for="node" attr.name="label" attr.type="string"/>
<graph edgedefault="directed"><node id="1"><data key="k">Tug boat</data><data key="x">0</data><data key="y">0</data>
<data key="l">Ana</data></node><node id="2"><data key="k">person</data><data key="x">200</data><data key="y">100</data>
</node><edge source="1" target="2"/><edge source="1" target="2"/></graph></graphml>"""


def test_a_graph_comes_whole(window: Any, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "boats.graphml"
    path.write_text(GRAPH, encoding="utf-8")
    before = len(window.session.case.items.listed("entity"))
    wizard = ImportWizard(window, [path], reader=InProcessReader(), in_process=True)
    wizard.show()
    qtbot.waitUntil(lambda: wizard.files[0].preview is not None and not wizard._tasks)
    for _page in range(4):
        qtbot.waitUntil(lambda: wizard.next.isEnabled() or not wizard.isVisible())
        if not wizard.isVisible():
            break
        wizard.next.click()
    case = window.session.case
    qtbot.waitUntil(lambda: len(case.items.listed("entity")) == before + 2)
    assert case.items.counts("link").get("unknown_link", 0) >= 2
    assert window.session.schema.entity_types["tug_boat"].label("en") == "Tug boat"
    assert "boats" in [chart.name for chart in case.charts.listed()]
    qtbot.waitUntil(lambda: not wizard.isVisible() or wizard.next.isEnabled())
    wizard.close()
    wizard.deleteLater()
