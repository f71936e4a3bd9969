"""GREY CELL: the firms, the people and how they are tied."""

from __future__ import annotations

import unicodedata

from ewglink.training.numbers import Dice, bn9, ein, epa_id, nra, rfc

PARTY_COLUMNS = ("party_id", "name", "country", "roles", "epa_id", "tax_id", "nra", "address", "phone")
COLLECTOR, RECYCLER, MICHIGAN, QUEBEC, BROKER = "P01", "P02", "P03", "P04", "P05"
CARRIER, DIVERTER, SMELTER, WAREHOUSE = "P06", "P07", "P08", "P09"
CARRIER_QC, CARRIER_MI = "P10", "P11"
DIRECTOR = "N01"

# id, name, country, roles, state of the EPA ID and its role, address, telephone
PARTIES = (
    (COLLECTOR, "Lone Star Battery Recovery LLC", "US", "exporter;generator", "TX", "GEN",
     "4410 Frio City Rd, San Antonio, TX 78226", "+1 210 555 0112"),
    (RECYCLER, "Recicladora Metálica del Norte, S.A. de C.V.", "MX", "recycler/smelter;importer", "", "",
     "Carretera a García km 4.5, Santa Catarina, N.L. 66350", "+52 81 8555 0118"),
    (MICHIGAN, "Great Lakes Battery Exchange, Inc.", "US", "exporter;generator", "MI", "GEN",
     "2700 Wyoming Ave, Dearborn, MI 48120", "+1 313 555 0121"),
    (QUEBEC, "Récupération Plomb Saint-Laurent inc.", "CA", "recycler/smelter;importer", "", "",
     "1355, rue de l'Affinerie, Sainte-Catherine (Québec) J5C 1B7", "+1 450 555 0126"),
    (BROKER, "Frontera Metals Brokerage, LLC", "US", "broker", "TX", "BRK",
     "1212 San Bernardo Ave, Suite 300, Laredo, TX 78040", "+1 956 555 0143"),
    (CARRIER, "Transportes Río Bravo, S.A. de C.V.", "MX", "carrier/transporter", "", "",
     "Av. Monterrey 2210, Nuevo Laredo, Tamps. 88260", "+52 867 555 0131"),
    (DIVERTER, "Cargas Frontera Exprés, S.A. de C.V.", "MX", "carrier/transporter", "", "",
     "Blvd. Industrial 1200, Local 4, Mesa de Otay, Tijuana, B.C. 22444", "664 555 0137"),
    (SMELTER, "Fundidora Baja Pacífico, S. de R.L. de C.V.", "MX", "recycler/smelter", "", "",
     "Boulevard Industrial No. 1200, Col. Mesa de Otay, Tijuana, Baja California", "+52 (664) 555-0137"),
    (WAREHOUSE, "Bodegas Mesa de Otay, S.C.", "MX", "storage/interim_facility", "", "",
     "BLVD INDUSTRIAL #1200-B MESA DE OTAY TIJUANA BC 22444", "+52 664 555 01 37"),
    (CARRIER_QC, "Transport Côte-Nord ltée", "CA", "carrier/transporter", "", "",
     "88, chemin du Quai, Lévis (Québec) G6V 6P9", "+1 418 555 0152"),
    (CARRIER_MI, "Huron Freight Lines, Inc.", "US", "carrier/transporter", "MI", "TRN",
     "915 24th St, Port Huron, MI 48060", "+1 810 555 0155"),
    ("P12", "Aduanal Hermanos Peña, S.C.", "MX", "customs_broker", "", "",
     "Calle Guerrero 905, Nuevo Laredo, Tamps. 88000", "+52 867 555 0160"),
    ("P13", "Alamo Auto Salvage", "US", "generator", "TX", "GEN",
     "7315 Somerset Rd, San Antonio, TX 78211", "+1 210 555 0164"),
    ("P14", "Hill Country Motors", "US", "generator", "TX", "GEN", "1890 Junction Hwy, Kerrville, TX 78028",
     "+1 830 555 0168"),
    ("P15", "Sierra Plomo Trading, S.A. de C.V.", "MX", "dealer", "", "",
     "Paseo de los Héroes 9350, Zona Río, Tijuana, B.C. 22010", "+52 664 555 0171"),
    ("P16", "Courtage Belle-Rivière inc.", "CA", "customs_broker", "", "",
     "210, rue Front Nord, Sarnia (Ontario) N7T 5S3", "+1 519 555 0175"),
)

# The same firm once more, from another hand: id, whose double it is, name, roles, address, telephone.
_DOUBLES = (
    ("P17", BROKER, "FRONTERA METALS BROKERAGE L.L.C.", "broker", "1212 San Bernardo #300 LAREDO TX", "(956) 555-0143"),
    ("P18", SMELTER, "Fundidora Baja Pacifico SRL de CV", "recycler/smelter", "Blvd Industrial 1200 Otay, Tijuana",
     "6645550137"),
    ("P19", MICHIGAN, "Great Lakes Batery Exchange", "exporter", "2700 Wyoming Avenue, Dearborn MI", "313.555.0121"),
    ("P20", QUEBEC, "Recuperation Plomb St-Laurent Inc", "recycler/smelter", "1355 de l'Affinerie, Ste-Catherine QC",
     "450-555-0126"),
)

