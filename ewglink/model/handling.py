"""Who may see a statement: markings in the systems partners use, and the most restrictive of several."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from ewglink.text import N_, Message

EWG = ("NON_SENSITIVE", "SENSITIVE_PROTECTED")
"""The working group's own two classes, the freer first."""
TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""Traffic Light Protocol 2.0, the freest first. The labels stay as they are in every language."""
INTERPOL = ("FOR_OFFICIAL_USE_ONLY", "RESTRICTED", "CONFIDENTIAL")
CANADA = ("UNCLASSIFIED", "PROTECTED_A", "PROTECTED_B", "PROTECTED_C", "CLASSIFIED")
USA = ("UNCLASSIFIED", "CUI", "LAW_ENFORCEMENT_SENSITIVE")
MEXICO = ("PUBLICA", "RESERVADA", "CONFIDENCIAL")
CAVEATS = ("H0", "H1", "H2", "H3")
"""Europol's handling codes, the freest first."""
FLAGS = ("cbi", "privilege", "grand_jury", "victim", "minor", "informant")
HARD_STOPS = frozenset(FLAGS) - {"cbi"}
"""Flags with which nothing leaves but by a supervisor's recorded decision."""
ONWARD = ("free", "listed", "ask", "none")
"""What a receiver may do: pass on freely, to those listed, on asking, not at all."""

TLP_COLOURS = {"RED": "#FF2B2B", "AMBER+STRICT": "#FFC000", "AMBER": "#FFC000", "GREEN": "#33FF00", "CLEAR": "#FFFFFF"}
"""The colours of the labels, on black."""

SYSTEMS: dict[str, tuple[str, ...]] = {"ewg": EWG, "tlp": TLP, "interpol": INTERPOL, "canada": CANADA, "usa": USA,
                                       "mexico": MEXICO, "caveat": CAVEATS, "onward": ONWARD}
"""Every system by field of `Handling`, the freest value first."""

_LABELS: dict[tuple[str, str], str] = {
    ("ewg", "NON_SENSITIVE"): N_("Non-sensitive"), ("ewg", "SENSITIVE_PROTECTED"): N_("Sensitive and protected"),
    ("interpol", "FOR_OFFICIAL_USE_ONLY"): N_("INTERPOL: for official use only"),
    ("interpol", "RESTRICTED"): N_("INTERPOL: restricted"), ("interpol", "CONFIDENTIAL"): N_("INTERPOL: confidential"),
    ("canada", "UNCLASSIFIED"): N_("Canada: unclassified"), ("canada", "PROTECTED_A"): N_("Protected A"),
    ("canada", "PROTECTED_B"): N_("Protected B"), ("canada", "PROTECTED_C"): N_("Protected C"),
    ("canada", "CLASSIFIED"): N_("Canada: classified"), ("usa", "UNCLASSIFIED"): N_("United States: unclassified"),
    ("usa", "CUI"): N_("Controlled unclassified information (CUI)"),
    ("usa", "LAW_ENFORCEMENT_SENSITIVE"): N_("Law enforcement sensitive"), ("mexico", "PUBLICA"): N_("Mexico: public"),
    ("mexico", "RESERVADA"): N_("Mexico: reserved"), ("mexico", "CONFIDENCIAL"): N_("Mexico: confidential"),
    ("caveat", "H0"): N_("H0: general purpose"), ("caveat", "H1"): N_("H1: not for use in court without permission"),
    ("caveat", "H2"): N_("H2: no dissemination without permission"), ("caveat", "H3"): N_("H3: other restrictions"),
    ("onward", "free"): N_("May be passed on"), ("onward", "listed"): N_("May be passed on to those listed"),
    ("onward", "ask"): N_("Ask the originator before passing on"), ("onward", "none"): N_("May not be passed on"),
    ("flag", "cbi"): N_("Confidential business information"), ("flag", "privilege"): N_("Privileged"),
    ("flag", "grand_jury"): N_("Grand jury matter"), ("flag", "victim"): N_("Victim"), ("flag", "minor"): N_("Minor"),
    ("flag", "informant"): N_("Informant"),
}


