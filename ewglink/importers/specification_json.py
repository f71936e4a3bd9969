"""An import specification read from JSON: each word checked, each mistake named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ewglink.importers.specification_words import Condition, EntityRole, LinkRole, Value
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

_ENTITY_WORDS = {
    "type",
    "key",
    "namespace",
    "also",
    "label",
    "properties",
    "if",
    "unless",
    "split",
    "reference",
    "optional",
    "start",
    "end",
    "country",
}
_LINK_WORDS = {"type", "from", "to", "key", "start", "end", "properties", "if", "unless", "strength", "label",
               "directed"}  # fmt: skip
_VALUE_WORDS = {
    "column",
    "constant",
    "map",
    "split",
    "date",
    "scheme",
    "when_valid",
    "position",
    "if",
    "unless",
    "decimal",
    "exact",
    "guarded",
}


def refuse(code: str, template: str, **values: Any) -> Refusal:
    """A refusal about a specification."""
    return Refusal(
        code, message(template, **values), field=str(values.get("column") or values.get("name") or "") or None
    )


def _words(body: Any, known: set[str], where: str) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise refuse("spec_malformed", N_("“{name}” of the specification is not a JSON object."), name=where)
    for word in body:
        if word not in known:
            raise refuse(
                "spec_unknown_word",
                N_("The specification says “{name}” in “{where}”, which means nothing there."),
                name=word,
                where=where,
            )
    return body


def _conditions(body: Mapping[str, Any]) -> tuple[Condition, ...]:
    found = []
    for word, negate in (("if", False), ("unless", True)):
        given = body.get(word, ())
        for one in given if isinstance(given, (list, tuple)) else (given,):
            if isinstance(one, str):
                one = {"column": one}
            values = one.get("is", ())
            values = (values,) if isinstance(values, str) else values
            found.append(Condition(str(one["column"]), frozenset(str(text).casefold() for text in values), negate))
    return tuple(found)


def _value(body: Any, where: str) -> Value:
    """A value: the name of a column, or an object that says more."""
    if isinstance(body, str):
        return Value(column=body)
    body = _words(body, _VALUE_WORDS, where)
    if "column" not in body and "constant" not in body and not body.get("position"):
        raise refuse(
            "spec_malformed", N_("“{name}” of the specification names neither a column nor a constant."), name=where
        )
    return Value(
        body.get("column"),
        body.get("constant"),
        dict(body.get("map", {})),
        body.get("split"),
        body.get("date"),
        body.get("decimal"),
        body.get("scheme"),
        bool(body.get("when_valid")),
        bool(body.get("position")),
        _conditions(body),
        bool(body.get("exact")),
        bool(body.get("guarded")),
    )


def _values(body: Any, where: str) -> tuple[Value, ...]:
    if body is None:
        return ()
    return tuple(_value(one, where) for one in (body if isinstance(body, list) else [body]))


def _type(body: Any, where: str) -> Value:
    """A type: its key, or ``{"column", "map"}``."""
    if isinstance(body, str):
        return Value(constant=body)
    if body is None:
        raise refuse("spec_incomplete", N_("“{name}” of the specification has no type."), name=where)
    return _value(body, where)


def _optional(body: Any, where: str) -> Value | None:
    return None if body is None else _value(body, where)


def entity_of(role: str, body: Any, namespace: str) -> EntityRole:
    body = _words(body, _ENTITY_WORDS, role)
    key = _values(body.get("key"), role)
    if not key:
        raise refuse("spec_incomplete", N_("The entity “{name}” of the specification has no key column."), name=role)
    guess = body.get("type") == "?"
    return EntityRole(
        role,
        Value() if guess else _type(body.get("type"), role),
        key,
        str(body.get("namespace") or namespace),
        tuple((str(one["namespace"]), _value(one["key"], role)) for one in body.get("also", ())),
        _values(body.get("label"), role),
        {name: _value(one, name) for name, one in body.get("properties", {}).items()},
        _conditions(body),
        body.get("split"),
        bool(body.get("reference")) or guess,
        guess,
        bool(body.get("optional")),
        _optional(body.get("start"), role),
        _optional(body.get("end"), role),
        *_country(body.get("country"), role),
    )


def _country(body: Any, role: str) -> tuple[str | None, str | None]:
    """The column of the country, and the country that holds where it says none."""
    if body is None or isinstance(body, str):
        return body, None
    body = _words(body, {"column", "constant"}, role)
    constant = body.get("constant")
    return body.get("column"), None if constant is None else str(constant).strip().upper()


def link_of(body: Any, roles: set[str]) -> LinkRole:
    body = _words(body, _LINK_WORDS, "links")
    for end in ("from", "to"):
        if body.get(end) not in roles:
            raise refuse(
                "spec_unknown_role",
                N_("A link of the specification runs “{end}” the entity “{name}”, which it does not make."),
                end=end,
                name=str(body.get(end)),
            )
    return LinkRole(
        _type(body.get("type"), "links"),
        body["from"],
        body["to"],
        _values(body.get("key"), "links"),
        _optional(body.get("start"), "start"),
        _optional(body.get("end"), "end"),
        {name: _value(one, name) for name, one in body.get("properties", {}).items()},
        _conditions(body),
        _optional(body.get("strength"), "strength"),
        _optional(body.get("label"), "label"),
        _optional(body.get("directed"), "directed"),
    )
