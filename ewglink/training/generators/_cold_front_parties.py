"""COLD FRONT: the firms, the ships and the people behind them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ewglink.training.numbers import Dice, bn9, ein, imo, rfc, uscc

COMPANY_COLUMNS = ("company_id", "name", "country", "roles", "formed", "tax_id", "address", "phone")
VESSEL_COLUMNS = ("vessel_id", "imo", "name", "flag", "mmsi", "owner", "from_date", "to_date")
POSITION_COLUMNS = ("mmsi", "timestamp", "lat", "lon", "sog")
OLD_HAND, NEWCOMER, FORWARDER, TWIN, MAKER, FREE_ZONE = "C01", "C02", "C03", "C04", "C05", "C06"
CANADIAN, WITHOUT, MAKER_TWO, RECLAIMER = "C07", "C08", "C09", "C10"
SHIP, STEADY = "V01", "V02"

# id, name, country, roles, day of formation, address, telephone
_COMPANIES = (
    (OLD_HAND, "Northgate Climate Supply, Inc.", "US", "importer;allowance_holder", date(2006, 3, 14),
     "8800 Terminal Ave, Long Beach, CA 90813", "+1 562 555 0111"),
    (NEWCOMER, "Polar Crest Refrigerants LLC", "US", "importer;allowance_holder", date(2024, 11, 20),
     "1550 Commerce Pkwy, Suite 210, Carson, CA 90746", "+1 310 555 0127"),
    (FORWARDER, "Harbor Nine Forwarding LLC", "US", "freight_forwarder", date(2015, 6, 2),
     "1550 Commerce Pkwy, Suite 210, Carson, CA 90746", "+1 (310) 555-0127"),
    (TWIN, "Refrigerantes Cresta Polar, S.A. de C.V.", "MX", "importer;distributor", date(2024, 12, 9),
     "Blvd. Agua Caliente 4558, Tijuana, B.C. 22014", "+52 664 555 0128"),
    (MAKER, "Ningbo Frostline Chemical Co., Ltd.", "CN", "exporter;manufacturer", date(2009, 9, 1),
     "88 Haitian Road, Beilun, Ningbo, Zhejiang 315800", "+86 574 8555 0133"),
    (FREE_ZONE, "Zona Libre Canal Logística, S.A.", "PA", "free_zone_operator", date(2011, 1, 17),
     "Calle 16, Edificio 42, Zona Libre de Colón", "+507 555 0138"),
    (CANADIAN, "Froid Boréal Distribution inc.", "CA", "importer;allowance_holder", date(1998, 5, 4),
     "2200, boulevard Industriel, Laval (Québec) H7S 1P7", "+1 450 555 0142"),
    (WITHOUT, "Pacific Aire Wholesale LLC", "US", "importer", date(2019, 8, 23),
     "610 E Gardena Blvd, Gardena, CA 90248", "+1 310 555 0146"),
    (MAKER_TWO, "Shandong Icewell Fluorochemical Co., Ltd.", "CN", "exporter;manufacturer", date(2003, 4, 11),
     "19 Lianyun Street, Zibo, Shandong 255000", "+86 533 8555 0151"),
    (RECLAIMER, "Recuperadora Clima Sur, S.A. de C.V.", "MX", "exporter;reclaimer", date(2013, 2, 27),
     "Av. Tecnológico 780, Ciudad Juárez, Chih. 32320", "+52 656 555 0154"),
    ("C11", "Blue Meridian Shipping, S.A.", "PA", "vessel_owner", date(2012, 7, 30),
     "Avenida Balboa 1010, Ciudad de Panamá", "+507 555 0158"),
    ("C12", "Estrella Austral Navegación, S.A.", "PA", "vessel_owner", date(2024, 10, 8),
     "Avenida Balboa 1010, Ciudad de Panamá", "+507 555 0158"),
)
# The same firm once more, from another hand: id, whose double it is, name, address, telephone.
_DOUBLES = (
    ("C13", NEWCOMER, "POLAR CREST REFRIGERANTS L.L.C.", "1550 Commerce Parkway #210 CARSON CA", "310.555.0127"),
    ("C14", MAKER, "NINGBO FROST LINE CHEMICAL CO LTD", "No. 88 Haitian Rd, Beilun District, Ningbo",
     "+86-574-85550133"),
    ("C15", FREE_ZONE, "Zona Libre Canal Logistica SA", "Calle 16 Edif. 42 Zona Libre Colon", "507-555-0138"),
)
PEOPLE = (("Q01", "Daniela Cresta Ruelas"), ("Q02", "Trevor Halvorsen"), ("Q03", "Zhao Mingxia"),
          ("Q04", "Émile Bouchard-Roy"))
LINKS = (("Q01", TWIN, "director_of"), ("Q01", NEWCOMER, "owns"), ("Q02", NEWCOMER, "director_of"),
         ("Q02", FORWARDER, "officer_of"), ("Q03", MAKER, "director_of"), ("Q04", CANADIAN, "director_of"),
         (FORWARDER, NEWCOMER, "acts_for"))


def _tax_id(country: str, dice: Dice) -> str:
    makers = {"US": lambda: ein(dice, "95"), "MX": lambda: rfc(dice), "CA": lambda: bn9(dice), "CN": lambda: uscc(dice)}
    return makers[country]() if country in makers else ""


def companies(dice: Dice, messy: bool) -> list[dict[str, str]]:
    """The rows of companies.csv."""
    rows = [dict(zip(COMPANY_COLUMNS, (key, name, country, roles, formed.isoformat(), _tax_id(country, dice), address,
                                       phone), strict=True))
            for key, name, country, roles, formed, address, phone in _COMPANIES]
    known = {row["company_id"]: row for row in rows}
    for key, of, name, address, phone in _DOUBLES if messy else ():
        rows.append(known[of] | {"company_id": key, "name": name, "formed": "", "tax_id": "", "address": address,
                                 "phone": phone})
    return rows


def doubles(messy: bool) -> dict[str, str]:
    """Who is recorded twice: the second id → the first."""
    return {row[0]: row[1] for row in _DOUBLES} if messy else {}


def vessels(dice: Dice) -> list[dict[str, str]]:
    """The rows of vessel_history.csv: one ship three times under other names, flags and numbers, one that stays."""
    number, other = imo(dice), imo(dice)
    found = (
        (SHIP, number, "Glacier Promise", "LR", "636019801", "C11", "2021-02-01", "2024-10-14"),
        (SHIP, number, "Frío Constante", "PA", "352001907", "C12", "2024-10-15", "2025-05-02"),
        (SHIP, number, "Nova Bruma", "TG", "671000402", "C12", "2025-05-03", ""),
        (STEADY, other, "Pacific Larch", "LR", "636022455", "C11", "2018-06-01", ""),
    )
    return [dict(zip(VESSEL_COLUMNS, row, strict=True)) for row in found]


def positions() -> list[dict[str, str]]:
    """The rows of positions.csv: both ships every six hours towards California, one of them silent for three days."""
    rows = []
    start = datetime(2025, 3, 2, 0, 0)
    for mmsi, south in (("352001907", 8.9), ("636022455", 9.4)):
        for step in range(34):
            when = start + timedelta(hours=6 * step)
            if mmsi == "352001907" and 14 <= step < 26:
                continue
            at = (when.isoformat() + "Z", f"{south + 0.7 * step:.4f}", f"{-79.9 - 1.1 * step:.4f}", "14.2")
            rows.append(dict(zip(POSITION_COLUMNS, (mmsi, *at), strict=True)))
    return rows
