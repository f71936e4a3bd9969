"""RI-06: a name like that of a licensed firm that it has nothing to do with."""

from __future__ import annotations

from collections.abc import Mapping

from ewglink.names.clean import search_key
from ewglink.rules.contacts import STRONG, numbers_of
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.licences import licensed
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_ALIKE, _ROWS = 92.0, 256


def _lookalikes(trade: Trade, around: Surroundings) -> Mapping[int, list[int]]:
    """Party → the licensed firms that it is named like. Names of too different a length cannot be alike enough."""
    import numpy as np
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    names = sorted((" ".join(sorted(search_key(one.label).split())), item) for item, one in trade.parties.items()
                   if one.type != "person")
    names = sorted((pair for pair in names if pair[0]), key=lambda pair: (len(pair[0]), pair))
    firms = [pair for pair in names if licensed(trade.parties[pair[1]], trade)]
    lengths = np.array([len(name) for name, _item in firms])
    found: dict[int, list[int]] = {}
    for start in range(0, len(names) if firms else 0, _ROWS):
        some = names[start:start + _ROWS]
        share = _ALIKE / (200 - _ALIKE)
        low = int(np.searchsorted(lengths, len(some[0][0]) * share, "left"))
        high = int(np.searchsorted(lengths, len(some[-1][0]) / share, "right"))
        scores = cdist([name for name, _item in some], [name for name, _item in firms[low:high]], scorer=ratio,
                       score_cutoff=_ALIKE)
        for row, column in zip(*np.nonzero(scores), strict=True):
            if some[row][1] != firms[low + column][1]:
                found.setdefault(some[row][1], []).append(firms[low + column][1])
    return found


def _apart(one: Party, other: Party, around: Surroundings) -> bool | None:
    """Whether two parties are in different countries or at different addresses; None where neither is known."""
    if one.country and other.country and one.country != other.country:
        return True
    here, there = around.addresses.get(one.id), around.addresses.get(other.id)
    if here and there:
        return not here & there
    return False if one.country and other.country else None


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    if not around.kept("RI-06 firms", lambda: any(licensed(one, trade) for one in trade.parties.values())):
        return lacking(party, "epa_id", "nra", "semarnat_auth", "ca_prov_id")  # nobody whose like it could be
    alike = around.kept("RI-06", lambda: _lookalikes(trade, around)).get(party.id, ())
    mine = numbers_of(party, STRONG)
    unsure = False
    for item in sorted(alike):
        firm = trade.parties[item]
        if around.related(party.id, item) or mine & numbers_of(firm, STRONG):
            continue
        apart = _apart(party, firm, around)
        if apart:
            return Sign(1.0, {"name": party.label, "firm": firm.label}, (item,))
        unsure = unsure or apart is None
    return lacking(party, "country", "address") if unsure else None


MEMBER = PlainIndicator(
    "RI-06",
    "identity",
    0.4,
    N_("Look-alike of a genuine company"),
    N_("Likeness of names of at least 92 to a licensed firm, no strong number shared, in another country or at "
       "another address."),
    (N_("A foreign subsidiary or a franchise of the licensed firm that the case does not show as such."),
     N_("A common name, made of the words of the trade."),
     N_("The licensed firm itself, of which this record lacks the numbers."),),
    ("name", "country", "address", "epa_id", "nra", "semarnat_auth", "ca_prov_id", "tax_id",),
    _test,
)
