"""A member's options: a dataclass whose fields become a form in the window and `--flags` in the terminal."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ewglink.text import Message, _


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
    choice_labels: tuple[str, ...] = ()
    lowest: str = ""
    """What the lowest value means, where it is no number to a person (marked with `N_`): "Find it"."""
    per_millimetre: float = 0.0
    """Where positive, the value is a length, and so many of its units are a millimetre; a form shows millimetres."""

    def said(self, choice: Any) -> str:
        """A choice in the language in force; its key where it has no label."""
        if choice in self.choices[: len(self.choice_labels)]:
            return _(self.choice_labels[self.choices.index(choice)])
        return "" if choice is None else str(choice)


def option(
    default: Any,
    label: str,
    *,
    choices: tuple[Any, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    choice_labels: tuple[str, ...] = (),
    lowest: str = "",
    per_millimetre: float = 0.0,
) -> Any:
    """A dataclass field with a label (marked with `N_`), for use in a member's options.

    `choice_labels` name the choices, in their order (marked with `N_`); the terminal takes the choices themselves.
    """
    if choice_labels and len(choice_labels) != len(choices):
        raise ValueError(f"{len(choices)} choices and {len(choice_labels)} labels: {label}")
    return dataclasses.field(default=default, metadata={
        "label": label, "choices": choices, "minimum": minimum, "maximum": maximum, "choice_labels": choice_labels,
        "lowest": lowest, "per_millimetre": per_millimetre})


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
            tuple(meta.get("choice_labels", ())),
            meta.get("lowest", ""),
            meta.get("per_millimetre", 0.0),
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
