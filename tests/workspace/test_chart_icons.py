"""On a chart, what a value says of a thing may decide its icon."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ewglink.workspace.commands.charts import create_chart, place
from ewglink.workspace.commands.items import add_entity
from ewglink.workspace.workspace import Workspace


def test_a_wallet_looks_like_a_wallet(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.ewg", "Accounts") as workspace:
        items = []
        for label, kind in (("one", "wallet"), ("two", None), ("three", "phone")):
            values = {} if kind is None else {"account_kind": kind}
            changeset, item = add_entity(workspace.case, "account", label, values)
            workspace.do(changeset)
            items.append(item)
        workspace.do(create_chart(workspace.case, "c")[0])
        workspace.do(place(workspace.case, 1, items, np.zeros((3, 2))))
        assert workspace.chart_content(1).icon_of == {0: "account_wallet", 2: "account_phone"}
