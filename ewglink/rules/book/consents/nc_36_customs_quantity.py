"""NC-36: customs and manifest quantities that differ."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not movement.declarations:
        return
    if movement.kg is None or not movement.kg:
        yield Missing(movement.id, ("quantity", "unit"))
        return
    allowed = setting.parameters.value("customs_quantity_pct") or 0.0
    for declared in movement.declarations:
        if declared.kg is None:
            yield Missing(movement.id, ("net_kg",))
        elif round(abs(declared.kg - movement.kg) / movement.kg * 100 - allowed, 9) > 0:
            yield Found((movement.id,), {"declared_kg": declared.kg, "shipped_kg": movement.kg,
                                         "change_pct": round((declared.kg - movement.kg) / movement.kg * 100, 2)},
                        (declared.id,))


MEMBER = PlainRule(
    "NC-36",
    N_("Customs quantity variance"),
    N_("The net mass declared to customs differs from the quantity of the load by more than 10 %."),
    N_("Customs has {declared_kg}, the manifest {shipped_kg}: {change_pct} difference."),
    N_("A corrected declaration, or the weight tickets."),
    "medium",
    "movement",
    ("declared_as", "net_kg", "quantity",),
    N_("Domain practice"),
    _test,
)
