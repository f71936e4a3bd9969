"""RI-09: a regulated role without a registration valid on the day."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.licences import REGISTERS, covered
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_ROLES = ("exporters", "receivers", "carriers")


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    regulated = {load.id for load in around.regulated_loads.get(party.id, ())}
    loads = {load.id: load for role in _ROLES for load in around.loads_as.get((role, party.id), ())
             if load.id in regulated}
    if not loads:
        return idle(party, around, "exporter_of", "receiver_of", "carrier_of")
    dated = [load for load in loads.values() if load.shipped]
    keys = REGISTERS.get(party.country)
    if not keys or not dated:
        return lacking(party, *(["country"] if not keys else ["ship_date"]))
    # Where the case has no such number of anybody of the country, it was not collected.
    known = around.kept("RI-09", lambda: {(one.country, key) for one in trade.parties.values() for key in
                                          REGISTERS.get(one.country, ()) if one.text(key)})
    if not any((party.country, key) in known for key in keys) and not party.papers:
        return lacking(party, *keys)
    bare = [load for load in dated if load.shipped and not covered(party, load.shipped, trade, keys)]
    if not bare:
        return None
    return Sign(1.0, {"loads": len(bare), "of": len(dated), "first": str(bare[0].shipped)},
                tuple(load.id for load in bare[:20]))


MEMBER = PlainIndicator(
    "RI-09",
    "identity",
    0.5,
    N_("Licence absent or not applicable"),
    N_("Exporter, receiver or carrier of regulated goods without a registration (EPA ID, NRA, SEMARNAT "
       "authorization, provincial number, permit) valid on the shipping date."),
    (N_("A role or quantity that needs no registration there."),
     N_("A registration that the case does not hold, or that stands under another name of the firm."),),
    ("country", "epa_id", "nra", "semarnat_auth", "ca_prov_id", "valid_from", "valid_to", "holds", "ship_date",),
    _test,
)
