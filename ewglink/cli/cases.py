"""A case as a verb is given it, and its items as a script reads them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewglink.model.items import Ref
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

if TYPE_CHECKING:
    from ewglink.workspace.workspace import Workspace


def open_case(text: str) -> Workspace:
    """The case at the path `text`; close it after use."""
    if "://" in text:
        raise Refusal("case_url", message(N_("{file} names a team server; this EWGLink opens case files only."),
                                          file=text), file=text)
    from ewglink.workspace.workspace import Workspace

    return Workspace.open(Path(text))


def refs(workspace: Workspace, items: Collection[int]) -> dict[int, dict[str, Any]]:
    """REF shapes by id; an id that is not in the case gets one that says so."""
    found = workspace.case.items.refs(items)
    return {item: found[item].as_json() if item in found else Ref(item, "", "", "").as_json() for item in items}


def title_of(ref: Ref, workspace: Workspace, language: str) -> str:
    """An item as a person reads it: label and type."""
    return f"{ref.label} ({workspace.schema.label(ref.type, language)})"
