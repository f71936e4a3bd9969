"""Filters of a chart: an ordered list of layers that hide or grey what it shows, and never change the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.appearance.fields import field_values, holds
from ewglink.drawing.appearance.rule import TESTS, Condition, Rule
from ewglink.drawing.content import GREYED, HIDDEN, ChartContent, Filtered, When
from ewglink.graph.moments import UNKNOWN, first_moment, last_moment
from ewglink.model.changes import Changeset
from ewglink.store.case_file import CaseFile
from ewglink.text import N_
from ewglink.workspace.commands.charts import set_up_chart
from ewglink.workspace.filter_words import layer_words

Mask = npt.NDArray[np.bool_]
States = npt.NDArray[np.int8]
Ints = npt.NDArray[np.int64]
EFFECTS: dict[str, str] = {"hide": N_("Hide"), "grey": N_("Grey"), "only": N_("Keep only"), "dim": N_("Grey the rest"),
                           "show": N_("Show again")}
"""What a layer does with what meets its conditions; `only` hides the rest, `dim` greys it, `show` takes back what
layers above did."""
ON = ("entities", "links", "time")
WHEN = "when"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T.*)?)?)?")
_ORDERS = ("less", "at_most", "more", "at_least")
_SHOWN, _GREY, _GONE = 0, 1, 2
_WRITTEN = {1: 4, 2: 7, 3: 10}
"""How much of an ISO text a precision fills."""


@dataclass(frozen=True)
class Layer:
    """One filter. All conditions must hold (see `drawing.appearance.rule.Condition`); an effect of `EFFECTS`.

    On `time`, the conditions are on `when` (`at_least` and `at_most` ISO dates): what is meant are links and events
    that held at some time between them; `ends` leaves out entities that are left without a link too. `name` is what an
    analyst calls it. `off`: kept, without effect.
    """

    on: str = "entities"
    conditions: tuple[Condition, ...] = ()
    effect: str = "hide"
    name: str = ""
    off: bool = False
    ends: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Layer:
        """What `to_json` wrote; ValueError for what is no layer."""
        conditions = tuple(Condition(str(one["what"]), str(one.get("test", "in")), one.get("value"))
                           for one in data.get("conditions", ()))
        layer = cls(str(data.get("on", "entities")), conditions, str(data.get("effect", "hide")),
                    str(data.get("name", "")), bool(data.get("off")), bool(data.get("ends")))
        if layer.on not in ON or layer.effect not in EFFECTS or any(one.test not in TESTS for one in conditions):
            raise ValueError(str(data))
        return layer

    def to_json(self) -> dict[str, Any]:
        """The layer as plain JSON data."""
        data: dict[str, Any] = {"on": self.on, "effect": self.effect, "conditions": [
            {"what": one.what, "test": one.test, "value": one.value} for one in self.conditions]}
        return data | {key: value for key in ("name", "off", "ends") if (value := getattr(self, key))}


@dataclass(frozen=True)
class TimeKinds:
    """What types say of times: entity types that happen at one, and link types that go on until an end is known."""

    events: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()


def layers_of(settings: Mapping[str, Any]) -> list[Layer]:
    """The layers saved under the chart's setting `filters`, in order; those that cannot be read are passed over."""
    found = []
    for data in settings.get("filters") or ():
        try:
            found.append(Layer.from_json(data))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return found


def active(layers: Iterable[Layer]) -> list[Layer]:
    """Those layers that have an effect."""
    return [layer for layer in layers if not layer.off]


def set_filters(case: CaseFile, chart: int, layers: Sequence[Layer]) -> Changeset:
    """The filters of a chart, in order, as one step that can be undone; none takes them all away."""
    changed = set_up_chart(case, chart, {"filters": [layer.to_json() for layer in layers] or None})
    return replace(changed, label="filtered") if changed else changed


def looks_at_time(layer: Layer) -> bool:
    """Whether the layer needs to know when items held."""
    return layer.on == "time" or any(one.what == WHEN for one in layer.conditions)


def switched_off(layers: Iterable[Layer]) -> list[Layer]:
    """The layers, none of which has an effect."""
    return [replace(layer, off=True) for layer in layers]


def as_rules(layers: Iterable[Layer]) -> list[Rule]:
    """Rules that look at what the layers look at, so that it is read with the rest of the chart."""
    return [Rule("colour", on=layer.on, conditions=layer.conditions) for layer in layers if layer.on != "time"]


