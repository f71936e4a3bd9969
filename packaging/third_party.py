"""The list of packages that EWGLink stands on, with their licences: written to THIRD-PARTY.md from what is installed.

Run with the Python of .venv after a change of the dependencies.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
HEADING = """# What EWGLink stands on

Written by `packaging/third_party.py` from the metadata of what is installed; versions are those of `requirements.lock`.
The licences' full texts are inside each package. What is not a Python package stands in `resources/`, with its licence
beside it.

"""
# Where a package states its licence only in words, or states several.
KNOWN = {
    "colorama": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "grimp": "BSD-2-Clause",
    "igraph": "GPL-2.0-or-later",
    "import-linter": "BSD-2-Clause",
    "numba": "BSD-2-Clause",
    "olefile": "BSD-2-Clause",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0 (and those of PDFium's parts)",
    "python-stdnum": "LGPL-2.1-or-later",
    "scipy": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "sqlcipher3": "Zlib (with SQLCipher, BSD-3-Clause, SQLite, public domain, and OpenSSL, Apache-2.0)",
    "pathspec": "MPL-2.0",
    "trove-classifiers": "Apache-2.0",
}


def _licence(found: Distribution) -> str:
    meta = found.metadata
    if found.name.lower() in KNOWN:
        return KNOWN[found.name.lower()]
    expression = meta.get("License-Expression")
    if expression:
        return expression
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in meta.get_all("Classifier") or [] if c.startswith("License :: OSI")]
    classifiers = [c for c in classifiers if c != "OSI Approved"]
    stated = (meta.get("License") or "").strip().splitlines()
    if stated and len(stated) == 1 and len(stated[0]) < 60:
        return stated[0]
    return " or ".join(dict.fromkeys(classifiers)) or "see the package"


def _needed(name: str, extra: str, found: dict[str, Distribution]) -> None:
    """Add `name` and what it requires here, for every platform's markers that hold on this one."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return
    found[key] = distribution(name)
    for text in found[key].requires or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            _needed(requirement.name, "", found)


def _table(found: dict[str, Distribution]) -> str:
    rows = [f"| {one.name} | {one.version} | {_licence(one)} |" for _, one in sorted(found.items())]
    return "\n".join(["| package | version | licence |", "|---|---|---|", *rows, ""])


def main() -> int:
    """Write THIRD-PARTY.md: what the program needs, then what only its developers need."""
    runtime: dict[str, Distribution] = {}
    _needed("ewglink", "", runtime)
    both: dict[str, Distribution] = {}
    _needed("ewglink", "dev", both)
    del runtime["ewglink"]
    developers = {key: one for key, one in both.items() if key not in runtime and key != "ewglink"}
    text = HEADING + "## In the program\n\n" + _table(runtime) + "\n## For its developers only\n\n" + _table(developers)
    (HERE / "THIRD-PARTY.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
