"""The kernels draw the lines and squares they are told to, whatever the clip, compiled or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ewglink.painting import kernel, kernel_loading

WIDE, HIGH = 160, 90
INK, GROUND = 0xFF102030, 0xFFFFFFFF
GO = np.zeros(1, np.int64)


def compiled(name: str) -> Callable[..., None]:
    found = kernel_loading.load()
    if found is None:
        pytest.skip("numba is not installed")
    return getattr(found, name)  # type: ignore[no-any-return]


def blank() -> Any:
    return np.full((HIGH, WIDE), GROUND, np.uint32)


def lines(draw: Callable[..., None], xy: Any, clips: list[tuple[int, int, int, int]] | None = None, *, dash: int = 0,
          step: int = 1, zoom: float = 1.0, stop: Any = GO) -> Any:
    out = blank()
    runs = np.array([[0, len(xy), INK, dash]])
    for clip in clips or [(0, 0, WIDE, HIGH)]:
        draw(out, np.asarray(xy, float), runs, step, np.array([0.0, 0.0, zoom]), np.array(clip), stop)
    return out


def scattered(count: int, seed: int = 4) -> Any:
    """Lines that begin and end within the picture and far outside."""
    rng = np.random.default_rng(seed)
    near = rng.uniform(-20, 180, (count, 4))
    near[::5] *= 60
    return near


def test_a_line_is_drawn_from_end_to_end() -> None:
    out = lines(compiled("draw_lines"), [[10.5, 20.5, 60.5, 20.5], [100.5, 10.5, 100.5, 70.5]])
    assert np.argwhere(out == INK).tolist() == sorted([[20, x] for x in range(10, 60)] +
                                                      [[y, 100] for y in range(10, 70)])


@pytest.mark.parametrize("one", scattered(25).tolist())
def test_every_pixel_of_a_line_lies_on_it_and_none_is_left_out(one: list[float]) -> None:
    out = lines(compiled("draw_lines"), [one])
    start, way = np.array(one[:2]), np.array(one[2:]) - one[:2]
    shares = np.linspace(0, 1, 40_000)[:, None]
    points = start + way * shares
    within = (points > 1).all(axis=1) & (points[:, 0] < WIDE - 1) & (points[:, 1] < HIGH - 1)
    drawn = np.argwhere(out == INK)[:, ::-1] + 0.5
    if len(drawn):
        off = np.abs((drawn - start) @ np.array([-way[1], way[0]])) / np.hypot(*way)
        assert off.max() <= 0.75
    for x, y in points[within][::200]:
        assert len(drawn)
        assert np.abs(drawn - (x, y)).max(axis=1).min() <= 1.5


def test_a_picture_in_pieces_is_the_picture_at_once() -> None:
    draw, xy = compiled("draw_lines"), scattered(400)
    whole = lines(draw, xy)
    halves = lines(draw, xy, [(0, 0, WIDE, 41), (0, 41, WIDE, HIGH)])
    strips = lines(draw, xy, [(x, 0, min(WIDE, x + 7), HIGH) for x in range(0, WIDE, 7)])
    assert np.array_equal(whole, halves)
    assert np.array_equal(whole, strips)
    dashed = [lines(draw, xy, clips, dash=3 << 8 | 2) for clips in (None, [(0, 0, 50, HIGH), (50, 0, WIDE, HIGH)])]
    assert np.array_equal(*dashed)
    assert 0 < (dashed[0] == INK).sum() < (whole == INK).sum()


def test_compiled_and_not_are_the_same() -> None:
    xy = scattered(60)
    xy[:5, 2:] = xy[:5, :2]
    for dash, step, zoom in ((0, 1, 1.0), (1 << 8 | 2, 1, 0.7), (0, 4, 2.5)):
        assert np.array_equal(lines(kernel.draw_lines, xy, dash=dash, step=step, zoom=zoom),
                              lines(compiled("draw_lines"), xy, dash=dash, step=step, zoom=zoom))
    pictures = []
    for draw in (kernel.draw_squares, compiled("draw_squares")):
        out = blank()
        draw(out, xy[:, :2].copy(), np.full(len(xy), 5.0), np.arange(len(xy), dtype=np.int32) % 3,
             np.array([1, 2, 3], np.uint32), 2.0, np.array([0.0, 0.0, 1.0]), np.array([0, 0, WIDE, HIGH]), GO)
        pictures.append(out)
    assert np.array_equal(*pictures)


def test_a_step_takes_the_same_lines_wherever_a_stretch_begins() -> None:
    draw, xy = compiled("draw_lines"), scattered(100)
    coarse = lines(draw, xy, step=4)
    assert np.array_equal(coarse, lines(draw, xy[::4]))
    out = blank()
    runs = np.array([[0, 33, INK, 0], [33, 67, INK, 0]])
    draw(out, xy, runs, 4, np.array([0.0, 0.0, 1.0]), np.array([0, 0, WIDE, HIGH]), GO)
    assert np.array_equal(out, coarse)


def test_squares_stand_round_their_points() -> None:
    out = blank()
    compiled("draw_squares")(out, np.array([[20.0, 30.0], [-1.0, 50.0], [70.0, 40.0]]), np.array([8.0, 6.0, 0.1]),
                             np.array([0, 1, 0], np.int32), np.array([7, 8], np.uint32), 2.0,
                             np.array([0.0, 0.0, 1.0]), np.array([0, 0, WIDE, HIGH]), GO)
    wanted = blank()
    wanted[26:34, 16:24] = 7
    wanted[47:53, 0:2] = 8
    wanted[39:41, 69:71] = 7
    assert np.array_equal(out, wanted)


def test_work_that_is_no_longer_wanted_ends() -> None:
    assert (lines(compiled("draw_lines"), scattered(100), stop=np.ones(1, np.int64)) == GROUND).all()
