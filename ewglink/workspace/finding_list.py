"""Findings as a person looks through them: whose load, under which consent, when; and all that stands behind one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ewglink.model.items import Ref
from ewglink.model.schema import Schema
from ewglink.rules.contract import RULES
from ewglink.rules.saying import sentence, title, value_text
from ewglink.store.findings import KeptFinding, findings
from ewglink.store.shown import shown_values
from ewglink.text import N_, _, language
from ewglink.workspace.portrait import Portrait, portrait
from ewglink.workspace.trade_words import country_text, role_name
from ewglink.workspace.utilisation import STATE_WORDS
from ewglink.workspace.workspace import Workspace

PARTIES = frozenset({"organization", "facility", "person"})
COUNTRIES = frozenset({"leaves", "goes", "country", "countries", "origin", "transit_countries", "export_country",
                       "import_country"})
"""Keys of values that are codes of countries."""
WHOSE = frozenset({"exporter_of", "receiver_of", "consignee_of"})
"""The links that make a load somebody's, where findings are told apart by party."""
_DATES = ("ship_date", "submitted", "valid_from", "date")


@dataclass(frozen=True)
class FindingRow:
    """A finding in a list: `what` names its objects; `parties` and `consents` are (id, label) and what it is kept
    under; `on` is the day of shipping (ISO), empty where there is none."""

    kept: KeptFinding
    what: str
    on: str
    parties: tuple[tuple[int, str], ...]
    consents: tuple[tuple[int, str], ...]

    @property
    def id(self) -> int:
        """The finding's number."""
        return self.kept.id

    @property
    def inferred(self) -> bool:
        """Whether the consent was not named but only fits."""
        return self.kept.values.get("inferred") is True

    @property
    def said(self) -> str:
        """What is wrong."""
        return sentence(self.kept.rule, self.kept.values)

    def text(self) -> str:
        """All that a search looks through."""
        names = " ".join(label for _id, label in (*self.parties, *self.consents))
        return f"{self.kept.rule} {title(self.kept.rule)} {self.what} {self.on} {self.said} {names} {self.kept.note}"


def finding_rows(workspace: Workspace, wanted: Iterable[KeptFinding] | None = None) -> list[FindingRow]:
    """The findings of the case (or those `wanted`), each with whom and which consent it is about."""
    kept = findings(workspace.case) if wanted is None else list(wanted)
    named = {item for one in kept for item in (*one.objects, *one.about)}
    stands = workspace.projection.stands_for
    refs = workspace.case.items.refs({*named, *map(stands, named)})
    loads = {stands(item) for item in named if item in refs and refs[item].type == "movement"}
    whose = _whose(workspace, loads)
    refs |= workspace.case.items.refs({party for parties in whose.values() for party in parties} - refs.keys())
    dated = shown_values(workspace.case, items={item for one in kept for item in one.objects})
    return [_row(one, refs, whose, dated, stands) for one in kept]


