"""What an analyst makes of findings: a disposition, with a note, that survives later runs."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ewglink.model.changes import Change, Changeset
from ewglink.model.refusal import Refusal
from ewglink.store.findings import STATES
from ewglink.text import N_, message

if TYPE_CHECKING:
    from ewglink.workspace.workspace import Workspace


def dispose(workspace: Workspace, findings: Collection[int], state: str, note: str | None = None) -> Changeset:
    """Mark findings as new, confirmed, explained or false; `note` None leaves their notes as they are."""
    if state not in STATES:
        raise Refusal("no_state", message(N_("“{state}” is no disposition; there are: {known}."), state=state,
                                          known=", ".join(STATES)), field=state)
    changes = []
    for row in workspace.case.items.rows("finding", "id", findings):
        body = json.loads(row["vals"])
        if note is not None:
            body["note"] = note.strip()
        if state == "new":
            body.pop("disposed", None)
        else:
            body["disposed"] = row["inputs_hash"]
        after = row | {"state": state, "vals": json.dumps(body, ensure_ascii=False, sort_keys=True)}
        if after != row:
            changes.append(Change("finding", row, after))
    return Changeset("disposed", {"n": len(changes), "state": state}, tuple(changes))


def set_parameters(workspace: Workspace, values: Mapping[str, float]) -> Changeset:
    """Give the case its own values for parameters of rules (`key` or `key:COUNTRY`); none takes them all back."""
    before = workspace.case.meta("parameters")
    after = json.dumps(dict(values), sort_keys=True) if values else None
    if before == after:
        return Changeset("parameters_set")
    change = Change("meta", None if before is None else {"key": "parameters", "value": before},
                    None if after is None else {"key": "parameters", "value": after})
    return Changeset("parameters_set", {}, (change,))
