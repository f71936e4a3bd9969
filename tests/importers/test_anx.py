"""Exchange charts: every encoding and way to refer, and what items and cards say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ewglink.importers.anx_grades import admiralty
from ewglink.importers.formats.anx import MEMBER, AnxOptions
from tests.importers.anx_charts import attributes, chart, entity, icon, items, link, tag, written
from tests.importers.anx_reading import OPTIONS, TWO, counts, picture, read, stated, the_links


def test_the_worked_example(samples: Path) -> None:
    path = samples / "i2/worked_example.anx"
    drafts, problems = read(path)
    assert counts(drafts) == (2, 1, 0, 1) and not problems
    said = stated(drafts)
    assert set(said) == {"Gen Co", "Dépôt São José 北"}
    kind, values = said["Gen Co"]
    assert kind == "facility"
    assert values["epa_id"] == "VATESTGEN001" and values["import"] is True and values["consent_issued"] == "2024-05-03"
    assert values["description"] == "free text" and values["grade_one"] == "Reliable"
    (only,) = [one for draft in drafts for one in draft.links]
    assert (only.direction, only.strength, only.label) == (1, 0, "12 drums")
    assert (only.start, only.precision) == ("2024-05-03T14:30:00Z", 5)
    assert json.loads(str(only.vals))["quantity_kg"] == [4200.5]
    card = next(draft for draft in drafts if draft.row.part == "cards")
    assert card.origin is not None and card.origin.note == "e-Manifest · RPT-1"
    assert card.row.raw.startswith("<Card ") and card.row.raw.endswith("/>")
    places = {one.value: (one.x, one.y) for one in picture(path).placed}
    assert places["EPA:VATESTGEN001"] == (0, 0) and places["MX:abc"] == (300 * 1.27, 0)


def test_charts_of_another_program(samples: Path) -> None:
    drafts, _problems = read(samples / "i2/charts/anxwritter_data_json_utf16.anx")
    assert counts(drafts)[:2] == (8, 8)
    raw = "".join(draft.row.raw for draft in drafts)
    assert raw.count("<Attribute ") == 14
    assert Counter(kind for kind, _ in stated(drafts).values()) == {
        "person": 3,
        "organization": 2,
        "vehicle": 1,
        "account": 2,
    }
    said = stated(drafts)
    assert said["Carter Personal"][1]["balance"] == 12500.5 and said["Black SUV"][1]["plate"] == "ABC-1234"
    assert {draft.origin.grade for draft in drafts if draft.origin} == {"B2", "A1"}
    assert Counter(one.strength for draft in drafts for one in draft.links) == {0: 6, 2: 1, 1: 1}


def test_one_of_each_representation(samples: Path) -> None:
    path = samples / "i2/charts/all_representations_anxwritter.anx"
    drafts, problems = read(path)
    assert counts(drafts)[:2] == (7, 4) and not problems
    shown = [one.look.get("representation", "icon") for one in picture(path).placed if "link" not in one.value]
    assert sorted(shown) == ["box", "circle", "event_frame", "icon", "label", "text_block", "theme_line"]


LATIN = TWO.replace("Šimůnek", "Peña").replace("北京", "Société")


@pytest.mark.parametrize(
    ("declared", "encoding", "body"),
    [
        ("utf-16", "utf-16", TWO),
        ("utf-16", "utf-16-le", TWO),
        ("utf-16", "utf-16-be", TWO),
        ("utf-8", "utf-8", TWO),
        ("utf-8", "utf-8-sig", TWO),
        (None, "utf-8", TWO),
        ("iso-8859-1", "latin-1", LATIN),
        ("windows-1252", "cp1252", LATIN),
    ],
)
def test_encodings(tmp_path: Path, declared: str | None, encoding: str, body: str) -> None:
    path = written(tmp_path, chart(body, declared=declared), encoding)
    drafts, problems = read(path)
    assert not problems
    assert set(stated(drafts)) == ({"Éva Peña", "Société"} if body is LATIN else {"Éva Šimůnek", "北京"})
    assert MEMBER.recognise(path, path.read_bytes()[:65536]).confidence > 0.9
    assert drafts[0].row.raw in body


def test_utf16_with_a_mark_of_the_other_order(tmp_path: Path) -> None:
    path = tmp_path / "be.anx"
    path.write_bytes(b"\xfe\xff" + chart(TWO, declared="utf-16").encode("utf-16-be"))
    assert set(stated(read(path)[0])) == {"Éva Šimůnek", "北京"}


@pytest.mark.parametrize(("declared", "encoding"), [("utf-16", "utf-8"), ("utf-8", "cp1252")])
def test_a_wrong_declaration_is_tolerated_and_told(tmp_path: Path, declared: str, encoding: str) -> None:
    drafts, problems = read(written(tmp_path, chart(LATIN, declared=declared), encoding))
    assert set(stated(drafts)) == {"Éva Peña", "Société"}
    assert [one.code for one in problems] == ["encoding_declared"]


@pytest.mark.parametrize(
    "ends",
    [
        {"End1Id": 1, "End2Id": 2},
        {"End1Reference": "CI1", "End2Reference": "CI2"},
        {"End1Id": 1, "End2Reference": "CI2"},
        {"End1Id": "CI1", "End2Id": "CI2"},
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_links_name_their_ends_in_every_way_and_may_come_first(
    tmp_path: Path, ends: dict[str, Any], first: bool
) -> None:
    joins = link(9, "Knows", ends, ArrowStyle="ArrowOnTail")
    both = [entity(1, "A", icon("Person")), entity(2, "B", icon("Person"))]
    parts = [items(joins), items(*both)] if first else [items(*both, joins)]
    drafts, problems = read(written(tmp_path, chart(*parts)))
    assert the_links(drafts) == [("associate_of", "A", "B", 2)] and not problems
    assert counts(drafts)[:2] == (2, 1)


def test_types_by_reference_declared_after_the_items(tmp_path: Path) -> None:
    shape = tag("Icon", tag("IconStyle", EntityTypeReference="T1"))
    path = written(
        tmp_path,
        chart(
            items(
                entity(1, "A", shape, attributes(("C1", "5"), by="AttributeClassReference")),
                entity(2, "B", shape),
                link(3, "", {"End1Id": 1, "End2Id": 2}, LinkTypeReference="L1", StrengthReference="S2"),
            ),
            tag("EntityTypeCollection", tag("EntityType", Id="T1", Name="Smelter", IconFile="factory", Colour=255)),
            tag("LinkTypeCollection", tag("LinkType", Id="L1", Name="Feeds")),
            tag("AttributeClassCollection", tag("AttributeClass", Id="C1", Name="Furnaces", Type="AttNumber")),
            tag("StrengthCollection", tag("Strength", Id="S2", Name="Rumoured", DotStyle="DotStyleDotted")),
        ),
    )
    drafts, _problems = read(path)
    assert stated(drafts)["A"] == ("smelter", {"name": "A", "furnaces": 5})
    assert the_links(drafts) == [("feeds", "A", "B", 0)]
    assert [one.strength for draft in drafts for one in draft.links] == [2]
    schema = MEMBER.proposes(path, OPTIONS)
    smelter = schema.entity("smelter")
    assert (smelter.labels["en"], smelter.icon, smelter.colour) == ("Smelter", "facility", "#FF0000")
    assert schema.link("feeds").label("en") == "Feeds"
    furnaces = smelter.property("furnaces")
    assert furnaces is not None and furnaces.kind == "number" and furnaces.label("fr") == "Furnaces"


def test_a_reference_goes_before_a_name(tmp_path: Path) -> None:
    shape = tag("Icon", tag("IconStyle", Type="Nonsense", EntityTypeReference="T1"))
    types = tag("EntityTypeCollection", tag("EntityType", Id="T1", Name="Person"))
    drafts, _problems = read(written(tmp_path, chart(types, items(entity(1, "A", shape)))))
    assert stated(drafts)["A"][0] == "person"


def test_types_that_ours_are_keep_the_chart_s_own_word(tmp_path: Path) -> None:
    names = ("Woman", "Mobile Phone", "Meeting", "Voiture", "Organización", "Person")
    drafts, _problems = read(
        written(tmp_path, chart(items(*(entity(n, f"e{n}", icon(name)) for n, name in enumerate(names, 1)))))
    )
    said = stated(drafts)
    assert [said[f"e{n}"][0] for n in range(1, 7)] == [
        "person",
        "account",
        "event",
        "vehicle",
        "organization",
        "person",
    ]
    assert said["e1"][1]["chart_type"] == "Woman" and said["e2"][1]["account_kind"] == "phone"
    assert said["e3"][1]["event_kind"] == "Meeting" and said["e4"][1]["kind"] == "Voiture"
    assert "chart_type" not in said["e5"][1] and "chart_type" not in said["e6"][1]


def test_a_link_type_is_ours_only_where_its_ends_fit(tmp_path: Path) -> None:
    people = [
        entity(1, "A", icon("Person")),
        entity(2, "B", icon("Person")),
        entity(3, "P", icon("Phone")),
        entity(4, "Q", icon("Phone")),
    ]
    fits = written(tmp_path, chart(items(*people, link(5, "Calls", {"End1Id": 3, "End2Id": 4}))))
    other = written(tmp_path, chart(items(*people, link(5, "Calls", {"End1Id": 1, "End2Id": 2}))), name="other.anx")
    assert the_links(read(fits)[0])[0][0] == "called"
    assert the_links(read(other)[0])[0][0] == "calls"
    assert MEMBER.proposes(other, OPTIONS).link("calls").label("es") == "Calls"
    assert "called" not in MEMBER.proposes(other, OPTIONS).link_types


def test_semantic_types_say_what_a_name_does_not(tmp_path: Path) -> None:
    types = tag(
        "EntityTypeCollection",
        tag("EntityType", Id="T", Name="Osoba", SemanticTypeGuid="guid8A586959-9837-47DE-8DBF-BC7031F01545"),
    )
    drafts, _problems = read(written(tmp_path, chart(types, items(entity(1, "A", icon("Osoba"))))))
    assert stated(drafts)["A"][0] == "person" and stated(drafts)["A"][1]["chart_type"] == "Osoba"


@pytest.mark.parametrize(
    ("item", "start", "precision", "said"),
    [
        ({"DateSet": "true", "DateTime": "2024-05-03T14:30:00.000"}, "2024-05-03", 3, {}),
        ({"DateSet": "1", "TimeSet": "1", "DateTime": "2024-05-03T14:30:00"}, "2024-05-03T14:30:00", 4, {}),
        ({"TimeSet": "true", "DateTime": "1899-12-30T14:30:00"}, None, None, {"time_of_day": "14:30:00"}),
        ({"DateTime": "2024-05-03T14:30:00"}, None, None, {}),
        ({"DateTimeDescription": "about 3 pm"}, None, None, {"date_description": "about 3 pm"}),
    ],
)
def test_dates_count_as_far_as_they_are_set(
    tmp_path: Path, item: dict[str, str], start: str | None, precision: int | None, said: dict[str, str]
) -> None:
    path = written(
        tmp_path, chart(items(entity(1, "A"), entity(2, "B"), link(3, "Met", {"End1Id": 1, "End2Id": 2}, **item)))
    )
    (only,) = [one for draft in read(path)[0] for one in draft.links]
    assert (only.start, only.precision) == (start, precision)
    assert {key: value[0] for key, value in json.loads(str(only.vals)).items()} == said


def test_time_zones(tmp_path: Path) -> None:
    when = {"DateSet": "true", "TimeSet": "true", "DateTime": "2024-05-03T14:30:00"}
    drafts, _problems = read(
        written(
            tmp_path,
            chart(
                items(
                    entity(1, "World", icon("Event"), tag("TimeZone", UniqueID=1, Name="GMT"), **when),
                    entity(2, "Here", icon("Event"), tag("TimeZone", UniqueID=5, Name="Eastern Standard Time"), **when),
                )
            ),
        )
    )
    said = stated(drafts)
    assert said["World"][1]["start"] == "2024-05-03T14:30:00Z" and said["Here"][1]["start"] == "2024-05-03T14:30:00"
    assert said["Here"][1]["time_zone"] == "Eastern Standard Time"


def test_attributes_of_every_class(tmp_path: Path) -> None:
    classes = tag(
        "AttributeClassCollection",
        *(
            tag("AttributeClass", Name=name, Type=kind)
            for name, kind in (
                ("Nickname", "AttText"),
                ("Height", "AttNumber"),
                ("Armed", "AttFlag"),
                ("Last seen", "AttTime"),
            )
        ),
    )
    given = attributes(
        ("Nickname", "El Güero; Jefe"),
        ("Height", "1.8"),
        ("Armed", "false"),
        ("Last seen", "2024-05-03T08:00:00"),
        ("Undeclared", " as it is "),
        ("Height", ""),
    )
    path = written(tmp_path, chart(classes, items(entity(1, "A", icon("Person"), given))))
    drafts, problems = read(path)
    values = stated(drafts)["A"][1]
    assert values["aliases"] == ["El Güero", "Jefe"]
    assert (values["height"], values["armed"], values["last_seen"]) == (1.8, False, "2024-05-03T08:00:00")
    assert values["undeclared"] == "as it is" and not problems
    kinds = {one.key: one.kind for one in MEMBER.proposes(path, OPTIONS).entity("person").properties}
    assert kinds == {"height": "number", "armed": "boolean", "last_seen": "date", "undeclared": "text"}


def test_values_that_are_not_what_their_class_says_are_kept_and_reported(tmp_path: Path) -> None:
    classes = tag("AttributeClassCollection", tag("AttributeClass", Name="Weight", Type="AttNumber"))
    drafts, problems = read(
        written(
            tmp_path,
            chart(
                classes,
                items(entity(1, "A", icon("Person"), attributes(("Weight", "a lot")), DateSet="true", DateTime="soon")),
            ),
        )
    )
    (vals,) = [json.loads(str(one.vals)) for draft in drafts for one in draft.entities]
    # “weight” is a number of ours already; text that is none stays text
    assert vals["weight"][0] == "a lot" and vals["weight"][5] == "warn"
    assert vals["date"][0] == "soon"
    assert {one.code for one in problems} == {"not_a_number", "not_a_date"}


GRADES = (
    tag(
        "GradeOne",
        tag(
            "StringCollection",
            tag("String", Id="G1", Text="Always reliable"),
            tag("String", Id="G2", Text="Unreliable"),
        ),
    ),
    tag(
        "GradeTwo",
        tag("StringCollection", tag("String", Id="H1", Text="Confirmed"), tag("String", Id="H2", Text="Doubtful")),
    ),
    tag("GradeThree", tag("StringCollection", tag("String", Id="P1", Text="Eyes only"))),
)


def test_grades_by_index_and_reference_and_ungraded(tmp_path: Path) -> None:
    people = items(
        entity(1, "A", GradeOneIndex=1, GradeTwoReference="H1", GradeThreeIndex=0),
        entity(2, "B", GradeOneIndex=0, GradeOneReference="G2"),
        entity(3, "C"),
    )
    drafts, _problems = read(written(tmp_path, chart(*GRADES, people)))
    assert [draft.origin.grade if draft.origin else None for draft in drafts] == ["E1", "E6", None]
    assert stated(drafts)["A"][1] | {"name": 0} == {
        "name": 0,
        "grade_one": "Unreliable",
        "grade_two": "Confirmed",
        "grade_three": "Eyes only",
    }
    without, _problems = read(written(tmp_path, chart(items(entity(1, "A", GradeOneIndex=0))), name="none.anx"))
    assert without[0].origin is None and "grade_one" not in stated(without)["A"][1]


@pytest.mark.parametrize(
    ("source", "information", "grade"),
    [
        ("Usually reliable", "Probably true", "B2"),
        ("A", "1", "A1"),
        ("B - Mostly reliable", "3 - Not known personally but corroborated", "B3"),
        ("Untested", None, "F6"),
        ("Ungraded", "Ungraded", None),
        ("purple", "7", None),
        (None, None, None),
    ],
)
def test_grades_as_admiralty_grades(source: str | None, information: str | None, grade: str | None) -> None:
    assert admiralty(source, information) == grade


def test_cards_are_statements_with_a_source_and_a_grade_of_their_own(tmp_path: Path) -> None:
    cards = (
        tag(
            "Card",
            Summary="Seen at <dock>",
            Text="Line one\u000aLine two",
            SourceReference="R7",
            SourceType="Officer",
            GradeOneIndex=0,
            GradeTwoIndex=1,
            DateSet="true",
            DateTime="2024-05-03T00:00:00",
        ),
        tag("Card", tag("TimeZone", UniqueID=1, Name="UTC"), Summary="Second"),
    )
    joins = link(3, "Met", {"End1Id": 1, "End2Id": 2}, cards=(tag("Card", Summary="Of the link"),))
    drafts, _problems = read(
        written(
            tmp_path,
            chart(*GRADES, items(entity(1, "A", icon("Person"), cards=cards, GradeOneIndex=1), entity(2, "B"), joins)),
        )
    )
    found = [draft for draft in drafts if draft.row.part == "cards"]
    assert [draft.row.no for draft in found] == [1, 2, 3]
    first = found[0]
    assert first.origin is not None and tuple(first.origin) == ("Officer · R7", "A4")
    assert drafts[0].origin is not None and drafts[0].origin.grade == "E6"
    values = json.loads(str(first.entities[0].vals))
    assert values["card"] == ["Seen at <dock>"] and values["card_text"] == ["Line one\nLine two"]
    assert values["card_date"][0] == "2024-05-03" and "date" not in values
    assert first.entities[0].keys == drafts[0].entities[0].keys[:1]
    assert found[1].row.raw.startswith("<Card ") and found[1].row.raw.endswith("</Card>")
    (of_link,) = found[2].links
    assert json.loads(str(of_link.vals)) == {"card": ["Of the link"]}
    assert of_link.key == next(one.key for draft in drafts for one in draft.links)


def test_dangling_ends_and_ends_that_are_missing(tmp_path: Path) -> None:
    drafts, problems = read(
        written(
            tmp_path,
            chart(
                items(
                    entity(1, "A", icon("Person")),
                    link(2, "Met", {"End1Id": 1, "End2Id": 77}),
                    link(3, "Met", {"End1Id": 1}),
                )
            ),
        )
    )
    assert [(one.code, one.rejected, one.row) for one in problems] == [
        ("dangling_reference", False, 2),
        ("link_without_end", True, 3),
    ]
    assert len(the_links(drafts)) == 1 and the_links(drafts)[0][2] == "77"
    assert counts(drafts)[:2] == (2, 1)


def test_identities(tmp_path: Path) -> None:
    drafts, problems = read(
        written(
            tmp_path,
            chart(
                items(
                    entity(1, "A", identity="N/A"),
                    entity(2, "B", identity="N/A"),
                    entity(3, "C", identity="s-1"),
                    entity(4, "C again", identity="s-1"),
                    entity(5, "D", identity=""),
                )
            ),
        )
    )
    assert counts(drafts)[0] == 4, "placeholders never make two one, identities do"
    assert {one.code for one in problems} == {"duplicate_identity"}


def test_charts_share_identities_only_where_a_person_says_so(tmp_path: Path) -> None:
    one = written(tmp_path, chart(items(entity(1, "A", identity="x1"))))
    other = written(tmp_path, chart(items(entity(9, "A", identity="x1"), entity(2, "B"))), name="other.anx")
    apart = {read(path)[0][0].entities[0].keys for path in (one, other)}
    together = {read(path, AnxOptions(shared=True))[0][0].entities[0].keys for path in (one, other)}
    assert len(apart) == 2 and len(together) == 1


def test_several_links_alike_are_several(tmp_path: Path) -> None:
    twice = [link(n, "Met", {"End1Id": 1, "End2Id": 2}) for n in (3, 4)]
    path = written(
        tmp_path, chart(items(entity(1, "A"), entity(2, "B"), *twice, link(5, "Is", {"End1Id": 1, "End2Id": 1})))
    )
    drafts, problems = read(path)
    assert counts(drafts)[:2] == (2, 3) and not problems
    assert ("is", "A", "A", 0) in the_links(drafts)


def test_embedded_objects_are_named_as_not_taken(tmp_path: Path) -> None:
    shape = tag("OleItem", tag("OleItemStyle", Type="Document"), ProgID="Excel.Sheet.8", Data="Q" * 50_000)
    drafts, problems = read(written(tmp_path, chart(items(entity(1, "Sheet", shape)))))
    assert [one.code for one in problems] == ["embedded_object"] and "Excel.Sheet.8" in str(problems[0].message)
    assert stated(drafts)["Sheet"][0] == "document"
    assert len(drafts[0].row.raw) < 1000, "what is embedded is not kept with the row"
