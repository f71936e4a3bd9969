"""A family's register: its members are the modules of a folder, and what other packages offer through entry points."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import entry_points
from types import ModuleType
from typing import Generic, TypeVar

Member = TypeVar("Member")


class Registry(Generic[Member]):
    """Members of one family by key.

    A member module has a module-level `MEMBER` (or a tuple `MEMBERS`) with a `key: str`. Modules whose name starts
    with `_`
    are passed over. `entry_point` names the group other packages register in, e.g. ``ewglink.importers``.
    """

    def __init__(self, package: str, entry_point: str) -> None:
        self._package = package
        self._entry_point = entry_point
        self.left_out: dict[str, str] = {}
        """What other packages offer and could not be loaded, and why."""

    def _modules(self) -> Iterator[ModuleType]:
        package = importlib.import_module(self._package)
        for info in sorted(pkgutil.walk_packages(package.__path__, self._package + "."), key=lambda found: found.name):
            if not info.ispkg and not info.name.rsplit(".", 1)[-1].startswith("_"):
                yield importlib.import_module(info.name)

    @cached_property
    def _members(self) -> dict[str, Member]:
        found: dict[str, Member] = {}
        for module in self._modules():
            for member in getattr(module, "MEMBERS", None) or (module.MEMBER,):
                key: str = member.key
                if key in found:
                    raise ValueError(f"two members of {self._package} are named {key!r}")
                found[key] = member
        for point in entry_points(group=self._entry_point):
            try:
                member = point.load()
                found.setdefault(member.key, member)
            except Exception as error:  # another's package: whatever is wrong with it, the rest goes on without it
                self.left_out[point.value] = f"{type(error).__name__}: {error}"
        return found

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, key: object) -> bool:
        return key in self._members

    def keys(self) -> list[str]:
        """The members' keys, in the order of their modules."""
        return list(self._members)

    def get(self, key: str) -> Member:
        """The member named `key`; KeyError where there is none."""
        return self._members[key]
