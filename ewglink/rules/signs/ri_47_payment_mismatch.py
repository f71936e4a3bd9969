"""RI-47: payments by others than those who trade, in other amounts or in slices."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.judging import ends
from ewglink.rules.prices import worth
from ewglink.rules.quantities import day, number, plain_code
from ewglink.rules.surroundings import Bond, Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_NEAR, _COUNT, _DAYS, _SHARE = 0.9, 3, 30, 0.05
_LAWS = {"USD": "US", "CAD": "CA"}
"""Currency → the country whose reporting limit is in it; others take the general one."""


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    by_load, by_payer = around.kept("RI-47", lambda: _payments(trade, around))
    paid = [(load, bond) for load in around.loads_as.get(("importers", party.id), ())
            for bond in by_load.get(load.id, ())]
    sliced = _sliced(by_payer.get(party.id, []), setting)
    if not paid and party.id not in by_payer:
        return lacking(party, "paid") if party.id in around.loads else None
    reasons = {"slices below the limit"} if sliced else set()
    odd = [bond.id for bond in sliced]
    totals: dict[tuple[int, str], float] = defaultdict(float)
    for load, bond in paid:
        why = _payer(bond, load, trade, around)
        reasons |= why
        odd += [load.id] if why else []
        totals[load.id, plain_code(bond.values.get("currency"))] += number(bond.values.get("amount")) or 0.0
    for (item, currency), total in totals.items():
        value = worth(trade.movements[item])
        if value is not None and value[0] > 0 and value[1] == currency and abs(total - value[0]) / value[0] > _SHARE:
            reasons.add("invoice and payment differ")
            odd.append(item)
    return Sign(min(1.0, len(reasons) / 2), {"reasons": sorted(reasons), "payments": len(paid)},
                tuple(dict.fromkeys(odd))[:20]) if reasons else None


def _payers(bond: Bond, around: Surroundings) -> set[int]:
    return {bond.a} if bond.a in around.trade.parties else around.owner_of.get(bond.a, set())


def _payer(bond: Bond, load: Movement, trade: Trade, around: Surroundings) -> set[str]:
    """What is wrong with who paid for a load."""
    payers = [trade.parties[one] for one in _payers(bond, around) if one in trade.parties]
    found = set()
    if payers and not any(around.related(one.id, importer) for one in payers for importer in load.importers):
        found.add("payer is not the importer")
    countries = {one.country for one in payers if one.country}
    if countries and all(ends(load, trade)) and not countries & set(ends(load, trade)):
        found.add("payer in a third country")
    return found


def _payments(trade: Trade, around: Surroundings) -> tuple[dict[int, list[Bond]], dict[int, list[Bond]]]:
    """Load → the payments that name it; party → what it paid, by time."""
    names: dict[str, int] = {}
    for load in trade.movements.values():
        for name in (load.ref, load.text("reference"), load.text("bill_of_lading"), *load.numbers.values()):
            if name:
                names.setdefault(plain_code(name), load.id)
    by_load: dict[int, list[Bond]] = defaultdict(list)
    by_payer: dict[int, list[Bond]] = defaultdict(list)
    for bond in around.payments:
        for payer in _payers(bond, around):
            by_payer[payer].append(bond)
        found = names.get(plain_code(bond.values.get("reference")))
        if found is not None:
            by_load[found].append(bond)
    return dict(by_load), dict(by_payer)


def _sliced(paid: list[Bond], setting: Setting) -> list[Bond]:
    """Three or more payments in one currency within thirty days, each from nine tenths of the reporting limit to below
    it."""
    close: dict[str, list[tuple[date, Bond]]] = defaultdict(list)
    for bond in paid:
        on, amount = day(bond.start), number(bond.values.get("amount"))
        currency = plain_code(bond.values.get("currency"))
        limit = setting.parameters.value("cash_report", _LAWS.get(currency, ""), on)
        if on is not None and amount is not None and limit is not None and _NEAR * limit <= amount < limit:
            close[currency].append((on, bond))
    for every in close.values():
        for at in range(len(every) - _COUNT + 1):
            if (every[at + _COUNT - 1][0] - every[at][0]).days <= _DAYS:
                return [bond for _on, bond in every[at:at + _COUNT]]
    return []


MEMBER = PlainIndicator(
    "RI-47",
    "conduct",
    0.4,
    N_("Payment mismatch"),
    N_("Payments that name a load: by a party unrelated to the importer, from a third country, more "
       "than 5 % away from its value; or three or more payments in one currency within 30 days, each from 90 % of "
       "the limit from which cash is reported to below it; s = n / 2, at most 1."),
    (N_("A parent company, a factor or a bank that pays for its client."),
     N_("Instalments, freight and duties in one payment."),
     N_("Rents and leases of the same amount each time."),),
    ("paid", "has_account", "amount", "currency", "reference", "value", "importer_of", "country",),
    _test,
)
