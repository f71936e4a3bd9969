"""NC-39: an exporter or notifier that is only a broker."""

from __future__ import annotations

from collections.abc import Iterator

from ewglink.rules.contract import Found, Missing, Said, Setting
from ewglink.rules.parties import BROKERS, exports, notifies
from ewglink.rules.plain import PlainRule
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_


def _test(party: Party, trade: Trade, setting: Setting) -> Iterator[Said]:
    if not (exports(party) or notifies(party, trade)):
        return
    roles = party.roles - {"exporter", "notifier", "applicant", "notifier/applicant"}
    if not roles:
        yield Missing(party.id, ("roles",))
    elif roles <= BROKERS and not party.facilities and "generator_of" not in party.acts:
        yield Found((party.id,), {"party": party.label, "roles": sorted(roles)})


MEMBER = PlainRule(
    "NC-39",
    N_("Broker-only actor"),
    N_("The exporter or notifier has only the roles of a broker, trader or forwarder, owns and operates no "
       "facility of the case, and generated none of the goods."),
    N_("{party} exports or notifies, but is known only as {roles}."),
    N_("Evidence of a facility it owns or operates, or of the goods it generated."),
    "medium",
    "party",
    ("roles", "exporter_of", "applicant_of", "owns", "operates",),
    N_("Domain practice"),
    _test,
)
