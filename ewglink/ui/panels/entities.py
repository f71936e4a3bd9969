"""The entities table."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ewglink.text import N_, language, number
from ewglink.ui.item_models.item_table import Column
from ewglink.ui.panels.item_list import ItemList
from ewglink.ui.session import Session
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.validity import validity_lines, validity_word


class EntitiesPanel(ItemList):
    """Every entity of the case with its type, its number, its links and its sources."""

    kind = "entity"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        def icon(row: Any) -> Any:
            return type_icon(session.schema, row.type) if session.workspace else None

        def type_name(row: Any) -> str:
            return session.schema.label(row.type, language()) if session.workspace else row.type

        super().__init__(
            session,
            (
                Column("label", N_("Label"), lambda row: row.label, icon=icon, width=400),
                Column("type", N_("Type"), type_name, width=92),
                Column("identity", N_("Identifier"), lambda row: row.identity or "", width=110),
                Column("valid", N_("✓"), lambda row: validity_word(row.checked), width=46, sortable=False,
                       name=N_("Whether identifiers are valid"),
                       tip=lambda row: validity_lines(row, session.schema) if session.workspace else ""),
                Column("links", N_("Links"), lambda row: number(row.links), number=True, width=52),
                Column("sources", N_("Sources"), lambda row: number(row.sources), number=True, width=60),
            ),
            parent,
        )
