"""Which kinds of record take photos and scans on the pages of the house, and from whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linli.kernel.refs import kind_of
from linli.kernel.scope import nobody
from linli.kernel.scope.actors import Actor

Asked = Callable[[Actor | None, Any], bool]


@dataclass(frozen=True)
class Allowed:
    """``photos`` and ``scans`` are predicates (actor, record): who adds, blurs and withdraws; who files papers."""

    photos: Asked = nobody
    scans: Asked = nobody


_allowed: dict[str, Allowed] = {}


def allow(kind: str, *, photos: Asked = nobody, scans: Asked = nobody) -> None:
    """Let records of ``kind`` ("app.noun") have photos and scans; said once, where the kind is registered."""
    _allowed[kind] = Allowed(photos, scans)


def takes_photos(record: Any, *, actor: Actor | None) -> bool:
    """Whether ``actor`` may add, blur and withdraw the photos of this record on its page."""
    return bool(_allowed.get(kind_of(record).name, Allowed()).photos(actor, record))


def takes_scans(record: Any, *, actor: Actor | None) -> bool:
    """Whether ``actor`` may file scanned papers with this record."""
    return bool(_allowed.get(kind_of(record).name, Allowed()).scans(actor, record))


def kinds_with_scans() -> list[str]:
    """The names of the kinds with which scans can be filed."""
    return sorted(name for name, allowed in _allowed.items() if allowed.scans is not nobody)
