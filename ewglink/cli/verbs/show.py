"""`ewglink show`: all that a case knows of one item, with the rows that said it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ewglink.cli.cases import open_case, refs
from ewglink.cli.output import Output
from ewglink.text import N_, _, language

if TYPE_CHECKING:
    from ewglink.workspace.portrait import Portrait
    from ewglink.workspace.workspace import Workspace

_VALIDITY = {"ok": N_("valid"), "warn": N_("doubtful"), "fail": N_("not valid")}


class Show:
    """An item by its number, `namespace:value` or exact label."""

    key = "show"
    summary = N_("an item with its statements, each with file and row")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The case and the item."""
        parser.add_argument("case", metavar=_("CASE"))
        parser.add_argument("item", metavar=_("ITEM"), help=_("a number, namespace:value, or an exact label"))

    def run(self, args: argparse.Namespace, out: Output) -> int:
        """Show it."""
        from ewglink.workspace.portrait import portrait
        from ewglink.workspace.questions import find_item

        with open_case(args.case) as workspace:
            found = portrait(workspace.case, find_item(workspace, args.item).id, most_links=1_000_000_000)
            assert found is not None
            data = _document(workspace, found)
            out.document(data)
            _print(workspace, data, out)
        return 0


def _document(workspace: Workspace, found: Portrait) -> dict[str, Any]:
    rows = (*found.links, *((found.link,) if found.link else ()))
    named = refs(workspace, {found.ref.id, *(row.id for row in rows), *(end for row in rows for end in (row.a, row.b))})
    constituents = [item for item in workspace.case.items.canonical()
                    if workspace.projection.stands_for(item) == found.ref.id]
    merged = refs(workspace, constituents)
    return {
        "item": named[found.ref.id],
        "properties": {one.key: {"value": one.chosen.value, "statement": one.chosen.statement.id}
                       for one in found.shown},
        "statements": _statements(found), "links": _links(found, named),
        "merged_from": [merged[item] for item in constituents],
    }


def _statements(found: Portrait) -> list[dict[str, Any]]:
    from ewglink.model.items import Precision

    rows = []
    for one in found.statements:
        for key, packed in one.vals.items():
            value, raw, start, end, precision, validity, _reason = [*packed, *[None] * 7][:7]
            rows.append({
                "id": one.id, "property": key, "value": value, "raw": value if raw is None else raw,
                "source": one.source_name or one.note, "part": one.part, "row": one.row, "start": start, "end": end,
                "precision": None if precision is None else Precision(precision).name.lower(), "grade": one.grade,
                "handling": one.handling, "validity": validity})
    return rows


def _links(found: Portrait, named: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """The links of an entity; of a link, its two ends."""
    if found.link is not None:
        return [{"link": named[found.link.id], "other": named[found.link.a], "end": "from"},
                {"link": named[found.link.id], "other": named[found.link.b], "end": "to"}]
    rows = []
    for row in found.links:
        here = row.a == found.ref.id
        rows.append({"link": named[row.id], "other": named[row.b if here else row.a], "end": "from" if here else "to"})
    return rows


def _print(workspace: Workspace, data: dict[str, Any], out: Output) -> None:
    item, lang = data["item"], language()
    number = _("No.") + f" {item['id']}"
    out.line(f"{item['label']}  [{workspace.schema.label(item['type'], lang)}, {number}]")
    out.table((_("Property"), _("Value"), _("As written"), _("Check"), _("Source"), _("Row")), (
        (_property(workspace, item["type"], row["property"]), _plain(row["value"]), _other(row["raw"], row["value"]),
         _checked(row["validity"]), row["source"], row["row"]) for row in data["statements"]))
    out.table((_("Link"), "", _("Other end")), (
        (workspace.schema.label(row["link"]["type"], lang), "→" if row["end"] == "from" else "←", row["other"]["label"])
        for row in data["links"]))


def _property(workspace: Workspace, type_key: str, key: str) -> str:
    schema = workspace.schema
    kind = schema.entity_types.get(type_key) or schema.link_types.get(type_key)
    found = kind.property(key) if kind else None
    return found.label(language()) if found else key


def _other(raw: Any, value: Any) -> object:
    """What the source wrote, where that differs from the value."""
    return _plain(raw) if _plain(raw) != _plain(value) else ""


def _checked(validity: str | None) -> str:
    return _(_VALIDITY[validity]) if validity in _VALIDITY else validity or ""


def _plain(value: Any) -> object:
    if isinstance(value, list):
        return "; ".join(str(_plain(one)) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


MEMBER = Show()
