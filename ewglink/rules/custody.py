"""Custody step by step: hand-overs without a signature, or too long after the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ewglink.rules.contract import Setting
from ewglink.rules.trade import Handover, Movement, Trade


@dataclass(frozen=True)
class Gap:
    """A step of custody that is not shown, and why (a stable phrase)."""

    giver: str
    taker: str
    reason: str
    hours: float | None = None


def gaps(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Gap]:
    """The gaps in a load's chain of custody. A load none of whose steps is signed is still under way: no gap."""
    steps = movement.handovers
    signed = [_instant(step.values.get("signed_date")) for step in steps]
    last = max((at for at, when in enumerate(signed) if when is not None), default=-1)
    most = setting.parameters.value("custody_gap_hours") or 24.0
    for at in range(last + 1):
        step, when = steps[at], signed[at]
        before = signed[at - 1] if at else None
        if when is None:
            yield _gap(step, trade, "no signature")
        elif before is not None and (hours := _hours(before, when)) > most:
            yield _gap(step, trade, "too long between signatures", hours)
        if at and steps[at - 1].values.get("vehicle") and step.values.get("vehicle") and (
                steps[at - 1].taker == step.giver and steps[at - 1].values["vehicle"] != step.values["vehicle"]):
            yield _gap(step, trade, "another vehicle")


def _gap(step: Handover, trade: Trade, reason: str, hours: float | None = None) -> Gap:
    names = [trade.parties[item].label if item in trade.parties else str(item) for item in (step.giver, step.taker)]
    return Gap(names[0], names[1], reason, hours)


def _instant(value: Any) -> datetime | None:
    """When something was signed; a date alone is its midnight."""
    text = str(value[0] if isinstance(value, (list, tuple)) and value else value or "")
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None) if text else None
    except ValueError:
        return None


def _hours(before: datetime, after: datetime) -> float:
    """Hours between two signatures; dates without an hour count from the end of the first to the start of the second
    day."""
    whole_days = before.time() == after.time() == datetime.min.time()
    hours = (after - before).total_seconds() / 3600
    return round(max(0.0, hours - 24 if whole_days else hours), 2)
