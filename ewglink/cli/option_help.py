"""The options of every member of a family, as the help of a verb lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ewglink.cli.option_flags import flag
from ewglink.plugins.options import Option, options_of
from ewglink.text import _

WIDTH = 24


def options_help(title: str, members: Callable[[], Iterable[Any]]) -> Callable[[], str]:
    """What makes the list when help is asked for, and not before: under the (marked) `title`, each member that has
    options with them, their defaults and their choices."""

    def listed() -> str:
        lines = ["", _(title)]
        for member in members():
            options = list(options_of(member.options))
            if options:
                lines.append(f"  {member.key}")
                lines += (_line(option) for option in options)
        return "\n".join(lines) + "\n"

    return listed


def _line(option: Option) -> str:
    words = [str(option.label)]
    if option.choices:
        words.append("{" + ", ".join(map(str, option.choices)) + "}")
    if option.per_millimetre and isinstance(option.default, (int, float)):
        words.append(_("in 1/{n} mm; unless given: {value} ({length} mm)", n=f"{option.per_millimetre:g}",
                       value=f"{option.default:g}", length=f"{option.default / option.per_millimetre:g}"))
    elif option.kind is bool:
        words.append(_("on unless given") if option.default else _("off unless given"))
    elif option.default not in (None, ""):
        words.append(_("unless given: {value}", value=str(option.default)))
    return f"    {flag(option).ljust(WIDTH)}{' · '.join(words)}"
