"""The underlined letters of menus: never the same twice, whatever the language says."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QMenu, QMenuBar


def underlined(text: str) -> str:
    """The underlined letter of a text, in lower case; empty where there is none."""
    at = text.replace("&&", "  ").find("&")
    return text[at + 1:at + 2].lower() if at >= 0 else ""


def _bare(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "")


def _choices(bare: str) -> list[int]:
    """Where a letter can be underlined: beginnings of words first, then anywhere."""
    starts = [at for at, sign in enumerate(bare) if sign.isalnum() and (at == 0 or not bare[at - 1].isalnum())]
    return starts + [at for at, sign in enumerate(bare) if sign.isalnum() and at not in starts]


def distinct(texts: Sequence[str], taken: Collection[str] = ()) -> list[str]:
    """The texts with one letter underlined each, no letter twice nor one of `taken`.

    The letter a text comes with is kept where it can be; the first to ask has it. Where none is left, none is.
    """
    used, out = set(taken), list(texts)
    later = []
    for at, text in enumerate(texts):
        letter = underlined(text)
        if letter and letter not in used:
            used.add(letter)
        else:
            later.append(at)
    for at in later:
        bare = _bare(texts[at])
        place = next((one for one in _choices(bare) if bare[one].lower() not in used), None)
        if place is None:
            out[at] = bare.replace("\0", "&&")
        else:
            used.add(bare[place].lower())
            out[at] = (bare[:place] + "&" + bare[place:]).replace("\0", "&&")
    return out


def underline(menu: QMenu | QMenuBar, taken: Collection[str] = ()) -> None:
    """Underline a letter of each entry of a menu."""
    entries = [one for one in menu.actions() if not one.isSeparator() and one.text()]
    for entry, text in zip(entries, distinct([one.text() for one in entries], taken), strict=True):
        if entry.text() != text:
            entry.setText(text)
