"""Rows made into the trade: each item the thing it is, each link an entry in the list it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ewglink.rules.decisions import STATES as _DECIDED
from ewglink.rules.decisions import decide
from ewglink.rules.permits import of_permit, permitted
from ewglink.rules.quantities import codes_of, day, in_kg, listed, number, one_un, plain_code
from ewglink.rules.rows import ItemRow, Rows, Tie
from ewglink.rules.sectors import sector_of, sector_of_stream
from ewglink.rules.states import consent_state, notice_state
from ewglink.rules.trade import (
    Confirmation,
    Declaration,
    Entry,
    Handover,
    Line,
    Movement,
    Notice,
    Party,
    Place,
    Stream,
    Thing,
    Trade,
)

PARTIES = ("organization", "facility", "person")
TRACKING = ("mtn", "ca_md_no", "mx_manifest_no")
_UNITS = ("container", "vehicle", "vessel")
_GOODS = ("specimen", "substance", "engine")


def assemble(rows: Rows, *, whole: bool = True) -> Trade:
    """The trade that `rows` tell of."""
    trade = Trade(whole=whole)
    for row in rows.items.values():
        _MAKERS.get(row.type, _thing)(trade, row, rows.values.get(row.id, {}))
    for tie in rows.ties:
        take = TAKERS.get(tie.type)
        if take is not None:
            take(trade, tie, rows)
    _hand_over(trade, rows)
    _settle(trade)
    trade.declared = bool(trade.declarations)
    trade.consented = any(is_known(stream) for stream in trade.streams.values())
    return trade


# things


def _thing(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    trade.things[row.id] = Thing(row.id, row.ref, row.label, row.type, values)


def _party(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    trade.parties[row.id] = Party(
        row.id, row.ref, row.label, row.type, values, country=plain_code(values.get("country")),
        roles=frozenset(role.casefold() for role in listed(values.get("roles"))))


def _place(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    keys = [values.get(key) for key in ("unlocode", "cbp_port", "cbsa_office", "mx_aduana", "name")]
    country = plain_code(values.get("country")) or plain_code(values.get("unlocode"))[:2]
    trade.places[row.id] = Place(row.id, row.ref, row.label, row.type, values, country=country,
                                 keys=frozenset(plain_code(key) for key in (*keys, row.label) if key))


def _notice(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    trade.notices[row.id] = Notice(
        row.id, row.ref, row.label, row.type, values, country=plain_code(values.get("country")),
        status=notice_state(values), submitted=day(values.get("submitted")), start=day(values.get("valid_from")),
        end=day(values.get("valid_to")))


def _stream(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    unit = str(values.get("unit") or "")
    quantity, shipments = number(values.get("quantity")), number(values.get("shipments"))
    trade.streams[row.id] = Stream(
        row.id, row.ref, row.label, row.type, values,
        number=plain_code(values.get("us_consent_no") or values.get("reference")),
        status=consent_state(values), country=plain_code(values.get("country")),
        start=day(values.get("valid_from")), end=day(values.get("valid_to")), quantity=quantity, unit=unit,
        kg=in_kg(quantity, unit, values), shipments=None if shipments is None else int(shipments),
        codes=codes_of(values), un=frozenset(one_un(un) for un in listed(values.get("un"))),
        hazard_class=plain_code(values.get("hazard_class")),
        operations=frozenset(plain_code(op) for op in listed(values.get("operations"))),
        transit=frozenset(plain_code(one) for one in listed(values.get("transit_countries"))))


def _line(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    unit = str(values.get("unit") or "")
    quantity, received = number(values.get("quantity")), number(values.get("quantity_received"))
    trade.lines[row.id] = Line(
        row.id, row.ref, row.label, row.type, values, no=str(values.get("line_no") or ""), quantity=quantity, unit=unit,
        kg=number(values.get("quantity_kg")) if quantity is None else in_kg(quantity, unit, values), received=received,
        received_kg=in_kg(received, unit, values), codes=codes_of(values), un=one_un(values.get("un")),
        hazard_class=plain_code(values.get("hazard_class")), hs=plain_code(values.get("hs")),
        op=plain_code(values.get("op_code") or values.get("management_method")),
        references=tuple(plain_code(one) for one in listed(values.get("us_consent_no"))))


DATES = {"shipped": "ship_date", "crossed": "cross_date", "delivered": "delivered_date", "received": "receipt_date",
          "completed": "completion_date", "completion_reported": "completion_reported", "part_a": "part_a_date"}


def _movement(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    movement = Movement(
        row.id, row.ref, row.label, row.type, values,
        numbers={key: plain_code(values[key]) for key in TRACKING if values.get(key)})
    for name, key in DATES.items():
        setattr(movement, name, day(values.get(key)))
    trade.movements[row.id] = movement


def _confirmation(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    quantity, unit = number(values.get("quantity")), str(values.get("unit") or "")
    trade.things[row.id] = Confirmation(
        row.id, row.ref, row.label, row.type, values, kind=str(values.get("kind") or "").casefold(),
        on=day(values.get("date")), kg=in_kg(quantity, unit, values), op=plain_code(values.get("op_code")))


def is_declaration(values: Mapping[str, object]) -> bool:
    """Whether a document that shows these values is a customs record."""
    return bool(values.get("hs")) or str(values.get("document_type") or "").casefold() == "customs_declaration"


def _document(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    if is_declaration(values):
        quantity = number(values.get("net_kg"))
        trade.declarations[row.id] = Declaration(
            row.id, row.ref, row.label, row.type, values, country=plain_code(values.get("country")),
            direction=str(values.get("direction") or "").casefold(), on=day(values.get("date")),
            hs=plain_code(values.get("hs")), kg=quantity)
    _thing(trade, row, values)


def _entry(trade: Trade, row: ItemRow, values: dict[str, object]) -> None:
    trade.entries[row.id] = Entry(row.id, row.ref, row.label, row.type, values, on=day(values.get("start")),
                                  kind=str(values.get("event_kind") or "").casefold())


_MAKERS: dict[str, Callable[[Trade, ItemRow, dict[str, object]], None]] = {
    "organization": _party, "facility": _party, "person": _party, "location": _place, "notice": _notice,
    "consent_stream": _stream, "movement_line": _line, "movement": _movement, "confirmation": _confirmation,
    "document": _document, "event": _entry,
}

# links

_Taker = Callable[[Trade, Tie, Rows], None]
ROLES = {
    "exporter_of": "exporters", "generator_of": "shippers", "shipper_of": "shippers", "consignor_of": "shippers",
    "importer_of": "importers", "consignee_of": "importers", "receiver_of": "receivers", "carrier_of": "carriers",
    "broker_of": "brokers", "customs_broker_of": "brokers", "forwarder_of": "brokers",
}
_PLACES = {"departed_from": "exits", "arrived_at": "entries", "crossed_at": "transits", "transited": "transits"}
_AUTHORISED = {
    "authorises_exporter": "exporters", "authorises_importer": "importers", "authorises_carrier": "carriers",
    "authorises_interim_facility": "interim", "authorises_final_facility": "final",
}


def _role(trade: Trade, tie: Tie, rows: Rows) -> None:
    movement, party = trade.movements.get(tie.b), trade.parties.get(tie.a)
    if movement is not None and party is not None:
        place: list[int] = getattr(movement, ROLES[tie.type])
        if party.id not in place:
            place.append(party.id)
        party.acts.add(tie.type)
    declared = trade.declarations.get(tie.b)
    if declared is not None:
        declared.parties.add(tie.a)


def _route(trade: Trade, tie: Tie, rows: Rows) -> None:
    movement, place = trade.movements.get(tie.a), trade.places.get(tie.b)
    if movement is not None and place is not None:
        getattr(movement, _PLACES[tie.type]).append(place)
        if tie.start:
            movement.times[place.id] = tie.start


def _authorised(trade: Trade, tie: Tie, rows: Rows) -> None:
    stream = trade.streams.get(tie.a)
    if stream is not None:
        getattr(stream, _AUTHORISED[tie.type]).add(tie.b)


def _port(trade: Trade, tie: Tie, rows: Rows) -> None:
    stream, place = trade.streams.get(tie.a), trade.places.get(tie.b)
    if stream is not None and place is not None:
        stream.ports.append(place)


def _transit(trade: Trade, tie: Tie, rows: Rows) -> None:
    stream, place = trade.streams.get(tie.a), trade.places.get(tie.b)
    if stream is not None and place is not None:
        stream.transit |= {place.country} if place.country else set()


def _contains(trade: Trade, tie: Tie, rows: Rows) -> None:
    movement, line = trade.movements.get(tie.a), trade.lines.get(tie.b)
    if movement is None:
        return
    if line is not None:
        line.movement = movement
        movement.lines.append(line)
    elif tie.b in trade.things:
        (movement.goods if trade.things[tie.b].type in _GOODS else movement.documents).append(trade.things[tie.b])


def _moved_under(trade: Trade, tie: Tie, rows: Rows) -> None:
    line, stream = trade.lines.get(tie.a), trade.streams.get(tie.b)
    if line is not None and stream is not None and stream not in line.streams:
        line.streams.append(stream)


def _requests(trade: Trade, tie: Tie, rows: Rows) -> None:
    notice, stream = trade.notices.get(tie.a), trade.streams.get(tie.b)
    if notice is not None and stream is not None:
        notice.streams.append(stream)
        stream.notice = notice


def _applies(trade: Trade, tie: Tie, rows: Rows) -> None:
    if tie.b in trade.notices:
        trade.notices[tie.b].applicants.add(tie.a)


def _covers(trade: Trade, tie: Tie, rows: Rows) -> None:
    """A consent and its stream: tied by `covers`, or by a link without a better type."""
    for one, other in ((tie.a, tie.b), (tie.b, tie.a)):
        stream, consent = trade.streams.get(one), trade.things.get(other)
        if stream is not None and consent is not None and consent.type == "consent":
            if consent not in stream.consents:
                stream.consents.append(consent)
                trade.streams_of.setdefault(consent.id, []).append(stream)
        elif stream is not None and consent is not None and consent.type == "species":
            stream.species.append(consent)
        elif stream is not None and tie.type == "unknown_link" and other in trade.parties:
            (stream.importers if one == tie.a else stream.shippers).add(other)  # what ships stands before the stream


def _unit(trade: Trade, tie: Tie, rows: Rows) -> None:
    movement, unit = trade.movements.get(tie.a), trade.things.get(tie.b)
    if movement is not None and unit is not None and unit.type in _UNITS:
        movement.units.append(unit)


def _permit(trade: Trade, tie: Tie, rows: Rows) -> None:
    bearer = trade.movements.get(tie.a) or trade.lines.get(tie.a)
    if bearer is not None and tie.b in trade.things and trade.things[tie.b] not in bearer.permits:
        bearer.permits.append(trade.things[tie.b])


def _confirms(trade: Trade, tie: Tie, rows: Rows) -> None:
    line, found = trade.lines.get(tie.b), trade.things.get(tie.a)
    if line is not None and isinstance(found, Confirmation):
        found.kind = found.kind or tie.type.removeprefix("confirms_")
        line.confirmations.append(found)


def _declared(trade: Trade, tie: Tie, rows: Rows) -> None:
    movement = trade.movements.get(tie.a)
    if movement is not None and tie.b in trade.declarations:
        movement.declarations.append(trade.declarations[tie.b])
        trade.declarations[tie.b].movements.append(movement)


def _documented(trade: Trade, tie: Tie, rows: Rows) -> None:
    movement, paper = trade.movements.get(tie.a), trade.things.get(tie.b)
    if movement is not None and paper is not None:
        movement.documents.append(paper)
        for key in TRACKING:
            if paper.text(key) and key not in movement.numbers:
                movement.numbers[key] = plain_code(paper.values[key])


def _holds(trade: Trade, tie: Tie, rows: Rows) -> None:
    party = trade.parties.get(tie.a)
    if party is not None and tie.b in trade.parties and trade.parties[tie.b].type == "facility":
        party.facilities |= {tie.b}
    if tie.type == "holds":
        if party is not None and tie.b in trade.things:
            party.papers.append(trade.things[tie.b])
        return
    _tied(trade, tie, rows)


def _tied(trade: Trade, tie: Tie, rows: Rows) -> None:
    one, other = trade.parties.get(tie.a), trade.parties.get(tie.b)
    if one is not None and other is not None:
        one.tied |= {other.id}
        other.tied |= {one.id}


def _species(trade: Trade, tie: Tie, rows: Rows) -> None:
    if tie.b in trade.things:
        trade.species_of[tie.a] = trade.things[tie.b]


def _certified(trade: Trade, tie: Tie, rows: Rows) -> None:
    if tie.b in trade.things:
        trade.papers_of.setdefault(tie.a, []).append(trade.things[tie.b])


def _entered(trade: Trade, tie: Tie, rows: Rows) -> None:
    entry = trade.entries.get(tie.b)
    if entry is None:
        return
    engine = trade.things.get(tie.a)
    if engine is not None and engine.type == "engine":
        entry.engines.append(engine)
        trade.entries_of.setdefault(engine.id, []).append(entry)
    elif tie.a in trade.parties:
        role = str(rows.said.get(tie.id, {}).get("role") or "").casefold()
        if role in ("importer", "exporter"):
            (entry.importers if role == "importer" else entry.exporters).add(tie.a)


TAKERS: dict[str, _Taker] = {
    **dict.fromkeys(ROLES, _role), **dict.fromkeys(_PLACES, _route), **dict.fromkeys(_AUTHORISED, _authorised),
    "authorises_port": _port, "authorises_transit_country": _transit, "contains": _contains,
    "moved_under": _moved_under, "requests": _requests, "applicant_of": _applies, "submitted": _applies,
    "covers": _covers, "unknown_link": _covers, "carried_in": _unit, "carried_by": _unit, "permitted_by": _permit,
    "confirms_receipt": _confirms, "confirms_completion": _confirms, "declared_as": _declared,
    "documented_by": _documented, "owns": _holds, "operates": _holds, "manages": _holds,
    "holds": _holds, "controls": _tied, "subsidiary_of": _tied, "branch_of": _tied, "successor_of": _tied,
    "acts_for": _tied, "specimen_of": _species, "certified_under": _certified, "participated_in": _entered,
    **dict.fromkeys(_DECIDED, decide),
}


def _hand_over(trade: Trade, rows: Rows) -> None:
    """The steps of custody: their links name the movement by what its file called it."""
    by_name: dict[str, Movement] = {}
    for movement in trade.movements.values():
        for name in (str(movement.id), movement.label, movement.ref, *movement.numbers.values()):
            by_name.setdefault(name, movement)
    for tie in rows.ties:
        values = rows.said.get(tie.id, {}) if tie.type == "handed_to" else {}
        found = by_name.get(str(values.get("movement") or ""))
        if found is not None:
            found.handovers.append(Handover(tie.id, tie.a, tie.b, int(number(values.get("order")) or 0), values))
            found.handovers.sort(key=lambda step: (step.order, step.link))


def _settle(trade: Trade) -> None:
    """What follows from all links together: a stream's state and parties, who draws on it, who bears which number."""
    for stream in trade.streams.values():
        _settle_stream(trade, stream)
    for line in trade.lines.values():
        _resolve(trade, line)
    for movement in sorted(trade.movements.values(), key=shipping_order):
        for scheme, value in movement.numbers.items():
            trade.tracking.setdefault((scheme, value), []).append(movement)
        for line in movement.lines:
            for stream in line.streams:
                stream.lines.append(line)
            movement.permits += [permit for permit in line.permits if permit not in movement.permits]
        _settle_sector(trade, movement)
    for entries in trade.entries_of.values():
        entries.sort(key=lambda entry: (entry.on or date.max, entry.ref, entry.id))


