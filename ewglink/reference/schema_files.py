"""The built-in schema, read from `resources/schema/*.yaml`.

`properties.yaml` names every property once: ``key: {kind, scheme, en, fr, es, zh}``. `entities.yaml` and `links.yaml`
refer to them by key.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

from ewglink import places
from ewglink.model.property_types import IdentifierUse, PropertyType
from ewglink.model.schema import EntityType, LinkType, Schema

_LANGUAGES = ("en", "fr", "es", "zh")


def _read(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as quick, in every wheel that has it
    with path.open(encoding="utf-8") as stream:
        return cast("dict[str, Any]", yaml.load(stream, Loader=loader) or {})


def _labels(data: dict[str, Any]) -> dict[str, str]:
    return {lang: str(data[lang]) for lang in _LANGUAGES if lang in data}


def _capitalised(phrases: dict[str, str]) -> dict[str, str]:
    return {lang: text[:1].upper() + text[1:] for lang, text in phrases.items()}


def _properties(data: dict[str, Any]) -> dict[str, PropertyType]:
    return {key: PropertyType.from_json({"key": key, "kind": body.get("kind", "text"), "labels": _labels(body),
                                         "scheme": body.get("scheme")})
            for key, body in data.items()}


def _identifier(data: dict[str, Any]) -> IdentifierUse:
    return IdentifierUse.from_json(data)


def _entity(key: str, data: dict[str, Any], known: dict[str, PropertyType]) -> EntityType:
    return EntityType(
        key, _labels(data), _labels(data.get("plural", {})), data.get("icon", key), data["colour"], data["shape"],
        tuple(known[name] for name in data.get("properties", ())),
        tuple(_identifier(one) for one in data.get("identifiers", ())),
        tuple(data.get("label_from", ("name",))), data.get("icon_by"), dict(data.get("icon_variants", {})))


def _link(key: str, data: dict[str, Any], known: dict[str, PropertyType]) -> LinkType:
    phrases = _labels(data)
    return LinkType(
        key, _capitalised(phrases), phrases, data.get("directed", True), tuple(data["from"]), tuple(data["to"]),
        float(data.get("weight", 0.5)), data.get("time", "none"), data.get("multi", False),
        tuple(known[name] for name in data.get("properties", ())))


def schema_in(folder: Path) -> Schema:
    """The schema kept in `folder` as properties, entities and links `.yaml`; KeyError where a name is unknown."""
    known = _properties(_read(folder / "properties.yaml"))
    entities = _read(folder / "entities.yaml")
    links = _read(folder / "links.yaml")
    return Schema({key: _entity(key, data, known) for key, data in entities.items()},
                  {key: _link(key, data, known) for key, data in links.items()})


@cache
def builtin_schema() -> Schema:
    """The schema EWGLink comes with."""
    return schema_in(places.resources("schema"))
