"""The Qt binding that is locked loses no references: one version of it aborts Python 3.11 after some thousand calls."""

from __future__ import annotations

import sys
from typing import Any


def test_calls_that_return_nothing_take_no_reference_from_none(qapp: Any) -> None:
    from PySide6.QtWidgets import QLineEdit

    edit = QLineEdit()
    edit.setText("warm")
    before = sys.getrefcount(None)
    for _ in range(1000):
        edit.setText("a")
    # A few are lost and won elsewhere; the defect loses one a call.
    assert sys.getrefcount(None) > before - 100
    edit.deleteLater()
