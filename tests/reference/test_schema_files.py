"""The built-in schema: complete, in every language, and of one piece."""

from __future__ import annotations

import json
import re

import pytest

from ewglink.model.schema import ANY, EntityType, LinkType, Schema
from ewglink.reference.schema_files import builtin_schema

ENTITIES = """person organization facility vessel vehicle engine container movement movement_line notice consent
consent_stream allowance manifest confirmation waste substance location account document event species specimen task
hypothesis""".split()
LINKS = """owns controls director_of officer_of legal_representative_of employee_of family_of associate_of subsidiary_of
branch_of successor_of acts_for operates manages charters flagged_in registered_in located_at registered_at mailing_at
has_account uses_phone called messaged emailed paid shipper_of consignor_of exporter_of importer_of consignee_of
notify_party_of carrier_of broker_of forwarder_of customs_broker_of generator_of receiver_of contains carried_in
carried_by departed_from transited crossed_at arrived_at submitted applicant_of requests grants objects_to suspends
revokes authorises_exporter authorises_importer authorises_carrier authorises_interim_facility
authorises_final_facility authorises_port authorises_transit_country moved_under documented_by confirms_receipt
confirms_completion declared_as regulated_as component_of installed_in certified_under specimen_of permitted_by
participated_in met_with travelled_with seen_with sts_with encountered mentions advertises supports contradicts
unknown_link handed_to covers holds""".split()


@pytest.fixture(scope="module")
def schema() -> Schema:
    return builtin_schema()


def test_every_type_of_the_trade_is_there(schema: Schema) -> None:
    assert set(schema.entity_types) == set(ENTITIES)
    assert set(schema.link_types) == set(LINKS)


def test_nothing_computed_is_stored(schema: Schema) -> None:
    stored = set(schema.link_types)
    assert not {"ships_to", "same_as", "not_same_as"} & stored
    assert not [key for key in stored if key.startswith("shares_")]


@pytest.mark.parametrize("lang", ["en", "fr", "es", "zh"])
def test_every_label_is_given_in(lang: str, schema: Schema) -> None:
    types: list[EntityType | LinkType] = [*schema.entity_types.values(), *schema.link_types.values()]
    for one in types:
        assert one.labels.get(lang), one.key
        assert all(prop.labels.get(lang) for prop in one.properties), one.key
    assert all(one.plural_labels.get(lang) for one in schema.entity_types.values())
    assert all(one.phrases.get(lang) for one in schema.link_types.values())


@pytest.mark.parametrize("lang", ["en", "fr", "es", "zh"])
def test_no_two_types_look_or_read_alike(lang: str, schema: Schema) -> None:
    entities = list(schema.entity_types.values())
    assert len({one.label(lang) for one in entities}) == len(entities)
    assert len({(one.colour, one.shape) for one in entities}) == len(entities)
    assert len({one.icon for one in entities}) == len(entities)


def test_phrases_are_lower_case_and_labels_are_not(schema: Schema) -> None:
    for one in schema.link_types.values():
        assert all(one.phrase(lang)[0] == one.phrase(lang)[0].lower() for lang in ("en", "fr", "es")), one.key
        assert all(one.label(lang)[0] == one.label(lang)[0].upper() for lang in ("en", "fr", "es")), one.key
    assert schema.phrase("exporter_of", "fr") == "exportateur de"


def test_ends_identifiers_and_label_properties_exist(schema: Schema) -> None:
    for link in schema.link_types.values():
        assert all(end == ANY or end in schema.entity_types for end in link.from_types + link.to_types), link.key
        assert 0 < link.weight <= 1
    for one in schema.entity_types.values():
        names = {prop.key for prop in one.properties}
        assert len(names) == len(one.properties), one.key
        assert set(one.label_from) <= names, one.key
        assert {use.property for use in one.identifiers} <= names, one.key
        assert re.fullmatch(r"#[0-9A-F]{6}", one.colour), one.key
        assert re.fullmatch(r"[a-z_]+", one.icon), one.key


def test_numbers_that_rules_look_for_duplicates_of_never_join(schema: Schema) -> None:
    joining = {(one.key, use.scheme) for one in schema.entity_types.values() for use in one.identifiers if use.joins}
    for scheme in ("mtn", "ca_md_no", "mx_manifest_no", "us_consent_no", "ca_permit_no", "semarnat_auth",
                   "cites_permit"):
        assert scheme not in {name for _key, name in joining}
    assert ("engine", "vin") not in joining
    assert {("facility", "epa_id"), ("vessel", "imo_ship"), ("vehicle", "vin"), ("container", "iso6346")} <= joining


def test_organization_and_facility_stand_for_one_another(schema: Schema) -> None:
    assert schema.facility_like("facility") and schema.facility_like("organization")
    assert not schema.facility_like("person")
    assert schema.end_allowed("generator_of", "facility", "movement")
    assert schema.end_allowed("authorises_final_facility", "consent_stream", "organization")
    assert not schema.end_allowed("generator_of", "vessel", "movement")
    assert not schema.end_allowed("generator_of", "movement", "facility")
    assert schema.end_allowed("handed_to", "facility", "organization")


def test_an_undirected_link_takes_its_ends_either_way() -> None:
    known = Schema({}, {"near": LinkType("near", directed=False, from_types=("vessel",), to_types=("location",))})
    assert known.end_allowed("near", "location", "vessel")


def test_the_schema_survives_json(schema: Schema) -> None:
    assert Schema.from_json(json.loads(json.dumps(schema.to_json()))) == schema


def test_a_case_can_add_types_of_its_own(schema: Schema) -> None:
    drone = EntityType("drone", {"en": "Drone"})
    merged = schema.merged(Schema({"drone": drone}))
    assert merged.label("drone", "fr") == "Drone"
    assert merged.label("person", "es") == "Persona"
    assert "drone" not in schema.entity_types
    assert schema.label("drone", "en") == "drone"


def test_an_account_has_the_icon_of_its_kind(schema: Schema) -> None:
    account = schema.entity("account")
    assert account.icon_for({"account_kind": "Phone"}) == "account_phone"
    assert account.icon_for({"account_kind": "carrier pigeon"}) == account.icon_for({}) == "account"
