"""An association matrix of a case: read, filled, and set out as tables and as a figure."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.drawing.answers import AnswerSheet, AnswerTable, Cell
from ewglink.drawing.figure import Area, Figure, Words, box
from ewglink.drawing.marks import Align
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.style import LIGHT
from ewglink.drawing.wrapping import wrapped
from ewglink.store.ties import Tie, owners, sayings, ties
from ewglink.text import N_, _, language, ngettext
from ewglink.workspace.association import (
    CONFIRMED,
    MOST,
    SHARED,
    UNCONFIRMED,
    AssociationOptions,
    Matrix,
    counted_links,
    matrix,
    wanted,
)
from ewglink.workspace.workspace import Workspace

STRENGTHS = (N_("Confirmed"), N_("Unconfirmed"), N_("Tentative"))
_MOST_EVIDENCE = 20_000


@dataclass(frozen=True)
class Association:
    """A matrix with what is needed to show it: labels and types of its entities, and its links by id."""

    matrix: Matrix
    labels: dict[int, str]
    types: dict[int, str]
    ties: dict[int, Tie]
    options: AssociationOptions


def associate(workspace: Workspace, options: AssociationOptions, among: frozenset[int] | None = None) -> Association:
    """The matrix of the case, or of the entities in `among` only."""
    case, counted = workspace.case, counted_links(ties(workspace.case), options, owners(workspace.case))
    keys = wanted(options.rows) | wanted(options.columns)
    types = _types(workspace, keys if wanted(options.rows) else frozenset(), among)
    along, over = wanted(options.rows), wanted(options.columns)
    rows = [item for item, key in types.items() if not along or key in along]
    across = [item for item, key in types.items() if key in over] if over else None
    labels = case.items.labels(types)
    made = matrix(counted, rows, across, options, labels)
    used = {link for cell in made.cells.values() for link in cell.links}
    shared = {item for cell in made.cells.values() for item in cell.shared}
    labels |= case.items.labels(shared - set(labels))
    return Association(made, labels, types, {tie.id: tie for _a, _b, tie in counted if tie.id in used}, options)


def _types(workspace: Workspace, keys: frozenset[str], among: frozenset[int] | None) -> dict[int, str]:
    network = workspace.network(keys or None, subset=among)
    return {item: network.type_keys[code]
            for item, code in zip(network.ids.tolist(), network.types.tolist(), strict=True)}


def association_sheet(workspace: Workspace, options: AssociationOptions,
                      among: frozenset[int] | None = None) -> AnswerSheet:
    """The matrix as it is handed out: matrix, cells and evidence, and the matrix as a figure."""
    found = associate(workspace, options, among)
    title = _("Association matrix") if found.matrix.symmetric else _("Two-mode matrix")
    named = frozenset((*found.matrix.rows, *found.matrix.columns, *found.ties))
    return AnswerSheet("association", title, _about(workspace, found),
                       (_as_table(found), _cells(found), _evidence(workspace, found)),
                       lambda: matrix_figure(found), named, found)


def _about(workspace: Workspace, found: Association) -> tuple[str, ...]:
    options, schema = found.options, workspace.schema
    names = [schema.label(key, language()) for key in sorted(wanted(options.links))]
    lines = [
        _("{rows} × {columns}; links: {links}; strength: {strength}", rows=len(found.matrix.rows),
          columns=len(found.matrix.columns), links=", ".join(names) or _("all types"),
          strength=_({"all": N_("All links"), "confirmed": N_("Confirmed only")}.get(
              options.strength, N_("Confirmed and unconfirmed"))))]
    if options.start or options.end:
        lines.append(_("From {start} until {end}; links without a date count",
                       start=options.start or "…", end=options.end or "…"))
    if options.shows == "symbols":
        lines.append(_("● confirmed · ○ unconfirmed or tentative · + both belong to the same organization or event"))
    if found.matrix.left_out:
        lines.append(ngettext("{n} entity did not fit ({most} at most) and is left out: the least linked",
                              "{n} entities did not fit ({most} at most) and are left out: the least linked",
                              found.matrix.left_out, most=MOST))
    return tuple(lines)


def _as_table(found: Association) -> AnswerTable:
    shown = found.matrix
    rows: list[tuple[Cell, ...]] = []
    for at, row in enumerate(shown.rows):
        cells: list[Cell] = [found.labels[row]]
        for across, column in enumerate(shown.columns):
            cell = shown.cells.get((row, column)) if not shown.symmetric or across < at else None
            sign = None if cell is None else cell.count if found.options.shows == "counts" else cell.sign
            cells.append("▪" if shown.symmetric and across == at else sign)
        rows.append(tuple(cells))
    headings = ("", *(found.labels[column] for column in shown.columns))
    return AnswerTable("matrix", _("Matrix"), headings, tuple(rows), tuple((row,) for row in shown.rows))


def _cells(found: Association) -> AnswerTable:
    rows, items = [], []
    for (row, column), cell in sorted(found.matrix.cells.items(), key=lambda one: (-one[1].count, one[0])):
        by = ", ".join(found.labels.get(item, "") for item in cell.shared)
        rows.append((found.labels[row], found.labels[column], cell.sign, cell.count, by))
        items.append((row, column, *cell.links))
    return AnswerTable("cells", _("Pairs"), (_("Row"), _("Column"), _("Sign"), _("Links"), _("Both belong to")),
                       tuple(rows), tuple(items))


def evidence_rows(workspace: Workspace, links: list[Tie]) -> list[tuple[Cell, ...]]:
    """Link by link: type, ends, strength, dates, and every place that says it."""
    labels = workspace.case.items.labels({end for tie in links for end in (tie.a, tie.b)})
    said: dict[int, list[str]] = {}
    grades: dict[int, list[str]] = {}
    for one in sayings(workspace.case, [tie.id for tie in links]):
        where = f"{one.source}:{one.row}" if one.source and one.row else one.source or one.note
        if where and where not in said.setdefault(one.item, []):
            said[one.item].append(where)
        if one.grade and one.grade not in grades.setdefault(one.item, []):
            grades[one.item].append(one.grade)
    return [(workspace.schema.label(tie.type, language()), labels.get(tie.a, ""), labels.get(tie.b, ""),
             _(STRENGTHS[tie.strength]), tie.start or "", tie.end or "", "; ".join(said.get(tie.id, ())),
             "; ".join(grades.get(tie.id, ()))) for tie in links]


def evidence_headings() -> tuple[str, ...]:
    """What the columns of `evidence_rows` are called."""
    return (_("Type"), _("From"), _("To"), _("Strength"), _("Start"), _("End"), _("Sources"), _("Grade"))


def _evidence(workspace: Workspace, found: Association) -> AnswerTable:
    links = sorted(found.ties.values(), key=lambda tie: tie.id)
    rows = evidence_rows(workspace, links[:_MOST_EVIDENCE])
    return AnswerTable("evidence", _("Evidence"), evidence_headings(), tuple(rows), tuple((tie.id,) for tie in links))


def matrix_figure(found: Association) -> Figure:
    """The matrix as a figure: headings of columns slant, a triangle where it is symmetric."""
    shown, palette, side = found.matrix, LIGHT, 22.0
    measure = RoughMeasure()
    short = {item: (wrapped(found.labels[item], 11.0, 190.0, measure, most=1) or ("",))[0]
             for item in (*shown.rows, *shown.columns)}
    left = max([measure.width(short[item], 11.0) for item in shown.rows], default=60.0) * 1.1 + 18
    top = max([measure.width(short[item], 11.0) for item in shown.columns], default=60.0) * 0.78 + 24
    out = Figure(left + side * len(shown.columns) + top + 10, top + side * len(shown.rows) + 10, palette.background)
    for across, column in enumerate(shown.columns):
        out.parts.append(Words(left + (across + 0.55) * side, top - 8, short[column], 11.0, palette.text, angle=-50.0,
                               items=(column,), said=found.labels[column]))
    for at, row in enumerate(shown.rows):
        y = top + at * side
        out.parts.append(Words(left - 8, y + side / 2, short[row], 11.0, palette.text, Align.RIGHT, items=(row,),
                               said=found.labels[row]))
        for across, column in enumerate(shown.columns[: at + 1] if shown.symmetric else shown.columns):
            own = shown.symmetric and across == at
            cell = None if own else shown.cells.get((row, column))
            x = left + across * side
            out.parts.append(Area((box(x, y, x + side, y + side),), palette.rule if own else _ground(cell.sign)
                                  if cell else 0, palette.rule, 0.7, cell.links if cell else ()))
            if cell is not None:
                out.parts.append(Words(x + side / 2, y + side / 2, cell.sign, 13.0, palette.text, Align.CENTRE,
                                       items=cell.links))
    return out


def _ground(sign: str) -> int:
    return {CONFIRMED: 0xFFD6E6F5, UNCONFIRMED: 0xFFF1F5F9, SHARED: 0xFFF7F0DC}.get(sign, 0xFFE3EEF8)
