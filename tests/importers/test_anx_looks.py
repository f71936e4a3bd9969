"""What else a chart has drawn: corners of links, groups of items, pictures of every usual format."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from tests.importers.anx_charts import chart, entity, items, tag, written
from tests.importers.anx_reading import picture, read, stated


def _bent(number: int, *corners: tuple[int, int], ends: tuple[int, int] = (1, 2)) -> str:
    points = (tag("Corner", X=x, Y=y) for x, y in corners)
    body = tag("Link", tag("CornerCollection", *points), tag("LinkStyle", Type="Met"), End1Id=ends[0], End2Id=ends[1])
    return tag("ChartItem", body, Id=f"CI{number}", Label=f"l{number}")


def test_corners_of_links_are_kept_in_lengths_of_the_link(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chart(
            items(
                entity(1, "A", x=100, y=100),
                entity(2, "B", x=300, y=100),
                _bent(3, (150, 140), (250, 60)),
                _bent(4, (50, 0), ends=(1, 1)),
                _bent(5),
            )
        ),
    )
    placed = [one for one in picture(path).placed if one.value.startswith("link")]
    assert [one.look for one in placed] == [{"corners": [0.25, 0.2, 0.75, -0.2]}]
    assert not read(path)[1]


def test_items_of_a_group_say_so(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        chart(
            items(
                entity(1, "A", GroupReference="G2"),
                entity(2, "B", GroupReference="G2"),
                entity(3, "C", GroupReference="G1"),
                entity(4, "D"),
            ),
            tag("GroupCollection", tag("Group", Id="G1"), tag("Group", Id="G2")),
        ),
        name="Harbour.anx",
    )
    drafts, problems = read(path)
    groups = {label: said.get("chart_group") for label, (_kind, said) in stated(drafts).items()}
    assert groups == {"A": "Harbour 2", "B": "Harbour 2", "C": "Harbour 1", "D": None} and not problems


def _picture(kind: str, size: tuple[int, int] = (40, 20), colour: str = "#C00000") -> str:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _shown(path: Path) -> list[Image.Image | None]:
    """The pictures of the entities, decoded anew."""
    found: list[Image.Image | None] = []
    for one in picture(path).placed:
        uri = one.look.get("picture", "")
        data = base64.b64decode(uri.removeprefix("data:image/png;base64,"))
        found.append(Image.open(io.BytesIO(data)) if uri else None)
    return found


def _icon(**said: str) -> str:
    return tag("Icon", tag("IconStyle", tag("IconPicture", Visible="true", **said)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP"])
def test_pictures_of_every_usual_format(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, chart(items(entity(1, "A", _icon(Data=_picture(kind))))))
    (shown,) = _shown(path)
    assert shown is not None and shown.format == "PNG" and shown.size == (40, 20)
    red, green, blue = shown.convert("RGB").getpixel((20, 10))  # type: ignore[misc]
    assert red > 180 and green < 12 and blue < 12 and not read(path)[1]


def test_large_pictures_are_made_small_and_small_png_files_stay_as_they_are(tmp_path: Path) -> None:
    small = _picture("PNG")
    path = written(
        tmp_path,
        chart(items(entity(1, "A", _icon(Data=_picture("PNG", (3000, 1500)))), entity(2, "B", _icon(Data=small)))),
    )
    large, kept = _shown(path)
    assert large is not None and large.size == (160, 80)
    assert kept is not None and picture(path).placed[1].look["picture"].endswith(small)


def test_pictures_kept_once_for_the_chart(tmp_path: Path) -> None:
    custom = tag("CustomImageCollection", tag("CustomImage", Id="I1", DataGuid="{7}", Data=_picture("JPEG")))
    path = written(tmp_path, chart(items(entity(1, "A", _icon(DataGuid="{7}"))), custom))
    (shown,) = _shown(path)
    assert shown is not None and shown.size == (40, 20)


def _too_many_pixels() -> str:
    """A PNG that says it has 100,000 x 100,000 pixels."""
    raw = bytearray(base64.b64decode(_picture("PNG")))
    raw[16:24] = (100_000).to_bytes(4, "big") * 2
    return base64.b64encode(bytes(raw)).decode("ascii")


@pytest.mark.parametrize(
    "data",
    [
        "no base64!",
        base64.b64encode(b"\xd7\xcd\xc6\x9a" + bytes(60)).decode(),  # a metafile
        base64.b64encode(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n").decode(),
        _picture("PNG")[:60],
        _picture("GIF")[:40],
        _too_many_pixels(),
    ],
)
def test_pictures_that_cannot_be_read_are_told_of_and_the_item_stays(tmp_path: Path, data: str) -> None:
    path = written(tmp_path, chart(items(entity(1, "A", _icon(Data=data)))))
    drafts, problems = read(path)
    assert _shown(path) == [None] and list(stated(drafts)) == ["A"]
    assert [(one.code, one.row) for one in problems] == [("picture_unread", 1)]
