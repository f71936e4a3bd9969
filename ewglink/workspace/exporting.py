"""What leaves a case: its rows or one of its charts, released and written through the one door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewglink.drawing.content import HIDDEN
from ewglink.drawing.scene import Scene
from ewglink.exporters import gate
from ewglink.exporters.gate import Written
from ewglink.model.items import ENTITY, LINK
from ewglink.model.progress import Job, Progress, finish
from ewglink.model.refusal import Refusal
from ewglink.release.view import ReleasedView, released
from ewglink.store.charts import Chart
from ewglink.text import N_, language, message
from ewglink.workspace.gathering import Gathered
from ewglink.workspace.scheduling import schedule_of
from ewglink.workspace.workspace import Workspace

if TYPE_CHECKING:
    from ewglink.painting.page_setup import PageSetup


def chart_named(workspace: Workspace, name: str) -> Chart:
    """The chart with that name or number; a `Refusal` that lists the charts where there is none."""
    charts = workspace.case.charts
    found = charts.named(name) or (charts.get(int(name)) if name.isdigit() else None)
    if found is None:
        names = [chart.name for chart in charts.listed()]
        if not names:
            raise Refusal("no_chart", message(N_("The case has no charts yet.")))
        raise Refusal("no_chart", message(N_("There is no chart “{name}”; there are: {names}."), name=name,
                                          names=", ".join(names)))
    return found


def records_view(workspace: Workspace, chart: Chart | None = None, language_wanted: str | None = None) -> ReleasedView:
    """The rows of the case, or of what `chart` shows, as they may leave."""
    spoken = language_wanted or language()
    gathered = Gathered(workspace, chart, spoken)
    return released(
        title=workspace.title, language=spoken, chart=chart.name if chart else None, entities=gathered.entities,
        links=gathered.links, statements=gathered.statements, sources=gathered.sources(),
        entity_columns=gathered.columns(ENTITY), link_columns=gathered.columns(LINK),
        default_handling=workspace.case.meta("handling"), case_uid=workspace.case.meta("uid") or "")


def picture_view(workspace: Workspace, chart: Chart, language_wanted: str | None = None,
                 options: Any = None) -> ReleasedView:
    """`chart` as a scene that may leave, in its own language unless another is asked for.

    Its page setup says what stands round it and whether its items are numbered and scheduled; `options` goes first.
    """
    from ewglink.painting.page_setup import PageSetup

    setup = PageSetup.of(chart.settings, options)
    spoken = language_wanted or str(chart.settings.get("language") or language())
    placed = workspace.case.charts.placements(chart.id)
    seen = workspace.network(subset=placed.items[(placed.flags & HIDDEN) == 0].tolist())
    handlings = workspace.case.items.handlings([*seen.ids.tolist(), *seen.link_ids.tolist()])
    return released(
        title=workspace.title, language=spoken, chart=chart.name, picture=_painter(workspace, chart, spoken, setup),
        schedule=schedule_of(workspace, chart, spoken) if setup.schedule else (),
        handlings=[text for text in handlings if text], default_handling=workspace.case.meta("handling"))


def _painter(workspace: Workspace, chart: Chart, spoken: str, setup: PageSetup) -> Callable[[str], Scene]:
    def scene(banner: str) -> Scene:
        from ewglink.painting.pages import scene_of

        content = workspace.chart_content(chart.id, spoken)
        content.marking = banner
        return scene_of(content, pieces=setup.pieces, numbered=setup.schedule)

    return scene


def export_job(workspace: Workspace, path: Path, *, chart: str | None = None, format_key: str | None = None,
               options: Any = None, language_wanted: str | None = None) -> Job[Written]:
    """Write the case, or the chart named, to `path`; the last progress carries what was written.

    The format is that of `format_key` or of the path's suffix. The export is an event in the case's journal.
    """
    member = gate.format_for(path, format_key)
    found = chart_named(workspace, chart) if chart is not None else None
    if found is None and member.takes == "marks":
        found = _only_chart(workspace)
    yield Progress(0.05, message(N_("Gathering what leaves")))
    if found is not None and member.takes == "marks":
        view = picture_view(workspace, found, language_wanted, options)
    else:
        view = records_view(workspace, found, language_wanted)
    yield Progress(0.6, message(N_("Writing {file}"), file=path.name))
    written = gate.write(view, path, member.key, options)
    _record(workspace, written, found)
    yield Progress(1.0, message(N_("Written: {file}"), file=path.name), written)


def export(workspace: Workspace, path: Path, *, chart: str | None = None, format_key: str | None = None,
           options: Any = None, language_wanted: str | None = None) -> Written:
    """`export_job`, run to its end."""
    written = finish(export_job(workspace, path, chart=chart, format_key=format_key, options=options,
                                language_wanted=language_wanted))
    assert written is not None
    return written


def _only_chart(workspace: Workspace) -> Chart:
    charts = workspace.case.charts.listed()
    if len(charts) == 1:
        return charts[0]
    if not charts:
        raise Refusal("no_chart", message(N_("The case has no charts yet.")))
    raise Refusal("which_chart", message(N_("Say which chart is to be drawn; there are: {names}."),
                                         names=", ".join(chart.name for chart in charts)))


def _record(workspace: Workspace, written: Written, chart: Chart | None) -> None:
    if workspace.case.read_only:
        return
    workspace.case.record_event("exported", {
        "file": written.files[0].path.name, "format": written.format, "marking": written.marking,
        "chart": chart.name if chart else None, "sha256": [file.sha256 for file in written.files]})
