"""How exchange charts look here, and files that would do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.importers.formats.anx import MEMBER
from ewglink.model.refusal import Refusal
from tests.importers.anx_charts import attributes, chart, entity, icon, items, link, tag, written
from tests.importers.anx_reading import OPTIONS, TWO, counts, picture, read, stated


def test_places_representations_and_looks(tmp_path: Path) -> None:
    shapes = [
        tag(
            "Icon",
            tag(
                "IconStyle",
                tag("FrameStyle", Visible="true", Colour=255),
                Enlargement="ICEnlargeDouble",
                IconShadingColour=16711680,
                Type="Person",
            ),
        ),
        tag("Box", tag("BoxStyle", LineColour=32768), Width=200, Height=100),
        tag("Circle", tag("CircleStyle", Diameter=100, Filled="true", BackColour=65535)),
        tag("Theme", tag("ThemeStyle", LineColour=255, Type="Phone")),
        tag("Event", tag("EventStyle", LineColour=255, Type="Meeting")),
        tag("TextBlock", tag("TextBlockStyle", Width=100, Alignment="TextAlignCentre", Type="Note")),
    ]
    hidden = entity(7, "h", Shown="false", x=-10, y=-20)
    path = written(
        tmp_path,
        chart(items(*(entity(n, f"e{n}", shape, x=100 * n, y=50) for n, shape in enumerate(shapes, 1)), hidden)),
    )
    placed = {one.value: one for one in picture(path).placed}
    assert (placed["e2"].x, placed["e2"].y) == (254.0, 63.5) and (placed["h"].x, placed["h"].y) == (-12.7, -25.4)
    assert placed["e1"].look == {"colour": "#0000FF", "size": 2.0, "frame": "#FF0000"}
    assert placed["e2"].look == {"representation": "box", "width": 254.0, "height": 127.0, "colour": "#008000"}
    assert placed["e3"].look == {"representation": "circle", "width": 127.0, "height": 127.0, "colour": "#FFFF00"}
    assert placed["e4"].look == {"representation": "theme_line", "colour": "#FF0000", "icon": "account_phone"}
    assert placed["e5"].look == {"representation": "event_frame", "border": "#FF0000"}
    assert placed["e6"].look == {"representation": "text_block", "width": 127.0, "align": "centre"}
    assert placed["h"].look == {"flags": 2}


def test_links_look_as_they_did(tmp_path: Path) -> None:
    connection = tag(
        "ConnectionCollection", tag("Connection", tag("ConnectionStyle", Multiplicity="MultiplicitySingle"), Id="K1")
    )
    path = written(
        tmp_path,
        chart(
            items(
                entity(1, "A", x=0),
                entity(2, "B", x=100),
                link(3, "Met", {"End1Id": 1, "End2Id": 2}, LineColour=255, LineWidth=2, ConnectionReference="K1"),
            ),
            connection,
        ),
    )
    look = next(one for one in picture(path).placed if one.value.startswith("link"))
    assert look.look == {"colour": "#FF0000", "width": 3.0, "multiplicity": "single"} and look.x == 63.5


def test_texts_switches_attributes_and_summary(tmp_path: Path) -> None:
    label = tag(
        "ChartItem", tag("End", tag("Label", tag("LabelStyle"), LabelId=9), X=10, Y=0), Id="CI9", Label="A heading"
    )
    switches = tag(
        "CIStyle",
        tag(
            "SubItemCollection",
            tag("SubItem", Type="SubItemLabel", Visible="false"),
            tag("SubItem", Type="SubItemDescription", Visible="true"),
        ),
    )
    classes = tag(
        "AttributeClassCollection",
        tag("AttributeClass", Name="Balance", Type="AttNumber", Prefix="$", ShowPrefix="true"),
        tag("AttributeClass", Name="Secret", Type="AttText", Visible="false"),
    )
    summary = tag(
        "Summary",
        tag("FieldCollection", tag("Field", Type="SummaryFieldTitle", Field="Northstar")),
        tag("CustomPropertyCollection", tag("CustomProperty", Name="Case", Type="String", Value="7")),
    )
    path = written(
        tmp_path,
        chart(
            summary,
            classes,
            items(entity(1, "A", icon("Account"), attributes(("Balance", "5"), ("Secret", "x")), switches), label),
        ),
    )
    found = picture(path)
    assert found.name == "chart" and found.settings["title"] == "Northstar"
    assert found.settings["summary"] == {"title": "Northstar", "Case": "7"}
    assert [one["property"] for one in found.settings["attributes"]] == ["balance"]
    assert found.placed[0].look == {"sub_texts": ["description"], "label": False}
    ((kind, body),) = found.annotations
    assert (kind, body["text"]) == ("text", "A heading")
    drafts, problems = read(path)
    assert counts(drafts)[0] == 1 and [one.code for one in problems] == ["texts"]


def test_a_link_that_ends_at_a_text_makes_it_an_entity(tmp_path: Path) -> None:
    label = tag("ChartItem", tag("End", tag("Label", LabelId=9), X=10), Id="CI9", Label="Unknown man")
    path = written(tmp_path, chart(items(entity(1, "A"), label, link(2, "Met", {"End1Id": 1, "End2Id": 9}))))
    drafts, problems = read(path)
    assert set(stated(drafts)) == {"A", "Unknown man"} and not problems
    assert [one.look for one in picture(path).placed] == [{}, {"representation": "label"}]


# files that would do harm


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<Chart><ChartItemCollection><ChartItem>", "malformed_xml"),
        ("<Chart><ChartItemCollection></Chart>", "malformed_xml"),
        ("<Table/>", "not_a_chart"),
        ("<Chart><ChartItemCollection>" + "<a>" * 500 + "</a>" * 500 + "</ChartItemCollection></Chart>", "too_deep"),
        ('<!DOCTYPE Chart [<!ENTITY a "b">]><Chart>&a;</Chart>', "xml_entities"),
        ('<!DOCTYPE Chart [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><Chart/>', "xml_entities"),
        ("<Chart>&undefined;</Chart>", "malformed_xml"),
        ("   ", "malformed_xml"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_a_sentence(tmp_path: Path, text: str, code: str) -> None:
    path = written(tmp_path, text)
    for ask in (
        lambda: list(MEMBER.read(path, OPTIONS)),
        lambda: MEMBER.proposes(path, OPTIONS),
        lambda: list(MEMBER.pictures(path, OPTIONS)),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == code and "chart.anx" in str(refused.value)


def test_a_harmless_document_type_is_passed_over_and_nothing_is_fetched(tmp_path: Path) -> None:
    outside = '<!DOCTYPE Chart SYSTEM "http://192.0.2.1/never.dtd">\n'
    path = written(tmp_path, chart(TWO, before=outside))
    assert counts(read(path)[0])[:2] == (2, 1)
    assert MEMBER.recognise(path, path.read_bytes()).confidence > 0.5


def test_nonsense_in_every_field_never_breaks_the_import(tmp_path: Path) -> None:
    odd = {
        "GradeOneIndex": "-3",
        "GradeTwoIndex": "99999999999999999999",
        "DateSet": "maybe",
        "DateTime": "💥",
        "XPosition": "NaN",
        "Shown": "perhaps",
    }
    shape = tag(
        "Icon",
        tag(
            "IconStyle",
            tag("IconPicture", Data="***", Visible="true"),
            Enlargement="Huge",
            IconShadingColour="-1",
            Type="💥",
        ),
    )
    path = written(
        tmp_path,
        chart(
            tag("EntityTypeCollection", tag("EntityType"), tag("EntityType", Id="1")),
            tag("GradeOne"),
            tag("Summary"),
            items(
                entity(1, "A\u2028\u202eB", shape, attributes(("💥", "1e999"), ("", "x")), x=10**30, **odd),
                tag("ChartItem"),
                tag("ChartItem", tag("End")),
                tag("ChartItem", tag("Link")),
                link(3, "💥", {"End1Id": 1, "End2Id": 1}, Strength="💥", LineWidth="x", ArrowStyle="Sideways"),
            ),
            tag("LegendDefinition", tag("LegendItem")),
            tag("ConnectionCollection", tag("Connection")),
        ),
    )
    drafts, problems = read(path)
    assert counts(drafts)[:2] == (1, 1)
    assert sum(one.rejected for one in problems) == 3
    assert MEMBER.proposes(path, OPTIONS).entity_types
    assert len(picture(path).placed) >= 1


def test_what_is_passed_over_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, chart(items(entity(1, "A"), entity(2, "B")), tag("SnapshotCollection", tag("Snapshot"))))
    problems = {one.code: str(one.message) for one in read(path)[1]}
    assert set(problems) == {"parts_passed_over"} and "SnapshotCollection" in problems["parts_passed_over"]


def test_raw_is_verbatim_whatever_the_quotes(tmp_path: Path) -> None:
    body = (
        """<ChartItem Id='CI1'   Label='a &gt; "b" > c'><End X="0"><Entity EntityId="1" Identity='q'>"""
        """<Icon/><CardCollection><Card Summary='5 > 3 "/>"' /></CardCollection></Entity></End></ChartItem >"""
    )
    drafts, _problems = read(written(tmp_path, chart(items(body))))
    assert drafts[0].row.raw == body and drafts[0].row.line == 3
    assert drafts[1].row.raw == """<Card Summary='5 > 3 "/>"' />"""
    assert stated(drafts) == {'a > "b" > c': ("thing", {"name": 'a > "b" > c'})}
