"""What an item can say of itself: kinds of property, and which identifiers name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["text", "number", "integer", "date", "instant", "boolean", "quantity", "country", "identifier", "url",
               "list"]
KINDS: tuple[str, ...] = get_args(Kind)
Strength = Literal["strong", "medium", "weak"]
STRENGTHS: tuple[str, ...] = get_args(Strength)


def in_language(labels: dict[str, str], lang: str, otherwise: str = "") -> str:
    """The label for `lang`, else the English one, else any, else `otherwise`."""
    return labels.get(lang) or labels.get("en") or next(iter(labels.values()), otherwise)


@dataclass(frozen=True)
class PropertyType:
    """A property: its key, the kind of its values, its labels by language, and for an identifier its scheme."""

    key: str
    kind: Kind = "text"
    labels: dict[str, str] = field(default_factory=dict)
    scheme: str | None = None

    def label(self, lang: str) -> str:
        """The label in `lang`; English, then the key, where there is none."""
        return in_language(self.labels, lang, self.key)

    def to_json(self) -> dict[str, Any]:
        """The property as plain JSON data."""
        data: dict[str, Any] = {"key": self.key, "kind": self.kind, "labels": dict(self.labels)}
        return data | ({"scheme": self.scheme} if self.scheme else {})

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PropertyType:
        """What `to_json` wrote; ValueError for a kind that is not one of `KINDS`."""
        if data.get("kind", "text") not in KINDS:
            raise ValueError(f"property {data['key']!r}: kind {data['kind']!r}")
        return cls(data["key"], data.get("kind", "text"), dict(data.get("labels", {})), data.get("scheme"))


@dataclass(frozen=True)
class IdentifierUse:
    """How a type uses an identifier scheme: the property that holds it, and whether it makes two rows one entity.

    Only a use with `joins` does so, and only with a value that is valid and no placeholder. `strength` weighs it when
    duplicates are looked for.
    """

    scheme: str
    property: str
    joins: bool = False
    strength: Strength = "medium"

    def to_json(self) -> dict[str, Any]:
        """The use as plain JSON data."""
        return {"scheme": self.scheme, "property": self.property, "joins": self.joins, "strength": self.strength}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> IdentifierUse:
        """What `to_json` wrote."""
        if data.get("strength", "medium") not in STRENGTHS:
            raise ValueError(f"identifier {data['scheme']!r}: strength {data['strength']!r}")
        return cls(data["scheme"], data.get("property", data["scheme"]), bool(data.get("joins", False)),
                   data.get("strength", "medium"))
