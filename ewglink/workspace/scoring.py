"""Scoring the parties and vessels of a case by indicators: leads for whom to look at, never kept and never released."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from ewglink.model.items import Ref
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.rules.beside import CaseSource
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import INDICATORS, Indicator
from ewglink.rules.reasons import title_of, told
from ewglink.rules.scope import whole_trade
from ewglink.rules.scoring import Contribution, Score, score
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Trade
from ewglink.text import N_, Message, message
from ewglink.workspace.checking import case_parameters
from ewglink.workspace.workspace import Workspace

LEAD = message(N_("A score is a lead, not evidence."))
_READ, _RUN = 0.35, 0.6


@dataclass(frozen=True)
class ScoredItem:
    """A party or vessel with its score."""

    ref: Ref
    score: Score


@dataclass(frozen=True)
class Scores:
    """Scored items, the highest first (of one score, by id)."""

    as_of: date
    items: list[ScoredItem] = field(default_factory=list)


def chosen_indicators(keys: Collection[str] | None) -> list[Indicator]:
    """The indicators with these keys (None: all); a `Refusal` names one there is not."""
    if keys is None:
        return list(INDICATORS)
    for key in keys:
        if key not in INDICATORS:
            raise Refusal("no_indicator", message(N_("There is no indicator “{key}”; there are: {known}."), key=key,
                                                  known=", ".join(sorted(INDICATORS.keys()))), field=key)
    return [INDICATORS.get(key) for key in keys]


def surroundings(workspace: Workspace, trade: Trade | None = None) -> Surroundings:
    """What indicators see, over a trade that was read already (None: read now); good until the case is changed."""
    return Surroundings(whole_trade(workspace.case) if trade is None else trade, CaseSource(workspace.case))


def score_case(
    workspace: Workspace, items: Collection[int] | None = None, as_of: date | None = None,
    indicators: Collection[str] | None = None, around: Surroundings | None = None
) -> Job[Scores]:
    """Score `items` (None: every party and vessel) as of a day (default: today). The case stays as it is.

    `around` is what `surroundings` gave, where somebody scores one party after another. Refuses an unknown indicator,
    and an item that is neither a party nor a vessel.
    """
    chosen = chosen_indicators(indicators)
    setting = Setting(as_of or date.today(), case_parameters(workspace))
    yield Progress(0.0, message(N_("Reading the trade…")))
    around = surroundings(workspace) if around is None else around
    trade = around.trade
    wanted = None if items is None else [workspace.projection.stands_for(item) for item in items]
    for item in wanted or ():
        if item not in trade.parties and item not in around.vessels:
            name = workspace.case.items.refs([item])
            raise Refusal("not_scored", message(N_("Only organizations, facilities, people and vessels have a score; "
                                                   "“{name}” is none of them."),
                                                name=name[item].label if item in name else str(item)))
    found: dict[int, Score] = {}
    for step in score(trade, around, setting, items=wanted, indicators=chosen):
        found = step.best if step.best is not None else found
        yield Progress(_READ + _RUN * (step.done or 0.0), step.message)
    refs = workspace.case.items.refs(list(found))
    ordered = sorted(found.values(), key=lambda one: (-one.score, one.item))
    yield Progress(1.0, message(N_("Done")), Scores(
        setting.as_of, [ScoredItem(refs[one.item], one) for one in ordered if one.item in refs]))


def adds(whole: Score, one: Contribution) -> float:
    """How many points of the score (0 to 100) there are because of this contribution: the score less what it would be
    without. Under a cap, and beside others, that is less than its weight × value."""
    return whole.score - replace(whole, contributions=[each for each in whole.contributions if each is not one]).score


def reason(one: Contribution) -> str:
    """A contribution as a person reads it: the indicator's name and what was compared."""
    said = told(one.values)
    return f"{title_of(one.indicator)} ({said})" if said else title_of(one.indicator)


def innocent(indicator: str) -> list[Message]:
    """Why an indicator may be a false alarm."""
    return [message(text) for text in INDICATORS.get(indicator).innocent] if indicator in INDICATORS else []
