"""A network as arrays: what measures and layouts compute on, and what NetworkX graphs are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Entities and links of a case or of a part of it.

    `ids` (n,) int64, ascending entity ids; `types` (n,) int32 index into `type_keys`; `link_ids` (m,) int64; `ends` (m, 2)
    int32 rows of `ids`; `link_types` (m,) int32 index into `link_type_keys`; `directions` (m,) int8 and `strengths` (m,)
    int8 as `model.items` numbers them; `weights` (m,) float64, 1 where nothing else was declared.
    `described` says which projection this is (types, strengths, weights), and is printed with every result.
    """

    ids: Ints
    types: npt.NDArray[np.int32]
    type_keys: tuple[str, ...]
    link_ids: Ints
    ends: npt.NDArray[np.int32]
    link_types: npt.NDArray[np.int32]
    link_type_keys: tuple[str, ...]
    directions: npt.NDArray[np.int8]
    strengths: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]
    described: dict[str, Any] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """The number of entities."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """The number of links."""
        return len(self.link_ids)
