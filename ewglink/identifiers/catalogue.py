"""Every identifier scheme, and what they say of a text."""

from __future__ import annotations

import dataclasses
import datetime

from ewglink.identifiers.contract import Checked, Scheme
from ewglink.plugins.registry import Registry
from ewglink.text import N_, Message

SCHEMES: Registry[Scheme] = Registry("ewglink.identifiers.schemes", "ewglink.identifiers")

_NOT_CHECKED = Message(N_("The text could not be checked; it is kept as it is."))
_NO_SCHEME = Message(N_("No check is known for this kind of number; it is kept as it is."))
_PAST = Message(N_("The code is no longer in force."))
_FUTURE = Message(N_("The code is not yet in force."))
_ORDER = {"ok": 0, "warn": 1, "fail": 2}


def check(scheme: str, text: str, *, country: str | None = None, on: datetime.date | None = None) -> Checked:
    """What the scheme with this key says of `text`; `country` is the alpha-2 code of the record, where it is known, and
    `on` the day on which a code of a dated list must be in force (None: today).

    Never raises: an unknown scheme, or one whose library stumbles, gives a warning.
    """
    try:
        member = SCHEMES.get(scheme)
    except KeyError:
        return Checked(scheme, text, text.strip(), "warn", "unknown_scheme", _NO_SCHEME)
    try:
        return _dated(member.check(text, country=country), on or datetime.date.today())
    except Exception as reason:  # a wrapped library may raise anything, and a number never stops an import
        return Checked(scheme, text, text.strip(), "warn", "not_checked", _NOT_CHECKED, detail={"reason": repr(reason)})


def _dated(said: Checked, on: datetime.date) -> Checked:
    """What was said, unless the list has the code for other days only; its dates are in the detail."""
    if said.status != "ok":
        return said
    if str(said.detail.get("valid_to") or "9999") < on.isoformat():
        return dataclasses.replace(said, status="warn", code="past", message=_PAST)
    if str(said.detail.get("valid_from") or "") > on.isoformat():
        return dataclasses.replace(said, status="warn", code="not_yet", message=_FUTURE)
    return said


def _looks_like(member: Scheme, text: str) -> bool:
    try:
        return member.looks_like(text)
    except Exception:  # as above
        return False


def identify(text: str, *, country: str | None = None, on: datetime.date | None = None) -> list[Checked]:
    """What `text` can be on a day (None: today), best first: numbers that hold before doubtful ones, those with a check
    digit before others.

    Placeholders and schemes that take any text are left out, but where the text has a form that tells one of them.
    """
    found: list[tuple[tuple[int, int, str], Checked]] = []
    for member in SCHEMES:
        if not _looks_like(member, text):
            continue
        said = check(member.key, text, country=country, on=on)
        if said.placeholder and said.normalised == "":
            continue
        found.append(((_ORDER[said.status], -member.certainty, member.key), said))
    return [said for _rank, said in sorted(found, key=lambda pair: pair[0])]


def scheme_name(key: str) -> Message:
    """What the scheme is called, in the language in force when shown; the key itself where there is no such scheme."""
    return Message(SCHEMES.get(key).name if key in SCHEMES else key)


_TAX_NUMBERS = {"MX": ("rfc",), "CA": ("ca_bn15", "ca_bn9"), "US": ("us_ein",), "CN": ("cn_uscc",)}


def tax_number(text: str, country: str | None) -> Checked | None:
    """What a "tax number" is, by the country (alpha-2) of the record: RFC, Business Number, EIN or Chinese code.

    Without a country the best that holds is taken where only one kind does; None where nothing can be said.
    """
    if country is not None:
        said = [check(key, text) for key in _TAX_NUMBERS.get(country, ())]
        return min(said, key=lambda one: _ORDER[one.status], default=None)
    fits = [keys[-1] for keys in _TAX_NUMBERS.values() if any(check(key, text).status == "ok" for key in keys)]
    return check(fits[0], text) if len(fits) == 1 else None
