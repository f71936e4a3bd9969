"""A declared network in words: how much it holds, how it was narrowed, and what was left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ewglink.graph.network import Network
from ewglink.model.items import Strength
from ewglink.model.schema import Schema
from ewglink.text import N_, _, language, ngettext, number

WEIGHTS = {"none": N_("no weights"), "count": N_("weight: number of links"),
           "influence": N_("weight: influence (kind, grade, age, number)")}
"""Ways that links can weigh, as a person chooses among them."""
_REASONS = {"ends": N_("between entities left out"), "link_types": N_("of other kinds"),
            "strengths": N_("of other strengths"), "dates": N_("of other dates"), "undated": N_("without a date"),
            "grade": N_("of weaker grades"), "weight": N_("without a weight")}
_STRENGTHS = {"confirmed": N_("Confirmed"), "unconfirmed": N_("Unconfirmed"), "tentative": N_("Tentative")}


def lines(network: Network, schema: Schema) -> list[str]:
    """The projection in words: how much it holds, how it was narrowed, and what was left out."""
    described = network.described
    said = [_("{entities}, {links}", entities=ngettext("{n} entity", "{n} entities", network.n),
              links=ngettext("{n} link", "{n} links", network.m)),
            _("Projection: {facts}", facts=whole(described, schema))]
    left = described.get("left_out", {})
    reasons = left.get("links", {})
    if left.get("entities") or reasons:
        links = ", ".join(f"{number(n)} {_(_REASONS[key])}" for key, n in reasons.items())
        said.append(_("Left out: {entities}, {links}",
                      entities=ngettext("{n} entity", "{n} entities", left.get("entities", 0)),
                      links=ngettext("{n} link", "{n} links", sum(reasons.values())))
                    + (f" ({links})" if links else ""))
    return said


def whole(described: Mapping[str, Any], schema: Schema) -> str:
    """A projection, as `Network.described` says it, in one line."""
    return "; ".join(_facts(described, schema))


def narrowing(described: Mapping[str, Any], schema: Schema) -> str:
    """What of a projection (as `Network.described` says it) is not as usual, in one line."""
    usual = _facts({}, schema)
    return "; ".join(fact for fact in _facts(described, schema) if fact not in usual)


def property_name(schema: Schema, key: str) -> str:
    """A property of links as it is called, else its key."""
    found = (kind.property(key) for kind in schema.link_types.values())
    return next((one.label(language()) for one in found if one is not None), key)


def _facts(described: Mapping[str, Any], schema: Schema) -> list[str]:
    types, link_types, strengths = (described.get(key, "all") for key in ("types", "link_types", "strengths"))
    facts = [_("all types of entity") if types == "all" else _("entities: {names}", names=_kinds(types, schema)),
             _("all types of link") if link_types == "all" else _("links: {names}", names=_kinds(link_types, schema))]
    if strengths != "all" and len(strengths) < len(Strength):
        facts.append(_("strengths: {names}", names=_joined([_(_STRENGTHS[one]) for one in strengths])))
    if described.get("subset") is not None:
        facts.append(_("among {entities}", entities=ngettext("{n} entity", "{n} entities", described["subset"])))
    facts += _dates(described)
    if described.get("min_grade"):
        facts.append(_("grade {grade} or better", grade=described["min_grade"]))
    facts.append(_("arrows count") if described.get("directed") else _("arrows do not count"))
    return [*facts, _weight(described, schema)]


def _dates(described: Mapping[str, Any]) -> list[str]:
    start, end = described.get("from"), described.get("to")
    said = [_("dates: {start} to {end}", start=start or "…", end=end or "…")] if start or end else []
    if described.get("undated") is False:
        said.append(_("dated links only"))
    return said


def _weight(described: Mapping[str, Any], schema: Schema) -> str:
    kind = described.get("weights", "none")
    if kind == "property":
        key = described["weight_property"]
        return _("weight: {name}", name=property_name(schema, key))
    said = _(WEIGHTS[kind])
    if kind == "influence":
        half_life = described.get("half_life")
        said += ", " + (_("half-life {n} days", n=number(half_life)) if half_life else _("age does not count"))
        if described.get("as_of"):
            said += ", " + _("as of {date}", date=described["as_of"])
    return said


def _kinds(keys: Collection[str], schema: Schema) -> str:
    return _joined([schema.label(key, language()) for key in keys])


def _joined(names: Collection[str]) -> str:
    return ", ".join(names) or "–"
