"""Why two entities may be one, or may not: codes with values, and what they say to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ewglink.text import N_, NN_, Message, counted


@dataclass(frozen=True)
class Reason:
    """One sign. `weight` is what it adds to the log-odds; `values` is plain JSON data."""

    code: str
    weight: float
    values: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The shape of the terminal."""
        return {"code": self.code, **self.values}

    def message(self) -> Message:
        """The sign in words."""
        if self.code == "shared_links":
            return counted(*_LINKED, int(self.values["n"]))
        return Message(WORDS[self.code], {key: value for key, value in self.values.items()})


_LINKED = NN_("Both are linked to {n} item", "Both are linked to {n} items")
WORDS = {
    "same_name": N_("Same name: {value}"),
    "similar_name": N_("Similar names ({value} %)"),
    "same_number": N_("Same number ({scheme}): {value}"),
    "same_phone": N_("Same telephone: {value}"),
    "same_email": N_("Same e-mail: {value}"),
    "same_address": N_("Same address: {value}"),
    "similar_address": N_("Similar addresses: {value} – {other}"),
    "same_date": N_("Same date: {value}"),
    "near": N_("{value} m apart"),
    "noted": N_("Noted as possibly the same"),
    "other_name": N_("Different names: {value} – {other}"),
    "other_words": N_("Different words: {value} – {other}"),
    "more_words": N_("Words that only one has: {value}"),
    "other_figures": N_("Different numbers in the names: {value} – {other}"),
    "other_form": N_("Different legal forms: {value} – {other}"),
    "other_number": N_("Different numbers ({scheme}): {value} – {other}"),
    "other_address": N_("Different addresses: {value} – {other}"),
    "other_date": N_("Different dates: {value} – {other}"),
    "far": N_("{value} km apart"),
    "linked": N_("They are linked to one another"),
}
"""Code → what it says; `shared_links` counts."""
