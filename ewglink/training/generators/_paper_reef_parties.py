"""PAPER REEF: the firms, the people, their telephones and who called whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ewglink.training.numbers import Dice, bn9, ein, rfc

PARTY_COLUMNS = ("party_id", "name", "country", "roles", "epa_id", "tax_id", "nra", "address", "phone")
CALL_COLUMNS = ("call_id", "start", "caller", "callee", "seconds")
MESSY_COLUMNS = ("ref", "when", "from_no", "to_no", "dur", "from_country", "to_country")
CONCH_CO, GULF_CO, TRADER, CANADIAN, BUYER, HERBAL = "W01", "W02", "W03", "W04", "W05", "W06"
BURST = datetime(2025, 3, 21, 22, 0)
"""The night the maws cross."""
PREPAID = "T01"

_PARTIES = (
    (CONCH_CO, "Exportadora Caracol Azul, S.A. de C.V.", "MX", "exporter;permit_holder",
     "Calle 31-A 112, Progreso, Yuc. 97320", "+52 969 555 0112"),
    (GULF_CO, "Mariscos del Golfo Santa Clara, S.C.", "MX", "exporter;permit_holder",
     "Av. del Mar 48, Golfo de Santa Clara, Son. 83550", "+52 653 555 0119"),
    (TRADER, "Baja Dried Seafood Trading LLC", "US", "importer;exporter;permit_holder",
     "2390 Siempre Viva Ct, San Diego, CA 92154", "+1 619 555 0123"),
    (CANADIAN, "Maple Harbour Seafoods Ltd.", "CA", "importer;exporter", "11780 River Rd, Richmond, BC V6X 1Z7",
     "+1 604 555 0131"),
    (BUYER, "Golden Tide Marine Products Limited", "HK", "importer", "128 Des Voeux Road West, Sheung Wan",
     "+852 6555 0136"),
    (HERBAL, "Kowloon Herbal & Curio Company", "HK", "importer", "9 Ko Shing Street, Sai Ying Pun", "+852 6555 0139"),
    ("W07", "Fletes Nocturnos Peninsulares, S.A. de C.V.", "MX", "carrier/transporter",
     "Calzada Castellón 901, Mexicali, B.C. 21240", "+52 686 555 0144"),
    ("W08", "Otay Cold Store, Inc.", "US", "storage/interim_facility", "2390 Siempre Viva Court, San Diego, CA",
     "(619) 555-0123"),
)
_DOUBLES = (("W09", TRADER, "BAJA DRIED SEA FOOD TRADING L.L.C.", "2390 Siempre Viva SAN DIEGO", "619.555.0123"),
            ("W10", GULF_CO, "Mariscos del Golfo de Sta. Clara SC", "Av del Mar 48 Golfo Sta Clara", "6535550119"),
            ("W11", BUYER, "Golden Tide Marine Products Ltd", "128 Des Voeux Rd W", "+852-65550136"))
PEOPLE = (("R01", "Ramiro Escalante Duarte"), ("R02", "Joel Cota Murillo"), ("R03", "Wilson Cheung Ka-ho"),
          ("R04", "Beto Ávila Rentería"), ("R05", "Noemí Pech Canul"), ("R06", "Grace Thibodeau"),
          ("R07", "Tomás Higuera Lucero"))
_TRADER_MAN = "R01"
# telephone, number as written, country, label, whose
_PHONES = (
    (PREPAID, "+52 686 555 0101", "MX", "prepaid 0101", ""), ("T02", "+52 653 555 0102", "MX", "skipper", "R02"),
    ("T03", "+852 6555 0103", "HK", "buyer", "R03"), ("T04", "+52 686 555 0104", "MX", "driver", "R04"),
    ("T05", "+52 969 555 0112", "MX", "Caracol Azul, office", "R05"),
    ("T06", "+52 653 555 0119", "MX", "Mariscos del Golfo, office", "R07"),
    ("T07", "+1 604 555 0131", "CA", "Maple Harbour, office", "R06"),
    ("T08", "+1 619 555 0123", "US", "Baja Dried Seafood, office", _TRADER_MAN),
    ("T09", "+52 653 555 0109", "MX", "net mender", ""), ("T10", "+52 686 555 0110", "MX", "taco stand", ""),
)
LINKS = ((_TRADER_MAN, TRADER, "owns"), ("R03", BUYER, "director_of"), ("R04", "W07", "employee_of"),
         ("R05", CONCH_CO, "director_of"), ("R06", CANADIAN, "director_of"), ("R07", GULF_CO, "director_of"),
         ("R02", GULF_CO, "employee_of"), (TRADER, "W08", "operates"),
         *((person, phone, "uses_phone") for phone, _number, _country, _label, person in _PHONES if person))
# day, kind, place, text
EVENTS = (
    ("2024-11-06", "inspection", "MXPGO", "Conch weighed at the dock; papers in order"),
    ("2025-02-18", "meeting", "USSAN", "Trader and buyer seen at the cold store"),
    ("2025-03-19", "port call", "MXPPE", "Skiff lands at night without lights"),
    ("2025-03-21", "border crossing", "USOYM", "Truck crosses with coolers of dried fish maw"),
    ("2025-03-22", "seizure", "USOYM", "Two coolers held: 214 swim bladders"),
    ("2025-03-25", "sample", "USSAN", "Laboratory names Totoaba macdonaldi"),
    ("2025-06-10", "audit", "USSAN", "Re-export certificates compared with imports"),
)


def parties(dice: Dice, messy: bool) -> list[dict[str, str]]:
    """The rows of parties.csv."""
    tax: dict[str, Callable[[], str]] = {"US": lambda: ein(dice, "33"), "MX": lambda: rfc(dice),
                                         "CA": lambda: bn9(dice), "HK": lambda: ""}
    rows = [dict(zip(PARTY_COLUMNS, (key, name, country, roles, "", tax[country](), "", address, phone), strict=True))
            for key, name, country, roles, address, phone in _PARTIES]
    known = {row["party_id"]: row for row in rows}
    for key, of, name, address, phone in _DOUBLES if messy else ():
        rows.append(known[of] | {"party_id": key, "name": name, "tax_id": "", "address": address, "phone": phone})
    return rows


def doubles(messy: bool) -> dict[str, str]:
    """Who is recorded twice: the second id → the first."""
    return {row[0]: row[1] for row in _DOUBLES} if messy else {}


def subscribers() -> list[dict[str, str]]:
    """The rows of subscribers.csv."""
    return [{"phone_id": key, "number": number, "label": label} for key, number, _country, label, _who in _PHONES]


def calls(dice: Dice) -> list[dict[str, str]]:
    """The rows of calls.csv: the prepaid telephone in the middle of it, most of all on one night."""
    made: list[tuple[datetime, str, str]] = []
    start = datetime(2025, 2, 24, 9, 0)
    everyday = (("T05", "T07"), ("T06", "T09"), ("T04", "T10"), ("T08", "T07"), ("T02", "T09"), ("T08", "T05"))
    for at in range(30):
        made.append((start + timedelta(hours=31 * at, minutes=dice.between(0, 50)), *everyday[at % 6]))
    for at in range(24):
        other = ("T02", "T03", "T04", "T05", "T06", "T08")[at % 6]
        pair = (PREPAID, other) if at % 3 else (other, PREPAID)
        made.append((start + timedelta(hours=29 * at + 9, minutes=dice.between(0, 50)), *pair))
    minutes = 0
    for caller, callee in (("T02", PREPAID), (PREPAID, "T03"), (PREPAID, "T04"), ("T04", PREPAID), (PREPAID, "T08"),
                           (PREPAID, "T04"), ("T04", PREPAID), (PREPAID, "T02"), (PREPAID, "T03"), ("T03", PREPAID),
                           (PREPAID, "T04"), ("T08", PREPAID), (PREPAID, "T03"), ("T04", PREPAID)):
        minutes += dice.between(3, 14)
        made.append((BURST + timedelta(minutes=minutes), caller, callee))
    return [dict(zip(CALL_COLUMNS, (f"K{at:03}", when.isoformat(), caller, callee, str(dice.between(12, 400))),
                     strict=True)) for at, (when, caller, callee) in enumerate(sorted(made), 1)]


def of_two_companies(rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The calls parted: every third is in the records of another company, under a number that begins with X."""
    other = [row | {"call_id": row["call_id"].replace("K", "X")} for row in rows[2::3]]
    return [row for at, row in enumerate(rows) if at % 3 != 2], other


def messy_calls(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Calls as the other company writes them: numbers instead of ids, in three ways."""
    numbers = {key: (number, country) for key, number, country, _label, _who in _PHONES}
    found = []
    for at, row in enumerate(rows):
        (one, here), (other, there) = numbers[row["caller"]], numbers[row["callee"]]
        when = datetime.fromisoformat(row["start"]).strftime("%Y-%m-%d %H:%M")
        if at % 3 == 1:
            one = one.replace(" ", "-")
        if at % 3 == 2 and there == "MX":
            other = other.replace("+52 ", "").replace(" ", "")
        found.append(dict(zip(MESSY_COLUMNS, (row["call_id"], when, one, other, row["seconds"], here,
                                              there), strict=True)))
    return found
