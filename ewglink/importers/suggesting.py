"""A first mapping of a table nobody has described: who its columns speak of, and what they say of them.

Headings tell most: “Importer / Country”, `shipper.address.city` and “RFC del remitente” name a party and what is said
of it. Cells tell the rest: a column of dates or of valid identifiers is no name of anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ewglink.identifiers.catalogue import SCHEMES, identify
from ewglink.importers import values
from ewglink.importers.contract import Part
from ewglink.importers.specification import Specification
from ewglink.model.schema import Schema

_ENOUGH = 0.6
"""A share of the cells that makes a column a column of dates, or of identifiers."""
_LOOKED_AT = 30

_KINDS: dict[str, str] = {
    "person": "person officer director driver nombre personne persona donor beneficiario beneficiary chofer chauffeur",
    "vessel": "vessel ship buque navire imo",
    "container": "container contenedor conteneur",
    "account": "phone caller callee called calling dialled telephone telefono account email from_no to_no llamante "
    "llamado appelant appele msisdn",
    "facility": "facility site plant warehouse instalacion installation bodega almacen planta usine entrepot epa_id "
    "generator generador",
    "location": "port city place location address country lugar lieu pays pais ville ciudad puerto",
    "movement": "movement shipment manifest mtn envio envoi guia",
    "vehicle": "vehicle vin plate truck vehiculo vehicule",
    "organization": "company organization organisation exporter importer carrier party empresa societe donor supplier "
    "buyer seller shipper consignee consignor sender receiver recipient vendor customer client notify broker "
    "manufacturer owner operator remitente destinatario expedidor proveedor cliente comprador vendedor exportador "
    "importador transportista consignatario fabricante agente expediteur destinataire fournisseur acheteur vendeur "
    "exportateur importateur transporteur consignataire fabricant declarant razon_social firma firm entreprise",
}
_PARTIES = frozenset(
    "exporter importer carrier supplier buyer seller shipper consignee consignor sender receiver recipient vendor "
    "customer broker generator caller callee called remitente destinatario expedidor proveedor comprador vendedor "
    "exportador importador transportista consignatario generador expediteur destinataire fournisseur acheteur vendeur "
    "exportateur importateur transporteur consignataire declarant llamante llamado appelant appele donor party".split()
)
"""Words that name one of several parties; columns with the same one speak of the same."""
_NAMES = frozenset("name nombre nom razon social company empresa societe firm denominacion denomination".split())
_SAID: dict[str, str] = {
    "country": "country pays pais",
    "city": "city ville ciudad municipio town",
    "address": "address adresse direccion domicilio street",
    "postal_code": "zip postal postcode",
    "subdivision": "state province estado provincia",
    "phone": "phone telephone telefono tel",
    "email": "email mail correo courriel",
    "website": "website url web",
}
_SMALL = frozenset("de del la le les du des of the a el los las et y and d l no n".split())
_WHEN = re.compile(r"date|time|when|fecha|jour|shipped", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column: its words, the party it speaks of, what it seems to say (`name`, a property or a scheme of identifiers,
    empty where that is open), and how much like names of things its cells are (0 to 1)."""

    name: str
    words: tuple[str, ...]
    party: str
    says: str
    wordy: float


