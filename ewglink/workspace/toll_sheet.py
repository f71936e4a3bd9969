"""The telephone toll analysis of a case: its calls read, every table of it, each row with the calls it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ewglink.drawing.answers import AnswerSheet, AnswerTable, Cell
from ewglink.model.refusal import Refusal
from ewglink.rules.quantities import number as as_number
from ewglink.store.shown import shown_values
from ewglink.store.ties import owners, ties
from ewglink.text import N_, _, message, ngettext, number
from ewglink.workspace import toll_patterns as patterns
from ewglink.workspace.toll import CONTACTS, Call, TollOptions, common, frequency, moment, pairs, week
from ewglink.workspace.workspace import Workspace

WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
MOST_TIMES = 40
"""Calls of one row that its table names; all of them stand behind it."""


@dataclass(frozen=True)
class Toll:
    """The calls of a case, the numbers they are between as people read them, and the targets."""

    calls: tuple[Call, ...]
    labels: Mapping[int, str]
    targets: frozenset[int]
    options: TollOptions


def read_toll(workspace: Workspace, options: TollOptions, targets: Collection[int] | None = None) -> Toll:
    """The calls (and messages); a `Refusal` where there are none. Targets are the numbers asked for or of the persons
    asked for; else those whose owner is known; else all that call."""
    types = CONTACTS if options.messages else CONTACTS[:1]
    found = ties(workspace.case, types)
    if not found:
        raise Refusal("no_calls", message(N_("The case holds no calls; import telephone records first.")))
    lengths = shown_values(workspace.case, types=types)
    calls = []
    for tie in found:
        at, utc = moment(tie.start)
        calls.append(Call(tie.id, tie.a, tie.b, at, as_number(lengths.get(tie.id, {}).get("duration_s")), utc))
    whose = owners(workspace.case)
    numbers = {end for call in calls for end in (call.a, call.b)}
    asked = {one for one in numbers if one in targets or set(whose.get(one, ())) & set(targets)} if targets else set()
    known = asked or {one for one in numbers if one in whose} or {call.a for call in calls}
    return Toll(tuple(calls), _labels(workspace, numbers, whose), frozenset(known), options)


def _labels(workspace: Workspace, numbers: Iterable[int], whose: Mapping[int, Sequence[int]]) -> dict[int, str]:
    numbers = set(numbers)
    labels = workspace.case.items.labels(numbers | {one for item in numbers for one in whose.get(item, ())})
    return {item: labels.get(item, str(item)) + "".join(f" ({labels[one]})" for one in whose.get(item, ())[:2]
                                                        if one in labels) for item in numbers}


def toll_sheet(workspace: Workspace, options: TollOptions, targets: Collection[int] | None = None) -> AnswerSheet:
    """Every table of the analysis."""
    found = read_toll(workspace, options, targets)
    shift = options.shift_hours
    tables = (
        _frequency(found), _pairs(found), _common(found), _week(found), _bursts(found, shift), _breaks(found, shift),
        _chains(found), _successions(found))
    named = frozenset(found.labels) | {call.id for call in found.calls}
    return AnswerSheet("toll", _("Telephone toll analysis"), _about(found), tables, None, named, found)


def _about(found: Toll) -> tuple[str, ...]:
    options = found.options
    untimed = sum(call.at is None for call in found.calls)
    local = sum(not call.utc for call in found.calls if call.at is not None)
    lines = [_("{calls} between {numbers}; {targets}",
               calls=ngettext("{n} call or message", "{n} calls and messages", len(found.calls)),
               numbers=ngettext("{n} number", "{n} numbers", len(found.labels)),
               targets=ngettext("{n} target", "{n} targets", len(found.targets))),
             _("Hours of the day: UTC {shift}", shift=f"{options.shift_hours:+g}")]
    if local:
        lines.append(ngettext("{n} call has no time zone: its time is taken as written",
                              "{n} calls have no time zone: their times are taken as written", local))
    if untimed:
        lines.append(ngettext("{n} call has no time of day: it counts in the tables of numbers only",
                              "{n} calls have no time of day: they count in the tables of numbers only", untimed))
    lines.append(_("A pattern is a lead, not a proof: its chance is that under the usual, corrected for the tries"))
    return tuple(lines)


def when(second: float | None, utc: bool = True) -> str:
    """A second since 1970 as people read it."""
    if second is None:
        return ""
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%d %H:%M") + ("Z" if utc else "")


def day(second: float) -> str:
    """Its day."""
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%d")


def _zone(found: Toll) -> bool:
    """Whether all times are in UTC, so that they may be said to be."""
    return all(call.utc for call in found.calls if call.at is not None)


def _table(key: str, name: str, headings: tuple[str, ...], rows: Iterable[tuple[tuple[Cell, ...], tuple[int, ...]]],
           note: str = "") -> AnswerTable:
    made = list(rows)
    return AnswerTable(key, name, headings, tuple(row for row, _items in made), tuple(items for _row, items in made),
                       note)


def _frequency(found: Toll) -> AnswerTable:
    utc = _zone(found)
    return _table(
        "frequency", _("Numbers"),
        (_("Number"), _("Out"), _("In"), _("Total"), _("Contacts"), _("First"), _("Last"), _("Median (s)"),
         _("Total (s)"), _("Target")),
        (((found.labels[line.number], line.out, line.into, line.total, line.contacts, when(line.first, utc),
           when(line.last, utc), line.median_s, line.total_s, "●" if line.number in found.targets else ""),
          (line.number, *line.calls)) for line in frequency(found.calls)))


def _pairs(found: Toll) -> AnswerTable:
    utc = _zone(found)
    return _table(
        "pairs", _("Pairs"), (_("Number"), _("Number"), "→", "←", _("Total"), _("First"), _("Last")),
        (((found.labels[one.a], found.labels[one.b], one.forth, one.back, one.forth + one.back, when(one.first, utc),
           when(one.last, utc)), (one.a, one.b, *one.calls)) for one in pairs(found.calls)))


def _common(found: Toll) -> AnswerTable:
    return _table(
        "common", _("Common numbers"), (_("Number"), _("Targets"), _("Calls"), _("In contact with"), _("Target")),
        (((found.labels[one.number], len(one.targets), len(one.calls),
           "; ".join(found.labels[item] for item in one.targets), "●" if one.number in found.targets else ""),
          (one.number, *one.targets, *one.calls)) for one in common(found.calls, found.targets, found.options.targets)))


def _week(found: Toll) -> AnswerTable:
    counts = week(found.calls, found.options.shift_hours)
    rows = []
    for at, name in enumerate(WEEKDAYS):
        own = [counts.get((at, hour), []) for hour in range(24)]
        cells = tuple(len(ids) or None for ids in own)
        rows.append(((_(name), *cells, sum(map(len, own))), tuple(one for ids in own for one in ids)))
    return _table("week", _("Hour and weekday"), ("", *(f"{hour:02}" for hour in range(24)), _("Total")), rows)


def _chance(value: float) -> str:
    return "< 10⁻⁹" if value < 1e-9 else f"{value:.2g}"


def _bursts(found: Toll, shift: float) -> AnswerTable:
    return _table(
        "bursts", _("Bursts"), (_("Number"), _("Day"), _("Calls"), _("Usual a day"), _("Chance")),
        (((found.labels[one.number], day(one.day), len(one.calls), round(one.usual, 2), _chance(one.chance)),
          (one.number, *one.calls)) for one in patterns.bursts(found.calls, found.options.burst_p, shift)),
        _("Days with more calls than a Poisson number of the mean of the number's other days allows"))


def _breaks(found: Toll, shift: float) -> AnswerTable:
    limit, utc = found.options.silence_p, _zone(found)
    rows: list[tuple[tuple[Cell, ...], tuple[int, ...]]] = []
    for pause in patterns.silences(found.calls, limit):
        text = _("silent until {end}: {days} days; usual between calls: {usual}", end=when(pause.end, utc),
                 days=number((pause.end - pause.start) / 86400, 1), usual=number(pause.usual_days, 2))
        rows.append(((found.labels[pause.number], _("Silence"), when(pause.start, utc), text, _chance(pause.chance)),
                     (pause.number, *pause.calls)))
    for one in patterns.shifts(found.calls, limit, shift):
        text = _("night / morning / afternoon / evening: {before} before, {after} after",
                 before=" / ".join(map(str, one.before)), after=" / ".join(map(str, one.after)))
        rows.append(((found.labels[one.number], _("Other hours"), day(one.day), text, _chance(one.chance)),
                     (one.number, *one.calls)))
    return _table("breaks", _("Breaks"), (_("Number"), _("Kind"), _("From"), _("What"), _("Chance")), rows,
                  _("Breaks of the pattern of life: pauses and changes of hours that the usual does not explain"))


def _chains(found: Toll) -> AnswerTable:
    at = {call.id: call for call in found.calls}
    rows = []
    for one in patterns.chains(found.calls, found.options.chain_minutes):
        times = "; ".join(when(at[first].at, at[first].utc) for first, _second in one.times[:MOST_TIMES])
        rows.append(((found.labels[one.a], found.labels[one.b], found.labels[one.c], len(one.times), times),
                     (one.a, one.b, one.c, *(call for pair in one.times for call in pair))))
    return _table("chains", _("Call chains"), ("A", "B", "C", _("Times"), _("When")), rows,
                  _("A calls B, and B calls C within {minutes} minutes", minutes=f"{found.options.chain_minutes:g}"))


def _successions(found: Toll) -> AnswerTable:
    options = found.options
    return _table(
        "successions", _("New numbers"),
        (_("Stops"), _("Last"), _("Starts"), _("First"), _("Pause (days)"), _("Alike"), _("Contacts in common")),
        (((found.labels[one.old], when(one.stopped, _zone(found)), found.labels[one.new],
           when(one.started, _zone(found)), round(one.pause, 2), round(one.likeness, 3),
           "; ".join(found.labels[item] for item in one.shared)), (one.old, one.new, *one.calls))
         for one in patterns.successions(found.calls, options.jaccard, options.overlap_days, options.gap_days)),
        _("A number stops, and another with nearly the same contacts starts"))
