"""NC-32: a rejected load that went nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.limits import limit
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Movement, Trade
from ewglink.text import N_


def _test(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Said]:
    if movement.values.get("rejection") is not True:
        return
    if movement.values.get("new_manifest_numbers") or movement.values.get("rejection_alternate_type"):
        return
    since = movement.delivered or movement.shipped
    if since is None:
        yield Missing(movement.id, ("delivered_date",))
        return
    allowed = limit("rejection_days", movement, trade, setting, since)
    days = (setting.as_of - since).days
    if allowed is not None and days > allowed:
        yield Found((movement.id,), {"delivered": since.isoformat(), "open_days": days, "limit_days": allowed})


MEMBER = PlainRule(
    "NC-32",
    N_("Rejected, not resolved"),
    N_("The load was rejected, and neither an alternate facility nor a return is known within 90 days."),
    N_("Rejected after delivery on {delivered}; nothing is known after {open_days}, {limit_days} are allowed."),
    N_("The manifest to the alternate facility, or the record of the return."),
    "high",
    "movement",
    ("rejection", "new_manifest_numbers", "rejection_alternate_type",),
    N_("40 CFR 264.72; SOR/2021-25 14, 26"),
    _test,
)
