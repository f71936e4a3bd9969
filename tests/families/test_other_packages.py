"""A family takes members from other packages, and does without those that cannot be loaded."""

from __future__ import annotations

from typing import Any

import pytest

from ewglink.plugins import registry
from ewglink.plugins.registry import Registry


class _Point:
    def __init__(self, value: str, member: Any) -> None:
        self.value = value
        self._member = member

    def load(self) -> Any:
        """The member, or what is wrong with it."""
        if isinstance(self._member, Exception):
            raise self._member
        return self._member


def test_a_broken_member_of_another_package_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Third:
        key = "third"

    points = [_Point("broken.package:MEMBER", ImportError("no module named x")), _Point("third.party:MEMBER", Third())]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    measures: Registry[Any] = Registry("ewglink.analysis.measures", "ewglink.analysis")
    assert "third" in measures and "degree" in measures
    assert measures.left_out == {"broken.package:MEMBER": "ImportError: no module named x"}
