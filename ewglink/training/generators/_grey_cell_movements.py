"""GREY CELL: the consents, and what moved under them, beside them and without them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ewglink.training.generators._grey_cell_parties import (
    BROKER,
    CARRIER,
    CARRIER_MI,
    CARRIER_QC,
    COLLECTOR,
    DIVERTER,
    MICHIGAN,
    QUEBEC,
    RECYCLER,
    SMELTER,
)
from ewglink.training.numbers import Dice, mtn, weekdays_later

CONSENT_COLUMNS = ("consent_no", "notice_id", "stream", "determination", "exporter", "importer", "interim", "final",
                   "ops", "epa_codes", "un", "start", "end", "qty", "uom", "shipments", "carriers", "exit_port",
                   "entry_port")
MOVEMENT_COLUMNS = ("movement_id", "mtn", "ship_date", "exporter", "facility", "carrier", "consent_no", "qty_shipped",
                    "uom", "epa_codes", "un", "op_code", "exit_port", "entry_port", "hs6", "part_a_date",
                    "delivered_date", "qty_received", "receipt_date", "completion_date", "completion_reported")
BATTERIES, DUST, TO_QUEBEC, REFUSED = "240117E00001", "240117E00002", "240233E00001", "240305E00001"
POUND_KG = 0.45359237


@dataclass(frozen=True)
class Consent:
    """A line of consents.csv."""

    consent_no: str
    determination: str
    exporter: str
    importer: str
    epa_codes: str
    un: str
    start: date
    end: date
    qty: int
    shipments: int
    carriers: tuple[str, ...]
    exit_port: str
    entry_port: str
    hs6: str
    ops: str = "R4"

    def row(self) -> dict[str, str]:
        """As a row of the file: the first six signs of the number are the notice, the last five the stream."""
        return {"consent_no": self.consent_no, "notice_id": self.consent_no[:6],
                "stream": str(int(self.consent_no[7:])), "determination": self.determination,
                "exporter": self.exporter, "importer": self.importer, "interim": "", "final": self.importer,
                "ops": self.ops, "epa_codes": self.epa_codes, "un": self.un,
                "start": self.start.isoformat(), "end": self.end.isoformat(), "qty": str(self.qty), "uom": "kg",
                "shipments": str(self.shipments), "carriers": ";".join(self.carriers), "exit_port": self.exit_port,
                "entry_port": self.entry_port}


CONSENTS = (
    Consent(BATTERIES, "CONSENTED", COLLECTOR, RECYCLER, "D002;D008", "UN2794", date(2024, 7, 1), date(2025, 6, 30),
            400_000, 20, (CARRIER,), "USLRD", "MXNLD", "854911"),
    Consent(DUST, "CONSENTED", COLLECTOR, RECYCLER, "D008", "UN3077", date(2024, 7, 1), date(2025, 6, 30), 70_000, 8,
            (CARRIER,), "USLRD", "MXNLD", "262029"),
    Consent(TO_QUEBEC, "CONSENTED", MICHIGAN, QUEBEC, "D002;D008", "UN2794", date(2024, 8, 1), date(2025, 7, 31),
            330_000, 16, (CARRIER_QC, CARRIER_MI), "USPHN", "CASNI", "854911"),
    Consent(REFUSED, "OBJECTED", BROKER, SMELTER, "D002;D008", "UN2794", date(2024, 10, 1), date(2025, 9, 30),
            200_000, 10, (DIVERTER,), "USSAN", "MXTIJ", "854911"),
)
_BY_NUMBER = {consent.consent_no: consent for consent in CONSENTS}


@dataclass(frozen=True)
class Movement:
    """A line of movements.csv; dates that are not there are None."""

    ship: date
    mtn: str
    exporter: str
    facility: str
    carrier: str
    consent_no: str
    shipped: int
    uom: str
    epa_codes: str
    un: str
    op_code: str
    exit_port: str
    entry_port: str
    hs6: str
    part_a: date | None
    delivered: date | None
    received: int | None
    receipt: date | None
    completed: date | None
    reported: date | None
    planted: tuple[str, ...] = ()

    def row(self, key: str) -> dict[str, str]:
        """As a row of the file."""
        def day(value: date | None) -> str:
            return value.isoformat() if value else ""

        values = (key, self.mtn, day(self.ship), self.exporter, self.facility, self.carrier, self.consent_no,
                  str(self.shipped), self.uom, self.epa_codes, self.un, self.op_code, self.exit_port, self.entry_port,
                  self.hs6, day(self.part_a), day(self.delivered), "" if self.received is None else str(self.received),
                  day(self.receipt), day(self.completed), day(self.reported))
        return dict(zip(MOVEMENT_COLUMNS, values, strict=True))


def _regular(dice: Dice, consent: Consent, ship: date, low: int, high: int) -> Movement:
    """A load with all its papers in order."""
    shipped = dice.between(low // 10, high // 10) * 10
    delivered = ship + timedelta(days=dice.between(1, 3))
    completed = delivered + timedelta(days=dice.between(40, 110))
    canada = consent.entry_port.startswith("CA")
    number, carrier = mtn(dice), consent.carriers[dice.between(0, len(consent.carriers) - 1)]
    return Movement(
        ship, number, consent.exporter, consent.importer, carrier, consent.consent_no, shipped, "kg", consent.epa_codes,
        consent.un, consent.ops, consent.exit_port, consent.entry_port, consent.hs6,
        weekdays_later(ship, dice.between(1, 2)) if canada else ship - timedelta(days=1), delivered,
        shipped - dice.between(0, shipped // 70), weekdays_later(delivered, dice.between(1, 2)), completed,
        completed + timedelta(days=dice.between(5, 24)))


def _to_monterrey(dice: Dice) -> list[Movement]:
    """Batteries under the collector's consent: one too early, then every nineteen days; four more go to Tijuana."""
    consent = _BY_NUMBER[BATTERIES]
    early = _regular(dice, consent, date(2024, 6, 26), 18_500, 20_500)
    loads = [replace(early, planted=("NC-04",))]
    loads += [_regular(dice, consent, date(2024, 7, 10) + timedelta(days=19 * n), 18_500, 20_500) for n in range(18)]
    for ship in (date(2024, 11, 14), date(2024, 12, 5), date(2025, 1, 16), date(2025, 2, 6)):
        load = _regular(dice, consent, ship, 19_000, 21_000)
        loads.append(replace(load, facility=SMELTER, carrier=DIVERTER, exit_port="USSAN", entry_port="MXTIJ",
                             planted=("NC-11", "NC-14", "NC-15")))
    return loads


