"""Why a value is doubtful or not valid, as a sentence: the case keeps only a code."""

from __future__ import annotations

from ewglink.identifiers.catalogue import SCHEMES, check
from ewglink.identifiers.contract import CHECK_DIGIT, FORMAT, HOLDS, PLACEHOLDER, UNUSUAL
from ewglink.model.schema import Schema
from ewglink.text import N_, Message, message

_CODES: dict[str, Message] = {
    "check_digit": CHECK_DIGIT,
    "format": FORMAT,
    "placeholder": PLACEHOLDER,
    "unusual": UNUSUAL,
    "ok": HOLDS,
    "not_a_number": message(N_("It is not a number; it is kept as text.")),
    "not_a_date": message(N_("It is not a date; it is kept as text.")),
    "not_yes_or_no": message(N_("It is neither yes nor no; it is kept as text.")),
}


def scheme_of(schema: Schema, type_key: str, property_key: str) -> str | None:
    """The scheme by which a property of a type is checked; None where it is no identifier."""
    kind = schema.entity_types.get(type_key)
    use = kind.identifier_of(property_key) if kind is not None else None
    if use is not None:
        return use.scheme
    either = kind or schema.link_types.get(type_key)
    found = either.property(property_key) if either is not None else None
    return found.scheme if found is not None else None


def why(code: str | None, scheme: str | None, text: str) -> Message | None:
    """The sentence behind a code; that of the scheme where it says the same of the text today."""
    if scheme is not None and scheme in SCHEMES:
        said = check(scheme, text)
        if code is None or said.code == code:
            return said.message
    return _CODES.get(code or "")
