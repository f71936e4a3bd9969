"""A chart on many sheets: every sheet shows its part of the whole picture, named, marked, to scale, nothing lost."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtGui import QImage

from ewglink.drawing.furniture import Furniture
from ewglink.drawing.scene import Scene
from ewglink.painting import pages
from ewglink.painting.page_setup import PAPERS, SETTING, PageSetup
from ewglink.painting.schedule import numbers_of, rows_said
from ewglink.painting.sheets import UNIT_MM, pages_of, plan_of, without_banner
from ewglink.painting.tiles import Edges, plan
from ewglink.release.view import Origin, ScheduleRow
from tests.charts.made_up import random_network, spent_batteries

pytestmark = pytest.mark.usefixtures("qapp")
DPI = 100
TOLERATED = 0.0004
"""The share of pixels of a sheet that may differ clearly: edges are smoothed otherwise."""
TILED = PageSetup(page="a4", across=3, down=2, overlap=12)


@pytest.fixture
def scene() -> Scene:
    return pages.scene_of(spent_batteries())


def _rendered(path: Path, dpi: float = DPI) -> list[Image.Image]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def _texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _whole(scene: Scene, dots: float) -> Image.Image:
    """The whole picture at `dots` pixels a chart unit."""
    image = pages.image_of(scene, dots).convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return Image.fromarray(data[:, :image.width() * 3].reshape(image.height(), image.width(), 3).copy())


def _differing(one: Image.Image, other: Image.Image) -> float:
    blurred = [image.filter(ImageFilter.GaussianBlur(2)) for image in (one, other)]
    return float((np.asarray(ImageChops.difference(*blurred)).max(axis=2) > 64).mean())


def _of_whole(whole: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """A part of the picture; what lies outside it is paper."""
    ground = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), "white")
    ground.paste(whole, (-box[0], -box[1]))
    return ground


@pytest.mark.parametrize("setup", [TILED, PageSetup(page="letter", scale=140, overlap=8, orientation="portrait"),
                                   PageSetup(page="a3", across=2, header="{case}", footer="{sheet}")])
def test_every_sheet_shows_its_part_of_the_whole(scene: Scene, tmp_path: Path, setup: PageSetup) -> None:
    scene.content.settings[SETTING] = setup.as_setting()
    made = plan_of(scene, setup)
    assert made.count > 1
    pages.write_pdf(scene, tmp_path / "c.pdf")
    sheets = _rendered(tmp_path / "c.pdf")
    assert len(sheets) == made.count
    dots = DPI / 25.4  # pixels a millimetre of paper
    scene.furniture = without_banner(scene)  # in its place every sheet has banners of its own
    whole = _whole(scene, dots * made.scale * UNIT_MM)
    for tile, sheet in zip(made.tiles(), sheets, strict=True):
        frame = [round(length * dots) for length in made.frame]
        shown = sheet.crop(tuple(frame))
        corner = round(tile.window[0] * dots), round(tile.window[1] * dots)
        wanted = _of_whole(whole, (*corner, corner[0] + shown.width, corner[1] + shown.height))
        inner = (4, 4, shown.width - 4, shown.height - 4)
        assert _differing(shown.crop(inner), wanted.crop(inner)) < TOLERATED, tile.name


def test_only_the_bands_are_taken_out_of_the_furniture(scene: Scene) -> None:
    left = without_banner(scene)
    assert len(left.texts) == len(scene.furniture.texts) - 2
    assert len(left.shapes) == len(scene.furniture.shapes) - 2
    scene.content.marking = ""
    assert len(without_banner(scene).texts) == len(scene.furniture.texts)


def test_a_missing_icon_on_a_sheet_would_be_noticed(scene: Scene) -> None:
    made = plan_of(scene, TILED)
    dots = DPI / 25.4
    before = _whole(scene, dots * made.scale * UNIT_MM)
    scene.marks.icons = scene.marks.icons.take(np.arange(1, len(scene.marks.icons)))
    after = _whole(scene, dots * made.scale * UNIT_MM)
    x, y = scene.content.xy[0] - np.array(scene.page[:2])
    middle = [int(length * UNIT_MM * made.scale * dots) for length in (x, y)]
    wide, high = (int((made.frame[at + 2] - made.frame[at]) * dots) for at in (0, 1))
    box = (middle[0] - wide // 2, middle[1] - high // 2, middle[0] + wide // 2, middle[1] + high // 2)
    assert _differing(_of_whole(before, box), _of_whole(after, box)) > TOLERATED


def test_the_sheets_together_hold_the_whole_chart(scene: Scene) -> None:
    for setup in (TILED, PageSetup(page="a4", scale=250), PageSetup(page="a3", across=4, down=1, overlap=0)):
        made = plan_of(scene, setup)
        windows = [tile.window for tile in made.tiles()]
        size = made.size[0] * made.scale, made.size[1] * made.scale
        assert min(window[0] for window in windows) <= 1e-6
        assert min(window[1] for window in windows) <= 1e-6
        assert max(window[2] for window in windows) >= size[0] - 1e-6
        assert max(window[3] for window in windows) >= size[1] - 1e-6
        for one, other in itertools.pairwise(windows):
            if other[1] == one[1]:
                assert one[2] - other[0] == pytest.approx(made.overlap)


def test_a_scale_says_how_many_sheets() -> None:
    none = Edges()
    # A4 across has 297 - 16 = 281 mm, then 271 more for each sheet; 194 and 184 down.
    setup = PageSetup(page="a4", orientation="landscape", scale=100, overlap=10)
    for width, sheets in ((281, 1), (282, 2), (552, 2), (553, 3)):
        made = plan((width, 100), setup, none, none)
        assert (made.across, made.down, made.scale) == (sheets, 1, 1.0)
    assert plan((281, 379), setup, none, none).down == 3
    assert plan((281, 378), setup, none, none).down == 2


def test_auto_turns_the_paper_as_the_chart_is() -> None:
    none = Edges()
    assert plan((100, 300), PageSetup(page="a4"), none, none).paper == (210.0, 297.0)
    assert plan((300, 100), PageSetup(page="a4"), none, none).paper == (297.0, 210.0)


def test_every_sheet_is_named_marked_and_to_scale(scene: Scene, tmp_path: Path) -> None:
    pages.write_pdf(scene, tmp_path / "c.pdf", asked=replace(TILED, header="{case}|{sheet}|{number}/{sheets}"))
    texts = _texts(tmp_path / "c.pdf")
    names = ["A1", "A2", "A3", "B1", "B2", "B3"]
    scale = round(plan_of(scene, TILED).scale * 100)
    for at, (name, text) in enumerate(zip(names, texts, strict=True), 1):
        assert text.count("TRAINING – made-up data") >= 2
        assert f"sheet {at} of 6" in text
        assert f"{at}/6" in text
        assert f"Scale {scale}" in text
        assert all(other in text for other in names)  # the key map
        assert name in text


def test_nothing_reaches_the_edge_of_the_paper(scene: Scene, tmp_path: Path) -> None:
    pages.write_pdf(scene, tmp_path / "c.pdf", asked=replace(TILED, header="{case}", footer="{chart}|x|{date}"))
    for sheet in _rendered(tmp_path / "c.pdf", 72):
        ink = (np.asarray(sheet) < 200).any(axis=2)
        for inked, length in ((ink.any(axis=0), ink.shape[1]), (ink.any(axis=1), ink.shape[0])):
            at = np.flatnonzero(inked)
            assert at[0] >= 5
            assert at[-1] <= length - 6


def test_a_small_furniture_is_left_out_but_never_the_marking(tmp_path: Path) -> None:
    bare = PageSetup(page="a4", heading=False, legend=False, title_block=False)
    scene = pages.scene_of(spent_batteries(), pieces=bare.pieces)
    assert bare.pieces == Furniture(False, False, False)
    pages.write_pdf(scene, tmp_path / "c.pdf", asked=bare)
    (text,) = _texts(tmp_path / "c.pdf")
    assert "TRAINING" in text
    assert "Legend" not in text


def test_header_and_footer_of_one_page_take_no_room_from_the_chart(scene: Scene, tmp_path: Path) -> None:
    asked = PageSetup(page="a4", header="{case}|{chart}", footer="||{number} / {sheets}")
    pages.write_pdf(scene, tmp_path / "c.pdf", asked=asked)
    (text,) = _texts(tmp_path / "c.pdf")
    assert "1 / 1" in text
    made = plan_of(scene, asked)
    assert made.frame[1] > 8
    assert made.size[1] * made.scale <= made.frame[3] - made.frame[1] + 1e-6
    pages.write_pdf(scene, tmp_path / "own.pdf", asked=replace(asked, page="fit"))
    assert "1 / 1" in _texts(tmp_path / "own.pdf")[0]


def _schedule(scene: Scene) -> list[ScheduleRow]:
    content = scene.content
    rows = [ScheduleRow(int(item), content.type_names[content.type_keys[kind]], label,
                        (Origin("parties.csv", "ab" * 32, (2, 3, 4, 9)),))
            for item, kind, label in zip(content.entity_ids, content.types, content.labels, strict=True)]
    a, b = (int(content.entity_ids[end]) for end in content.ends[0])
    return [*rows, ScheduleRow(int(content.link_ids[0]), "director of", "director of", (), (a, b))]


def test_the_schedule_says_what_each_number_is(tmp_path: Path) -> None:
    content = spent_batteries()
    scene = pages.scene_of(content, numbered=True)
    asked = replace(TILED, schedule=True)
    pages.write_pdf(scene, tmp_path / "c.pdf", asked=asked, schedule=_schedule(scene))
    texts = _texts(tmp_path / "c.pdf")
    listed = "\n".join(texts[6:])
    numbers = numbers_of(scene)
    assert sorted(numbers.values()) == list(range(1, 21))
    for label in content.labels:
        assert label.split()[0] in listed
    assert "2–4, 9" in listed
    assert "ab" * 32 in listed.replace("\r\n", "").replace("\n", "")
    a, b = (numbers[int(content.entity_ids[end])] for end in content.ends[0])
    assert f"{a} → {b}" in listed
    assert "no source" in listed
    assert all("TRAINING" in text for text in texts)


def test_numbers_are_on_the_chart_and_on_the_sheets(tmp_path: Path) -> None:
    plain, numbered = (pages.scene_of(spent_batteries(), numbered=on) for on in (False, True))
    assert len(numbered.marks.texts) == len(plain.marks.texts) + 20
    xy = {int(item): at for item, at in zip(numbered.content.entity_ids, numbered.content.xy[:, 1], strict=True)}
    numbers = numbers_of(numbered)
    first, last = (next(item for item, number in numbers.items() if number == wanted) for wanted in (1, 20))
    assert xy[first] < xy[last]


def test_many_items_make_many_pages() -> None:
    scene = pages.scene_of(random_network(300, 300), numbered=True)
    made = pages_of(scene, PageSetup(page="a4", schedule=True), _schedule(scene))
    assert len(made) > 5
    for page in made[1:]:
        x0, y0, x1, y1 = page.marks.bounds() or (0, 0, 0, 0)
        assert x0 >= 0 and y0 >= 0
        assert x1 <= page.paper[0] / UNIT_MM
        assert y1 <= page.paper[1] / UNIT_MM


@pytest.mark.parametrize(("rows", "said"), [((), ""), ((7,), "7"), ((3, 1, 2), "1–3"), ((5, 2, 3, 9), "2–3, 5, 9")])
def test_rows_are_said_in_runs(rows: tuple[int, ...], said: str) -> None:
    assert rows_said(rows) == said


def test_a_page_setup_is_kept_and_what_is_asked_goes_first() -> None:
    kept = {SETTING: PageSetup(page="a3", across=4, header="x").as_setting()}
    assert kept[SETTING] == {"page": "a3", "across": 4, "header": "x"}
    found = PageSetup.of(kept, PageSetup(page="a4", across=2))
    assert (found.page, found.across) == ("a4", 2)
    assert PageSetup.of(kept) == PageSetup(page="a3", across=4, header="x")
    strange = {SETTING: {"page": "papyrus", "across": "many", "scale": -4, "down": 1000, "from_the_future": 1}}
    assert PageSetup.of(strange) == PageSetup(down=26)
    assert set(PAPERS) >= {"fit", "a4", "letter"}
