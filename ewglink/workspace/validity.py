"""Why a value is doubtful or not valid, as a sentence: the case keeps only a code."""

from __future__ import annotations

from collections.abc import Collection

from ewglink.identifiers.contract import CHECK_DIGIT, FORMAT, HOLDS, PLACEHOLDER, UNUSUAL
from ewglink.model.schema import Schema
from ewglink.store.listing import Checked, EntityRow
from ewglink.text import N_, Message, _, language, message

VALIDITY = {"ok": N_("valid"), "warn": N_("doubtful"), "fail": N_("not valid")}

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


_WORDS = {"check_digit": N_("check digit wrong"), "format": N_("form wrong"), "placeholder": N_("placeholder"),
          "unusual": N_("unusual form")}
_SIGNS = {"fail": "✗", "warn": "?", "ok": "✓"}
_WORST = tuple(_SIGNS)


def validity_word(checked: Collection[Checked]) -> str:
    """Whether an entity's identifiers hold, by a sign and what is wrong: of several the worst; nothing where none was
    checked."""
    numbers = _identifiers(checked)
    if not numbers:
        return ""
    worst = min(numbers, key=lambda one: _WORST.index(one.validity))
    sign = _SIGNS[worst.validity]
    if worst.validity == "ok":
        return sign
    return f"{sign} " + _(_WORDS.get(worst.reason or "", VALIDITY[worst.validity]))


def validity_lines(row: EntityRow, schema: Schema) -> str:
    """Every identifier of an entity that was checked, with the sentence of what came of it, a line each."""
    kind = schema.entity_types.get(row.type)
    said = []
    for one in sorted(_identifiers(row.checked), key=lambda one: _WORST.index(one.validity)):
        found = kind.property(one.property) if kind is not None else None
        reason = why(one.reason, scheme_of(schema, row.type, one.property), one.value)
        said.append(f"{found.label(language()) if found else one.property}: {one.value} – "
                    f"{reason or _(VALIDITY[one.validity])}")
    return "\n".join(said)


def _identifiers(checked: Collection[Checked]) -> list[Checked]:
    """Without what was only found to be no number, date, or yes or no."""
    return [one for one in checked if not (one.reason or "").startswith("not_") and one.validity in _WORST]


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
    from ewglink.identifiers.catalogue import SCHEMES, check

    if scheme is not None and scheme in SCHEMES:
        said = check(scheme, text)
        if code is None or said.code == code:
            return said.message
    return _CODES.get(code or "")
