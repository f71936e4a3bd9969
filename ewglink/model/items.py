"""The words of a case: kinds, strengths, directions, precisions, and short references to items."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

OWN_SPACE = "ewglink"
"""The namespace of items that have left a case: `number of the case|id`."""

ENTITY = "entity"
LINK = "link"


class Strength(IntEnum):
    """How sure a link is; drawn as solid, dashed, dotted."""

    CONFIRMED = 0
    UNCONFIRMED = 1
    TENTATIVE = 2


class Direction(IntEnum):
    """Where a link's arrowheads are: none, at b (a→b), at a (b→a), at both."""

    NONE = 0
    FORWARD = 1
    BACKWARD = 2
    BOTH = 3


class Precision(IntEnum):
    """How exact a date is. Year, month and day are calendar dates and never shift; instants are UTC with offset
    kept.
    """

    YEAR = 1
    MONTH = 2
    DAY = 3
    LOCAL = 4
    """A time whose zone is unknown."""
    INSTANT = 5


@dataclass(frozen=True)
class Ref:
    """A short reference to an item: what a list, a path or a message needs to name it."""

    id: int
    kind: str
    type: str
    label: str
    identity: str | None = None

    def as_json(self) -> dict[str, object]:
        """The REF shape of the terminal."""
        return {"id": self.id, "kind": self.kind, "type": self.type, "label": self.label, "identity": self.identity}
