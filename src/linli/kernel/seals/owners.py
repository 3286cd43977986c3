"""Sealing under a key of one owner, and destroying that key."""

import base64
import secrets
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.kernel.seals.keyring import current_keyring
from linli.kernel.seals.models import OwnedKey
from linli.kernel.seals.sealing import Unreadable, decrypt, encrypt, key_id_of, open_sealed, seal


def _unwrap(row: OwnedKey) -> bytes:
    if not row.wrapped:
        message = f"the key of {row.owner} was destroyed"
        raise Unreadable(message)
    return base64.b64decode(open_sealed(row.wrapped, context=f"owner:{row.owner}"))


def _key_row(owner: str) -> OwnedKey:
    found = OwnedKey.objects.filter(owner=owner).first()
    if found is not None:
        return found
    key = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    wrapped = seal(key, context=f"owner:{owner}", purpose="owners")
    try:
        with transaction.atomic():
            return OwnedKey.objects.create(owner=owner, wrapped=wrapped)
    except IntegrityError:
        return OwnedKey.objects.get(owner=owner)


def key_of(owner: str) -> bytes:
    """The 32 bytes of the owner's key, made on first use. Raises Unreadable when it was destroyed."""
    return _unwrap(_key_row(owner))


def seal_for(owner: str, text: str, *, context: str) -> str:
    """Seal ``text`` under the key of ``owner``, made on first use. Raises Unreadable when it was destroyed."""
    return encrypt(key_of(owner), "own", text, f"{owner}|{context}")


def open_for(owner: str, token: str, *, context: str) -> str:
    """Open what :func:`seal_for` sealed. Raises Unreadable when the key was destroyed or never was."""
    row = OwnedKey.objects.filter(owner=owner).first()
    if row is None:
        message = f"there is no key of {owner}"
        raise Unreadable(message)
    return decrypt(_unwrap(row), token, f"{owner}|{context}")


def keys_of(owners: Iterable[str]) -> dict[str, bytes]:
    """The keys of many owners in one query; owners without a key, or with a destroyed one, are left out."""
    rows = OwnedKey.objects.filter(owner__in=set(owners)).exclude(wrapped="")
    return {row.owner: _unwrap(row) for row in rows}


def open_with(keys: Mapping[str, bytes], owner: str, token: str, *, context: str) -> str:
    """As :func:`open_for`, with keys read before by :func:`keys_of`. Raises Unreadable."""
    if owner not in keys:
        message = f"there is no key of {owner}"
        raise Unreadable(message)
    return decrypt(keys[owner], token, f"{owner}|{context}")


def wrap_anew(batch: int = 200) -> tuple[int, list[str]]:
    """Wrap the keys of all owners under the current key. Returns how many were, and whose could not be opened.

    Safe to break off and to run twice; a key destroyed meanwhile stays destroyed.
    """
    current, _ = current_keyring().key_for("owners")
    written, unreadable, last = 0, [], None
    rows = OwnedKey.objects.exclude(wrapped="").order_by("pk")
    while found := list((rows if last is None else rows.filter(pk__gt=last))[:batch]):
        last = found[-1].pk
        for row in found:
            if key_id_of(row.wrapped) == current:
                continue
            context = f"owner:{row.owner}"
            try:
                fresh = seal(open_sealed(row.wrapped, context=context), context=context, purpose="owners")
            except Unreadable:
                unreadable.append(f"seals.OwnedKey:{row.pk}")
            else:
                written += OwnedKey.objects.filter(pk=row.pk, wrapped=row.wrapped).update(wrapped=fresh)
    return written, unreadable


def destroy_key(owner: str) -> bool:
    """Make everything sealed for ``owner`` unreadable for ever. True when there was a key to destroy."""
    changed = OwnedKey.objects.filter(owner=owner, destroyed_at__isnull=True).update(
        wrapped="", destroyed_at=timezone.now()
    )
    return changed == 1
