"""Exemptions under which engines without a certificate come in, and which of them need an approval."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ewglink.reference.code_lists import rows
from ewglink.text import language


@dataclass(frozen=True)
class Exemption:
    """An exemption: whether it needs an approval, whether the engine must leave again, and its law."""

    code: str
    needs_approval: bool
    temporary: bool
    citation: str
    labels: dict[str, str]

    def label(self, lang: str | None = None) -> str:
        """The label in `lang` (default: the language in force), else English."""
        return self.labels.get(lang or language()) or self.labels["en"]


@cache
def exemptions() -> dict[str, Exemption]:
    """The list, by code."""
    return {row["code"]: Exemption(row["code"], row["needs_approval"] == "yes", row["temporary"] == "yes",
                                   row["citation"], {lang: row[f"label_{lang}"] for lang in ("en", "fr", "es")})
            for row in rows("engine_exemptions.csv")}


def exemption(code: str) -> Exemption | None:
    """The exemption with this code, in any case; None where the list has none."""
    return exemptions().get(code.strip().upper())
