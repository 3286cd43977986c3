"""Keeping an upload: bytes first under a key nobody knows, then the row; killed in between, it is swept."""

import errno
import hashlib
import logging
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Missing, Refusal
from linli.kernel.files.accepting import Accept, check_size, check_type
from linli.kernel.files.images import stripped
from linli.kernel.files.models import Photo, StoredFile
from linli.kernel.files.naming import FOLDER, clean_name, new_storage_key
from linli.kernel.refs import Ref
from linli.kernel.scope.actors import Actor

log = logging.getLogger("linli.files")

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
GRACE = timedelta(hours=24)
"""A file without a row is swept when it is older than this; no upload lasts longer."""


def keep(
    upload: IO[bytes] | File[Any],
    *,
    accept: Accept,
    owner: Ref,
    actor: Actor | None,
    name: str = "",
    at: datetime | None = None,
) -> StoredFile:
    """Check, strip and store an upload; returns its row.

    Call it before the verb's own transaction or inside it: a rollback leaves bytes without a row, which no
    one can reach and :func:`sweep` removes. Raises Refusal (type, damage, no room) and TooMany (size); then
    nothing is left over.
    """
    title = name or str(getattr(upload, "name", "") or "")
    body: IO[bytes] = upload
    check_size(size_of(body), accept)
    media = check_type(body, accept, name=title)
    if media.startswith("image/"):
        body, media = stripped(body, media)
    return put(body, media, owner=owner, actor=actor, name=title, at=at)


def put(
    body: IO[bytes],
    media: str,
    *,
    owner: Ref,
    actor: Actor | None,
    name: str,
    at: datetime | None = None,
) -> StoredFile:
    """Store what was checked, or drawn by us, and return its row; pictures that come here carry nothing but their dots.

    Raises Refusal where there is no room; then nothing is left over.
    """
    size, digest = measured(body)
    key = store_bytes(body)
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                key=key,
                name=clean_name(name, media),
                content_type=media,
                size=size,
                sha256=digest,
                owner_kind=owner.kind,
                owner_id=owner.id,
                uploader_id=actor.actor_id if actor is not None else None,
                made_at=at or timezone.now(),
                stripped=media.startswith("image/"),
            )
    except BaseException:
        remove_bytes(key)
        raise


def opened(stored: StoredFile) -> File[Any]:
    """The stored bytes, opened for reading. Raises Missing when the storage has lost them, Refusal when it is away."""
    return open_bytes(stored.key)


def open_bytes(key: str) -> File[Any]:
    """As :func:`opened`, by the key of the bytes."""
    try:
        return default_storage.open(key, "rb")
    except FileNotFoundError as error:
        raise Missing(_("The file is no longer in the store. Tell the administrator.")) from error
    except _troubles() as error:
        raise _away(error) from error


def forget(file_id: UUID) -> bool:
    """Remove the row and, once that is certain, the bytes. True when there was such a file."""
    with transaction.atomic():
        row = StoredFile.objects.filter(pk=file_id).only("key").first()
        if row is None:
            return False
        gone, _rows = StoredFile.objects.filter(pk=file_id).delete()
        transaction.on_commit(lambda: remove_bytes(row.key))
    return bool(gone)


def sweep(*, at: datetime | None = None) -> int:
    """Remove stored bytes older than a day to which no row points; returns how many."""
    limit = (at or timezone.now()) - GRACE
    removed = 0
    for folder in _folders():
        keys = {f"{FOLDER}/{folder}/{name}" for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]}
        known = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
        known |= set(Photo.objects.filter(sealed_key__in=keys).values_list("sealed_key", flat=True))
        for key in sorted(keys - known):
            if default_storage.get_modified_time(key) < limit:
                remove_bytes(key)
                removed += 1
    return removed


def _folders() -> list[str]:
    try:
        return sorted(default_storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return []


def size_of(body: IO[bytes]) -> int:
    """Bytes of an open file; its position is put back to the start."""
    body.seek(0, 2)
    size = body.tell()
    body.seek(0)
    return size


def measured(body: IO[bytes]) -> tuple[int, str]:
    """(bytes, SHA-256 in hex) of an open file; its position is put back to the start."""
    body.seek(0)
    digest = hashlib.sha256()
    size = 0
    while chunk := body.read(2**20):
        digest.update(chunk)
        size += len(chunk)
    body.seek(0)
    return size, digest.hexdigest()


def _troubles() -> tuple[type[Exception], ...]:
    """What a store on another machine raises when it is away or refuses us; nothing where its packages are missing."""
    try:
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        return ()
    return (BotoCoreError, ClientError)


def _away(error: Exception) -> Refusal:
    log.error("the file store failed: %s", error)
    sentence = _("The file store does not answer. Nothing was changed. Please try again in a few minutes.")
    return Refusal(sentence, code="no-store", field="file")


def store_bytes(body: IO[bytes]) -> str:
    """Put bytes into the store and return their key. Raises Refusal where there is no room or the store is away."""
    key = new_storage_key()
    try:
        return default_storage.save(key, File(body))
    except OSError as error:
        remove_bytes(key)
        if error.errno not in NO_ROOM:
            raise
        log.exception("no room to store a file")
        raise Refusal(
            _("The server has no room left to store the file. Nothing was saved. Tell the administrator."),
            code="no-room",
            field="file",
        ) from error
    except _troubles() as error:
        remove_bytes(key)
        raise _away(error) from error
    except BaseException:
        remove_bytes(key)
        raise


def remove_bytes(key: str) -> None:
    """Take bytes out of the store; what cannot be removed now is left to the sweep."""
    known: tuple[type[Exception], ...] = (OSError, *_troubles())
    try:
        default_storage.delete(key)
    except known as error:
        log.warning("a stored file could not be removed, the sweep will try again: %s", error)
