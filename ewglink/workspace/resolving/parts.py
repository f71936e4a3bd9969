"""Which merged entity is meant: an item as it was before a merge, or one that others were merged into."""

from __future__ import annotations

from ewglink.model.items import Ref
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message
from ewglink.workspace.questions import Ambiguous, find_item
from ewglink.workspace.workspace import Workspace


def find_part(workspace: Workspace, text: str) -> Ref:
    """The item that `text` names, as it is by itself: an id, `namespace:value` or an exact label of what was merged.

    Where both an entity and one merged into it bear a label, what was merged into the other is not meant.
    """
    items = workspace.case.items
    found: list[Ref] = []
    if text.isdigit():
        found = list(items.refs([int(text)]).values())
    if not found and ":" in text:
        found = items.identified(*text.split(":", 1))
    if not found:
        found = items.named(text)
    ids = [ref.id for ref in found]
    merged = {row[side] for side in ("survivor", "constituent") for row in items.rows("merge", side, ids)}
    parts = [ref for ref in found if ref.id in merged]
    if not parts:
        ref = find_item(workspace, text)
        raise Refusal("not_merged", message(N_("“{label}” was not merged with anything."), label=ref.label))
    standing = items.standing([ref.id for ref in parts])
    tops = [ref for ref in parts if standing[ref.id] == ref.id]
    if len(tops) == 1 and set(standing.values()) == {tops[0].id}:
        return tops[0]
    if len(parts) > 1:
        raise Ambiguous(text, parts)
    return parts[0]
