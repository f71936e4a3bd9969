"""Names that every system takes for a file."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³")}
_MOST_BYTES = 120


def safe_file_name(text: str, otherwise: str = "chart") -> str:
    """`text` as the stem of a file's name on Windows, macOS and Linux alike: `CON` becomes `_CON`, `a:b` `a-b`."""
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", text))
    name = " ".join(name.split()).strip(" .-") or otherwise
    if name.split(".")[0].strip().upper() in _RESERVED:
        name = "_" + name
    while len(name.encode("utf-8")) > _MOST_BYTES:
        name = name[:-1].rstrip(" .-")
    return name
