"""Fields of a JSON object that may be of any shape: what is missing or misshapen is empty, never an error."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def field(source: Any, *path: str) -> Any:
    """The value at a path of an object, None where any step is missing or of another shape."""
    for step in path:
        if not isinstance(source, dict):
            return None
        source = source.get(step)
    return source


def text(source: Any, *path: str) -> str:
    """The trimmed text at a path, empty where there is none."""
    found = field(source, *path)
    return " ".join(str(found).split()) if isinstance(found, (str, int, float)) and not isinstance(found, bool) else ""


def objects(source: Any, *path: str) -> list[Json]:
    """The objects of the list at a path."""
    found = field(source, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def texts(found: Any) -> list[str]:
    """The filled texts of a list."""
    return [one.strip() for one in found if isinstance(one, str) and one.strip()] if isinstance(found, list) else []