def _settle_stream(trade: Trade, stream: Stream) -> None:
    for consent in stream.consents:
        stream.status = stream.status or consent_state(consent.values)
        stream.start, stream.end = (stream.start or day(consent.values.get("valid_from")),
                                    stream.end or day(consent.values.get("valid_to")))
    if stream.notice is not None and not stream.exporters:
        stream.exporters |= stream.notice.applicants
    trade.numbers.setdefault(stream.number, []).append(stream)
    stream.sector = sector_of_stream(stream)


def _settle_sector(trade: Trade, movement: Movement) -> None:
    movement.sector = sector_of(movement)
    for permit in movement.permits:
        trade.drawn.setdefault(permit.id, []).append(movement)
    for item in movement.importers:
        trade.parties[item].imported.append(movement)
    for item in movement.exporters:
        trade.parties[item].exported.append(movement)


def _resolve(trade: Trade, line: Line) -> None:
    """A reference that the import could not follow is followed here, where exactly one stream bears the number; a
    stream that no row but this one speaks of is a reference to nothing."""
    line.streams = [stream for stream in line.streams if is_known(stream)]
    for reference in line.references:
        found = [stream for stream in trade.numbers.get(reference, ()) if is_known(stream)]
        if len(found) == 1 and found[0] not in line.streams:
            line.streams.append(found[0])
    drawn = of_permit(line, permitted(trade, line))
    if drawn is not None and drawn not in line.streams:
        line.streams.append(drawn)


def is_known(stream: Stream) -> bool:
    """Whether the stream is more than a number that a movement named."""
    return bool(stream.values)


def shipping_order(movement: Movement) -> tuple[date, str, int]:
    """Movements in the order of shipping, of one day in the order of what their files call them; those without a date
    come last."""
    return movement.shipped or date.max, movement.ref, movement.id
