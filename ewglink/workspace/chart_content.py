"""A chart of the case made ready to be drawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from ewglink.drawing.anchors import anchored
from ewglink.drawing.content import HIDDEN, ChartContent
from ewglink.graph.projection import Projection
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.release.marking import banner_of, marking_of
from ewglink.store.case_file import CaseFile
from ewglink.store.charts import Chart, Placements
from ewglink.store.shown import shown_values
from ewglink.text import N_, _, language, message, speaking
from ewglink.workspace.chart_facts import filter_names, tell, time_kinds
from ewglink.workspace.filtering import Layer, apply, layers_of
from ewglink.workspace.possible_links import draw_possible


def chart_content(
    case: CaseFile, schema: Schema, projection: Projection, chart: int, language_wanted: str | None = None,
    wait: bool = True, window: Layer | None = None
) -> ChartContent:
    """The entities of `chart` where they stand, the links among them, and its furniture, in the chart's language.

    Without `wait`, measures that take long are left `pending` (see `chart_measures`). What the chart's filters and
    `window` look at is read, but they have no effect yet: see `seen`.
    """
    found = case.charts.get(chart)
    if found is None:
        raise Refusal("no_chart", message(N_("This chart is not in the case any more.")))
    with speaking(language_wanted or found.settings.get("language") or language()):
        return _content(case, schema, projection, found, wait, window)


def seen(content: ChartContent, schema: Schema, window: Layer | None = None) -> ChartContent:
    """The content as the chart's filters, and then `window`, let it be seen; the content itself is not changed."""
    layers = [*layers_of(content.settings), *([window] if window is not None else ())]
    if not layers:
        return content
    with speaking(content.language):
        return apply(content, layers, filter_names(schema, content.language, layers), time_kinds(schema))


def _content(case: CaseFile, schema: Schema, projection: Projection, chart: Chart, wait: bool,
             window: Layer | None) -> ChartContent:
    placed = case.charts.placements(chart.id)
    network = projection.network(subset=placed.items.tolist())
    rows = np.searchsorted(placed.items, network.ids)
    hidden_links = placed.items[(placed.flags & HIDDEN) != 0]
    shown = ~np.isin(network.link_ids, hidden_links)
    labels = case.items.labels(network.ids.tolist())
    link_labels = case.items.labels(network.link_ids[shown].tolist())
    content = ChartContent(
        entity_ids=network.ids,
        types=network.types,
        type_keys=network.type_keys,
        labels=[labels.get(item, "") for item in network.ids.tolist()],
        xy=placed.xy[rows],
        flags=placed.flags[rows],
        link_ids=network.link_ids[shown],
        ends=network.ends[shown],
        link_types=network.link_types[shown],
        link_type_keys=network.link_type_keys,
        directions=network.directions[shown],
        strengths=network.strengths[shown],
        link_labels=[link_labels.get(item, "") for item in network.link_ids[shown].tolist()],
        title=str(chart.settings.get("title") or chart.name),
        case_title=case.meta("title") or "",
        settings=chart.settings,
        language=language(),
        prepared_at=datetime.now().astimezone(),
        annotations=_annotations(case, chart.id, placed),
    )
    marking = marking_of([*case.items.handlings(_seen(content)), case.meta("handling")])
    content.marking, content.handling = banner_of(marking), marking.text
    _dress(content, case, schema, placed, rows)
    _vary(content, case, schema)
    content.facts = _facts(case)
    tell(content, case, schema, projection, network, wait, window)
    draw_possible(content, case)
    return content


def marking_shown(content: ChartContent) -> str:
    """The marking of a chart in the window's language, for who sits before it; on paper it is in the chart's own."""
    return banner_of(marking_of([content.handling])) if content.marking and content.handling else content.marking


def _annotations(case: CaseFile, chart: int, placed: Placements) -> list[dict[str, Any]]:
    """The annotations of a chart, those that belong to items where these stand."""
    bodies = case.charts.annotations(chart)
    if not any("ends" in body for body in bodies):
        return bodies
    seen = (placed.flags & HIDDEN) == 0
    places = zip(placed.items[seen].tolist(), placed.xy[seen].tolist(), strict=True)
    return anchored(bodies, {item: (x, y) for item, (x, y) in places})


def _seen(content: ChartContent) -> list[int]:
    """The entities and links that the chart shows: what its marking is made of."""
    visible = (content.flags & HIDDEN) == 0
    links = visible[content.ends].all(axis=1) if len(content.ends) else np.zeros(0, bool)
    seen: list[int] = content.entity_ids[visible].tolist() + content.link_ids[links].tolist()
    return seen


def _dress(content: ChartContent, case: CaseFile, schema: Schema, placed: Placements, rows: Any) -> None:
    """Names, icons and colours of the types; representations and styles of what differs from its type."""
    lang = language()
    for key in content.type_keys:
        kind = schema.entity_types.get(key)
        content.type_names[key] = schema.label(key, lang) if kind else key
        if kind:
            content.icons[key], content.colours[key], content.shapes[key] = kind.icon, kind.colour, kind.shape
    for key in content.link_type_keys:
        content.link_type_names[key] = schema.link(key).phrase(lang) if key in schema.link_types else key
    if not placed.representations and not placed.styles:
        return
    styles = case.charts.styles()
    where = {int(old): new for new, old in enumerate(rows)}
    link_rows = {int(item): row for row, item in enumerate(content.link_ids)}
    for old, representation in placed.representations.items():
        if old in where:
            content.representations[where[old]] = representation
    for old, style in placed.styles.items():
        if old in where:
            content.styles[where[old]] = styles[style]
        elif int(placed.items[old]) in link_rows:
            content.link_styles[link_rows[int(placed.items[old])]] = styles[style]


def _vary(content: ChartContent, case: CaseFile, schema: Schema) -> None:
    """Icons that a value decides: an account is a telephone, a bank account, a wallet …"""
    varied = [at for at, key in enumerate(content.type_keys)
              if key in schema.entity_types and schema.entity(key).icon_by is not None]
    rows = np.flatnonzero(np.isin(content.types, varied)) if varied else np.zeros(0, np.int64)
    if not len(rows):
        return
    values = shown_values(case, items=content.entity_ids[rows].tolist())
    for row in rows.tolist():
        kind = schema.entity(content.type_keys[int(content.types[row])])
        icon = kind.icon_for(values.get(int(content.entity_ids[row]), {}))
        if icon != kind.icon:
            content.icon_of[row] = icon


def _facts(case: CaseFile) -> tuple[tuple[str, str], ...]:
    """What the title block says of the case: how far its journal is, so that the picture can be held against it."""
    head = case.last_change()
    return ((_("Journal"), f"{head.seq} · {head.hash[:12]}"),)
