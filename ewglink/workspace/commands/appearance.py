"""What can be done to how a chart looks as a whole: rules, multiplicity, sub-texts, attributes, timeline, pictures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ewglink.drawing.appearance.rule import Rule, colour_by_community, size_by, stated
from ewglink.drawing.multiplicity import MULTIPLICITIES, ON_LINE
from ewglink.drawing.sub_texts import SUB_TEXTS
from ewglink.drawing.timeline.scale import SPACINGS
from ewglink.drawing.timeline.wiring import USUAL_MM, WIRINGS
from ewglink.model.changes import Changeset
from ewglink.store.case_file import CaseFile
from ewglink.workspace.commands.charts import set_up_chart


def _one_of(value: str, known: Collection[str]) -> str:
    if value not in known:
        raise ValueError(value)
    return value


def set_rules(case: CaseFile, chart: int, rules: Sequence[Rule]) -> Changeset:
    """The rules of appearance of a chart, in order; none takes them all away."""
    return set_up_chart(case, chart, {"rules": [rule.to_json() for rule in rules] or None})


def size_by_measure(case: CaseFile, chart: int, measure: str) -> Changeset:
    """Entities as large as a measure of the chart's network, in place of an earlier rule for size."""
    return set_rules(case, chart, [*_others(case, chart, {"size"}), size_by(measure)])


def colour_by_measure(case: CaseFile, chart: int, measure: str) -> Changeset:
    """Entities coloured by a measure of the chart's network, in place of an earlier rule for their colour."""
    return set_rules(case, chart, [*_uncoloured(case, chart),
                                   Rule("colour", "scale", by=f"measure:{measure}", scale="sequential")])


def show_values(case: CaseFile, chart: int, change: str, values: Mapping[int, float], name: str) -> Changeset:
    """Entities sized or coloured (`change`) by values measured elsewhere, as they are now and under that name, in place
    of an earlier rule for the same."""
    there = set(case.charts.placements(chart).items.tolist())
    kept = _others(case, chart, {"size"}) if change == "size" else _uncoloured(case, chart)
    return set_rules(case, chart, [*kept, stated(change, {item: value for item, value in values.items()
                                                          if item in there}, name)])


def _uncoloured(case: CaseFile, chart: int) -> list[Rule]:
    """The chart's rules but for those that colour entities."""
    return [rule for rule in _others(case, chart, set()) if rule.change != "colour" or rule.on != "entities"]


def colour_communities(case: CaseFile, chart: int) -> Changeset:
    """A colour and a letter for each community, in place of earlier ones by community."""
    kept = [rule for rule in _others(case, chart, set()) if rule.by != "community"]
    return set_rules(case, chart, [*kept, *colour_by_community()])


def _others(case: CaseFile, chart: int, changes: Collection[str]) -> list[Rule]:
    """The chart's rules as saved, those switched off too, but for those that change one of `changes`."""
    found = case.charts.get(chart)
    saved = found.settings.get("rules", []) if found else []
    return [rule for rule in map(Rule.from_json, saved) if rule.change not in changes]


def set_multiplicity(case: CaseFile, chart: int, multiplicity: str, *, on_line: str | None = None,
                     sum_property: str | None = None, unit: str | None = None) -> Changeset:
    """How many lines a pair gets on a chart, and what stands on them; ValueError for what is not known."""
    settings: dict[str, Any] = {"multiplicity": _one_of(multiplicity, MULTIPLICITIES)}
    if on_line is not None:
        settings["on_line"] = _one_of(on_line, ON_LINE)
    settings |= {"sum": sum_property, "sum_unit": unit}
    return set_up_chart(case, chart, settings)


def show_below_labels(case: CaseFile, chart: int, sub_texts: Sequence[str],
                      attributes: Sequence[str | Mapping[str, Any]] = ()) -> Changeset:
    """Which sub-texts and attributes stand under the labels of a chart; ValueError for a sub-text not known."""
    listed = [dict(one) if isinstance(one, Mapping) else one for one in attributes]
    kinds = [_one_of(kind, SUB_TEXTS) for kind in sub_texts]
    return set_up_chart(case, chart, {"sub_texts": kinds or None, "attributes": listed or None})


def make_timeline(case: CaseFile, chart: int, on: bool = True, *, themes: Sequence[int] = (),
                  wiring: str = "return", spacing: str = "proportional", metrics: Mapping[str, float] | None = None,
                  overlap: str | None = None) -> Changeset:
    """Show a chart as a timeline (or as a network again); `themes` are entities in order, none means the busiest.

    `metrics`: those of the wiring that are not as usual, millimetres; `overlap` the colour of what falls together.
    """
    if not on:
        return set_up_chart(case, chart, {"kind": None})
    found = case.charts.get(chart)
    had = (found.settings.get("timeline") or {}) if found else {}
    wanted: dict[str, Any] = {"wiring": _one_of(wiring, WIRINGS), "spacing": _one_of(spacing, SPACINGS)}
    wanted["metrics"] = {key: float(value) for key, value in (metrics or {}).items()
                         if _one_of(key, USUAL_MM) and float(value) != USUAL_MM[key]}
    wanted |= {"overlap": overlap, "themes": list(themes),
               "gaps": had.get("gaps") if list(themes) == list(had.get("themes", ())) else None}
    return set_up_chart(case, chart, {"kind": "timeline", "timeline": {key: value for key, value in wanted.items()
                                                                       if value}})


def rearrange_timeline(case: CaseFile, chart: int, settings: Mapping[str, Any]) -> Changeset:
    """Theme lines in another order, events in other gaps (see `drawing.timeline.dragging`)."""
    return set_up_chart(case, chart, {"timeline": dict(settings)})


def picture_style(path: Path) -> dict[str, str]:
    """The style that puts the picture of a file on an icon: the picture itself, made small, not the file's place.

    Refusal where it is no picture.
    """
    from ewglink.painting.pictures import picture_from

    return {"picture": picture_from(path)}
