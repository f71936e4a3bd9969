"""The course of a consent: each state it came into, since when, and the row of the file that says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidgetItem, QVBoxLayout, QWidget

from ewglink.rules.trade import Movement, Stream, Trade
from ewglink.text import _
from ewglink.ui.panels.trade_panel import ID, fill, table
from ewglink.workspace.life_cycles import Stage, evidence, load_stages, stage_word, stream_stages

_RECORD = Qt.ItemDataRole.UserRole + 1


class ConsentCourse(QWidget):
    """The states of a consent above, those of the load chosen below. `source_wanted(record)` opens a row."""

    source_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.consent, self.load = table(3), table(3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for tree in (self.consent, self.load):
            box.addWidget(tree, 1)
            tree.itemActivated.connect(self._activated)

    def clear(self) -> None:
        """Nothing to tell of."""
        self.consent.clear()
        self.load.clear()

    def show_consent(self, workspace: Any, trade: Trade, stream: Stream, as_of: date) -> None:
        """The states of a consent."""
        self._show(self.consent, workspace, _("The consent is"), stream_stages(trade, stream, as_of))
        self.load.clear()
        self.load.setHeaderLabels([_("Choose a load to see its course"), "", ""])

    def show_load(self, workspace: Any, movement: Movement) -> None:
        """The states of a load."""
        self._show(self.load, workspace, _("Load {ref} is", ref=movement.ref), load_stages(movement))

    def _show(self, tree: Any, workspace: Any, name: str, stages: Sequence[Stage]) -> None:
        found = [(stage, *evidence(workspace, stage)) for stage in stages]
        fill(tree, (name, _("Since"), _("Where it stands")),
             [(stage.item, ((_(stage_word(stage.state)), at),
                            (stage.on.isoformat() if stage.on is not None else "–", str(stage.on or "")),
                            (where or _("worked out"), where))) for at, (stage, where, _record) in enumerate(found)])
        for at, (_stage, _where, record) in enumerate(found):
            tree.topLevelItem(at).setData(0, _RECORD, record)

    def _activated(self, line: QTreeWidgetItem, _column: int) -> None:
        if line.data(0, _RECORD) is not None and line.data(0, ID) is not None:
            self.source_wanted.emit(int(line.data(0, _RECORD)))
