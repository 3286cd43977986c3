"""Reading photos: those of a record, one of them, and the tiles of a grid."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Missing
from linli.kernel.files.models import Photo
from linli.kernel.files.photos.likeness import Alike, alike_all
from linli.kernel.refs import Ref, resolve
from linli.kernel.scope.actors import Actor


@dataclass(frozen=True)
class Tile:
    """One photo of a grid, with where else it is used."""

    photo: Photo
    alike: list[Alike]


def of(owner: Ref) -> QuerySet[Photo]:
    """The photos of one record that are not withdrawn, in the order they came, with their files joined."""
    rows = Photo.objects.filter(owner_kind=owner.kind, owner_id=owner.id, withdrawn_at__isnull=True)
    return rows.select_related("stored", "small").order_by("id")


def grid(owner: Ref, *, actor: Actor | None) -> list[Tile]:
    """The tiles of a record for ``<c-photos :tiles=…>``; two queries, and one a kind of record that uses one too."""
    rows = list(of(owner))
    others = alike_all(rows, actor=actor)
    return [Tile(row, others[row.pk]) for row in rows]


def visible_to(rows: QuerySet[Photo], actor: Any) -> QuerySet[Photo]:
    """Cut ``rows`` to photos whose owner the actor may see; a withdrawn one is seen by nobody."""
    shown = rows.filter(withdrawn_at__isnull=True)
    owners = {Ref(kind, key) for kind, key in shown.values_list("owner_kind", "owner_id")}
    seen = {ref.id for ref in resolve(owners, actor=actor)}
    return shown.filter(owner_id__in=seen)


def photo_for(photo_id: UUID, *, actor: Actor | None) -> Photo:
    """The photo, when ``actor`` may see its owner. Raises Missing, so that a stranger learns nothing."""
    row = Photo.objects.filter(pk=photo_id, withdrawn_at__isnull=True).select_related("stored", "small").first()
    if row is not None and row.owner in resolve([row.owner], actor=actor):
        return row
    raise Missing(_("There is no such photo, or it is not open to you."))
