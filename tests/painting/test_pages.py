"""A chart on paper: PNG, SVG and PDF show one picture, nothing cropped and nothing missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from ewglink.drawing.furniture import Furniture
from ewglink.drawing.scene import Scene
from ewglink.drawing.style import DARK
from ewglink.model.refusal import Refusal
from ewglink.painting import pages
from tests.charts.made_up import random_network, spent_batteries

pytestmark = pytest.mark.usefixtures("qapp")
SCALE = 1.0


@pytest.fixture
def scene() -> Scene:
    return pages.scene_of(spent_batteries())


def _pil(image: QImage) -> Image.Image:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return Image.fromarray(data[:, :image.width() * 3].reshape(image.height(), image.width(), 3).copy())


def _screen(scene: Scene) -> Image.Image:
    return _pil(pages.image_of(scene, SCALE))


def _svg(path: Path, size: tuple[int, int]) -> Image.Image:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    QSvgRenderer(str(path)).render(painter, QRectF(0, 0, *size))
    painter.end()
    return _pil(image)


def _pdf(path: Path, size: tuple[int, int]) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        return page.render(scale=size[0] / page.get_width()).to_pil().convert("RGB").resize(size)


def _differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ clearly once both are blurred: edges may be smoothed otherwise, marks may not
    be missing."""
    blurred = [image.convert("RGB").filter(ImageFilter.GaussianBlur(2)) for image in (one, other)]
    difference = np.asarray(ImageChops.difference(*blurred)).max(axis=2)
    return float((difference > 56).mean())


def test_svg_and_pdf_show_the_picture_of_the_screen(scene: Scene, tmp_path: Path) -> None:
    pages.write_svg(scene, tmp_path / "c.svg")
    pages.write_pdf(scene, tmp_path / "c.pdf")
    screen = _screen(scene)
    assert _differing(screen, _svg(tmp_path / "c.svg", screen.size)) < 0.0005
    assert _differing(screen, _pdf(tmp_path / "c.pdf", screen.size)) < 0.0005


def test_a_missing_icon_would_be_noticed(scene: Scene) -> None:
    screen = _screen(scene)
    scene.marks.icons = scene.marks.icons.take(np.arange(1, len(scene.marks.icons)))
    assert _differing(screen, _screen(scene)) > 0.0005


@pytest.mark.parametrize("count", [1, 20, 120])
def test_nothing_is_cropped(count: int) -> None:
    content = random_network(count, count)
    content.labels[0] = "A label as long as any that an importer has ever been given to chew on, and then some"
    scene = pages.scene_of(content)
    picture = np.asarray(_screen(scene))
    ink = (picture < 250).any(axis=2)
    inked = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    for side, length in zip(inked, (picture.shape[1], picture.shape[0]), strict=True):
        assert side[0] >= 5
        assert side[-1] <= length - 6


def test_what_is_painted_lies_within_the_bounds(scene: Scene) -> None:
    x0, y0, x1, y1 = scene.bounds()
    picture = np.asarray(_screen(scene))
    rows = np.flatnonzero((picture < 250).any(axis=2).any(axis=1))
    columns = np.flatnonzero((picture < 250).any(axis=2).any(axis=0))
    assert columns[0] >= x0 - scene.page[0] - 2
    assert columns[-1] <= x1 - scene.page[0] + 2
    assert rows[0] >= y0 - scene.page[1] - 2
    assert rows[-1] <= y1 - scene.page[1] + 2


def test_the_pdf_holds_real_text_in_an_embedded_font(scene: Scene, tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    pages.write_pdf(scene, tmp_path / "c.pdf")
    with pypdfium2.PdfDocument(tmp_path / "c.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "Northgate Battery Recovery Ltd." in text
    assert "Ortega-Villaseñor" in text
    assert "TRAINING" in text
    with pikepdf.open(tmp_path / "c.pdf") as document:
        found = (one for one in document.objects if isinstance(one, pikepdf.Dictionary))
        fonts = [one for one in found if one.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in one or "/FontFile3" in one or "/FontFile" in one for one in fonts)
        assert len(document.pages) == 1


def test_the_svg_holds_text_as_text_and_no_pictures(scene: Scene, tmp_path: Path) -> None:
    pages.write_svg(scene, tmp_path / "c.svg")
    body = (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert ">Cascadia Metals Brokerage Inc.<" in body
    assert "<image" not in body


def test_a_page_of_paper_size_holds_the_whole_chart(scene: Scene, tmp_path: Path) -> None:
    pages.write_pdf(scene, tmp_path / "c.pdf", page="letter")
    with pypdfium2.PdfDocument(tmp_path / "c.pdf") as document:
        page = document[0]
        assert (round(page.get_width()), round(page.get_height())) == (792, 612)
        picture = np.asarray(page.render(scale=1).to_pil().convert("L"))
    inked = np.flatnonzero((picture < 200).any(axis=0))
    assert inked[0] > 5
    assert inked[-1] < picture.shape[1] - 6


def test_png_sizes_agree_with_what_was_asked(scene: Scene, tmp_path: Path) -> None:
    pages.write_png(scene, tmp_path / "a.png", width_px=900)
    pages.write_png(scene, tmp_path / "b.png", width_mm=200, dpi=127)
    with Image.open(tmp_path / "a.png") as one, Image.open(tmp_path / "b.png") as other:
        assert one.width == 900
        assert other.width == 1000
        assert other.info["dpi"][0] == pytest.approx(127, rel=0.01)


def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        pages.write_png(scene, tmp_path / "absent" / "c.png")
    with pytest.raises(Refusal):
        pages.write_pdf(scene, tmp_path / "absent" / "c.pdf")
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_survives_a_failed_export(scene: Scene, tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "c.svg"
    target.write_text("before")
    monkeypatch.setattr(pages, "_paint", lambda *_args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(Refusal):
        pages.write_svg(scene, target)
    assert target.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["c.svg"]


def test_an_empty_chart_is_a_page_that_says_so_little(tmp_path: Path) -> None:
    content = random_network(1, 0)
    content.flags[0] = 2
    scene = pages.scene_of(content, palette=DARK, pieces=Furniture(legend=False))
    pages.write_png(scene, tmp_path / "empty.png")
    pages.write_pdf(scene, tmp_path / "empty.pdf")
    assert (tmp_path / "empty.pdf").stat().st_size > 500


def test_a_terminal_without_a_display_can_draw(tmp_path: Path) -> None:
    program = ("from tests.charts.made_up import spent_batteries; from ewglink.painting import pages; "
               "scene = pages.scene_of(spent_batteries()); pages.write_png(scene, 'c.png', dpi=40); "
               "pages.write_pdf(scene, 'c.pdf')")
    root = Path(__file__).resolve().parents[2]
    env = {key: value for key, value in os.environ.items()
           if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")} | {"PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True,
                          timeout=120)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "c.png").read_bytes()[:4] == b"\x89PNG"
    assert (tmp_path / "c.pdf").read_bytes()[:5] == b"%PDF-"


def test_texts_of_an_svg_keep_their_length_in_any_font(scene: Scene, tmp_path: Path) -> None:
    pages.write_svg(scene, tmp_path / "c.svg")
    body = (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert body.count("<text ") == body.count("textLength=") > 40
