"""A small trade made by hand: parties, a consent and loads that break no rule, to be changed in one place."""

from __future__ import annotations

from datetime import date
from typing import Any

from ewglink.model.progress import finish
from ewglink.reference.parameters import parameters
from ewglink.rules.assembling import assemble
from ewglink.rules.contract import RULES, Setting
from ewglink.rules.matching import infer
from ewglink.rules.reconcile import Outcome, ref_of, run
from ewglink.rules.rows import ItemRow, Rows, Tie
from ewglink.rules.trade import Trade

AS_OF = date(2024, 12, 31)
CONSENT = {"us_consent_no": "240117E00001", "reference": "240117E00001", "determination": "CONSENTED",
           "epa_waste": ["D002", "D008"], "un": "UN2794", "hazard_class": "8", "operations": ["R4"],
           "quantity": 100_000, "unit": "kg", "shipments": 10, "valid_from": "2024-07-01", "valid_to": "2025-06-30"}
LOAD = {"mtn": "123456789TRN", "ship_date": "2024-08-01", "delivered_date": "2024-08-05", "receipt_date": "2024-08-06",
        "completion_date": "2024-09-01", "completion_reported": "2024-09-10", "part_a_date": "2024-08-01"}
LINE = {"line_no": 1, "quantity": 20_000, "unit": "kg", "quantity_received": 20_000, "epa_waste": ["D002", "D008"],
        "un": "UN2794", "hazard_class": "8", "hs": "854911", "op_code": "R4", "us_consent_no": "240117E00001"}


class World:
    """Items and links as a case would give them. `P01` (US) exports to `P02` (MX), `P06` carries; ports are Laredo and
    Nuevo Laredo; the consent `S1` was asked for with the notice `N1`."""

    def __init__(self, **consent: Any) -> None:
        self.rows = Rows()
        self._ids: dict[str, int] = {}
        self._tie = 100_000
        self.party("P01", "US", roles=["exporter", "generator"])
        self.party("P02", "MX", roles=["recycler"])
        self.party("P06", "MX", roles=["carrier"])
        self.item("USLRD", "location", unlocode="USLRD", name="USLRD")
        self.item("MXNLD", "location", unlocode="MXNLD", name="MXNLD")
        self.item("N1", "notice", notice_id="240117", submitted="2024-03-01")
        self.consent("S1", **consent)

    def item(self, ref: str, kind: str, /, **values: Any) -> int:
        """An item; a value of None is left out."""
        item = self._ids[ref] = len(self._ids) + 1
        self.rows.items[item] = ItemRow(item, kind, ref, ref)
        self.rows.values[item] = {key: value for key, value in values.items() if value is not None}
        return item

    def tie(self, kind: str, a: str, b: str, on: str | None = None, **said: Any) -> None:
        """A link between two items, since a day, with its values."""
        self._tie += 1
        self.rows.ties.append(Tie(self._tie, kind, self._ids[a], self._ids[b], on, None, 0))
        if said:
            self.rows.said[self._tie] = said

    def party(self, ref: str, country: str | None = "US", **values: Any) -> None:
        """An organization."""
        self.item(ref, "organization", name=ref, country=country, **values)

    def consent(self, ref: str, *, exporter: str | None = "P01", importer: str | None = "P02",
                final: str | None = "P02", interim: str | None = None, carrier: str | None = "P06",
                ports: tuple[str, ...] = ("USLRD", "MXNLD"), notice: str | None = "N1", **values: Any) -> None:
        """A consented stream; what is named differently, or None, differs from `CONSENT`."""
        self.item(ref, "consent_stream", **{**CONSENT, **values})
        for kind, party in (("exporter", exporter), ("importer", importer), ("final_facility", final),
                            ("interim_facility", interim), ("carrier", carrier)):
            if party is not None:
                self.tie(f"authorises_{kind}", ref, party)
        for port in ports:
            self.tie("authorises_port", ref, port)
        if notice is not None:
            self.tie("requests", notice, ref)

    def load(self, ref: str = "M1", *, exporter: str | None = "P01", receiver: str | None = "P02",
             carrier: str | None = "P06", importer: str | None = None, exit: str | None = "USLRD",
             entry: str | None = "MXNLD", line: dict[str, Any] | None = None, **values: Any) -> None:
        """A load of one line; `line` changes `LINE`, other values change `LOAD`."""
        self.item(ref, "movement", reference=ref, **{**LOAD, **values})
        self.item(ref + ".1", "movement_line", **{**LINE, **(line or {})})
        for kind, party in (("exporter_of", exporter), ("receiver_of", receiver), ("carrier_of", carrier),
                            ("importer_of", importer)):
            if party is not None:
                self.tie(kind, party, ref)
        for kind, place in (("departed_from", exit), ("arrived_at", entry)):
            if place is not None:
                self.tie(kind, ref, place)
        self.tie("contains", ref, ref + ".1")

    def trade(self) -> Trade:
        """The trade, with what fits inferred."""
        made = assemble(self.rows)
        infer(made)
        return made

    def check(self, rule: str, as_of: date = AS_OF) -> Outcome:
        """What one rule says of it."""
        outcome = finish(run(self.trade(), Setting(as_of, parameters()), [RULES.get(rule)]))
        assert outcome is not None
        return outcome

    def found(self, rule: str, as_of: date = AS_OF) -> list[tuple[str, ...]]:
        """The objects of what one rule finds, by name."""
        trade = self.trade()
        return [tuple(ref_of(trade, item) for item in one.objects) for one in self.check(rule, as_of).findings]

    def missing(self, rule: str, as_of: date = AS_OF) -> int:
        """On how many items it cannot be evaluated."""
        return len(self.check(rule, as_of).missing.get(rule, {}))
