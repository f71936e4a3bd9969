"""Painter paths made from arrays in one step."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QByteArray, QDataStream, QIODevice
from PySide6.QtGui import QPainterPath

MOVE, LINE, CURVE, CURVE_DATA = 0, 1, 2, 3
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_ODD_EVEN, _WINDING = 0, 1


def path_of(points: npt.NDArray[np.float64], kinds: npt.NDArray[np.int32], *, winding: bool = True) -> QPainterPath:
    """The path through points (k, 2) whose elements are of these kinds (k,), as Qt streams one."""
    path = QPainterPath()
    if not len(points):
        return path
    elements = np.empty(len(points), _ELEMENT)
    elements["kind"], elements["x"], elements["y"] = kinds, points[:, 0], points[:, 1]
    head = np.array([len(points)], ">i4").tobytes()
    tail = np.array([0, _WINDING if winding else _ODD_EVEN], ">i4").tobytes()
    data = QByteArray(head + elements.tobytes() + tail)  # the stream does not keep it alive
    stream = QDataStream(data, QIODevice.OpenModeFlag.ReadOnly)
    stream >> path
    return path


def triangles(corners: npt.NDArray[np.float64]) -> QPainterPath:
    """Closed triangles (k, 3, 2)."""
    closed = np.concatenate([corners, corners[:, :1]], axis=1).reshape(-1, 2)
    return path_of(closed, np.tile(np.array([MOVE, LINE, LINE, LINE], np.int32), len(corners)))


def curves(xy: npt.NDArray[np.float64]) -> QPainterPath:
    """Cubic curves (k, 8), open."""
    return path_of(xy.reshape(-1, 2), np.tile(np.array([MOVE, CURVE, CURVE_DATA, CURVE_DATA], np.int32), len(xy)))