def _dust(dice: Dice) -> list[Movement]:
    consent = _BY_NUMBER[DUST]
    loads = [_regular(dice, consent, date(2024, 7, 29) + timedelta(days=47 * n), 7_800, 9_200) for n in range(7)]
    loads[1] = replace(loads[1], epa_codes="D006;D008", planted=("NC-08",))
    loads[3] = replace(loads[3], un="UN2794", planted=("NC-09",))
    loads[5] = replace(loads[5], op_code="D1", planted=("NC-10",))
    return loads


def _to_quebec(dice: Dice) -> list[Movement]:
    """Batteries from Michigan: the papers go wrong in all the ways papers do."""
    consent = _BY_NUMBER[TO_QUEBEC]
    loads = [_regular(dice, consent, date(2024, 8, 12) + timedelta(days=24 * n), 19_000, 21_500) for n in range(14)]
    days = timedelta(days=1)

    def plant(at: int, *rules: str, **changes: object) -> None:
        loads[at] = replace(loads[at], planted=rules, **changes)  # type: ignore[arg-type]

    def delivered(at: int) -> date:
        return loads[at].delivered or loads[at].ship

    plant(1, "NC-23", completed=None, reported=None)
    plant(2, "NC-21", receipt=weekdays_later(delivered(2), 9))
    plant(3, "NC-22", part_a=weekdays_later(loads[3].ship, 10))
    plant(4, "NC-20", delivered=None, received=None, receipt=None, completed=None, reported=None)
    plant(5, "NC-25", reported=(loads[5].completed or loads[5].ship) + 52 * days)
    plant(6, "NC-26", received=loads[6].shipped * 69 // 100)
    plant(7, "NC-26", received=loads[7].shipped * 114 // 100)
    pounds = round(loads[8].shipped / POUND_KG)
    plant(8, "NC-28", uom="lb", shipped=pounds, received=pounds - dice.between(0, 400))
    plant(9, "NC-18")
    plant(10, "NC-18", mtn=loads[9].mtn)
    return loads


def _as_lead_scrap(dice: Dice) -> list[Movement]:
    """What the broker sends to Tijuana: twice under the notice that was refused, then under none."""
    consent = _BY_NUMBER[REFUSED]
    loads = []
    for at, ship in enumerate(date(2025, 3, 4) + timedelta(days=17 * n) for n in range(7)):
        load = _regular(dice, consent, ship, 17_500, 22_000)
        number, rules = (consent.consent_no, ("NC-03", "NC-20", "NC-35")) if at < 2 else ("", (
            "NC-01", "NC-03", "NC-20", "NC-35"))
        loads.append(replace(load, consent_no=number, hs6="780200", receipt=None, completed=None, reported=None,
                             planted=rules))
    return loads


def movements(dice: Dice) -> dict[str, Movement]:
    """All movements by their number, in the order they were shipped."""
    loads = [*_to_monterrey(dice), *_dust(dice), *_to_quebec(dice), *_as_lead_scrap(dice)]
    ordered = sorted(loads, key=lambda load: (load.ship, load.mtn))
    return {f"M{at:03}": load for at, load in enumerate(ordered, 1)}
