"""Facts that may be forgotten are sealed under the key of their chain and month."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from linli.kernel.seals.owners import key_of
from linli.kernel.seals.sealing import encrypt

_committed: dict[str, bytes] = {}
"""Keys known to be in the database for good; filled after commit only, so that a rollback leaves none."""


def period_owner(chain: str, when: datetime) -> str:
    """The name of the key: chain and month in local time."""
    return f"audit:{chain}:{timezone.localtime(when):%Y-%m}"


def forget_cached_keys() -> None:
    """For tests, whose databases are thrown away below the cache."""
    _committed.clear()


def seal_for_period(chain: str, when: datetime, text: str) -> tuple[str, str]:
    """(name of the key, sealed text)."""
    owner = period_owner(chain, when)
    key = _committed.get(owner)
    if key is None:
        key = key_of(owner)
        found = key
        transaction.on_commit(lambda: _committed.update({owner: found}))
    return owner, encrypt(key, "own", text, f"{owner}|audit")
