"""`ewglink list`: the rows of one of a case's tables."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ewglink.cli.cases import open_case, refs
from ewglink.cli.option_flags import WrongUsage
from ewglink.cli.output import Output
from ewglink.text import N_, _, language

if TYPE_CHECKING:
    from ewglink.workspace.workspace import Workspace

WHATS = ("entities", "links", "sources", "findings", "journal", "charts", "queries")
Rows = list[dict[str, Any]]


class List:
    """Lists all of them unless told how many."""

    key = "list"
    summary = N_("list entities, links, sources, findings, journal, charts or saved queries")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """What, of which type, how many."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("what", choices=WHATS, metavar="|".join(WHATS))
        parser.add_argument("--type", metavar="T", help=_("only this type"))
        parser.add_argument("--items", metavar="QUERY",
                            help=_("only entities for which this holds: type=person AND name~peña; or the name of a "
                                   "saved query"))
        parser.add_argument("--limit", type=int, metavar="N", help=_("at most so many"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """List."""
        if args.items is not None and args.what != "entities":
            raise WrongUsage(_("--items goes with entities only."))
        with open_case(args.case) as workspace:
            if args.items is not None:
                total, rows = _asked(workspace, args.items, args.type, args.limit)
            else:
                total, rows = _LISTERS[args.what](workspace, args.type, args.limit)
            out.document({"what": args.what, "total": total, "rows": rows})
            out.table(*_shown(args.what, rows))
            if len(rows) < total:
                out.line(_("{n} of {total}", n=len(rows), total=total))
        return 0


def _entities(workspace: Workspace, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    from ewglink.store import listing

    return _entity_rows(workspace, listing.entity_ids(workspace.case, types=None if kind is None else [kind]).tolist(),
                        limit)


def _asked(workspace: Workspace, query: str, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    from ewglink.workspace.item_query import entities_asked

    found = entities_asked(workspace, query)
    if kind is not None:
        found = [item for item, ref in workspace.case.items.refs(found).items() if ref.type == kind]
    return _entity_rows(workspace, sorted(found), limit)


def _entity_rows(workspace: Workspace, ids: list[int], limit: int | None) -> tuple[int, Rows]:
    from ewglink.store import listing

    wanted = ids[:limit]
    lines, named = listing.entity_rows(workspace.case, wanted), refs(workspace, wanted)
    return len(ids), [named[item] | {"links": lines[item].links, "sources": lines[item].sources} for item in wanted]


def _links(workspace: Workspace, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    from ewglink.model.items import Direction, Strength
    from ewglink.store import listing

    ids = listing.link_ids(workspace.case, types=None if kind is None else [kind]).tolist()
    wanted = ids[:limit]
    lines = listing.link_lines(workspace.case, wanted)
    named = refs(workspace, {*wanted, *(end for line in lines.values() for end in (line.a, line.b))})
    rows = []
    for item in wanted:
        line = lines[item]
        rows.append(named[item] | {
            "from": named[line.a], "to": named[line.b], "direction": Direction(line.direction).name.lower(),
            "strength": Strength(line.strength).name.lower(), "start": line.start, "end": line.end})
    return len(ids), rows


def _sources(workspace: Workspace, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    found = [one for one in workspace.case.sources.listed() if kind in (None, one.importer)]
    return len(found), [{"id": one.id, "name": one.name, "sha256": one.sha256, "size": one.size,
                         "importer": one.importer, "spec": one.spec, "records": one.records,
                         "withdrawn": one.withdrawn} for one in found[:limit]]


def _findings(workspace: Workspace, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    from ewglink.rules.saying import sentence
    from ewglink.store.findings import findings

    found = findings(workspace.case, rules=None if kind is None else [kind])
    return len(found), [{"id": one.id, "rule": one.rule, "severity": one.severity, "objects": list(one.refs),
                         "message": sentence(one.rule, one.values), "status": one.state, "note": one.note}
                        for one in found[:limit]]


def _journal(workspace: Workspace, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    from ewglink.workspace.history import label_of

    found = [one for one in workspace.case.journal_entries(newest_first=False) if kind in (None, one.kind)]
    return len(found), [{"seq": one.seq, "at": one.at, "actor": one.actor, "kind": one.kind, "of_seq": one.of_seq,
                         "label": one.label, "args": one.args,
                         "text": str(label_of(one.label, one.args, workspace.schema)), "hash": one.hash}
                        for one in found[:limit]]


def _charts(workspace: Workspace, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    found = workspace.case.charts.listed()
    return len(found), [{"id": one.id, "name": one.name, "items": len(workspace.case.charts.placements(one.id).items),
                         "settings": one.settings} for one in found[:limit]]


def _queries(workspace: Workspace, kind: str | None, limit: int | None) -> tuple[int, Rows]:
    from ewglink.workspace.saved_queries import saved_queries

    found = [one for one in saved_queries(workspace) if kind in (None, "pattern" if one.pattern else "query")]
    return len(found), [{"name": one.name} | one.as_json() for one in found[:limit]]


_LISTERS = {"entities": _entities, "links": _links, "sources": _sources, "findings": _findings, "journal": _journal,
            "charts": _charts, "queries": _queries}


def _shown(what: str, rows: Rows) -> tuple[Sequence[str], list[Sequence[object]]]:
    """Headings and rows for a person."""
    if what == "entities":
        return (_("No."), _("Type"), _("Links"), _("Identifier"), _("Label")), [
            (row["id"], _type(row), row["links"], _short(row["identity"]), row["label"]) for row in rows]
    if what == "links":
        return (_("No."), _("From"), _("Type"), _("To"), _("Strength"), _("Start")), [
            (row["id"], row["from"]["label"], _type(row), row["to"]["label"], row["strength"], row["start"])
            for row in rows]
    if what == "sources":
        return (_("No."), _("Records"), _("Importer"), _("SHA-256"), _("File")), [
            (row["id"], row["records"], row["importer"], row["sha256"][:12], row["name"]) for row in rows]
    if what == "journal":
        return (_("No."), _("When"), _("Who"), _("Kind"), _("What")), [
            (row["seq"], row["at"][:19], row["actor"], row["kind"], row["text"]) for row in rows]
    if what == "queries":
        return (_("Name"), _("Query")), [(row["name"], row.get("query") or _("a drawn pattern")) for row in rows]
    return (_("No."), _("Items"), _("Name")), [(row["id"], row.get("items"), row.get("name")) for row in rows]


def _type(row: dict[str, Any]) -> str:
    from ewglink.reference.schema_files import builtin_schema

    return builtin_schema().label(row["type"], language())


def _short(identity: str | None) -> str:
    return identity if identity and len(identity) < 60 else ""


MEMBER = List()
