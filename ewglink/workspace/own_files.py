"""What EWGLink itself has written into a folder, so that it never replaces a file of anybody else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

MANIFEST = ".ewglink-demo.json"


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class OwnFiles:
    """The files of a folder that are ours, with their SHA-256 as written, kept in a manifest beside them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.kept: list[Path] = []
        """Files that were changed since and now have another name."""
        try:
            known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
            self._known = {str(name): str(digest) for name, digest in known.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._known = {}

    def make_way(self, names: Sequence[str]) -> None:
        """Make room for files of these names.

        A `Refusal` where one is not ours; ours go, or get another name where they were changed since they were written.
        """
        for name in names:
            path = self._folder / name
            if (path.exists() or path.is_symlink()) and name not in self._known:
                raise Refusal("not_ours", message(
                    N_("{file} is there already and was not written by this command; nothing was changed. Name another "
                       "folder."), file=str(path)), file=str(path))
        for name, digest in self._known.items():
            path = self._folder / name
            if not path.is_file():
                continue
            try:
                if digest in ("", _sha256(path)):  # without one: a run that broke off was writing it
                    path.unlink()
                elif name in names:
                    self.kept.append(path.rename(self._free(path)))
            except OSError as error:
                raise Refusal("not_writable", message(
                    N_("{file} cannot be replaced: it is closed to you, or another program has it open."),
                    file=str(path)), file=str(path)) from error
        self._note(dict.fromkeys(names, ""))

    @staticmethod
    def _free(path: Path) -> Path:
        number = 1
        while (free := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
            number += 1
        return free

    def wrote(self, files: Iterable[Path]) -> None:
        """Take note of what was written."""
        self._note({path.relative_to(self._folder).as_posix(): _sha256(path) for path in files})

    def _note(self, known: dict[str, str]) -> None:
        self._known = known
        body = json.dumps({"ewglink_files": 1, "files": known}, ensure_ascii=False, indent=1)
        path = self._folder / MANIFEST
        try:
            path.write_text(body, encoding="utf-8")
        except OSError as error:
            raise Refusal("cannot_write", message(N_("{file} cannot be written: {reason}."), file=str(path),
                                                  reason=error.strerror or str(error)), file=str(path)) from error
