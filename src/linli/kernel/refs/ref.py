"""A pointer to any record, and its resolution in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model

from linli.kernel.refs.kinds import kind_of


class Ref(NamedTuple):
    """``kind`` ("people.contact_card") and ``id``. Stored as two columns, compared by value."""

    kind: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read "kind:uuid" back. Raises ValueError for anything else."""
        kind, separator, key = text.partition(":")
        if not separator or "." not in kind:
            message = f"not a ref: {text!r}"
            raise ValueError(message)
        return cls(kind, UUID(key))


@dataclass(frozen=True)
class Resolved:
    """A ref with what a page needs of it. ``record`` is None when it is gone or not for this actor."""

    ref: Ref
    label: str
    address: str
    record: Any | None


def ref_of(record: Model) -> Ref:
    """The ref of a saved or unsaved row of a registered model."""
    return Ref(kind_of(record).name, record.pk)


def resolve(refs: Iterable[Ref], *, actor: Any, everything: bool = False) -> dict[Ref, Resolved]:
    """Resolve many refs with one query a kind, leaving out what ``actor`` may not see.

    ``everything=True`` is for the clock and the audit view, which name records without opening them.
    """
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for ref in refs:
        wanted[ref.kind].add(ref.id)
    found: dict[Ref, Resolved] = {}
    for name, ids in wanted.items():
        kind = kind_of(name)
        rows = kind.rows().filter(pk__in=ids)
        if not everything:
            rows = kind.visible_to(rows, actor)
        for row in rows:
            ref = Ref(name, row.pk)
            found[ref] = Resolved(ref, kind.label(row), kind.address(row), row)
    return found


def hidden_among(refs: Iterable[Ref], *, actor: Any) -> set[Ref]:
    """Those of ``refs`` behind a wall for ``actor``: not even that they exist may be told. A query a kind."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for ref in refs:
        wanted[ref.kind].add(ref.id)
    found: set[Ref] = set()
    for name, ids in wanted.items():
        shut = kind_of(name).hidden(actor)
        if shut is not None:
            found |= {Ref(name, key) for key in shut.filter(pk__in=ids)}
    return found
