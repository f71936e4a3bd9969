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


@dataclass(frozen=True)
class When:
    """When an item holds: naive datetimes as they are to be read, `end` None for a moment.

    `precision` 1 is a year, 2 a month, 3 a day, 4 and 5 a time of day (`model.items.Precision`). `offset`: minutes east
    of Greenwich of what is written, None where nobody knows (and for days, which have none).
    """

    start: datetime
    end: datetime | None = None
    precision: int = 3
    offset: int | None = None


@dataclass(frozen=True)
class Note:
    """One row of the legend that a rule of appearance asks for: words, and a sample.

    `kind` is `heading`, `colour`, `size`, `frame`, `width` or `badge`; `value` the colour, size, width or badge.
    """

    words: str
    kind: str
    value: Any = None
    of_links: bool = False


@dataclass(frozen=True)
class Filtered:
    """What filters leave out of a chart: how many entities and links, how many are greyed, and by which filters.

    `items` (k,) int64 are the entities and links left out, ascending; `entities` and `links` count them.
    """

    names: tuple[str, ...]
    entities: int
    links: int
    greyed: int
    items: npt.NDArray[np.int64]


@dataclass
class ChartContent:
    """The entities, links and texts of one chart.

    Entities: `entity_ids` (n,) int64; `types` (n,) int32 index into `type_keys`; `labels` n texts; `xy` (n, 2) float64
    chart units (0.25 mm), y down; `flags` (n,) uint8 of PINNED, HIDDEN and GREYED; `representations` row → key where
    not `icon`; `styles` row (or link row, in `link_styles`) → style settings where not the type's own.
    Links, only those with both ends on the chart: `link_ids` (m,) int64; `ends` (m, 2) int32 entity rows; `link_types`
    (m,) int32 index into `link_type_keys`; `directions`, `strengths` (m,) int8; `link_labels` m texts (may be empty).
    Furniture: `title`, `case_title`, `subtitle`, `facts` (name, value pairs for the title block), `marking` (text of
    the banner, empty for none), `handling` (the same as codes),
    `annotations` (rows of the annotation table, decoded), `settings` (what is shown).
    Names of types are looked up in `type_names` and `link_type_names`, already in the chart's language. `icons`,
    `colours` (`#RRGGBB`) and `shapes` say how a type looks, `colours` also of a link type; `icon_of` row → icon where
    one entity has another than its type. `prepared_at` is printed in the title block.

    What is filled only where the chart's settings or styles ask for it: `when` and `link_when` row → the time it holds;
    `sub_texts` row → kind (`description`, `source`, `grade`) → text; `attributes` row → finished lines; `values` and
    `link_values` property → row → value; `measures` name → (n,) a figure for each entity (NaN where it has none);
    `link_sums` (m,) what is added up where one line stands for several links.
    `notes` is what the rules of appearance did, for the legend; `pending` the measures they wait for, None for none.
    `filtered` says what filters leave out, None where none is on: entities have the flag HIDDEN, links are not there;
    `link_greyed` (m,) are the links that a filter shows grey; `spans` is what filters keep of `when` and `link_when`.

    Style of an entity: `size` (icon, 1 is 11 mm), `width` and `height` (circle, box, frames and blocks), `colour`,
    `shape`, `icon`, `picture` (a PNG as a data URI), `frame` (`#RRGGBB`, or true), `badges` (see `badges`), `label`
    (false: none), `sub_texts` (kinds, in place of the chart's), `text`, `align`, `font` (text blocks and labels),
    `wiring` (event frames on a timeline); of a link: `colour`, `width`, `dash`, `hidden`, `multiplicity` (of its pair),
    `corners` (see `bends`).
    Settings: `link_labels` is `auto`, `label`, `type` or `none`; `sub_texts` a list of kinds; `kind` `timeline`;
    `multiplicity` and `on_line` (see `multiplicity`). An annotation of `kind` `text` has `x`, `y` (its upper left),
    `text` (of several lines), and may have `size`, `width`, `colour`, `fill` and `bold`; a `rectangle` or `ellipse` has
    `x`, `y`, `width`, `height`, and may have `text`, `colour`, `fill` (a colour, or true for a tint of its own), `line`
    (width), `dash` and `legend` (what it means); a `line` or `arrow` goes from `x`, `y` to `x2`, `y2`, and may have
    `colour`, `line`, `dash` and `legend`.
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
    handling: str = ""
    annotations: list[dict[str, Any]] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    language: str = "en"
    prepared_at: datetime | None = None
    when: dict[int, When] = field(default_factory=dict)
    link_when: dict[int, When] = field(default_factory=dict)
    sub_texts: dict[int, dict[str, str]] = field(default_factory=dict)
    attributes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    values: dict[str, dict[int, Any]] = field(default_factory=dict)
    link_values: dict[str, dict[int, Any]] = field(default_factory=dict)
    measures: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)
    link_sums: npt.NDArray[np.float64] | None = None
    notes: list[Note] = field(default_factory=list)
    pending: Any = None
    filtered: Filtered | None = None
    link_greyed: npt.NDArray[np.bool_] | None = None
    spans: Any = None