def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading, without accents, case and small words."""
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", heading)
    plain = unicodedata.normalize("NFKD", spaced.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(word for word in re.split(r"[\W_]+", bare) if word and word not in _SMALL)


@cache
def _kinds() -> dict[str, str]:
    """Word → the type of entity that it names; the first that does."""
    found: dict[str, str] = {}
    for kind, words in _KINDS.items():
        for word in words.split():
            found.setdefault(word, kind)
    return found


def kind_named(heading: str) -> str | None:
    """The type of entity that a heading names; None where it names none."""
    words = words_of(heading)
    several = [*words, *(f"{one}_{other}" for one, other in pairwise(words)), "_".join(words)]
    known = [word for word in several if word in _kinds()]
    parties = [word for word in known if word in _PARTIES]
    others = [word for word in known if word not in _PARTIES and not (parties and word in _NAMES)]
    return _kinds()[(others or parties)[0]] if known else None


def suggest(part: Part, schema: Schema) -> Specification:
    """A first mapping of an unknown table, for a person to change: two parties that its headings name, or the columns
    most like names of things, become entities, joined by a link that carries the rest."""
    columns = [_column(part, place) for place in range(len(part.columns))]
    ends = _ends(columns)
    taken = {one.name for one in ends}
    entities: dict[str, object] = {}
    for one in ends:
        kind = kind_named(one.name) or "organization"
        label = _label(one, kind, schema)
        said = {label: one.name} if label else {}
        for key, column in _said_of(one, columns, kind, schema, taken):
            said.setdefault(key, column)
            taken.add(column)
        entities[one.name] = {"type": kind, "key": [one.name]} | ({"properties": said} if said else {})
    body: dict[str, object] = {"ewglink_spec": 1, "name": part.name, "namespace": "case", "entities": entities}
    if len(ends) == 2:
        body["links"] = [_link(ends, [one for one in columns if one.name not in taken], schema)]
    return Specification.from_json(body)


def _label(end: Column, kind: str, schema: Schema) -> str | None:
    """The property that the column of an entity is: who calls and is called is a number."""
    if kind == "account" and not end.wordy and end.party:
        return "phone"
    return next((name for name in schema.entity(kind).label_from if name in ("name", "reference")), None)


def _link(ends: list[Column], rest: list[Column], schema: Schema) -> dict[str, object]:
    kinds = [kind_named(one.name) or "organization" for one in ends]
    link = next((one.key for one in schema.links_between(*kinds) if one.key != "unknown_link"), "unknown_link")
    when = [one.name for one in rest if one.says == "date"] or [one.name for one in rest if _WHEN.search(one.name)]
    made: dict[str, object] = {"type": link, "from": ends[0].name, "to": ends[1].name}
    return made | ({"start": when[0]} if when else {})


def _column(part: Part, place: int) -> Column:
    name = part.columns[place]
    words = words_of(name)
    cells = [row.cells[place] for row in part.sample[:_LOOKED_AT] if place < len(row.cells)]
    texts = [text for cell in cells if (text := values.as_text(cell).strip())]
    wordy = sum(bool(re.search(r"[^\W\d_]{2}", text)) for text in texts) / max(1, len(cells))
    party = next((word for word in words if word in _PARTIES), "")
    return Column(name, words, party, _says(words, values.guess(cells).kind, texts), wordy)


def _says(words: tuple[str, ...], kind: str, texts: list[str]) -> str:
    told = next((key for key, said in _SAID.items() if set(words) & set(said.split())), "")
    if kind == "date":
        return "date"
    if told:
        return told
    if kind in ("number", "boolean"):
        return kind
    return scheme_of(words, texts) or ("name" if set(words) & _NAMES else "")


def scheme_of(words: tuple[str, ...], texts: list[str]) -> str:
    """The scheme of identifiers that a column holds: most of its cells are valid ones of a form of their own, and the
    heading names it, or it has a check digit. Empty where there is none."""
    counts: dict[str, int] = {}
    for text in texts:
        for said in identify(text):
            if said.status == "ok" or said.placeholder or said.scheme in words:
                counts[said.scheme] = counts.get(said.scheme, 0) + 1
    fitting = [key for key, count in counts.items() if count >= _ENOUGH * len(texts)]
    named = [key for key in fitting if set(key.split("_")) & set(words)]
    sure = [key for key in fitting if SCHEMES.get(key).certainty > 2 and len(texts) > 2]
    return next(iter(named or sure), "")


def _ends(columns: list[Column]) -> list[Column]:
    """The one or two columns that name entities, in the order of the table."""
    parties: dict[str, list[Column]] = {}
    for one in columns:
        if one.party:
            parties.setdefault(one.party, []).append(one)
    named = [best for found in parties.values() if (best := _naming(found)) is not None]
    if len(named) >= 2:
        return named[:2]
    likely = [one for one in columns if one.wordy or kind_named(one.name)] or columns
    ranked = sorted(likely, key=lambda one: -_worth(one, named))
    return sorted(ranked[:2], key=columns.index)


def _naming(columns: list[Column]) -> Column | None:
    """The column that names a party, of those that speak of it."""
    fitting = [one for one in columns if one.says in ("name", "")]
    return min(fitting, key=lambda one: (one.says != "name", len(one.words))) if fitting else None


def _worth(one: Column, named: list[Column]) -> float:
    """How likely a column names things: a party that the heading names, a kind of thing, words in its cells."""
    held = {"": 1.0, "name": 1.5, "date": -3.0, "number": -3.0, "boolean": -3.0}.get(one.says, -0.5)
    return 4.0 * (one in named) + 2.0 * (kind_named(one.name) is not None) + one.wordy + held


def _said_of(
    end: Column, columns: list[Column], kind: str, schema: Schema, taken: set[str]
) -> Iterator[tuple[str, str]]:
    """(property, column) of what columns of the same party say of it."""
    there = {prop.key for prop in schema.entity(kind).properties}
    schemes = {use.scheme: use.property for use in schema.entity(kind).identifiers}
    near = columns.index(end)
    for place, one in enumerate(columns):
        own = bool(end.party) and one.party == end.party
        beside = not one.party and one.says in schemes and place == near + 1
        key = schemes.get(one.says, one.says)
        if one.name not in taken and (own or beside) and key in there and key != "name":
            yield key, one.name
