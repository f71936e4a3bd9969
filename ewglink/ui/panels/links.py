"""The links table."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ewglink.model.items import Direction, Strength
from ewglink.text import N_, _, language
from ewglink.ui.item_models.item_table import Column
from ewglink.ui.panels.item_list import ItemList
from ewglink.ui.session import Session

STRENGTHS = {
    Strength.CONFIRMED: N_("Confirmed"),
    Strength.UNCONFIRMED: N_("Unconfirmed"),
    Strength.TENTATIVE: N_("Tentative"),
}
ARROWS = {Direction.NONE: "–", Direction.FORWARD: "→", Direction.BACKWARD: "←", Direction.BOTH: "↔"}


def strength_name(value: int) -> str:
    """How sure a link is, in words."""
    return _(STRENGTHS.get(Strength(value), N_("Confirmed"))) if value in tuple(Strength) else str(value)


class LinksPanel(ItemList):
    """Every link of the case with its ends, its type, how sure it is and when it held."""

    kind = "link"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        def type_name(row: Any) -> str:
            return session.schema.label(row.type, language()) if session.workspace else row.type

        def arrow(row: Any) -> str:
            return ARROWS[Direction(row.direction)] if row.direction in tuple(Direction) else ""

        super().__init__(
            session,
            (
                Column("from", N_("From"), lambda row: row.a_label, width=130),
                Column("type", N_("Type"), lambda row: f"{arrow(row)} {type_name(row)}", width=120),
                Column("to", N_("To"), lambda row: row.b_label, width=130),
                Column("start", N_("Start"), lambda row: row.start or "", width=80),
                Column("end", N_("End"), lambda row: row.end or "", width=80),
                Column("strength", N_("Strength"), lambda row: strength_name(row.strength), width=80),
            ),
            parent,
        )
