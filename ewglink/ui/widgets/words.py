"""The texts of a widget, said again when the language changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shiboken6 import isValid

from ewglink.text import Message, message

Setter = Callable[[str], Any]


class Words:
    """Which setter says which text. A later text for the same setter takes the place of the earlier."""

    def __init__(self) -> None:
        self._said: dict[tuple[int, str], tuple[Setter, Message]] = {}
        self._more: list[Callable[[], Any]] = []

    def say(self, setter: Setter, msgid: str, /, **values: Any) -> None:
        """Give `setter` the text of `msgid` (marked with `N_`), now and in every language to come."""
        said = message(msgid, **values)
        self._said[(id(getattr(setter, "__self__", setter)), getattr(setter, "__name__", ""))] = (setter, said)
        setter(str(said))

    def also(self, retranslate: Callable[[], Any]) -> None:
        """Call `retranslate` too when the language changes."""
        self._more.append(retranslate)

    def retranslate(self) -> None:
        """Say everything again in the language now in force."""
        for key, (setter, said) in list(self._said.items()):
            owner = getattr(setter, "__self__", None)
            if owner is not None and not _alive(owner):
                del self._said[key]
                continue
            setter(str(said))
        for retranslate in self._more:
            retranslate()


def _alive(owner: object) -> bool:
    try:
        return isValid(owner)
    except TypeError:
        return True
