"""RI-20: exports and imports of a firm or a corridor that do not mirror each other."""

from __future__ import annotations

from ewglink.rules.contract import Setting
from ewglink.rules.customs import Mirror, mirror
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Declaration, Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    mine = around.kept("RI-20 records", lambda: _records(trade)).get(party.id, [])
    if not mine:
        return lacking(party, "declared_as", "net_kg")
    own = list(mirror(Trade(parties=trade.parties, declarations={one.id: one for one in mine})))
    for gap in own:
        if _wide(gap, setting):
            return _sign(gap, "firm")
    both = {(gap.leaves, gap.goes, gap.hs, gap.quarter) for gap in own}
    ids = {one.id for one in mine}
    corridors = around.kept("RI-20", lambda: list(mirror(trade)))
    known = [gap for gap in corridors if gap.records & ids]
    for gap in known:
        # Where a firm has both sides on record, its own figures speak for it.
        if (gap.leaves, gap.goes, gap.hs, gap.quarter) not in both and _wide(gap, setting):
            return _sign(gap, "corridor")
    return None if known else lacking(party, "direction", "net_kg")


def _records(trade: Trade) -> dict[int, list[Declaration]]:
    found: dict[int, list[Declaration]] = {}
    for one in trade.declarations.values():
        for party in one.parties:
            found.setdefault(party, []).append(one)
    return found


def _wide(gap: Mirror, setting: Setting) -> bool:
    difference, larger = abs(gap.exported - gap.imported), max(gap.exported, gap.imported)
    return (difference > (setting.parameters.value("mirror_gap_kg") or 0.0)
            and difference / larger * 100 > (setting.parameters.value("mirror_gap_pct") or 0.0))


def _sign(gap: Mirror, level: str) -> Sign:
    return Sign(1.0, {"level": level, "pair": f"{gap.leaves}-{gap.goes}", "hs": gap.hs, "quarter": gap.quarter,
                      "exported_kg": gap.exported, "imported_kg": gap.imported}, tuple(sorted(gap.records))[:20])


MEMBER = PlainIndicator(
    "RI-20",
    "trade",
    0.3,
    N_("Mirror statistics gap"),
    N_("NC-37 for the firm's own records, else for the corridor they are part of: exports and imports of an HS "
       "subheading and quarter differ by more than 10 % of the larger and more than 20 t."),
    (N_("Goods under way at the turn of the quarter."),
     N_("A transit country that one side names as the partner."),
     N_("Different classification on the two sides."),),
    ("hs", "date", "net_kg", "direction", "country",),
    _test,
)
