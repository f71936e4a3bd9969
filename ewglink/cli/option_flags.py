"""The options of a member of a family as `--flags`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from ewglink.plugins.options import Option, options_of, parse_option
from ewglink.text import _


class WrongUsage(Exception):
    """The command line asks for something that does not exist; the message says what."""


def day_of(text: str | None) -> date | None:
    """The day that a flag names, None where it was not given; `WrongUsage` where it is no date."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(_("“{text}” is no date; write it as 2025-10-31.", text=text)) from None


def flag(option: Option) -> str:
    """The flag of an option: `--width-px`."""
    return "--" + option.name.replace("_", "-")


def options_from(cls: type, flags: Sequence[str]) -> Any:
    """The options dataclass `cls` filled from `flags`; `WrongUsage` where one does not exist or does not fit."""
    return cls(**values_from(cls, flags))


def values_from(cls: type, flags: Sequence[str]) -> dict[str, Any]:
    """Only what `flags` say, by the names of the options of `cls`."""
    known = {flag(option): option for option in options_of(cls)}
    found: dict[str, Any] = {}
    waiting = list(flags)
    while waiting:
        word, equals, value = waiting.pop(0).partition("=")
        if word.startswith("--no-") and "--" + word[5:] in known and known["--" + word[5:]].kind is bool:
            found[known["--" + word[5:]].name] = False
            continue
        option = known.get(word)
        if option is None:
            raise WrongUsage(_("There is no option {flag} here; there are: {known}.", flag=word,
                               known=", ".join(known) or "–"))
        if option.kind is bool and not equals:
            found[option.name] = True
            continue
        if not equals:
            if not waiting:
                raise WrongUsage(_("{flag} needs a value.", flag=word))
            value = waiting.pop(0)
        found[option.name] = _value(option, word, value)
    return found


def _value(option: Option, word: str, text: str) -> Any:
    try:
        return parse_option(option, text)
    except ValueError:
        choices = ", ".join(map(str, option.choices))
        if choices:
            raise WrongUsage(_("{flag} cannot be “{value}”; choose one of {choices}.", flag=word, value=text,
                               choices=choices)) from None
        raise WrongUsage(_("{flag} cannot be “{value}”.", flag=word, value=text)) from None


def refuse_flags(args: argparse.Namespace) -> None:
    """Flags that nobody takes are wrong usage."""
    if args.flags:
        raise WrongUsage(_("There is no option {flag} here; there are: {known}.", flag=args.flags[0], known="–"))
