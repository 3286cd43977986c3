"""The file by which a session leaves the house and comes back: a zip of sealed parts and a signed list of them.

``list.json`` is plain: format, kind ("out" or "back"), trip, session and its version, the SHA-256 of every part, and
a mac over all of it. Parts are sealed under the trip's key (``kernel/seals/parcels.py``), which the house derives anew.
The file that goes out carries it sealed by a passphrase: so the laptop has it, and nobody who finds the file.
"""

import base64
import io
import json
import secrets
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.seals import Unreadable, is_mac, key_from, lock, mac_of, unlock
from linli.kernel.seals.parcels import SALT_BYTES
from linli.kernel.slips.codes import new_code

FORMAT = "linli-room-1"
LIST = "list.json"
ROWS = "rows"
LONGEST_LIST = 2**20
LONGEST = 2 * 2**30
"""Bytes of a whole file; papers of a hundred projects stay far below."""
SHORTEST_PASSPHRASE = 10

NO_PARCEL = _("This is not a file of a review that was taken out on a laptop.")
OTHER_FORMAT = _("The file was written by another version of Linli. Use one version in both places.")
CHANGED = _("The file was changed or damaged on its way. Nothing was taken in. Fetch it once more.")


@dataclass(frozen=True)
class Parcel:
    """A file of a trip, read so far as its plain list tells; the parts open by the trip's key."""

    kind: str
    trip: UUID
    session: UUID
    listed: Mapping[str, Any]
    archive: zipfile.ZipFile = field(repr=False)

    def check(self, key: bytes) -> None:
        """Refuse a list that was not signed under ``key``, and parts that are not those of the list."""
        if not is_mac(str(self.listed.get("mac", "")), _signed(self.listed), key=key):
            raise Refusal(CHANGED, code="file-changed", field="file")
        for name, digest in self.listed["parts"].items():
            if sha256(self._sealed(name)).hexdigest() != digest:
                raise Refusal(CHANGED, code="file-changed", field="file")

    def part(self, name: str, key: bytes) -> bytes:
        """The bytes of one part. Raises Refusal where they do not open."""
        try:
            return unlock(self._sealed(name), key=key, context=f"{self.trip}/{self.kind}/{name}")
        except Unreadable:
            raise Refusal(CHANGED, code="file-changed", field="file") from None

    def rows(self, key: bytes) -> dict[str, Any]:
        """What the part of rows says."""
        told: dict[str, Any] = json.loads(zlib.decompress(self.part(ROWS, key)))
        return told

    def key_by(self, passphrase: str) -> bytes:
        """The trip's key out of a file that goes out. Raises NotAllowed for another passphrase."""
        try:
            salt, sealed = (base64.b64decode(str(self.listed.get(name, ""))) for name in ("salt", "key"))
            return unlock(sealed, key=key_from(passphrase.strip(), salt), context=str(self.trip))
        except (Unreadable, ValueError):
            raise NotAllowed(
                _("This passphrase does not open the file. Look at what you wrote down."), code="passphrase"
            ) from None

    def _sealed(self, name: str) -> bytes:
        try:
            return self.archive.read(name)
        except (KeyError, zipfile.BadZipFile, ValueError, EOFError, zlib.error):
            raise Refusal(CHANGED, code="file-changed", field="file") from None


def opened(file: IO[bytes]) -> Parcel:
    """Read the list of a file. Raises Refusal for anything that is no such file, or of another format."""
    try:
        archive = zipfile.ZipFile(file)
        _check_sizes(archive)
        listed = json.loads(archive.read(LIST))
        if listed["format"] != FORMAT:
            raise Refusal(OTHER_FORMAT, code="file-format", field="file")
        parts = listed["parts"]
        if not isinstance(parts, dict) or {*parts, LIST} != set(archive.namelist()) or ROWS not in parts:
            raise Refusal(CHANGED, code="file-changed", field="file")
        return Parcel(str(listed["kind"]), UUID(listed["trip"]), UUID(listed["session"]), listed, archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, NotImplementedError):
        raise Refusal(NO_PARCEL, code="no-parcel", field="file") from None


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to more than it says: nothing in such a file is compressed by the zip itself."""
    infos = archive.infolist()
    plain = all(one.compress_type == zipfile.ZIP_STORED and one.file_size == one.compress_size for one in infos)
    if not plain or archive.getinfo(LIST).file_size > LONGEST_LIST or sum(one.file_size for one in infos) > LONGEST:
        raise Refusal(NO_PARCEL, code="no-parcel", field="file")


def suggested_passphrase() -> str:
    """A passphrase nobody guesses, short enough to be written down: twelve signs, 59 bits."""
    both = new_code() + new_code()
    return "-".join(both[start : start + 4] for start in range(0, 12, 4))


def check_passphrase(passphrase: str) -> str:
    """The passphrase as it is used; refuses a short one."""
    passphrase = passphrase.strip()
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refusal(
            _("A passphrase has at least %(least)s signs.") % {"least": SHORTEST_PASSPHRASE}, field="passphrase"
        )
    return passphrase


def write(
    file: IO[bytes],
    *,
    kind: str,
    trip: UUID,
    session: UUID,
    version: int,
    key: bytes,
    rows: Mapping[str, Any],
    papers: Iterable[tuple[str, Callable[[], bytes]]] = (),
    passphrase: str = "",
) -> None:
    """Write a file of a trip: ``rows``, and ``papers`` as (name of the part, what reads its bytes)."""
    listed: dict[str, Any] = {
        "format": FORMAT, "kind": kind, "trip": str(trip), "session": str(session), "version": version, "parts": {},
    }  # fmt: skip
    if passphrase:
        salt = secrets.token_bytes(SALT_BYTES)
        sealed = lock(key, key=key_from(passphrase, salt), context=str(trip))
        listed |= {"salt": _text(salt), "key": _text(sealed)}
    body = zlib.compress(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, read in [(ROWS, body.__bytes__), *papers]:
            part = lock(read(), key=key, context=f"{trip}/{kind}/{name}")
            listed["parts"][name] = sha256(part).hexdigest()
            archive.writestr(name, part)
        listed["mac"] = mac_of(_signed(listed), key=key)
        archive.writestr(LIST, json.dumps(listed, indent=1, sort_keys=True))


def written(**words: Any) -> bytes:
    """The same in memory."""
    body = io.BytesIO()
    write(body, **words)
    return body.getvalue()


def _text(body: bytes) -> str:
    return base64.b64encode(body).decode("ascii")


def _signed(listed: Mapping[str, Any]) -> bytes:
    """The list without its mac, written in one way."""
    return json.dumps({name: value for name, value in listed.items() if name != "mac"}, sort_keys=True).encode("utf-8")
