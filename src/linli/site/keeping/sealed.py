"""A sealed file written and read piece by piece: whoever lacks the key reads nothing, and no piece can be changed,
moved, left out or cut off unseen.

::

    LINLI-COPY-1 ⏎
    {"id": …, "key": …, "made": …} ⏎        the head, in the clear
    4 bytes length, piece                    each sealed for its number, its file and whether it is the last
"""

import io
import json
import struct
from hashlib import sha256
from typing import IO, Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.kernel.refs import new_key
from linli.kernel.seals import KeysMissing, Unreadable, lock, parcel_key, unlock
from linli.site.troubles import Trouble

MAGIC = b"LINLI-COPY-1\n"
PIECE = 1 << 20
"""Bytes of a piece before it is sealed."""
LONGEST_HEAD = 10_000
LENGTH = struct.Struct(">I")


def _name(copy: UUID | str) -> str:
    return f"copy:{copy}"


class SealedWriter(io.RawIOBase):
    """Bytes in, sealed pieces out. ``close`` writes the last piece; a file without it is a broken one."""

    def __init__(self, out: IO[bytes], head: dict[str, Any]) -> None:
        super().__init__()
        copy = new_key()
        key_id, self._key = parcel_key(_name(copy))
        line = json.dumps({"id": str(copy), "key": key_id, **head}, ensure_ascii=False).encode("utf-8")
        self._out, self._waiting, self._number = out, bytearray(), 0
        self._mark = sha256(line).hexdigest()
        out.write(MAGIC + line + b"\n")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Take bytes; what fills a piece is sealed and written. Raises OSError of the file below."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        sealed = lock(piece, key=self._key, context=_context(self._mark, self._number, last=last))
        self._out.write(LENGTH.pack(len(sealed)) + sealed)
        self._number += 1

    def close(self) -> None:
        """Write what waits as the last piece."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
        super().close()


def _context(mark: str, number: int, *, last: bool) -> str:
    return f"copy:{mark}:{number}:{'last' if last else 'more'}"


def damaged() -> Trouble:
    """The sentence for a file that is not whole."""
    return Trouble(_("This copy is damaged or was cut off. Nothing was changed; take another copy."))


def read_head(file: IO[bytes]) -> tuple[dict[str, Any], str]:
    """The head of a sealed file, in the clear, and its mark. Raises Trouble for anything else."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Trouble(_("This is no copy of a Linli house, or it was made by a newer version."))
    line = file.readline(LONGEST_HEAD)
    try:
        head: dict[str, Any] = json.loads(line)
        UUID(head["id"])
    except (ValueError, KeyError, TypeError):
        raise damaged() from None
    return head, sha256(line.rstrip(b"\n")).hexdigest()


class SealedReader(io.RawIOBase):
    """Sealed pieces in, bytes out. Raises Trouble where the key is missing or a piece is not what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self._number, self._ready, self._ended = file, 0, b"", False
        self.head, self._mark = read_head(file)
        try:
            _id, self._key = parcel_key(_name(self.head["id"]), key_id=str(self.head["key"]))
        except KeysMissing:
            sentence = _("This copy was sealed with the key %(key)s, which the keys of this house (LINLI_KEYS) lack.")
            raise Trouble(sentence % {"key": self.head["key"]}) from None

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        """Fill ``into``; 0 only behind the last piece."""
        while not self._ready and not self._ended:
            self._ready = self._next()
        count = min(len(into), len(self._ready))
        into[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _next(self) -> bytes:
        length = self._file.read(LENGTH.size)
        if len(length) < LENGTH.size:
            raise damaged()
        size = LENGTH.unpack(length)[0]
        sealed = self._file.read(size) if size <= 2 * PIECE else b""
        for last in (False, True):
            try:
                piece = unlock(sealed, key=self._key, context=_context(self._mark, self._number, last=last))
            except Unreadable:
                continue
            self._number += 1
            self._ended = last
            if last and self._file.read(1):
                raise damaged()
            return piece
        raise damaged()
