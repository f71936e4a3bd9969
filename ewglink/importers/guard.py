"""The limits foreign files are read within, and the guard that unpacks ZIP containers before anything else trusts
them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, message

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What reading one file may take. Bytes, seconds and counts; `silence` is how long the reader process may work
    (or do nothing) and say nothing, and `silence_mb` so much longer for each megabyte: a large graph is gone through
    before its first row."""

    file_size: int = 4096 * MB
    memory: int = 1536 * MB
    silence: float = 120.0
    silence_mb: float = 1.0
    output_base: int = 512 * MB
    output_ratio: int = 100
    zip_entries: int = 5_000
    zip_unpacked: int = 512 * MB
    zip_ratio: int = 200
    rows: int = 1_048_576
    columns: int = 1_024
    table_columns: int = 16_384
    cells: int = 60_000_000
    json_size: int = 256 * MB
    json_depth: int = 100
    xml_depth: int = 100
    record_size: int = 64 * MB
    parts: int = 200


LIMITS = Limits()


def refuse(code: str, words: Message, path: Path, field: str | None = None) -> Refusal:
    """A refusal that names the file."""
    return Refusal(code, words, file=str(path), field=field)


def check_file(path: Path, limits: Limits = LIMITS) -> int:
    """The size of the readable, regular, non-empty file at `path`; a `Refusal` for anything else."""
    try:
        if path.is_dir():
            raise refuse("is_folder", message(N_("{file} is a folder; choose the files in it."), file=path.name), path)
        if not path.exists():
            raise refuse("missing_file", message(N_("There is no file {file}."), file=str(path)), path)
        if not path.is_file():
            raise refuse("not_a_file", message(N_("{file} is not an ordinary file."), file=path.name), path)
        size = path.stat().st_size
        with path.open("rb") as stream:
            stream.read(1)
    except PermissionError:
        raise refuse(
            "unreadable_file", message(N_("{file} cannot be read: permission denied."), file=path.name), path
        ) from None
    except OSError as error:
        raise refuse(
            "unreadable_file",
            message(N_("{file} cannot be read: {reason}."), file=path.name, reason=error.strerror or str(error)),
            path,
        ) from None
    if size == 0:
        raise refuse("empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), path)
    if size > limits.file_size:
        raise refuse(
            "file_too_large",
            message(
                N_("{file} has {size} MB; at most {limit} MB are read."),
                file=path.name,
                size=size // MB,
                limit=limits.file_size // MB,
            ),
            path,
        )
    return size


def lies_beside(path: Path) -> bool:
    """Whether `path` is a file that may be taken along with the one that was chosen: a link may lead anywhere, and
    nobody chose what is there."""
    return path.is_file() and not path.is_symlink()


def open_zip(path: Path, limits: Limits = LIMITS) -> list[zipfile.ZipInfo]:
    """The members of a ZIP container, within the limit of entries; a `Refusal` for a damaged or locked one."""
    try:
        with zipfile.ZipFile(path) as box:
            members = box.infolist()
    except Exception:  # zipfile raises many kinds at a broken directory
        raise damaged(path) from None
    if len(members) > limits.zip_entries:
        raise refuse(
            "zip_entries",
            message(
                N_("{file} holds {n} packed files; at most {limit} are read."),
                file=path.name,
                n=len(members),
                limit=limits.zip_entries,
            ),
            path,
        )
    if any(member.flag_bits & 1 for member in members):
        raise locked(path)
    return members


def damaged(path: Path) -> Refusal:
    """The refusal of a container that cannot be unpacked."""
    return refuse(
        "damaged_file",
        message(
            N_(
                "{file} is damaged or cut off; ask for it again, or open it in the program that "
                "made it and save it anew."
            ),
            file=path.name,
        ),
        path,
    )


def locked(path: Path) -> Refusal:
    """The refusal of a file that asks for a password."""
    return refuse(
        "password_protected",
        message(N_("{file} is protected with a password; save it without one and import that."), file=path.name),
        path,
    )


class Unpacking:
    """Unpacks the members of one container, counting every byte; what is over a limit is refused before it is kept."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.path = path
        self.limits = limits
        self.total = 0

    def chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """The member's bytes as they really unpack; a size that it declares is believed only where it is too large."""
        if member.header_offset < 0:
            raise damaged(self.path)
        self._check(member.file_size, self.total + member.file_size, member)
        with self.path.open("rb") as stream:
            stream.seek(member.header_offset)
            header = stream.read(30)
            if len(header) < 30 or header[:4] != b"PK\x03\x04":
                raise damaged(self.path)
            name, extra = struct.unpack("<HH", header[26:30])
            stream.seek(member.header_offset + 30 + name + extra)
            if member.compress_type == zipfile.ZIP_STORED:
                yield from self._stored(stream.read, member)
            elif member.compress_type == zipfile.ZIP_DEFLATED:
                yield from self._deflated(stream.read, member)
            else:
                raise refuse(
                    "zip_method",
                    message(N_("{file} is packed in a way that is not read."), file=self.path.name),
                    self.path,
                )

    def _stored(self, read: object, member: zipfile.ZipInfo) -> Iterator[bytes]:
        left = member.compress_size
        while left > 0:
            chunk: bytes = read(min(left, MB))  # type: ignore[operator]
            if not chunk:
                raise damaged(self.path)
            left -= len(chunk)
            self._count(len(chunk), 0, member)
            yield chunk

    def _deflated(self, read: object, member: zipfile.ZipInfo) -> Iterator[bytes]:
        unpack = zlib.decompressobj(-15)
        left, size = member.compress_size, 0
        try:
            while not unpack.eof:
                packed = unpack.unconsumed_tail
                if not packed:
                    packed = read(min(left, 1 << 16))  # type: ignore[operator]
                    left -= len(packed)
                    if not packed:
                        raise damaged(self.path)
                chunk = unpack.decompress(packed, MB)
                size += len(chunk)
                self._count(len(chunk), size, member)
                yield chunk
        except zlib.error:
            raise damaged(self.path) from None

    def _count(self, more: int, size: int, member: zipfile.ZipInfo) -> None:
        self.total += more
        self._check(size, self.total, member)

    def _check(self, size: int, total: int, member: zipfile.ZipInfo) -> None:
        """Refuse what is over a limit: as it unpacks, and before it does where it says so itself."""
        if total > self.limits.zip_unpacked:
            raise refuse(
                "zip_too_large",
                message(
                    N_("{file} unpacks to more than {limit} MB and is not read."),
                    file=self.path.name,
                    limit=self.limits.zip_unpacked // MB,
                ),
                self.path,
            )
        if size > MB and size > self.limits.zip_ratio * max(1, member.compress_size):
            raise refuse(
                "zip_bomb",
                message(
                    N_(
                        "{file} unpacks to more than {ratio} times its size, as files made to do harm do; "
                        "it is not read."
                    ),
                    file=self.path.name,
                    ratio=self.limits.zip_ratio,
                ),
                self.path,
            )
