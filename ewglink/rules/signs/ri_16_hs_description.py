"""RI-16: a description of used or waste goods under a code for other goods."""

from __future__ import annotations

import re

from ewglink.names.clean import search_key
from ewglink.reference.hs_codes import expected_hs
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.prices import subheading
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_WORDS = re.compile(
    r"\b(?:scrap|used|spent|cores?|mixed|parts|for repairs?|waste|second hand|dechets?|usage|usages|usee|usees|"
    r"ferraille|melanges?|pour reparation|pieces|chatarra|usad[oa]s?|gastad[oa]s?|mezclad[oa]s?|partes|"
    r"para reparacion|desechos?|residuos?|desperdicios?)\b")
_WASTE = ("2618", "2619", "2620", "2621", "271091", "271099", "3825", "3915", "4004", "401220", "4115", "4707", "5103",
          "5202", "5505", "6309", "6310", "7001", "7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002",
          "8548", "8549", "890800")
"""Headings that are for waste, scrap and worn goods themselves."""
_PARTS = ("8409", "8431", "8466", "8473", "8487", "8503", "8522", "8529", "8538", "8548", "8549", "8607", "8708",
          "8714", "9033")
_OF_PARTS = frozenset({"parts", "partes", "pieces", "core", "cores"})


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for role in ("exporters", "shippers", "importers")
             for load in around.loads_as.get((role, party.id), ())]
    if not loads:
        return idle(party, around, "exporter_of", "shipper_of", "importer_of")
    said = around.kept("RI-16", lambda: {load.id: _said(load) for load in trade.movements.values()})
    known = {load.id: answer for load in loads if (answer := said[load.id]) is not None}
    if not known:
        return lacking(party, "hs", "description")
    wrong = sorted(item for item, answer in known.items() if answer)
    if not wrong:
        return None
    hs, words = known[wrong[0]] or ("", "")
    return Sign(1.0, {"loads": len(wrong), "hs": hs, "said": words}, tuple(wrong[:20]))


def _said(load: Movement) -> tuple[str, str] | tuple[()] | None:
    """The code and what contradicts it; empty where nothing does, None where there is no code, or no words and codes
    to compare it with."""
    hs = subheading(load)
    text = " ".join([load.text("declared"), *(line.text(key) for line in load.lines
                                              for key in ("description", "name", "shipping_name"))])
    codes = {code for line in load.lines for each in line.codes.values() for code in each}
    codes |= {line.un for line in load.lines if line.un}
    wanted = expected_hs(codes, load.shipped) if codes else frozenset()
    if not hs or (not text.strip() and not wanted):
        return None
    if wanted and hs not in wanted:
        return hs, ", ".join(sorted(wanted))
    for word in _WORDS.findall(search_key(text)):
        if not hs.startswith(_WASTE) and not (word in _OF_PARTS and hs.startswith(_PARTS)):
            return hs, word
    return ()


MEMBER = PlainIndicator(
    "RI-16",
    "trade",
    0.35,
    N_("HS code against description"),
    N_("The description has words for scrap, used, spent, cores, mixed goods, parts or repair, under an HS code "
       "for other goods; or the code is none of those that go with the waste code or UN number."),
    (N_("Parts and remanufactured goods, which may share the code of new ones."),
     N_("A description that speaks of packaging or of a process, not of the goods."),
     N_("Tariff rulings that classify goods otherwise."),),
    ("hs", "declared", "description", "shipping_name", "un", "epa_waste", "basel",),
    _test,
)
