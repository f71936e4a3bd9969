"""Types as data: what is wrong in them is said when they are read."""

from __future__ import annotations

import pytest

from ewglink.model.schema import EntityType, IdentifierUse, LinkType, PropertyType, Schema


def test_a_kind_strength_or_time_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        PropertyType.from_json({"key": "paint", "kind": "colour"})
    with pytest.raises(ValueError, match="iron"):
        IdentifierUse.from_json({"scheme": "vin", "strength": "iron"})
    with pytest.raises(ValueError, match="always"):
        LinkType.from_json({"key": "near", "time": "always"})


def test_what_is_not_said_has_a_plain_default() -> None:
    drone = EntityType.from_json({"key": "drone"})
    assert (drone.label("fr"), drone.plural("es"), drone.icon) == ("drone", "drone", "unknown")
    near = LinkType.from_json({"key": "flies_near"})
    assert near.phrase("en") == "flies near" and near.from_types == ("*",)
    use = IdentifierUse.from_json({"scheme": "vin"})
    assert use.property == "vin" and not use.joins


def test_a_label_falls_back_to_english_then_to_any() -> None:
    assert PropertyType("k", labels={"en": "E", "fr": "F"}).label("zh") == "E"
    assert PropertyType("k", labels={"fr": "F"}).label("zh") == "F"
    assert PropertyType("k").label("en") == "k"


def test_links_between_two_types() -> None:
    schema = Schema({}, {"a": LinkType("a", from_types=("organization",), to_types=("movement",)),
                         "b": LinkType("b", from_types=("person",), to_types=("movement",)), "c": LinkType("c")})
    assert [one.key for one in schema.links_between("facility", "movement")] == ["a", "c"]
    assert schema.entity_types == {} and schema.label("a", "en") == "a"
    assert not schema.end_allowed("nothing", "person", "movement")
