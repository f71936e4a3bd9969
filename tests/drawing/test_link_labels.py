"""A link's label keeps its words whole, or is left out."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.labels import Board, LabelStyle, Wish, place

WORD = "administrateur"


class Plain:
    """Letters half as wide as high."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The width of a line."""
        return len(text) * size / 2


def lines_of(room: float) -> tuple[list[str], int]:
    """What is written of the label, its place `room` wide between two walls."""
    board = Board((-200, -200, 200, 200), 1.0)
    board.take_all(np.array([[-200, -200, -room / 2, 200], [room / 2, -200, 200, 200]], float))
    wish = Wish(1, 0, f"est {WORD} de", 0.0, 0.0, spots=[(0.0, 0.0)])
    texts, left_out = place([wish], board, LabelStyle(10.0, 0, 0, 100.0, 2, whole_words=True), Plain())
    return [line for lines in texts.lines for line in lines], left_out


def test_a_label_with_room_is_written() -> None:
    assert lines_of(150.0) == (["est", f"{WORD} de"], 0)


def test_a_label_without_room_for_its_longest_word_is_left_out() -> None:
    assert lines_of(60.0) == ([], 1)
    assert all(part in ("est", WORD, "de") for line in lines_of(80.0)[0] for part in line.split())
