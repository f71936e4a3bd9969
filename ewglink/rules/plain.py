"""A rule made of its definition and one function: what every file of the book declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ewglink.rules.contract import Said, Setting, Severity, Subject
from ewglink.rules.trade import Trade


@dataclass(frozen=True)
class PlainRule:
    """See `contract.Rule`. `test` is what evaluates it."""

    key: str
    name: str
    definition: str
    sentence: str
    clears: str
    severity: Severity
    over: Subject
    inputs: tuple[str, ...]
    citation: str
    test: Callable[[Any, Trade, Setting], Iterator[Said]]
    version: str = "1"
    sector: str = "waste"
    """Goods it is about; what is known to be of another sector is passed over."""

    def evaluate(self, subject: Any, trade: Trade, setting: Setting) -> Iterator[Said]:
        """What the rule says of one subject."""
        return self.test(subject, trade, setting)
