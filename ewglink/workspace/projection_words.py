"""A declared network in words: how much it holds, how it was narrowed, and what was left out."""

from __future__ import annotations

from typing import Any

from ewglink.graph.network import Network
from ewglink.text import _, ngettext

_KEYS = ("types", "link_types", "strengths", "subset", "from", "to", "undated", "min_grade", "directed", "weights",
         "weight_property", "half_life", "as_of")


def lines(network: Network) -> list[str]:
    """The projection in words: how much it holds, how it was narrowed, and what was left out."""
    described = network.described
    said = [_("{entities}, {links}", entities=ngettext("{n} entity", "{n} entities", network.n),
              links=ngettext("{n} link", "{n} links", network.m))]
    shown = [f"{key}: {_words(described[key])}" for key in _KEYS if described.get(key) is not None]
    said.append(_("Projection: {facts}", facts="; ".join(shown)))
    left = described.get("left_out", {})
    reasons = left.get("links", {})
    if left.get("entities") or reasons:
        links = ", ".join(f"{key} {n}" for key, n in reasons.items())
        said.append(_("Left out: {entities}, {links}",
                      entities=ngettext("{n} entity", "{n} entities", left.get("entities", 0)),
                      links=ngettext("{n} link", "{n} links", sum(reasons.values())))
                    + (f" ({links})" if links else ""))
    return said


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
