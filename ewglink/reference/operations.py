"""Disposal and recovery operations: which are one across the border, which are interim, which recover."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from ewglink.reference.code_lists import rows, waste_codes

_CODE = re.compile(r"(?:D|R|DC|RC)\d{1,2}")
Kind = Literal["disposal", "recovery", ""]


@cache
def _equivalents() -> dict[str, str]:
    """US codes that stand for a Canadian or international one, and EPA management methods with the operation each comes
    nearest to."""
    return {row["code"]: row["operation"] for row in rows("operation_equivalents.csv")}


@cache
def _interim() -> frozenset[str]:
    """Operations after which another must follow; everything else is final."""
    return frozenset(code for code, known in waste_codes()["operation"].items() if known.parent == "interim")


def operation(code: str) -> str:
    """A code as compared across borders: `RC16` is `RC3`, an EPA management method its nearest operation."""
    plain = code.strip().upper().replace(" ", "")
    plain = re.sub(r"^([A-Z]+)0+(?=\d)", r"\1", plain) if _CODE.match(plain) else plain
    return _equivalents().get(plain, plain)


def kind_of(code: str) -> Kind:
    """Whether an operation disposes or recovers; empty for what is no operation code."""
    found = operation(code)
    if not _CODE.fullmatch(found):
        return ""
    return "disposal" if found.startswith("D") else "recovery"


def is_interim(code: str) -> bool:
    """Whether another operation must follow."""
    return operation(code) in _interim()
