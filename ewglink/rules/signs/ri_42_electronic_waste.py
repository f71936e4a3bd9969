"""RI-42: electronic scrap that is declared as goods."""

from __future__ import annotations

import re

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.loads import by_party
from ewglink.rules.quantities import listed
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_HS = ("8549", "8471", "8473", "8517", "8528", "8525", "8443")
_SIGNS = {
    "does not work": re.compile(r"not (?:functional|working)|non[\s-]?functional|fail(?:s|ed)? (?:the )?"
                                r"(?:functionality|function|test)|untested|no funciona|ne fonctionne pas|"
                                r"hors d.usage", re.I),
    "no protective packaging": re.compile(r"no (?:protective )?packag|unpackaged|loose|bulk load|sin embalaje|en vrac|"
                                          r"a granel|sans emballage", re.I),
    "mixed models": re.compile(r"mixed|assorted|various models|mezcla|mixto|surtido|mélang|divers", re.I),
    "tubes, boards or batteries": re.compile(r"\bCRTs?\b|cathode|\bPCBs?\b|circuit board|batter|tubo de rayos|"
                                             r"tube cathodique|placas? de circuito", re.I),
}
_WASTE = frozenset({"shredder", "collector", "scrap_dealer", "recycler", "waste_collector", "dismantler"})


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for load in by_party(party.id, around, ("exporters", "importers", "shippers")) if any(
        line.hs.replace(".", "").startswith(_HS) for line in load.lines)]
    if not loads:
        return idle(party, around, "exporter_of", "importer_of")
    best: tuple[list[str], Movement] | None = None
    spoken = False
    for load in loads:
        said = _said(load)
        spoken = spoken or bool(said)
        reasons = [name for name, pattern in _SIGNS.items() if pattern.search(said)]
        if any(trade.parties[item].roles & _WASTE for item in load.exporters):
            reasons.append("exporter handles waste")
        if reasons and (best is None or len(reasons) > len(best[0])):
            best = reasons, load
    if best is not None:
        return Sign(min(1.0, len(best[0]) / 2), {"reasons": best[0], "loads": len(loads)}, (best[1].id,))
    return None if spoken else lacking(party, "description", "declared", "comments", "lab_result")


def _said(load: Movement) -> str:
    """Everything that was written about a load."""
    parts = [load.text("declared"), load.text("lab_result"), load.text("note"), *listed(load.values.get("comments"))]
    for line in load.lines:
        parts += [line.text("description"), line.text("container_type"), *listed(line.values.get("comments"))]
    return " / ".join(part for part in parts if part)


MEMBER = PlainIndicator(
    "RI-42",
    "maritime",
    0.4,
    N_("Electronic waste"),
    N_("Of a load of electronic goods: fails a test of function, no protective packaging, mixed models, "
       "tubes, boards or batteries in it, exporter is a shredder or collector; s = n / 2 of the worst "
       "load, at most 1."),
    (N_("Tested equipment sold in lots to a refurbisher."),
     N_("Spare parts for repair under a guarantee."),),
    ("description", "declared", "comments", "lab_result", "container_type", "hs", "roles",),
    _test,
)
