"""RI-15: weights that containers, cylinders or the goods themselves do not allow."""

from __future__ import annotations

from ewglink.reference.watch_lists import sizes
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.prices import weighs
from ewglink.rules.quantities import number
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Line, Movement, Party, Trade
from ewglink.text import N_

_CYLINDER = frozenset({"cylinder", "cylinders", "cyl", "cy"})


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = [load for role in ("exporters", "shippers", "importers")
             for load in around.loads_as.get((role, party.id), ())]
    if not loads:
        return idle(party, around, "exporter_of", "shipper_of", "importer_of")
    said = around.kept("RI-15", lambda: {load.id: _said(load, setting) for load in trade.movements.values()})
    known = {load.id: said[load.id] for load in loads if said[load.id] is not None}
    if not known:
        return lacking(party, "carried_in", "container_count", "density")
    wrong = sorted(item for item, said_of in known.items() if said_of and said_of[0])
    if not wrong:
        return None
    reason, each = known[wrong[0]] or ("", 0.0)
    unit = "each" if reason == "density" else "each_kg"
    return Sign(1.0, {"loads": len(wrong), "reason": reason, unit: round(each, 1)}, tuple(wrong[:20]))


_Weighed = tuple[str, float]
"""What is implausible, empty where nothing is, and the figure that was compared."""


def _said(load: Movement, setting: Setting) -> _Weighed | None:
    """What is implausible of a load; None where nothing could be compared."""
    answers = [_containers(load, setting), *(
        answer for line in load.lines for answer in (_cylinders(line, setting), _density(line, setting)))]
    known = [answer for answer in answers if answer is not None]
    return next((answer for answer in known if answer[0]), known[0]) if known else None


def _limit(key: str, load: Movement, setting: Setting) -> float:
    return setting.parameters.value(key, "", load.shipped) or 0.0


def _containers(load: Movement, setting: Setting) -> _Weighed | None:
    boxes = [unit for unit in load.units if unit.type == "container" and not unit.text("cylinder_serial")]
    net = weighs(load)
    if not boxes or net is None:
        return None
    tares = [number(box.values.get("tare")) for box in boxes]
    usual, gross = _limit("container_payload_kg", load, setting), _limit("container_gross_kg", load, setting)
    payload = sum(usual if tare is None else gross - tare for tare in tares)
    each = net / len(boxes)
    if each < _limit("container_least_kg", load, setting) or net > payload:
        return "weight of a container", each
    return "", each


def _cylinders(line: Line, setting: Setting) -> _Weighed | None:
    count = number(line.values.get("container_count"))
    if line.text("container_type").casefold() not in _CYLINDER or not count or line.kg is None:
        return None
    each = line.kg / count
    off = _limit("cylinder_tolerance_pct", line.movement, setting) / 100
    fits = any(abs(each - size) <= off * size for size in sizes("cylinder_kg", line.movement.shipped))
    return "" if fits else "weight of a cylinder", each


def _density(line: Line, setting: Setting) -> _Weighed | None:
    density = number(line.values.get("density"))
    if density is None:
        return None
    fits = 0 < density <= _limit("densest_kg_per_litre", line.movement, setting)
    return "" if fits else "density", density


MEMBER = PlainIndicator(
    "RI-15",
    "trade",
    0.35,
    N_("Weight or volume implausible"),
    N_("Net kilograms for each container below 2 t or above its payload; kilograms for each cylinder more than "
       "20 % from every size sold; a density that no goods have."),
    (N_("A container loaded in part, or shared with other goods."),
     N_("Foam, fibre and other light goods."),
     N_("Weights given in pounds by mistake."),),
    ("carried_in", "tare", "net_kg", "quantity", "container_count", "container_type", "density",),
    _test,
)
