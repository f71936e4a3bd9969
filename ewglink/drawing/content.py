"""What a chart holds, as arrays: the input of a scene."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

PINNED = 1
HIDDEN = 2
GREYED = 4


@dataclass
class ChartContent:
    """The entities, links and texts of one chart.

    Entities: `entity_ids` (n,) int64; `types` (n,) int32 index into `type_keys`; `labels` n texts; `xy` (n, 2) float64
    chart units (0.25 mm), y down; `flags` (n,) uint8 of PINNED, HIDDEN and GREYED; `representations` row → key where
    not `icon`; `styles` row (or link row, in `link_styles`) → style settings where not the type's own.
    Links, only those with both ends on the chart: `link_ids` (m,) int64; `ends` (m, 2) int32 entity rows; `link_types`
    (m,) int32 index into `link_type_keys`; `directions`, `strengths` (m,) int8; `link_labels` m texts (may be empty).
    Furniture: `title`, `case_title`, `subtitle`, `facts` (name, value pairs for the title block), `marking` (text of
    the banner, empty for none), `annotations` (rows of the annotation table, decoded), `settings` (what is shown).
    Names of types are looked up in `type_names` and `link_type_names`, already in the chart's language. `icons`,
    `colours` (`#RRGGBB`) and `shapes` say how a type looks, `colours` also of a link type; `icon_of` row → icon where
    one entity has another than its type. `prepared_at` is printed in the title block.

    Style of an entity: `size` (icon, 1 is 11 mm), `width` and `height` (circle, box), `colour`, `shape`, `icon`; of a
    link: `colour`, `width`, `hidden`. Settings: `link_labels` is `auto`, `label`, `type` or `none`. An annotation of
    `kind` `text` has `x`, `y` (its upper left), `text`, and may have `size` and `width`.
    """

    entity_ids: npt.NDArray[np.int64]
    types: npt.NDArray[np.int32]
    type_keys: tuple[str, ...]
    labels: list[str]
    xy: npt.NDArray[np.float64]
    flags: npt.NDArray[np.uint8]
    link_ids: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int32]
    link_types: npt.NDArray[np.int32]
    link_type_keys: tuple[str, ...]
    directions: npt.NDArray[np.int8]
    strengths: npt.NDArray[np.int8]
    link_labels: list[str]
    type_names: dict[str, str] = field(default_factory=dict)
    link_type_names: dict[str, str] = field(default_factory=dict)
    icons: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    icon_of: dict[int, str] = field(default_factory=dict)
    representations: dict[int, str] = field(default_factory=dict)
    styles: dict[int, dict[str, Any]] = field(default_factory=dict)
    link_styles: dict[int, dict[str, Any]] = field(default_factory=dict)
    title: str = ""
    case_title: str = ""
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    annotations: list[dict[str, Any]] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    language: str = "en"
    prepared_at: datetime | None = None
