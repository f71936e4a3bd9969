"""The translation catalogues' upkeep: collect what the program says, bring every language up to date, compile."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "i18n"
TEMPLATE = FOLDER / "ewglink.pot"
LANGUAGES = ("en", "fr", "es", "zh")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "NN_": (1, 2), "counted": (1, 2)}
COMMENT = "Translators:"
HEADER = "# The texts of EWGLink.\n# This file is distributed under the licence of EWGLink, GPL-3.0-or-later.\n"


def extract() -> Catalog:
    """Everything in `ewglink/` that is marked for translation, with the files it stands in."""
    template = Catalog(project="EWGLink", header_comment=HEADER, charset="utf-8")
    found = extract_from_dir(ROOT / "ewglink", method_map=[("**.py", "python")], keywords=KEYWORDS,
                             comment_tags=[COMMENT], strip_comment_tags=True)
    for name, _line, message, comments, context in found:
        place = "ewglink/" + name.replace("\\", "/")
        template.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return template


def read(language: str) -> Catalog:
    """A language's catalogue as it stands; an empty one where there is none yet."""
    source = FOLDER / f"{language}.po"
    if not source.is_file():
        return Catalog(locale=language, project="EWGLink", header_comment=HEADER, charset="utf-8", fuzzy=False)
    with source.open("rb") as stream:
        return read_po(stream, locale=language)


def untranslated(catalogue: Catalog) -> Iterator[str]:
    """Message ids that a person reading this language would see in English."""
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.fuzzy or not all(strings):
            yield message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def _write(catalogue: Catalog, target: Path) -> None:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, include_lineno=False)
    # Dates of extraction and tool versions change at every run and say nothing.
    unwanted = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Report-Msgid',
                b'"Language-Team')
    lines = [line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(unwanted)]
    content = b"".join(lines)
    if not target.is_file() or target.read_bytes() != content:
        target.write_bytes(content)


def update() -> None:
    """Write the template, and merge it into every language; a text that is gone is dropped, none is guessed."""
    template = extract()
    FOLDER.mkdir(exist_ok=True)
    _write(template, TEMPLATE)
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=True)
        catalogue.obsolete.clear()
        _write(catalogue, FOLDER / f"{language}.po")


def compile_all() -> None:
    """Write the `.mo` beside every `.po` that is newer; whole at once, since programs that run may read it."""
    for source in sorted(FOLDER.glob("*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read(source.stem))
        fresh = source.with_suffix(f".{os.getpid()}.mo")
        fresh.write_bytes(buffer.getvalue())
        fresh.replace(compiled)


def report() -> bool:
    """Say per language what is missing; True where French and Spanish are complete."""
    complete = True
    for language in LANGUAGES[1:]:
        catalogue = read(language)
        missing = list(untranslated(catalogue))
        print(f"{language}: {len(catalogue) - len(missing)} of {len(catalogue)} translated")
        for text in missing:
            print(f"    {text!r}")
        complete = complete and not (missing and language in ("fr", "es"))
    return complete


def main() -> int:
    """`update` (the default), `compile` or `report`."""
    parser = argparse.ArgumentParser(prog="run.py i18n", description=__doc__)
    parser.add_argument("what", nargs="?", default="update", choices=("update", "compile", "report"))
    what = parser.parse_args().what
    if what == "update":
        update()
    if what in ("update", "compile"):
        compile_all()
    return 0 if what == "compile" or report() else 1


if __name__ == "__main__":
    sys.exit(main())
