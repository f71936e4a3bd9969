"""A refusal: the one clear sentence a person gets when something cannot be done."""

from __future__ import annotations

from typing import Any

from ewglink.text import Message


class Refusal(Exception):
    """Something was refused for a reason the user can act on.

    `code` is stable and never translated; `message` says what is wrong and what to do. `file`, `row` (as a spreadsheet
    counts, header included) and `field` say where, when there is a where.
    """

    def __init__(self, code: str, message: Message, *, file: str | None = None, row: int | None = None,
                 field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.file = file
        self.row = row
        self.field = field

    def __str__(self) -> str:
        return str(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.code, self.message, self.file, self.row, self.field)

    def as_json(self) -> dict[str, Any]:
        """The shape scripts read: ``{"error": {code, message, file, row, field}}``."""
        return {"error": {"code": self.code, "message": str(self.message), "file": self.file, "row": self.row,
                          "field": self.field}}


def _rebuild(code: str, message: Message, file: str | None, row: int | None, field: str | None) -> Refusal:
    return Refusal(code, message, file=file, row=row, field=field)
