"""How likely two entities are one: each sign adds to or takes from the log-odds, and is told as a reason."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ewglink.model.property_types import Strength
from ewglink.names.addresses import address_words
from ewglink.names.pairing import words_apart
from ewglink.workspace.resolving.candidates import Named, Names
from ewglink.workspace.resolving.reasons import Reason
from ewglink.workspace.resolving.records import Record

# Weights in log-odds: what a sign is worth among entities that were found alike, from 0.5 (a hint) to 6 (as good as
# proof). The names' own weights are in `names.pairing`.
_SAME = {"strong": 6.0, "medium": 4.0, "weak": 1.5}
_OTHER = {"strong": -6.0, "medium": -2.5, "weak": 0.0}
_SAME_OF = {"phone_e164": 2.5, "email": 3.0, "plate": 4.0, "callsign": 2.5}
_OTHER_OF = {"phone_e164": 0.0, "email": 0.0, "plate": -3.0, "callsign": -0.5}
_NO_NAME = -2.5
_HOPELESS = -9.0
_WORST_NAME, _BEST_NAME = -4.0, 4.5
_ADDRESS = {"facility": (2.2, -2.5), "location": (2.5, -3.0)}
_DATE = {"birth_date": (3.0, -5.0), "build_year": (1.0, -3.0)}
_NEAR, _FAR = 250.0, 2_000.0

Strengths = dict[tuple[str, str], Strength]


def probability(logit: float) -> float:
    """Log-odds as 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def weigh(one: Record, other: Record, named: Named | None, names: Names | None, known: Strengths,
          noted: bool) -> tuple[float, list[Reason]]:
    """The log-odds that two entities are one, and the reasons."""
    reasons = list(_of_names(one, other, named, names))
    for part in (_numbers(one, other, known), _addresses(one, other), _dates(one, other), _places(one, other),
                 _links(one, other)):
        reasons.extend(part)
    if noted:
        reasons.append(Reason("noted", 1.5, {}))
    return sum(reason.weight for reason in reasons), [reason for reason in reasons if reason.code]


def _of_names(one: Record, other: Record, named: Named | None, names: Names | None) -> Iterator[Reason]:
    if named is None or names is None or named.logit < _HOPELESS:
        if one.names and other.names:
            yield Reason("other_name", _WORST_NAME, {"value": one.names[0], "other": other.names[0]})
        else:
            yield Reason("", _NO_NAME, {})
        return
    parts, at = names.found.parts, named.at
    a, b = names.found.pairs[at].tolist()
    if names.owners[a] != one.id:
        a, b = b, a
    against = list(_name_against(names, at, a, b))
    lost = sum(reason.weight for reason in against)
    gain = max(_WORST_NAME, min(_BEST_NAME, named.logit)) - lost
    if parts.lost[at] + parts.apart[at] + parts.beside[at] == 0:
        yield Reason("same_name", gain, {"value": names.names[a]})
    else:
        whole = parts.shared[at] + parts.apart[at] + parts.beside[at]
        alike = max(0.0, (parts.shared[at] - parts.lost[at]) / max(whole, 1e-6))
        yield Reason("similar_name", gain, {"value": min(99, round(100 * alike))})
    yield from against


def _name_against(names: Names, at: int, a: int, b: int) -> Iterator[Reason]:
    parts = names.found.parts
    mine, theirs = words_apart(names.prepared, a, b)
    if parts.figures[at]:
        yield Reason("other_figures", -4.0, {"value": mine, "other": theirs})
    elif parts.apart[at] > 0:
        yield Reason("other_words", -2.0, {"value": mine, "other": theirs})
    elif parts.beside[at] > 0:
        yield Reason("more_words", -0.5, {"value": mine or theirs})
    if names.found.form[at] >= 2:
        forms = names.prepared.form_names
        yield Reason("other_form", -5.0, {"value": forms[names.prepared.forms[a]].replace("_", " "),
                                          "other": forms[names.prepared.forms[b]].replace("_", " ")})


def _numbers(one: Record, other: Record, known: Strengths) -> Iterator[Reason]:
    for scheme in sorted(set(one.numbers) & set(other.numbers)):
        strength = known.get((one.type, scheme)) or known.get((other.type, scheme)) or "weak"
        mine, theirs = one.numbers[scheme], other.numbers[scheme]
        both = sorted(mine & theirs)
        if both:
            code = {"phone_e164": "same_phone", "email": "same_email"}.get(scheme, "same_number")
            values = {"value": both[0]} | ({"scheme": scheme} if code == "same_number" else {})
            yield Reason(code, _SAME_OF.get(scheme, _SAME[strength]), values)
        elif weight := _OTHER_OF.get(scheme, _OTHER[strength]):
            yield Reason("other_number", weight, {"scheme": scheme, "value": min(mine), "other": min(theirs)})


def _addresses(one: Record, other: Record) -> Iterator[Reason]:
    if not one.addresses or not other.addresses:
        return
    same, apart = _ADDRESS.get(one.type, (2.0, -1.0))
    both = sorted(set(one.addresses) & set(other.addresses))
    if both:
        yield Reason("same_address", same, {"value": one.addresses[both[0]]})
        return
    alike, mine, theirs = max((_overlap(a, b), a, b) for a in one.addresses for b in other.addresses)
    values = {"value": one.addresses[mine], "other": other.addresses[theirs]}
    if alike >= 0.7:
        yield Reason("similar_address", same / 2, values)
    elif alike < 0.35:
        yield Reason("other_address", apart, values)


def _overlap(one: str, other: str) -> float:
    """How much of two addresses is the same words; 0 where their numbers are all different."""
    a, b = address_words(one), address_words(other)
    figures = [{word for word in words if any(map(str.isdigit, word))} for words in (a, b)]
    if figures[0] and figures[1] and not figures[0] & figures[1]:
        return 0.0
    return len(a & b) / max(len(a | b), 1)


def _dates(one: Record, other: Record) -> Iterator[Reason]:
    for key in sorted(set(one.dates) & set(other.dates)):
        same, apart = _DATE[key]
        mine, theirs = one.dates[key], other.dates[key]
        both = [a for a in sorted(mine) for b in sorted(theirs) if a.startswith(b) or b.startswith(a)]
        if both:
            exact = any(len(text) > 4 for text in both) or key != "birth_date"
            yield Reason("same_date", same if exact else same / 4, {"value": both[0]})
        else:
            yield Reason("other_date", apart, {"value": min(mine), "other": min(theirs)})


def _places(one: Record, other: Record) -> Iterator[Reason]:
    if one.place is None or other.place is None:
        return
    metres = _metres(one.place, other.place)
    fixed = one.type in ("location", "facility")
    if metres <= _NEAR:
        yield Reason("near", 1.5 if fixed else 0.5, {"value": round(metres)})
    elif metres > _FAR and fixed:
        yield Reason("far", -3.0, {"value": round(metres / 1000)})


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    a, b = (np.radians(place) for place in (one, other))
    half = np.sin((b - a) / 2) ** 2
    return float(2 * 6_371_000 * np.arcsin(np.sqrt(min(1.0, half[0] + np.cos(a[0]) * np.cos(b[0]) * half[1]))))


def _links(one: Record, other: Record) -> Iterator[Reason]:
    if other.id in one.linked:
        yield Reason("linked", -1.5, {})
    both = one.linked & other.linked
    if both:
        yield Reason("shared_links", min(0.6 * math.log2(1 + len(both)), 2.0), {"n": len(both)})


