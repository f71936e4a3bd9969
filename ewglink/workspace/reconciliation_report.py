"""The reconciliation report: how far consents are used, what rules found, what is still open, and who stands out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ewglink.drawing.answers import AnswerSheet, AnswerTable, Cell, Series
from ewglink.drawing.figure import Figure
from ewglink.exporters.gate import Written
from ewglink.model.progress import Job, Progress, finish
from ewglink.reference.parameters import ANY
from ewglink.rules.contract import RULES
from ewglink.rules.saying import SEVERITY_NAMES, STATE_NAMES, clearing, title
from ewglink.rules.scope import whole_trade
from ewglink.rules.trade import Trade
from ewglink.store.findings import findings as kept_findings
from ewglink.text import N_, _, language, message, ngettext
from ewglink.workspace.answering import hand_out_job
from ewglink.workspace.checking import LastRun, case_parameters, last_run
from ewglink.workspace.draw_figure import draw_figure
from ewglink.workspace.finding_list import FindingRow, finding_rows
from ewglink.workspace.parameter_rows import parameter_name, source_of, unit_name
from ewglink.workspace.profiles import Standing, standings
from ewglink.workspace.quota_use import Quota, quotas, unit_word
from ewglink.workspace.trade_words import country_text, role_names
from ewglink.workspace.utilisation import (
    AGE_NAMES,
    AGES,
    OPEN_KINDS,
    STATE_WORDS,
    Draw,
    Use,
    ageing,
    draws,
    open_confirmations,
    utilisation,
)
from ewglink.workspace.workspace import Workspace

_READ = 0.4
"""The share of the work that reading is, of reading and writing."""
MOST_FIGURES = 40
"""Consents drawn on paper; those with findings come first. The workbook has the loads of all."""


@dataclass(frozen=True)
class Reconciled:
    """What the report is made of, read once."""

    trade: Trade
    as_of: date
    uses: list[Use]
    rows: list[FindingRow]
    parties: list[Standing]
    last: LastRun | None
    quotas: tuple[Quota, ...] = ()
    """Allowances for refrigerants and permits for wildlife."""


def reconcile(workspace: Workspace, as_of: date | None = None) -> Reconciled:
    """`reconcile_job`, run to its end."""
    found = finish(reconcile_job(workspace, as_of))
    assert found is not None
    return found


def reconcile_job(workspace: Workspace, as_of: date | None = None) -> Job[Reconciled]:
    """Read the trade and the findings as of a day (default: that of the last run, else today)."""
    yield Progress(0.0, message(N_("Reading the records of the trade")))
    last = last_run(workspace)
    day = as_of or (last.as_of if last is not None else date.today())
    trade = whole_trade(workspace.case)
    yield Progress(0.6, message(N_("Reading the findings")))
    kept = kept_findings(workspace.case)
    rows = finding_rows(workspace, kept)
    yield Progress(0.8, message(N_("Adding up what was moved")))
    uses = utilisation(trade, day)
    yield Progress(0.9, message(N_("Adding up what was moved")))
    yield Progress(1.0, message(N_("Done")),
                   Reconciled(trade, day, uses, rows, standings(trade, kept, day), last,
                              tuple(quotas(trade, case_parameters(workspace), day))))


def report_job(workspace: Workspace, as_of: date | None = None) -> Job[AnswerSheet]:
    """The report in the language in force, as a job."""
    found = None
    for step in reconcile_job(workspace, as_of):
        found = step.best
        yield Progress(0.7 * (step.done or 0.0), step.message)
    assert found is not None
    tables = []
    for at, make in enumerate(_TABLES):
        yield Progress(0.7 + 0.3 * at / len(_TABLES), message(N_("Putting the report together")))
        tables.append(make(found, workspace))
    if found.quotas:
        tables.insert(1, _quota_table(found))
    yield Progress(1.0, message(N_("Done")), _sheet(workspace, found, tables))


def written_report(workspace: Workspace, path: Path, as_of: date | None = None) -> Job[Written]:
    """The report in the language in force, written as XLSX or PDF as the suffix of `path` says; stopped before its
    end, it leaves no file and what stood there."""
    sheet = None
    for step in report_job(workspace, as_of):
        sheet = step.best
        yield Progress(_READ * (step.done or 0.0), step.message)
    assert sheet is not None
    yield from hand_out_job(workspace, sheet, path, _READ)


def _sheet(workspace: Workspace, found: Reconciled, tables: Sequence[AnswerTable]) -> AnswerSheet:
    named = frozenset(item for table in tables for row in table.items for item in row)
    return AnswerSheet("reconciliation", _("Reconciliation of consents and movements"), _about(workspace, found),
                       tuple(tables), None, named)


def _about(workspace: Workspace, found: Reconciled) -> tuple[str, ...]:
    head = workspace.case.last_change()
    lines = [_("Case: {title}", title=workspace.title), _("As of {day}", day=found.as_of.isoformat())]
    if found.last is None:
        lines.append(_("The rules have not been run on this case yet."))
    else:
        run = ngettext("{n} rule was run as of {day}", "{n} rules were run as of {day}", len(found.last.rules),
                       day=found.last.as_of.isoformat())
        lines.append(f"{run} · " + ngettext("{n} finding", "{n} findings", len(found.rows)))
    lines.append(_("Journal {seq} · {hash}", seq=head.seq, hash=head.hash))
    lines.append(_("A finding is a lead to be checked, not proof; each row says what would clear it."))
    return tuple(lines)


def _round(value: float | None, digits: int = 0) -> float | int | None:
    if value is None:
        return None
    return round(value, digits) if digits else round(value)


def _use_table(found: Reconciled, _workspace: Workspace) -> AnswerTable:
    count: dict[int, int] = {}
    for row in found.rows:
        for item, _label in row.consents:
            count[item] = count.get(item, 0) + 1
    rows: list[tuple[Cell, ...]] = [
        (use.number, _(STATE_WORDS.get(use.state, use.state)), "; ".join(use.exporters),
         "; ".join(use.receivers), use.start, use.end, _round(use.consented_kg), _round(use.moved_kg),
         _round(use.remaining_kg), _round(use.quantity_pct, 1), use.shipments_allowed, use.shipments,
         _round(use.shipments_pct, 1), use.days_left, use.inferred, count.get(use.stream, 0)) for use in found.uses]
    return AnswerTable(
        "use", _("Use of consents"),
        (_("Consent"), _("State"), _("Exporter"), _("Facility"), _("Window begins"), _("Window ends"),
         _("Consented (kg)"), _("Moved (kg)"), _("Remaining (kg)"), _("% of quantity"), _("Shipments allowed"),
         _("Shipments"), _("% of shipments"), _("Days left"), _("Inferred loads"), _("Findings")), tuple(rows),
        tuple((use.stream,) for use in found.uses),
        _("Inferred loads name no consent and fit this one alone; they are counted in what was moved."))


def _quota_table(found: Reconciled) -> AnswerTable:
    """Allowances and permits, each in the unit it is given in, with the loads drawn on them."""
    rows: list[tuple[Cell, ...]] = []
    items: list[tuple[int, ...]] = []
    for use in (one.use for one in found.quotas):
        rows.append((use.number, _(STATE_WORDS.get(use.state, use.state)), "; ".join(use.exporters), use.start, use.end,
                     unit_word(use), _round(use.consented_kg, 3), _round(use.moved_kg, 3),
                     _round(use.remaining_kg, 3), _round(use.quantity_pct, 1), use.shipments, use.days_left))
        items.append((use.stream,))
    return AnswerTable("quotas", _("Use of allowances and permits"),
                       (_("Allowance or permit"), _("State"), _("Holder"), _("From"), _("To"), _("Unit"),
                        _("Allotted"), _("Used"), _("Remaining"), _("% of quantity"), _("Loads"), _("Days left")),
                       tuple(rows), tuple(items))


def _rules_table(found: Reconciled, _workspace: Workspace) -> AnswerTable:
    missing = found.last.missing if found.last is not None else {}
    keys = sorted({row.kept.rule for row in found.rows} | {key for key, items in missing.items() if items})
    rows: list[tuple[Cell, ...]] = []
    for key in keys:
        mine = [row.kept for row in found.rows if row.kept.rule == key]
        severity = _(SEVERITY_NAMES[RULES.get(key).severity]) if key in RULES else ""
        rows.append((key, title(key), severity, len(mine),
                     *(sum(one.state == state for one in mine) for state in STATE_NAMES), len(missing.get(key, ())),
                     _(RULES.get(key).citation) if key in RULES else ""))
    return AnswerTable("rules", _("Findings by rule"),
                       (_("Rule"), _("Name"), _("Severity"), _("Findings"), *(_(name) for name in STATE_NAMES.values()),
                        _("Not evaluable"), _("Where it stands")), tuple(rows),
                       note=_("Not evaluable: on how many records an input is missing; nothing is said of these."))


def _findings_table(found: Reconciled, _workspace: Workspace) -> AnswerTable:
    rows: list[tuple[Cell, ...]] = [
        (row.kept.rule, title(row.kept.rule), row.what, _day(row.on),
         _(SEVERITY_NAMES[row.kept.severity]), _(STATE_NAMES[row.kept.state]), row.said,  # type: ignore[index]
         str(clearing(row.kept.rule)), _("yes") if row.inferred else "", row.kept.note) for row in found.rows]
    return AnswerTable("findings", _("Findings"),
                       (_("Rule"), _("Name"), _("Load or item"), _("Date"), _("Severity"), _("Judgement"),
                        _("What is wrong"), _("What would clear it"), _("Consent inferred"), _("Note")), tuple(rows),
                       tuple((*row.kept.objects, *row.kept.about) for row in found.rows))


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _ageing_table(found: Reconciled, _workspace: Workspace) -> AnswerTable:
    rows: list[tuple[Cell, ...]] = []
    for kind, cells in ageing(open_confirmations(found.trade, found.as_of)).items():
        for name, (count, kg) in zip(AGE_NAMES, cells, strict=True):
            rows.append((_(OPEN_KINDS[kind]), _(name), count, _round(kg)))
    assert len(AGE_NAMES) == len(AGES)
    return AnswerTable("ageing", _("Ageing of open confirmations"),
                       (_("Confirmation"), _("Open for"), _("Loads"), _("Kilograms")), tuple(rows))


def _open_table(found: Reconciled, _workspace: Workspace) -> AnswerTable:
    numbers = {use.stream: use.number for use in found.uses}
    every = open_confirmations(found.trade, found.as_of)
    rows: list[tuple[Cell, ...]] = [(one.ref, _(OPEN_KINDS[one.kind]), one.days, _round(one.kg),
                                     numbers.get(one.stream or 0, "")) for one in every]
    return AnswerTable("open", _("Open confirmations"),
                       (_("Load"), _("Confirmation"), _("Days open"), _("Kilograms"), _("Consent")), tuple(rows),
                       tuple((one.movement,) for one in every))


def _party_table(found: Reconciled, workspace: Workspace) -> AnswerTable:
    """The league table of parties and facilities."""
    rows: list[tuple[Cell, ...]] = [
        (row.label, workspace.schema.label(row.type, language()), country_text(row.country), role_names(row.roles),
         row.findings,
         row.high, row.loads, _round(row.exported_kg), _round(row.received_kg), row.open_receipts,
         row.open_completions) for row in found.parties]
    return AnswerTable("parties", _("Parties and facilities"),
                       (_("Party"), _("Type"), _("Country"), _("Roles"), _("Findings"), _("of high severity"),
                        _("Loads"), _("Exported (kg)"), _("Received (kg)"), _("Receipts open"),
                        _("Completions open")), tuple(rows), tuple((row.party,) for row in found.parties),
                       _("Findings are those that name the party, or a load it exports or receives; false alarms are "
                         "left out. Open confirmations are those of the receiver."))


def _draw_table(found: Reconciled, _workspace: Workspace) -> AnswerTable:
    rows: list[tuple[Cell, ...]] = []
    items: list[tuple[int, ...]] = []
    series, drawn = [], []
    flagged = {item for row in found.rows for item, _label in row.consents}
    broken: dict[int, set[str]] = {}
    for row in found.rows:
        for item in row.kept.objects:
            broken.setdefault(item, set()).add(row.kept.rule)
    for use in found.uses:
        mine = draws(found.trade, found.trade.streams[use.stream], found.as_of)
        if not mine:
            continue
        begin = len(rows)
        for one in mine:
            rows.append((use.number, one.nth, one.ref, one.on, _round(one.kg), _round(one.sum_kg),
                         _round(use.consented_kg), one.received, one.completed, _("yes") if one.inferred else "",
                         ", ".join(sorted(broken.get(one.movement, ())))))
            items.append((one.movement, use.stream))
        window = f"{use.start or '?'} – {use.end or '?'}"
        series.append(Series(f"{use.number} ({window})", begin, len(rows) - 1, 3, (5, 6)))
        drawn.append((use, mine))
    drawn.sort(key=lambda pair: pair[0].stream not in flagged)
    return AnswerTable("draws", _("Loads drawn on consents"),
                       (_("Consent"), _("No."), _("Load"), _("Shipped"), _("Kilograms"), _("Sum (kg)"),
                        _("Limit (kg)"), _("Received"), _("Completed"), _("Inferred"), _("Rules broken")),
                       tuple(rows), tuple(items), "",
                       tuple(_figure(use, mine) for use, mine in drawn[:MOST_FIGURES]), tuple(series))


def _figure(use: Use, mine: list[Draw]) -> Callable[[], Figure]:
    return lambda: draw_figure(use, mine)


def _parameter_table(_found: Reconciled, workspace: Workspace) -> AnswerTable:
    every = case_parameters(workspace)
    rows: list[tuple[Cell, ...]] = []
    for one in every.rows:
        own = (every.changed or {}).get(f"{one.key}:{one.country}", (every.changed or {}).get(one.key))
        country = "" if one.country == ANY else country_text(one.country)
        rows.append((parameter_name(one.key), country, one.value if own is None else float(own),
                     unit_name(one.unit), one.valid_from, one.valid_to, _("set for this case") if own is not None else
                     source_of(one)))
    return AnswerTable("parameters", _("Limits used"),
                       (_("Limit"), _("Country"), _("Value"), _("Unit"), _("From"), _("To"), _("Source")), tuple(rows))


_TABLES: tuple[Callable[[Reconciled, Workspace], AnswerTable], ...] = (
    _use_table, _rules_table, _findings_table, _ageing_table, _open_table, _party_table, _draw_table, _parameter_table)
"""The tables of the report, in their order."""