def label(system: str, value: str) -> Message:
    """What a marking is called where it is shown; TLP labels are the same in every language."""
    if system == "tlp":
        return Message("TLP:{label}", {"label": value})
    return Message(_LABELS[(system, value)])


def rank(system: str, value: str) -> int:
    """How restrictive a value is within its system, from 0; ValueError where the system has no such value."""
    if value not in SYSTEMS[system]:
        raise ValueError(f"{system}: {value!r}")
    return SYSTEMS[system].index(value)


def _strictest(system: str, one: str | None, other: str | None) -> str | None:
    values = [value for value in (one, other) if value is not None]
    return max(values, key=lambda value: rank(system, value)) if values else None


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _listed(values: frozenset[str] | tuple[str, ...]) -> list[str]:
    return sorted(values) if isinstance(values, frozenset) else list(values)


@dataclass(frozen=True)
class Handling:
    """The markings of a statement, item or page. None: that system says nothing.

    `releasable_to` names agencies or countries (None: not limited); `originators` are the agencies whose rule it is.
    """

    ewg: str = "NON_SENSITIVE"
    tlp: str | None = None
    interpol: str | None = None
    canada: str | None = None
    usa: str | None = None
    mexico: str | None = None
    caveat: str | None = None
    onward: str | None = None
    flags: frozenset[str] = frozenset()
    releasable_to: frozenset[str] | None = None
    originators: frozenset[str] = frozenset()
    expires_on: str | None = None
    conditions: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for system in SYSTEMS:
            value = getattr(self, system)
            if value is not None:
                rank(system, value)
        if not self.flags <= set(FLAGS):
            raise ValueError(sorted(self.flags - set(FLAGS))[0])

    def combine(self, *others: Handling) -> Handling:
        """The most restrictive of these in every system: what a page that shows them all must be marked with."""
        result = self
        for other in others:
            result = result._with(other)
        return result

    def _with(self, other: Handling) -> Handling:
        strict: dict[str, Any] = {system: _strictest(system, getattr(self, system), getattr(other, system))
                                  for system in SYSTEMS}
        return Handling(
            **strict, flags=self.flags | other.flags, releasable_to=_both(self.releasable_to, other.releasable_to),
            originators=self.originators | other.originators,
            expires_on=min((day for day in (self.expires_on, other.expires_on) if day), default=None),
            conditions=tuple(dict.fromkeys(self.conditions + other.conditions)))

    @property
    def hard_stop(self) -> bool:
        """Whether a flag forbids that this leaves."""
        return bool(self.flags & HARD_STOPS)

    def labels(self) -> list[Message]:
        """The markings as a banner shows them, in a fixed order."""
        shown = [label(system, value) for system in SYSTEMS
                 if (value := getattr(self, system)) is not None]
        return shown + [label("flag", flag) for flag in FLAGS if flag in self.flags]

    def to_json(self) -> dict[str, Any]:
        """Only what is set, as plain JSON data, in the order of the fields."""
        data: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            # An empty releasable_to says "nobody", which is not the same as not saying.
            if value is None or not value and one.name != "releasable_to":
                continue
            data[one.name] = value if isinstance(value, str) else _listed(value)
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Handling:
        """What `to_json` wrote; ValueError for a value its system does not have."""
        kept = dict(data)
        for name in ("flags", "releasable_to", "originators"):
            if kept.get(name) is not None:
                kept[name] = frozenset(kept[name])
        if "conditions" in kept:
            kept["conditions"] = tuple(kept["conditions"])
        return cls(**kept)


OPEN = Handling()
"""Nothing marked: non-sensitive, and no other system says anything."""


def combined(handlings: list[Handling]) -> Handling:
    """The most restrictive of several; `OPEN` for none."""
    return handlings[0].combine(*handlings[1:]) if handlings else OPEN


def least_ewg(handling: Handling) -> str:
    """The EWG class the other markings call for at least; a suggestion, never a decision."""
    protected = (handling.tlp in TLP[2:] or handling.canada in CANADA[1:] or handling.usa in USA[1:]
                 or handling.mexico in MEXICO[1:] or handling.interpol in INTERPOL[1:] or bool(handling.flags)
                 or handling.caveat in CAVEATS[1:])
    return EWG[1] if protected else handling.ewg
