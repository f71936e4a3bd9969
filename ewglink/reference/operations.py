"""Disposal and recovery operations: which are one across the border, which are interim, which recover."""

from __future__ import annotations

import re
from typing import Literal

SAME: dict[str, str] = {"DC15": "DC1", "DC16": "DC2", "DC17": "D15", "RC14": "RC1", "RC15": "RC2", "RC16": "RC3"}
"""US codes that stand for a Canadian or international one. Source: EPA's and Canada's lists of operations."""

INTERIM = frozenset({"D13", "D14", "D15", "R12", "R13", "RC3"})
"""Operations after which another must follow; everything else is final."""

METHODS: dict[str, str] = {
    "H010": "R4", "H011": "R4", "H015": "R4", "H020": "R2", "H039": "R5", "H050": "R1", "H061": "R1", "H040": "D10",
    "H070": "D9", "H081": "D8", "H100": "D9", "H110": "D9", "H120": "D9", "H121": "D9", "H122": "D9", "H129": "D9",
    "H131": "D2", "H132": "D1", "H134": "D4", "H135": "D7", "H141": "R13",
}
"""EPA management methods and the operation each comes nearest to."""

_CODE = re.compile(r"(?:D|R|DC|RC)\d{1,2}")
Kind = Literal["disposal", "recovery", ""]


def operation(code: str) -> str:
    """A code as compared across borders: `RC16` is `RC3`, an EPA management method its nearest operation."""
    plain = code.strip().upper().replace(" ", "")
    plain = re.sub(r"^([A-Z]+)0+(?=\d)", r"\1", plain) if _CODE.match(plain) else plain
    return SAME.get(plain, METHODS.get(plain, plain))


def kind_of(code: str) -> Kind:
    """Whether an operation disposes or recovers; empty for what is no operation code."""
    found = operation(code)
    if not _CODE.fullmatch(found):
        return ""
    return "disposal" if found.startswith("D") else "recovery"


def is_interim(code: str) -> bool:
    """Whether another operation must follow."""
    return operation(code) in INTERIM