def window(start: str | None, stop: str | None, effect: str = "only", ends: bool = True) -> Layer:
    """The layer that shows what held at some time from `start` to `stop` (ISO dates or times)."""
    bounds = [Condition(WHEN, "at_least", start)] if start else []
    bounds += [Condition(WHEN, "at_most", stop)] if stop else []
    return Layer("time", tuple(bounds), effect, ends=ends)


# putting filters into effect


def apply(content: ChartContent, layers: Sequence[Layer], names: Mapping[str, str] | None = None,
          kinds: TimeKinds | None = None) -> ChartContent:
    """The content as filters let it be seen; the content itself is not changed.

    `names`: properties and measures in words.
    """
    on = active(layers)
    if not on:
        return content
    entities = np.zeros(len(content.entity_ids), np.int8)
    links = np.zeros(len(content.link_ids), np.int8)
    for layer in on:
        had = _linked(content, entities, links, _GREY if layer.effect in ("grey", "dim") else _GONE)
        if layer.on == "time":
            _by_time(content, layer, entities, links, kinds or TimeKinds())
        else:
            state = links if layer.on == "links" else entities
            _take_effect(state, meeting(content, layer.on, layer.conditions), layer.effect)
        _bare_ends(content, layer, entities, links, had)
    words = tuple(layer_words(layer, content, names or {}) for layer in on)
    return _seen(content, entities, links, words)


def _take_effect(state: States, meets: Mask, effect: str) -> None:
    if effect == "hide":
        state[meets] = _GONE
    elif effect == "grey":
        state[meets] = np.maximum(state[meets], _GREY)
    elif effect == "only":
        state[~meets] = _GONE
    elif effect == "dim":
        state[~meets] = np.maximum(state[~meets], _GREY)
    else:
        state[meets] = _SHOWN


def meeting(content: ChartContent, on: str, conditions: Iterable[Condition]) -> Mask:
    """Which entities (or links) meet all conditions; dates compare as dates, a month as its first day."""
    links = on == "links"
    mask = np.ones(len(content.link_ids if links else content.entity_ids), bool)
    for condition in conditions:
        if condition.what == "type" and condition.test in ("in", "not_in"):
            codes, keys = (content.link_types, content.link_type_keys) if links else (content.types, content.type_keys)
            good = np.array([holds(key, condition) for key in keys] or [False], bool)
            mask &= good[codes]
        elif condition.what == "item":
            ids = content.link_ids if links else content.entity_ids
            found = np.isin(ids, np.array(condition.value or (), np.int64))
            mask &= ~found if condition.test == "not_in" else found
        elif condition.what == WHEN:
            mask &= _met(_whens(content.link_when if links else content.when, len(mask)), condition)
        else:
            mask &= _met(field_values(content, on, condition.what), condition)
    return mask


def _whens(times: Mapping[int, When], count: int) -> list[Any]:
    """When each row begins, no more exactly than that is known, None for those without a date."""
    found: list[Any] = [None] * count
    for row, when in times.items():
        found[row] = when.start.isoformat()[:_WRITTEN.get(when.precision)]
    return found


def _met(values: list[Any], condition: Condition) -> Mask:
    if condition.test in _ORDERS and isinstance(condition.value, str) and _DATE.fullmatch(condition.value):
        wanted = Condition(condition.what, condition.test, _whole_date(condition.value))
        values = [_whole_dates(value) for value in values]
        return np.array([holds(value, wanted) for value in values], bool)
    known: dict[Any, bool] = {}
    out = np.empty(len(values), bool)
    for at, value in enumerate(values):
        if isinstance(value, (list, tuple)):
            out[at] = holds(value, condition)
        else:
            if value not in known:
                known[value] = holds(value, condition)
            out[at] = known[value]
    return out


def _whole_date(text: str) -> str:
    return text if len(text) > 7 else f"{text}-01" if len(text) == 7 else f"{text}-01-01"


def _whole_dates(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_whole_dates(one) for one in value]
    return _whole_date(value) if isinstance(value, str) and _DATE.fullmatch(value) else None


def _by_time(content: ChartContent, layer: Layer, entities: States, links: States, kinds: TimeKinds) -> None:
    """A layer on time: links and events are met by their dates; what has none is neither met nor left out."""
    first, last = bounds(layer)
    events = np.array([key in kinds.events for key in content.type_keys] or [False], bool)[content.types]
    lasting = np.array([key in kinds.lasting for key in content.link_type_keys] or [False], bool)[content.link_types]
    for state, spans, dated, goes_on in zip((entities, links), _spans(content), (events, lasting | True),
                                            (events & False, lasting), strict=True):
        known = (spans.starts != UNKNOWN) & dated
        within = known & (spans.starts <= last) & ((spans.stops >= first) | (goes_on & spans.endless))
        _take_effect(state, within | (~known if layer.effect in ("only", "dim") else False), layer.effect)


