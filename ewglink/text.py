"""Text that people read: marked where it is written, translated where it is shown."""

from __future__ import annotations

import gettext
import io
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ewglink import places

LANGUAGES = ("en", "fr", "es", "zh")
"""Languages with a catalogue; `zh` covers the public training module only and falls back to English."""

_current: ContextVar[str | None] = ContextVar("ewglink_language", default=None)
_default = "en"


def N_(msgid: str) -> str:
    """Mark `msgid` for translation and return it unchanged; translate it with `_` where it is shown."""
    return msgid


def NN_(one: str, many: str) -> tuple[str, str]:
    """Mark the two forms of a counted phrase and return them unchanged; `counted` makes a sentence of them."""
    return one, many


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = places.translations()
    compiled = folder / f"{language}.mo"
    source = folder / f"{language}.po"
    if compiled.is_file() and (not source.is_file() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    if source.is_file():
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        buffer.seek(0)
        return gettext.GNUTranslations(buffer)
    return gettext.NullTranslations()


def language() -> str:
    """The language now in force: `en`, `fr`, `es` or `zh` (or `pseudo` in a test)."""
    return _current.get() or _default


def set_language(code: str) -> None:
    """Speak `code` from now on, in every thread that has not chosen its own."""
    global _default
    if code not in LANGUAGES and code != "pseudo":
        raise ValueError(code)
    _default = code


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Speak `code` inside the block only (a chart can have a language of its own); None changes nothing."""
    token = _current.set(code or _current.get())
    try:
        yield
    finally:
        _current.reset(token)


def system_language() -> str:
    """The user's language as the system states it, `en` where it is none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value and value[:2].lower() in LANGUAGES:
            return value[:2].lower()
    try:
        code = (locale.getlocale()[0] or "")[:2].lower()
    except ValueError:
        code = ""
    return code if code in LANGUAGES else "en"


def _lookup(msgid: str) -> str:
    code = language()
    if code == "pseudo":
        return "⟦" + msgid + "⟧"
    return _catalogue(code).gettext(msgid)


def _(msgid: str, /, **values: Any) -> str:
    """`msgid` in the language in force, with `{name}` places filled from `values`."""
    text = _lookup(msgid)
    return text.format(**values) if values else text


def ngettext(one: str, many: str, n: int, /, **values: Any) -> str:
    """The form of a counted phrase that fits `n`; `{n}` is filled."""
    code = language()
    if code == "pseudo":
        text = "⟦" + (one if n == 1 else many) + "⟧"
    else:
        text = _catalogue(code).ngettext(one, many, n)
    return text.format(n=number(n), **values)


_THOUSANDS = {"fr": "\u00a0"}
_DECIMAL = {"fr": ","}


def number(value: int | float, decimals: int | None = None) -> str:
    """A number as the language in force writes it (Canadian English and French, Mexican Spanish).

    With `decimals`, so many digits follow the decimal sign; without, as many as the value has.
    """
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    code = language()
    return text.translate({ord(","): _THOUSANDS.get(code, ","), ord("."): _DECIMAL.get(code, ".")})


@dataclass(frozen=True)
class Message:
    """A sentence that waits for its language: an English template marked with `N_`, and its values.

    With `plural`, the form that fits the value `n` is said (see `counted`).
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str = ""

    def __str__(self) -> str:
        values: dict[str, Any] = {k: str(v) if isinstance(v, Message) else v for k, v in self.values.items()}
        if self.plural:
            return ngettext(self.template, self.plural, values.pop("n"), **values)
        return _(self.template, **values)


def message(template: str, /, **values: Any) -> Message:
    """A `Message` of a template that was marked with `N_`."""
    return Message(template, values)


def counted(one: str, many: str, n: int, /, **values: Any) -> Message:
    """A counted `Message`: the form that fits `n` is chosen where it is shown, and `{n}` is filled."""
    return Message(one, {"n": n, **values}, many)
