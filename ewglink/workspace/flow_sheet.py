"""The flow chart of a case: its movements, declarations and payments read, the layers side by side, every table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ewglink.drawing.answers import AnswerSheet, AnswerTable, Cell
from ewglink.drawing.figure import Figure
from ewglink.drawing.style import LIGHT, Palette
from ewglink.model.refusal import Refusal
from ewglink.rules.quantities import day
from ewglink.rules.quantities import number as as_number
from ewglink.rules.scope import whole_trade
from ewglink.rules.trade import Movement
from ewglink.store.shown import shown_values
from ewglink.store.ties import owners, ties
from ewglink.text import N_, _, message, ngettext
from ewglink.workspace.flow_codes import CodeBalance, by_code
from ewglink.workspace.flow_figure import flow_figure, stacked
from ewglink.workspace.flow_layers import by_period, gaps, roles
from ewglink.workspace.flows import (
    DOCUMENTS,
    GOODS,
    LAYERS,
    MONEY,
    ROLES,
    SPECIMENS,
    FlowOptions,
    Flows,
    Gap,
    Payment,
    documents,
    goods,
    money,
    specimens,
)
from ewglink.workspace.workspace import Workspace


@dataclass(frozen=True)
class FlowChart:
    """The flows of a case with the labels of their parties and items, and where layers disagree."""

    flows: Flows
    labels: Mapping[int, str]
    gaps: tuple[Gap, ...]
    options: FlowOptions
    codes: tuple[CodeBalance, ...] = ()

    def layers(self) -> list[str]:
        """The layers that hold anything."""
        return [layer for layer in LAYERS if any(step.layer == layer for step in self.flows.steps)]

    def figure(self, layer: str, palette: Palette = LIGHT) -> Figure:
        """One layer drawn."""
        return flow_figure(self.flows, layer, self.labels, palette)


def read_flows(workspace: Workspace, options: FlowOptions) -> FlowChart:
    """The flows; a `Refusal` where the case holds neither movements nor payments."""
    trade = whole_trade(workspace.case)
    movements = sorted(trade.movements.values(), key=lambda one: one.id)
    payments = _payments(workspace)
    if not movements and not payments:
        raise Refusal("no_flows", message(N_("The case holds no movements and no payments; import some first.")))
    steps, left = goods(movements, options)
    alive, uncounted, unit = specimens(movements, options)
    declared, undeclared = documents(movements, trade, options)
    paid, unpaid, currency = money(payments, owners(workspace.case), options)
    every = (*steps, *alive, *declared, *paid)
    flows = Flows(every, roles(movements, every), (*left, *uncounted, *undeclared, *unpaid), currency, unit)
    found = tuple(gaps(flows, _counted(movements, flows), options))
    return FlowChart(flows, _labels(workspace, flows, found), found, options, tuple(by_code(movements, options)))


def _counted(movements: Iterable[Movement], flows: Flows) -> list[Movement]:
    """The movements that any step is of; specimens have nothing that is stated on arrival to be compared."""
    items = {step.item for step in flows.steps}
    return [one for one in movements if one.id in items and (one.lines or not one.goods)
            or any(paper.id in items for paper in one.declarations)]


def _payments(workspace: Workspace) -> list[Payment]:
    found = ties(workspace.case, ("paid",))
    said = shown_values(workspace.case, types=("paid",)) if found else {}
    return [Payment(tie.id, tie.a, tie.b, as_number(said.get(tie.id, {}).get("amount")),
                    str(said.get(tie.id, {}).get("currency") or "").strip().upper(), day(tie.start)) for tie in found]


def _labels(workspace: Workspace, flows: Flows, found: Iterable[Gap]) -> dict[int, str]:
    wanted = {one for step in flows.steps for one in (step.giver, step.taker, step.item)}
    wanted |= {one for gap in found for one in (gap.giver, gap.taker)} | {one.item for one in flows.left}
    return workspace.case.items.labels(wanted)


def flow_sheet(workspace: Workspace, options: FlowOptions) -> AnswerSheet:
    """Balances, discrepancies, flows by period, single steps, and what could not be counted; the layers as a figure."""
    found = read_flows(workspace, options)
    named = frozenset(found.labels)
    tables = (_balances(found), _codes(found), _gaps(found), _periods(found), _steps(found), _left(found))
    return AnswerSheet("flow", _("Flow chart"), _about(found), tables,
                       lambda: stacked([found.figure(layer) for layer in found.layers()] or [found.figure(GOODS)]),
                       named, found)


def _about(found: FlowChart) -> tuple[str, ...]:
    flows, options = found.flows, found.options
    counts = {layer: len({step.item for step in flows.steps if step.layer == layer}) for layer in LAYERS}
    lines = [_("Goods: {goods}; documents: {documents}; money: {money}",
               goods=ngettext("{n} movement", "{n} movements", counts[GOODS]),
               documents=ngettext("{n} declaration", "{n} declarations", counts[DOCUMENTS]),
               money=ngettext("{n} payment", "{n} payments", counts[MONEY])
               + (f" ({flows.currency})" if flows.currency else ""))]
    if counts[SPECIMENS]:
        lines.append(ngettext("Specimens in {unit}: {n} movement", "Specimens in {unit}: {n} movements",
                              counts[SPECIMENS], unit=flows.unit))
    if options.codes.strip():
        lines.append(_("Only {codes}", codes=options.codes.strip()))
    if options.start or options.end:
        lines.append(_("From {start} until {end}", start=options.start or "…", end=options.end or "…"))
    lines.append(_("Masses in kilograms: as shipped, and into the facility as received where that is stated"))
    if flows.left:
        lines.append(ngettext("{n} quantity or amount could not be counted; it is listed with the reason",
                              "{n} quantities or amounts could not be counted; they are listed with the reason",
                              len(flows.left)))
    return tuple(lines)


def _balances(found: FlowChart) -> AnswerTable:
    rows: list[tuple[Cell, ...]] = []
    items = []
    for layer in found.layers():
        for one in found.flows.balances(layer):
            role = found.flows.roles.get(one.party, "")
            rows.append((_(LAYERS[layer]), found.labels.get(one.party, ""), _(ROLES[role]) if role else "", one.into,
                         one.out, one.kept, one.kept / one.into if one.into and one.out else None))
            items.append((one.party, *sorted(set(one.items))))
    return AnswerTable("balance", _("Balance"), (
        _("Layer"), _("Party"), _("Role"), _("In"), _("Out"), _("In less out"), _("Share kept")), tuple(rows),
        tuple(items))


def _codes(found: FlowChart) -> AnswerTable:
    rows = tuple((one.period, one.code or _("none"), len(set(one.items)), one.shipped, one.received, one.unconfirmed,
                  one.lost, None if one.lost_share is None else round(100 * one.lost_share, 1)) for one in found.codes)
    return AnswerTable("codes", _("By waste code"), (
        _("Period"), _("Waste code"), _("Loads"), _("Shipped (kg)"), _("Received (kg)"), _("Arrival not stated (kg)"),
        _("Lost on the way (kg)"), _("% lost")), rows, tuple(tuple(sorted(set(one.items))) for one in found.codes),
        _("A line under several codes counts under each of them. Below nought, more arrived than was shipped."))


def _gaps(found: FlowChart) -> AnswerTable:
    rows = tuple((found.labels.get(one.giver, ""), found.labels.get(one.taker, ""), one.shipped, one.received,
                  one.declared, one.paid or None, "; ".join(_(reason) for reason in one.reasons)) for one in found.gaps)
    return AnswerTable("discrepancies", _("Discrepancies"), (
        _("From"), _("To"), _("Shipped (kg)"), _("Received (kg)"), _("Declared (kg)"), _("Paid"), _("What is odd")),
        rows, tuple((one.giver, one.taker, *one.items) for one in found.gaps))


def _periods(found: FlowChart) -> AnswerTable:
    made = by_period(found.flows.steps, found.options.period)
    rows = tuple((_(LAYERS[layer]), period, codes, found.labels.get(giver, ""), found.labels.get(taker, ""), total)
                 for (layer, period, giver, taker, codes), (total, _items) in made.items())
    return AnswerTable("periods", _("By period"), (
        _("Layer"), _("Period"), _("Codes"), _("From"), _("To"), _("Amount")), rows,
        tuple((giver, taker, *items) for (_l, _p, giver, taker, _c), (_total, items) in made.items()))


def _steps(found: FlowChart) -> AnswerTable:
    steps = found.flows.steps
    rows = tuple((_(LAYERS[one.layer]), one.on.isoformat() if one.on else "", found.labels.get(one.giver, ""),
                  found.labels.get(one.taker, ""), one.amount, one.written, " ".join(sorted(one.codes)),
                  found.labels.get(one.item, "")) for one in steps)
    return AnswerTable("steps", _("Single steps"), (
        _("Layer"), _("Date"), _("From"), _("To"), _("Amount"), _("As written"), _("Codes"), _("Item")), rows,
        tuple((one.item, one.giver, one.taker) for one in steps))


def _left(found: FlowChart) -> AnswerTable:
    left = found.flows.left
    rows = tuple((_(LAYERS[one.layer]), found.labels.get(one.item, ""), one.written, _(one.reason)) for one in left)
    return AnswerTable("not_evaluable", _("Not evaluable"), (
        _("Layer"), _("Item"), _("As written"), _("Reason")), rows, tuple((one.item,) for one in left))