def bounds(layer: Layer) -> tuple[int, int]:
    """The first and last moment of a layer on time, microseconds since 1970."""
    first, last = -(2 ** 62), 2 ** 62
    for one in layer.conditions:
        if one.test in ("at_least", "more"):
            first = first_moment(str(one.value))
        else:
            last = last_moment(str(one.value))
    return first, last


@dataclass(frozen=True)
class _Spans:
    """First and last moments of rows (n,), `UNKNOWN` where nobody knows, and which have no end."""

    starts: Ints
    stops: Ints
    endless: Mask

    @classmethod
    def of(cls, times: Mapping[int, When], count: int) -> _Spans:
        """What is written is moved to UTC where its zone is known; a day, month or year reaches to its last moment."""
        starts, stops = np.full((2, count), UNKNOWN, np.int64)
        endless = np.ones(count, bool)
        for row, when in times.items():
            shift = (when.offset or 0) * 60_000_000
            ends = when.end or when.start
            starts[row] = first_moment(when.start.isoformat()) - shift
            written = _WRITTEN.get(when.precision)
            stops[row] = first_moment(ends.isoformat()) - shift if written is None else last_moment(
                ends.isoformat()[:written])
            endless[row] = when.end is None
        return cls(starts, stops, endless)


def _spans(content: ChartContent) -> tuple[_Spans, _Spans]:
    """The spans of entities and of links, worked out once for a content."""
    if content.spans is None:
        content.spans = _Spans.of(content.when, len(content.entity_ids)), _Spans.of(content.link_when,
                                                                                   len(content.link_ids))
    found: tuple[_Spans, _Spans] = content.spans
    return found


def _bare_ends(content: ChartContent, layer: Layer, entities: States, links: States, had: Mask) -> None:
    """With `ends`, entities go (or are greyed) that have lost all their links to this layer; others stay."""
    if layer.ends:
        lost = _GREY if layer.effect in ("grey", "dim") else _GONE
        bare = had & ~_linked(content, entities, links, lost)
        entities[bare] = np.maximum(entities[bare], lost)


def _linked(content: ChartContent, entities: States, links: States, lost: int) -> Mask:
    """Which entities have a link left that leads to somewhere."""
    found = np.zeros(len(entities), bool)
    if len(content.ends):
        a, b = content.ends[:, 0], content.ends[:, 1]
        left = (links < lost) & (entities[a] < lost) & (entities[b] < lost)
        found[content.ends[left].ravel()] = True
    return found


def _seen(content: ChartContent, entities: States, links: States, words: tuple[str, ...]) -> ChartContent:
    own = (content.flags & HIDDEN) != 0
    gone = (entities == _GONE) & ~own
    flags = content.flags.copy()
    flags[gone] |= HIDDEN
    flags[(entities == _GREY) & ~own] |= GREYED
    hidden = (flags & HIDDEN) != 0
    kept = links != _GONE
    both = ~hidden[content.ends].any(axis=1) if len(content.ends) else np.zeros(0, bool)
    was = ~own[content.ends].any(axis=1) if len(content.ends) else both
    lost = was & ~(kept & both)
    items = np.sort(np.concatenate([content.entity_ids[gone], content.link_ids[lost]]))
    grey = int(((entities == _GREY) & ~hidden).sum() + ((links == _GREY) & both).sum())
    seen = replace(_with_links(content, kept), flags=flags, spans=None, filtered=Filtered(
        words, int(gone.sum()), int(lost.sum()), grey, items))
    dim = (links == _GREY)[kept]
    seen.link_greyed = dim if dim.any() else None
    return seen


def _with_links(content: ChartContent, kept: Mask) -> ChartContent:
    """The content with these of its links."""
    if kept.all():
        return replace(content)
    rows = np.flatnonzero(kept)
    new = {int(old): at for at, old in enumerate(rows)}

    def told(of: dict[int, Any]) -> dict[int, Any]:
        return {new[row]: value for row, value in of.items() if row in new}

    return replace(
        content, link_ids=content.link_ids[rows], ends=content.ends[rows], link_types=content.link_types[rows],
        directions=content.directions[rows], strengths=content.strengths[rows],
        link_labels=[content.link_labels[row] for row in rows.tolist()], link_styles=told(content.link_styles),
        link_when=told(content.link_when), link_values={key: told(of) for key, of in content.link_values.items()},
        link_sums=None if content.link_sums is None else content.link_sums[rows])
