"""What is near some entities, link by link, so that one can choose among it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ewglink.model.items import Direction
from ewglink.workspace.workspace import Workspace


@dataclass(frozen=True)
class Near:
    """A neighbour by one link: which item, of which type, by a link of which type; `leaves` and `arrives` say whether
    the link leads away from the entities asked about, or towards them (neither: it has no direction)."""

    item: int
    type: str
    link_type: str
    leaves: bool
    arrives: bool

    def fits(self, way: str) -> bool:
        """Whether the link goes that way: `out`, `in` or `both`; one without a direction goes either way."""
        return way == "both" or not (self.leaves or self.arrives) or (self.leaves if way == "out" else self.arrives)


def near(workspace: Workspace, items: Collection[int]) -> list[Near]:
    """Every link from `items` to something else, as the neighbour it leads to; in the order of the links."""
    network = workspace.network()
    chosen = np.isin(network.ids, np.array(sorted(items), np.int64))
    if not len(network.ends):
        return []
    a, b = network.ends[:, 0], network.ends[:, 1]
    found = []
    for row in np.flatnonzero(chosen[a] != chosen[b]).tolist():
        from_a = bool(chosen[a[row]])
        other = int(b[row] if from_a else a[row])
        heads = int(network.directions[row])
        forward, backward = bool(heads & Direction.FORWARD), bool(heads & Direction.BACKWARD)
        found.append(Near(int(network.ids[other]), network.type_keys[network.types[other]],
                          network.link_type_keys[network.link_types[row]], forward if from_a else backward,
                          backward if from_a else forward))
    return found
