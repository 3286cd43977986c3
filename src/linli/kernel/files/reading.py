"""Who may open a file: whoever may see the record that owns it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Missing
from linli.kernel.files.models import StoredFile
from linli.kernel.refs import Ref, resolve
from linli.kernel.scope.actors import Actor


def files_of(owner: Ref) -> QuerySet[StoredFile]:
    """The files of one record, in the order they were stored."""
    return StoredFile.objects.filter(owner_kind=owner.kind, owner_id=owner.id).order_by("id")


def visible_to(rows: QuerySet[StoredFile], actor: Any) -> QuerySet[StoredFile]:
    """Cut ``rows`` to files whose owner the actor may see (one query a kind of owner)."""
    pointers = {Ref(kind, key) for kind, key in rows.values_list("owner_kind", "owner_id")}
    seen = {ref.id for ref in resolve(pointers, actor=actor)}
    return rows.filter(owner_id__in=seen)


def file_for(file_id: UUID, *, actor: Actor | None) -> StoredFile:
    """The file, when ``actor`` may see its owner. Raises Missing, so that a stranger learns nothing."""
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is not None:
        owner = Ref(row.owner_kind, row.owner_id)
        if owner in resolve([owner], actor=actor):
            return row
    raise Missing(_("There is no such file, or it is not open to you."))
