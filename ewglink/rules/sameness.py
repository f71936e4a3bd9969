"""Whether two loads that bear one number are different loads."""

from __future__ import annotations

from ewglink.rules.trade import Movement


def differ(one: Movement, other: Movement, tolerance: float) -> bool:
    """Whether they differ in shipping date, exporter, receiver, or in kilograms by more than `tolerance` (a share)."""
    if one.shipped and other.shipped and one.shipped != other.shipped:
        return True
    for name in ("exporters", "receivers"):
        first, second = set(getattr(one, name)), set(getattr(other, name))
        if first and second and not first & second:
            return True
    if one.kg is None or other.kg is None:
        return False
    return abs(one.kg - other.kg) > tolerance * max(one.kg, other.kg)
