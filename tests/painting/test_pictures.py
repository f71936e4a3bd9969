"""Pictures and signs on icons: painted within their ground, nothing outside the case read."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from ewglink.drawing.content import ChartContent
from ewglink.drawing.furniture import Furniture
from ewglink.drawing.style import PICTURE
from ewglink.model.refusal import Refusal
from ewglink.painting.pages import image_of, scene_of, write_pdf, write_png, write_svg
from ewglink.painting.pictures import picture_from, picture_of
from tests.charts.made_up import random_network

BARE = Furniture(heading=False, legend=False, title_block=False)


def _picture(path: Path, size: tuple[int, int] = (300, 200), colour: tuple[int, int, int] = (210, 20, 30)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def _one(style: dict[str, object]) -> ChartContent:
    content = random_network(1, 0)
    content.xy[:] = 0
    content.labels = [""]
    content.styles = {0: {"shape": "circle", "colour": "#0072B2", "size": 2.0} | style}
    return content


def _colour_at(content: ChartContent, x: float, y: float) -> tuple[int, int, int]:
    scene = scene_of(content, pieces=BARE)
    image = image_of(scene, 2.0)
    pixel = image.pixelColor(round((x - scene.page[0]) * 2), round((y - scene.page[1]) * 2))
    return pixel.red(), pixel.green(), pixel.blue()


def test_a_picture_fills_the_ground_and_no_more(tmp_path: Path) -> None:
    content = _one({"picture": picture_from(_picture(tmp_path / "a.png"))})
    assert _colour_at(content, 0, 0) == (210, 20, 30)
    assert _colour_at(content, 25, 0) == (210, 20, 30)
    assert _colour_at(content, 37, 37) == (255, 255, 255)


def test_a_picture_is_small_square_and_of_the_middle(tmp_path: Path) -> None:
    wide = Image.new("RGB", (900, 300), (0, 0, 0))
    wide.paste((255, 255, 255), (300, 0, 600, 300))
    wide.save(tmp_path / "wide.png")
    kept = Image.open(io.BytesIO(base64.b64decode(picture_from(tmp_path / "wide.png").removeprefix(PICTURE))))
    assert kept.size == (160, 160)
    assert np.asarray(kept.convert("L")).min() > 200


def test_what_is_no_png_in_a_style_is_passed_over(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "JPEG")
    for body in ("", "%%%", base64.b64encode(b"<svg/>").decode(), base64.b64encode(buffer.getvalue()).decode()):
        assert picture_of(PICTURE + body).isNull()
        assert _colour_at(_one({"picture": PICTURE + body}), 30, 0) == (0, 114, 178)


def test_a_picture_of_a_thousand_megapixels_is_refused_unread(tmp_path: Path) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.save(str(tmp_path / "bomb.bmp"))
    data = bytearray((tmp_path / "bomb.bmp").read_bytes())
    data[18:26] = (40_000).to_bytes(4, "little") * 2
    (tmp_path / "bomb.bmp").write_bytes(bytes(data))
    with pytest.raises(Refusal):
        picture_from(tmp_path / "bomb.bmp")


def test_every_device_takes_pictures_and_signs(tmp_path: Path) -> None:
    content = _one({"picture": picture_from(_picture(tmp_path / "a.jpg")),
                    "badges": {"upper_right": {"text": "12", "colour": "#D55E00"}}})
    scene = scene_of(content)
    write_png(scene, tmp_path / "o.png")
    write_svg(scene, tmp_path / "o.svg")
    write_pdf(scene, tmp_path / "o.pdf")
    svg = (tmp_path / "o.svg").read_text("utf-8")
    assert "data:image/png;base64," in svg
    assert ">12</text>" in svg
    assert "a.jpg" not in svg


def test_what_a_file_says_beside_the_picture_is_left_behind(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Author", "J. Tremblay, 49.19 N")
    Image.new("RGB", (40, 40), (9, 9, 9)).save(tmp_path / "a.png", pnginfo=said)
    assert b"Tremblay" not in base64.b64decode(picture_from(tmp_path / "a.png").removeprefix(PICTURE))
