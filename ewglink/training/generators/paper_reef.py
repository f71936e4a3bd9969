"""PAPER REEF: conch under permits that are used too often, and maws that cross at night under none."""

from __future__ import annotations

from ewglink.training.contract import WorkshopCase
from ewglink.training.generators._paper_reef_answers import AS_OF, balance, findings, tolls
from ewglink.training.generators._paper_reef_parties import (
    CALL_COLUMNS,
    EVENTS,
    LINKS,
    MESSY_COLUMNS,
    PARTY_COLUMNS,
    PEOPLE,
    calls,
    doubles,
    messy_calls,
    of_two_companies,
    parties,
    subscribers,
)
from ewglink.training.generators._paper_reef_shipments import PERMIT_COLUMNS, PERMITS, SHIPMENT_COLUMNS, shipments
from ewglink.training.numbers import Dice, table


class PaperReef:
    """The generator. All parties are fictional; the animals are real, and so is where they live."""

    key = "paper-reef"

    def generate(self, seed: int = 1, messy: bool = True) -> WorkshopCase:
        """Eight files and the answers; when messy, a third of the calls is in a ninth, by their numbers."""
        dice = Dice(seed)
        firms, loads, called, same = parties(dice, messy), shipments(dice), calls(dice), doubles(messy)
        clean, other = of_two_companies(called) if messy else (called, [])
        events = (dict(zip(("event_id", "date", "type", "place", "text"), (f"E{at:02}", *row), strict=True))
                  for at, row in enumerate(EVENTS, 1))
        files = {
            "parties.csv": table(PARTY_COLUMNS, firms),
            "people.csv": table(("person_id", "name"), ({"person_id": key, "name": name} for key, name in PEOPLE)),
            "subscribers.csv": table(("phone_id", "number", "label"), subscribers()),
            "links.csv": table(("source", "target", "type"),
                               ({"source": a, "target": b, "type": kind} for a, b, kind in LINKS)),
            "permits.csv": table(PERMIT_COLUMNS, (permit.row() for permit in PERMITS)),
            "wildlife_shipments.csv": table(SHIPMENT_COLUMNS, (load.row(key, at, messy)
                                                               for at, (key, load) in enumerate(loads.items()))),
            "calls.csv": table(CALL_COLUMNS, clean),
            "events.csv": table(("event_id", "date", "type", "place", "text"), events),
        }
        if other:
            files["calls_other_company.csv"] = table(MESSY_COLUMNS, messy_calls(other))
        answers = {
            "case": self.key, "seed": seed, "as_of": AS_OF.isoformat(), "shipments": len(loads),
            "findings": findings(loads),
            "tolls": tolls(sorted([*clean, *other], key=lambda row: row["start"])), "mass_balance": balance(loads),
            "same": sorted([first, second] for second, first in same.items()),
        }
        return WorkshopCase(self.key, files, answers)


MEMBER = PaperReef()
