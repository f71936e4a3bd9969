"""Findings as a person looks through them: whose load, under which consent, when; and all that stands behind one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ewglink.model.items import Ref
from ewglink.rules.contract import RULES
from ewglink.rules.saying import sentence, title
from ewglink.store.findings import KeptFinding, findings
from ewglink.store.shown import shown_values
from ewglink.text import _, language
from ewglink.workspace.finding_words import input_text
from ewglink.workspace.portrait import Portrait, portrait
from ewglink.workspace.workspace import Workspace

PARTIES = frozenset({"organization", "facility", "person"})
WHOSE = frozenset({"exporter_of", "receiver_of", "consignee_of"})
"""The links that make a load somebody's, where findings are told apart by party."""
_DATES = ("ship_date", "arrival", "cross_date", "delivered_date", "submitted", "valid_from", "date")
"""The day of what a finding is about: the first of these that it has."""


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


def where_of(statement: Any) -> str:
    """Where a statement stands: its file and row, or the analyst's note."""
    if statement.source_name is None:
        return statement.note or _("Entered by hand")
    if statement.row is None:
        return str(statement.source_name)
    return _("{file}, row {row}", file=statement.source_name, row=statement.row)
