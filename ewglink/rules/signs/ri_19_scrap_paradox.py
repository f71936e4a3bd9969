"""RI-19: goods declared to have a value though their exporter pays to be rid of them."""

from __future__ import annotations

from datetime import timedelta

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.prices import worth
from ewglink.rules.quantities import day, number
from ewglink.rules.surroundings import Bond, Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_DAYS = 60


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in around.loads_as.get(("exporters", party.id), ()) if worth(load) is not None]
    if not loads:
        return lacking(party, "value")
    compared = False
    paid = around.kept("RI-19", lambda: _paid(around)).get(party.id, [])
    for load in loads:
        value, currency = worth(load) or (0.0, "")
        freight = number(load.values.get("freight"))
        compared = compared or freight is not None or bool(paid)
        if freight is not None and 0 < value < freight:
            return Sign(1.0, {"value": value, "freight": freight, "currency": currency}, (load.id,))
        for other, bond in paid if value > 0 else ():
            if other in {*load.importers, *load.receivers} and _for(bond, load):
                return Sign(1.0, {"value": value, "currency": currency, "paid": bond.values.get("amount"),
                                  "paid_currency": bond.values.get("currency")}, (load.id, other))
    return None if compared else lacking(party, "paid", "freight")


def _paid(around: Surroundings) -> dict[int, list[tuple[int, Bond]]]:
    """Party → whom it paid, itself or from its accounts."""
    found: dict[int, list[tuple[int, Bond]]] = {}
    for bond in around.payments:
        for payer in around.owner_of.get(bond.a, {bond.a}):
            for payee in around.owner_of.get(bond.b, {bond.b}):
                found.setdefault(payer, []).append((payee, bond))
    return found


def _for(bond: Bond, load: Movement) -> bool:
    """Whether a payment is for a load: it names it, or names nothing and was made within 60 days of shipping."""
    reference, on = str(bond.values.get("reference") or "").upper(), day(bond.start)
    if reference:
        return any(name and name.upper() in reference for name in (load.ref, *load.numbers.values()))
    return bool(on and load.shipped and abs(on - load.shipped) <= timedelta(days=_DAYS))


MEMBER = PlainIndicator(
    "RI-19",
    "trade",
    0.3,
    N_("Scrap value paradox"),
    N_("The exporter pays the importer or receiver for the load, which it declares to have a value; or freight "
       "is higher than the value."),
    (N_("A payment for something else between the same firms."),
     N_("Cheap goods over a long way, as returned packaging is."),),
    ("value", "freight", "currency", "paid", "amount", "reference",),
    _test,
)
