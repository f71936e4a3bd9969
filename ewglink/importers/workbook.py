"""An opened workbook under the guard: its sheets, which of them are hidden, and refusals for what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ewglink.importers import guard, ods_scan, xls_scan
from ewglink.importers.workbook_scan import SheetScan, scan, sheet_paths
from ewglink.importers.workbook_slow import SlowSheet
from ewglink.names.lettering import letter
from ewglink.text import N_, message

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Workbook:
    """An opened workbook under the guard: its sheets' names, whether they are hidden, and their rows."""

    def __init__(self, path: Path) -> None:
        import python_calamine as calamine

        self.path = path
        guard.check_file(path)
        with path.open("rb") as stream:
            magic = stream.read(8)
        self.scans: dict[str, SheetScan] = {}
        self.packed = False
        """Whether it is a container of XML sheets, which openpyxl can read too."""

        if magic.startswith(ZIP):
            scans = scan(path)
            self.scans = {name: scans[part] for name, part in sheet_paths(path).items() if part in scans}
            self.packed = bool(self.scans)
            if not self.scans:
                self._open_document()
        elif magic == OLE:
            if _encrypted(path):
                raise guard.locked(path)
            self.scans = xls_scan.scan(path)
            for name, size in self.scans.items():  # calamine makes room for all of them when it opens the file
                self._check_size(name, size)
        try:
            self.book = calamine.CalamineWorkbook.from_path(str(path))
        except calamine.PasswordError:
            raise guard.locked(path) from None
        except BaseException as error:
            raise _damaged(path, error) from None
        self.sheets = {
            one.name: one.visible != calamine.SheetVisibleEnum.Visible
            for one in self.book.sheets_metadata
            if one.typ == calamine.SheetTypeEnum.WorkSheet
        }

    def _open_document(self) -> None:
        """What an OpenDocument spreadsheet holds."""
        members = {member.filename: member for member in guard.open_zip(self.path)}
        if "content.xml" in members:
            chunks = guard.Unpacking(self.path, guard.LIMITS).chunks(members["content.xml"])
            self.scans = ods_scan.scan(self.path, chunks)
            for name, size in self.scans.items():  # calamine unrolls all of them when it opens the file
                self._check_size(name, size)

    def sheet(self, name: str) -> Any:
        """The sheet `name`, None where it holds no cell; a `Refusal` where its cells lie too far out or it is
        damaged."""
        size = self.scans.get(name)
        if size:
            self._check_size(name, size)
        try:
            found = self.book.get_sheet_by_name(name)
        except BaseException as error:  # openpyxl forgives some of it
            if size is None or not self.packed or not size.rows:
                raise _damaged(self.path, error) from None
            return SlowSheet(self.path, name, size)
        return None if found.start is None else found

    def _check_size(self, name: str, size: SheetScan) -> None:
        limits = guard.LIMITS
        if size.columns > limits.columns or size.rows > limits.rows or size.rows * size.columns > limits.cells:
            raise guard.refuse(
                "sheet_too_large",
                message(
                    N_(
                        "The sheet “{sheet}” of {file} reaches to column {column}, row {row}; at most {columns} "
                        "columns, {rows} rows and {cells} cells are read. Delete the stray cells and save it."
                    ),
                    sheet=name,
                    file=self.path.name,
                    column=letter(size.columns - 1),
                    row=size.rows,
                    columns=limits.columns,
                    rows=limits.rows,
                    cells=limits.cells,
                ),
                self.path,
            )


def _damaged(path: Path, error: BaseException) -> BaseException:
    """Whatever a damaged workbook makes of the library, the person needs the one sentence. A panic of the library is no
    `Exception`."""
    stopped = isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError))
    return error if stopped else guard.damaged(path)


def _encrypted(path: Path) -> bool:
    """Whether an OLE container is an encrypted Office file, by the stream it keeps the package in."""
    import msoffcrypto

    with path.open("rb") as stream:
        try:
            return bool(msoffcrypto.OfficeFile(stream).is_encrypted())
        except Exception:  # not an Office file the library knows; calamine will say
            return b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in path.read_bytes()
