"""Items asked for in a line: `type=person AND name~peña`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message
from ewglink.workspace.workspace import Workspace

_TERM = re.compile(r"\s*([\w.]+)\s*(!=|!~|=|~)\s*(.*?)\s*", re.DOTALL)
_AND = re.compile(r"\s+AND\s+")
_OWN = {"type", "label", "id"}


def _folded(text: object) -> str:
    """Compared without accents and capitals."""
    parts = unicodedata.normalize("NFKD", str(text))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold().strip()


def _terms(query: str) -> list[tuple[str, str, str]]:
    terms = []
    for part in _AND.split(query.strip()):
        match = _TERM.fullmatch(part)
        if match is None:
            raise Refusal("bad_query", message(
                N_("“{part}” is no condition; write KEY=value, KEY!=value, KEY~part or KEY!~part, joined by AND."),
                part=part or query))
        key, sign, value = match.groups()
        terms.append((key, sign, value.strip("\"'")))
    return terms


def _check(terms: list[tuple[str, str, str]], schema: Schema) -> None:
    for key, sign, value in terms:
        if key == "type" and sign in ("=", "!=") and value not in schema.entity_types:
            raise Refusal("no_type", message(N_("There is no entity type “{type}”; there are: {types}."), type=value,
                                             types=", ".join(schema.entity_types)))


def _holds(sign: str, wanted: str) -> Callable[[list[str]], bool]:
    found: dict[str, Callable[[list[str]], bool]] = {
        "=": lambda values: wanted in values, "!=": lambda values: wanted not in values,
        "~": lambda values: any(wanted in value for value in values),
        "!~": lambda values: not any(wanted in value for value in values)}
    return found[sign]


def entities_asked(workspace: Workspace, query: str) -> list[int]:
    """The entities for which every condition holds, by id.

    A key is `type`, `label`, `id` or a property's; `=` compares whole values, `~` parts of them, without accents and
    capitals; a property's condition looks at every value that was stated.
    """
    terms = _terms(query)
    _check(terms, workspace.schema)
    network = workspace.network()
    kept = {int(item): network.type_keys[code] for item, code in zip(network.ids, network.types, strict=True)}
    labels = workspace.case.items.labels(kept)
    stated = _stated(workspace, list(kept)) if any(key not in _OWN for key, *_rest in terms) else {}
    for key, sign, value in terms:
        holds = _holds(sign, _folded(value))

        if key in _OWN:
            own = {"type": kept, "label": labels, "id": {item: str(item) for item in kept}}[key]
            values = {item: [_folded(own.get(item, ""))] for item in kept}
        else:
            values = {item: stated.get(item, {}).get(key, []) for item in kept}
        kept = {item: kind for item, kind in kept.items() if holds(values[item])}
    return sorted(kept)


def _stated(workspace: Workspace, items: list[int]) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {}
    for statement in workspace.case.items.statements(items):
        known = found.setdefault(workspace.projection.stands_for(statement.item), {})
        for key, packed in statement.vals.items():
            value = packed[0]
            known.setdefault(key, []).extend(map(_folded, value if isinstance(value, list) else [value]))
    return found