def _whose(workspace: Workspace, loads: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    stands = workspace.projection.stands_for
    for link in workspace.case.items.links(loads) if loads else ():
        if link.type in WHOSE:
            found.setdefault(stands(link.b), []).append(stands(link.a))
    return found


def _row(one: KeptFinding, refs: Mapping[int, Ref], whose: Mapping[int, list[int]],
         dated: Mapping[int, Mapping[str, Any]], stands: Callable[[int], int]) -> FindingRow:
    objects = [stands(item) for item in one.objects]
    parties = dict.fromkeys([item for item in (*objects, *map(stands, one.about))
                             if item in refs and refs[item].type in PARTIES])
    parties |= dict.fromkeys(party for item in objects for party in whose.get(item, ()))
    consents = {item: refs[item].label for item in map(stands, (*one.about, *one.objects))
                if item in refs and refs[item].type == "consent_stream"}
    if not consents and one.values.get("consent"):
        consents = {0: str(one.values["consent"])}
    days = [str(dated[item][key]) for item in objects for key in _DATES if dated.get(item, {}).get(key)]
    names = [refs[item].label for item in objects if item in refs]
    return FindingRow(one, ", ".join(names or one.refs), days[0][:10] if days else "",
                      tuple((item, refs[item].label) for item in parties if item in refs), tuple(consents.items()))


# one finding


@dataclass(frozen=True)
class Input:
    """A value the rule read: of which item, which property, and the row (`record`) that says so."""

    item: int
    label: str
    name: str
    value: str
    where: str
    record: int | None


@dataclass(frozen=True)
class Detail:
    """All that stands behind a finding: the items it is about, those seen with it, the values that rules read and the
    rows they come from (`where`, record)."""

    row: FindingRow
    objects: tuple[Ref, ...]
    about: tuple[Ref, ...]
    inputs: tuple[Input, ...]
    sources: tuple[tuple[str, int], ...]


def finding_detail(workspace: Workspace, row: FindingRow) -> Detail:
    """What stands behind one finding."""
    stands = workspace.projection.stands_for
    objects = list(dict.fromkeys(map(stands, row.kept.objects)))
    about = [item for item in dict.fromkeys(map(stands, row.kept.about)) if item not in objects]
    lines = _lines_of(workspace, objects)
    keys = RULES.get(row.kept.rule).inputs if row.kept.rule in RULES else ()
    portraits = [found for item in (*objects, *lines, *about) if (found := portrait(workspace.case, item)) is not None]
    inputs = [one for found in portraits for one in _inputs(workspace, found, keys)]
    sources = dict.fromkeys((where_of(statement), statement.record) for found in portraits
                            if found.ref.id in {*objects, *lines} for statement in found.statements
                            if statement.record is not None)
    refs = workspace.case.items.refs([*objects, *about])
    return Detail(row, tuple(refs[item] for item in objects if item in refs),
                  tuple(refs[item] for item in about if item in refs), tuple(inputs),
                  tuple((where, record) for where, record in sources if record is not None))


def _lines_of(workspace: Workspace, objects: list[int]) -> list[int]:
    links = [link for link in workspace.case.items.links(objects) if link.type == "contains"] if objects else []
    refs = workspace.case.items.refs({link.b for link in links})
    return [link.b for link in links if link.b in refs and refs[link.b].type == "movement_line" and link.a in objects]


def _inputs(workspace: Workspace, found: Portrait, keys: Iterable[str]) -> list[Input]:
    schema = workspace.schema
    kind = schema.entity_types.get(found.ref.type)
    shown = {one.key: one for one in found.shown}
    made = []
    for key in keys:
        if key in shown:
            chosen = shown[key].chosen
            known = kind.property(key) if kind else None
            name = known.label(language()) if known else key.replace("_", " ")
            made.append(Input(found.ref.id, found.ref.label, name,
                              input_text(key, chosen.value), where_of(chosen.statement), chosen.statement.record))
        elif key in schema.link_types:
            others = [found.others[link.a if link.b == found.ref.id else link.b].label for link in found.links
                      if link.type == key and link.a in found.others and link.b in found.others]
            if others:
                made.append(Input(found.ref.id, found.ref.label, schema.label(key, language()), ", ".join(others), "",
                                  None))
    return made


def input_text(key: str, value: Any) -> str:
    """A value that a rule read or compared, as a person reads it: figures as the language writes them, countries,
    roles and states by their names."""
    if isinstance(value, (list, tuple)):
        return ", ".join(input_text(key, one) for one in value)
    if key in COUNTRIES and isinstance(value, str) and country_text(value) != value:
        return _("{country} ({code})", country=country_text(value), code=value)
    if key == "roles":
        return role_name(str(value))
    if key in ("status", "determination"):
        return _(STATE_WORDS[value]) if value in STATE_WORDS else str(value)
    return "" if value is None else value_text(key, value)


def where_of(statement: Any) -> str:
    """Where a statement stands: its file and row, or the analyst's note."""
    if statement.source_name is None:
        return statement.note or _("Entered by hand")
    if statement.row is None:
        return str(statement.source_name)
    return _("{file}, row {row}", file=statement.source_name, row=statement.row)


VALUE_NAMES = {
    "allowed": N_("Allowed"), "allowed_kg": N_("Allowed"), "moved_kg": N_("Moved so far"), "excess_kg": N_("Too much"),
    "consent": N_("Consent"), "consented": N_("Consented to"), "declared": N_("Declared"), "expected": N_("Expected"),
    "shipped": N_("Shipped"), "delivered": N_("Delivered"), "completed": N_("Completed"), "reported": N_("Reported"),
    "confirmed": N_("Confirmed on"), "start": N_("Window begins"), "end": N_("Window ends"), "limit": N_("Limit"),
    "limit_days": N_("Limit"), "open_days": N_("Open for"), "working": N_("Working days"), "count": N_("Number"),
    "first": N_("The first load over"), "codes": N_("Codes"), "status": N_("State"), "leaves": N_("Leaves"),
    "goes": N_("Goes to"), "un": N_("UN number"), "consented_un": N_("UN number consented to"), "hs": N_("HS code"),
    "hazard_class": N_("Hazard class"), "consented_class": N_("Hazard class consented to"),
    "operation": N_("Operation"), "receivers": N_("Received by"), "exporters": N_("Exported by"),
    "importers": N_("Imported by"), "carriers": N_("Carried by"), "known": N_("Named in the consent"),
    "exit": N_("Left by"), "entry": N_("Entered by"), "countries": N_("Countries"), "number": N_("Number"),
    "scheme": N_("Kind of number"), "shipped_kg": N_("Shipped"), "received_kg": N_("Received"),
    "change_pct": N_("Difference"), "pieces": N_("Pieces shipped"), "received_pieces": N_("Pieces received"),
    "recorded": N_("Recorded by the facility"), "unit": N_("Unit"), "reason": N_("Reason"), "party": N_("Party"),
    "facility": N_("Facility"), "exporter": N_("Exporter"), "capacity_kg": N_("Capacity"), "reference": N_("Reference"),
    "declared_kg": N_("Declared"), "reported_kg": N_("Reported"), "exported_kg": N_("Exported"),
    "imported_kg": N_("Imported"), "consented_kg": N_("Consented to"), "giver": N_("Handed over by"),
    "taker": N_("Taken over by"), "gap_hours": N_("Gap"), "quarter": N_("Quarter"), "pair": N_("Countries"),
    "loads": N_("Loads"), "months": N_("Months"), "moved": N_("Loads moved"), "lead_days": N_("Before shipping"),
    "submitted": N_("Submitted"), "roles": N_("Roles"), "date": N_("Date"), "after_days": N_("After"),
    "second": N_("Second fact"), "goods": N_("Goods"), "consents": N_("Consents"), "verify": N_("To be verified"),
    "early_days": N_("Early by"), "late_days": N_("Late by"), "inferred": N_("The consent was inferred"),
}
"""The values that rules compare, as a table names them."""


def value_name(workspace: Workspace, key: str) -> str:
    """What a compared value is called: its own name, else that of the property it is named after, else its key."""
    return _(VALUE_NAMES[key]) if key in VALUE_NAMES else input_name(workspace.schema, key)


def input_name(schema: Schema, key: str) -> str:
    """What an input of a rule or an indicator is called: a property or a link of the schema, else its key."""
    if key == "peers":
        return _("enough others to compare with")
    for kind in schema.entity_types.values():
        known = kind.property(key)
        if known is not None:
            return known.label(language())
    return schema.label(key, language()) if key in schema.link_types else key.replace("_", " ")
