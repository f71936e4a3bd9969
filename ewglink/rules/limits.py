"""Whose law holds for a load, a stream or a notice, and the limits it sets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ewglink.reference.countries import subdivision_code
from ewglink.reference.operations import is_interim
from ewglink.rules.contract import Setting
from ewglink.rules.judging import ends
from ewglink.rules.trade import Movement, Notice, Stream, Trade


def limit(key: str, movement: Movement, trade: Trade, setting: Setting, on: date | None) -> float | None:
    """A parameter for a load: that of the country it goes to, else of the one it leaves, else the general one."""
    leaves, goes = ends(movement, trade)
    for country in (goes, leaves, ""):
        found = setting.parameters.find(key, country, on)
        if found is not None and (found.country == country or not country):
            return found.value
    return setting.parameters.value(key, "", on)


def receipt_of(movement: Movement) -> date | None:
    """When receipt was confirmed: the load's own date, else that of a confirmation of receipt."""
    return movement.received or _confirmed(movement, "receipt")


def completion_of(movement: Movement) -> date | None:
    """When the operation was completed."""
    return movement.completed or _confirmed(movement, "completion") or _confirmed(movement, "final")


def _confirmed(movement: Movement, kind: str) -> date | None:
    dates = [one.on for line in movement.lines for one in line.confirmations if kind in one.kind and one.on is not None]
    return max(dates) if dates else None


def completion_limit(movement: Movement, trade: Trade, setting: Setting) -> float | None:
    """The days from delivery to completion: an interim operation's, a final one's at the receiving facility, or a final
    one's elsewhere after an interim operation."""
    streams = [line.stream for line in movement.lines if line.stream is not None]
    done = [code for line in movement.lines for code in (line.op, *(one.op for one in line.confirmations)) if code]
    interim = any(is_interim(code) for code in done) or any(
        stream.interim & set(movement.receivers) and not stream.final & set(movement.receivers) for stream in streams)
    if not interim:
        return limit("final_completion_days", movement, trade, setting, movement.delivered)
    interim_done = _confirmed(movement, "interim") is not None
    key = "final_elsewhere_days" if interim_done else "interim_completion_days"
    return limit(key, movement, trade, setting, movement.delivered)


def law_of_notice(notice: Notice, trade: Trade) -> str:
    """The country whose authority a notice was made to; that of its applicants, else of the exporters of what it
    requests, where it does not say."""
    exporters = {one for stream in notice.streams for one in stream.exporters}
    return notice.country or trade.country(notice.applicants) or trade.country(exporters)


def law_of_stream(stream: Stream, trade: Trade) -> str:
    """The country whose consent a stream is."""
    return stream.country or (law_of_notice(stream.notice, trade) if stream.notice is not None else "") or \
        trade.country(stream.exporters)


def after_months(start: date, months: int) -> date:
    """The first day after a window of so many months that begins on `start`."""
    year, month = divmod(start.month - 1 + months, 12)
    day = start.day
    while True:
        try:
            return date(start.year + year, month + 1, day)
        except ValueError:
            day -= 1


def subdivision_of(parties: Iterable[int], trade: Trade) -> str:
    """The province or state of a party, as the calendar of its holidays is named (`ON`); empty where not known."""
    for item in parties:
        party = trade.party(item)
        if party is not None and party.text("subdivision"):
            code = subdivision_code(party.text("subdivision"), party.country or None)
            return (code or "").partition("-")[2]
    return ""