_PEOPLE = (
    (DIRECTOR, "Héctor Villalobos Ruán"), ("N02", "Marie-Ève Gagné"), ("N03", "Wade Hollister"),
    ("N04", "Lucía Ramírez Ortega"), ("N05", "Iñaki Peña Zubiría"), ("N06", "François Bélanger"),
    ("N07", "Dolores Quintanilla Ruán"), ("N08", "Colleen O'Rourke"), ("N09", "Ximena Núñez Treviño"),
    ("N10", "Joaquín Peña Zubiría"),
)
_DOUBLE_PEOPLE = (("N11", DIRECTOR, "VILLALOBOS R., Hector"), ("N12", "N02", "Gagne, Marie-Eve"))

_LINKS = (
    (DIRECTOR, BROKER, "director_of"), (DIRECTOR, SMELTER, "legal_representative_of"),
    ("N03", COLLECTOR, "director_of"),
    ("N03", DIRECTOR, "associate_of"), ("N07", DIVERTER, "owns"), ("N07", DIRECTOR, "family_of"),
    ("N09", RECYCLER, "director_of"), ("N02", QUEBEC, "director_of"), ("N08", MICHIGAN, "director_of"),
    ("N04", WAREHOUSE, "employee_of"), ("N05", "P12", "director_of"), ("N10", "P12", "employee_of"),
    ("N05", "N10", "family_of"), ("N06", CARRIER_QC, "director_of"), ("N06", "P16", "officer_of"),
    (BROKER, COLLECTOR, "acts_for"), ("P12", COLLECTOR, "acts_for"), ("P12", RECYCLER, "acts_for"),
    ("P16", MICHIGAN, "acts_for"), (SMELTER, WAREHOUSE, "operates"), (WAREHOUSE, DIVERTER, "acts_for"),
    ("P15", SMELTER, "acts_for"), ("P13", COLLECTOR, "handed_to"), ("P14", COLLECTOR, "handed_to"),
)
_DOUBLE_LINKS = (("N11", "P18", "legal_representative_of"), ("P17", "P12", "acts_for"), ("N12", "P20", "director_of"),
                 ("P18", "P15", "acts_for"))

_SCRUFFY = {CARRIER_QC: "  Transport  Côte-Nord ltée ", CARRIER_MI: "HURON FREIGHT LINES INC",
            "P13": "alamo auto salvage (San Antonio)", "P15": "Sierra Plomo Trading SA de CV "}

LICENSED = (RECYCLER, QUEBEC)
ONE_ADDRESS = (DIVERTER, SMELTER, WAREHOUSE)


def _tax_id(country: str, dice: Dice, state: str) -> str:
    if country == "MX":
        return rfc(dice)
    return bn9(dice) if country == "CA" else ein(dice, {"MI": "38"}.get(state, "74"))


def _row(*values: str) -> dict[str, str]:
    return dict(zip(PARTY_COLUMNS, values, strict=True))


def parties(dice: Dice, messy: bool) -> list[dict[str, str]]:
    """The rows of parties.csv."""
    rows = []
    for number, (key, name, country, roles, state, role, address, phone) in enumerate(PARTIES, 1):
        written = _SCRUFFY.get(key, name) if messy else name
        site = epa_id(state, role, number) if state else ""
        permit = nra(dice) if country == "MX" and key in LICENSED else ""
        rows.append(_row(key, written, country, roles, site, _tax_id(country, dice, state), permit, address, phone))
    countries = {row["party_id"]: row["country"] for row in rows}
    for key, of, name, roles, address, phone in _DOUBLES if messy else ():
        rows.append(_row(key, name, countries[of], roles, "", "", "", address, phone))
    return rows


def people(messy: bool) -> list[dict[str, str]]:
    """The rows of people.csv."""
    found = [*_PEOPLE, *((key, name) for key, _of, name in _DOUBLE_PEOPLE if messy)]
    return [{"person_id": key, "name": name} for key, name in found]


def links(messy: bool) -> list[dict[str, str]]:
    """The rows of links.csv."""
    return [{"source": a, "target": b, "type": kind} for a, b, kind in (*_LINKS, *(_DOUBLE_LINKS if messy else ()))]


def doubles(messy: bool) -> dict[str, str]:
    """Who is recorded twice: the second id → the first."""
    return {row[0]: row[1] for row in (*_DOUBLES, *_DOUBLE_PEOPLE)} if messy else {}


def digits_of(phone: str) -> str:
    """The ten digits of a North American or Mexican number, however it is written."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", phone) if sign.isdigit())[-10:]
