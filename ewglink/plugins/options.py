"""A member's options: a dataclass whose fields become a form in the window and `--flags` in the terminal."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ewglink.text import Message


@dataclass(frozen=True)
class Option:
    """One field of an options dataclass, as a form or a flag needs it."""

    name: str
    kind: type
    default: Any
    label: Message
    choices: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


def option(
    default: Any,
    label: str,
    *,
    choices: tuple[Any, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
) -> Any:
    """A dataclass field with a label (marked with `N_`), for use in a member's options."""
    return dataclasses.field(
        default=default, metadata={"label": label, "choices": choices, "minimum": minimum, "maximum": maximum}
    )


def _plain(hint: Any) -> type:
    if isinstance(hint, types.UnionType):
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint if isinstance(hint, type) else str


def options_of(cls: type) -> Iterator[Option]:
    """The options that the dataclass `cls` declares, in order."""
    hints = typing.get_type_hints(cls)
    for item in dataclasses.fields(cls):
        meta = item.metadata
        yield Option(
            item.name,
            _plain(hints[item.name]),
            item.default,
            Message(meta.get("label", item.name)),
            tuple(meta.get("choices", ())),
            meta.get("minimum"),
            meta.get("maximum"),
        )


def parse_option(wanted: Option, text: str) -> Any:
    """`text` as the option's type; ValueError where it does not fit."""
    if wanted.kind is bool:
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("0", "false", "no", "off"):
            return False
        raise ValueError(text)
    value = wanted.kind(text)
    if wanted.choices and value not in wanted.choices:
        raise ValueError(text)
    if wanted.minimum is not None and value < wanted.minimum or wanted.maximum is not None and value > wanted.maximum:
        raise ValueError(text)
    return value
