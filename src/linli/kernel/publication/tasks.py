"""Open work: drafts to finish, texts to check, texts to sign off; one source a kind, one query beside the posts."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import Task
from linli.kernel.publication.models import Publication
from linli.kernel.publication.models import PublicationState as State
from linli.kernel.publication.reading import with_standing
from linli.kernel.refs import Ref, kind_of
from linli.kernel.scope import Actor, Role

if TYPE_CHECKING:
    from linli.kernel.publication.declaring import PublicKind

NEXT = {
    State.DRAFT: (_("Finish and submit"), _("Waits for you to finish it")),
    State.SUBMITTED: (_("Read and check"), _("Waits for your check")),
    State.CHECKED: (_("Read and sign off"), _("Waits for your sign-off")),
}


def _within(actor: Actor, roles: tuple[Role, ...]) -> Q:
    """Records at places or organizations that ``roles`` reach."""
    reach = actor.reach(*roles)
    return Q(place_id__in=reach.places) | Q(organization_id__in=reach.organizations)


def _wanted(kind: "PublicKind", actor: Actor) -> Q:
    """Rows whose next verb is this actor's, were they of ``kind``."""
    mine, held = actor.actor_id, actor.roles()
    wanted = Q(pk__in=[])
    if held & set(kind.writes):
        wanted |= Q(state=State.DRAFT, author_id=mine) & _within(actor, kind.writes)
    if held & set(kind.checks):
        wanted |= Q(state=State.SUBMITTED) & _within(actor, kind.checks) & _not(author_id=mine)
    if held & set(kind.signs_off):
        wanted |= Q(state=State.CHECKED) & _within(actor, kind.signs_off) & _not(author_id=mine) & _not(checker_id=mine)
    return wanted


def waiting_for(kind: "PublicKind", actor: Actor) -> QuerySet[Publication]:
    """Rows of ``kind`` whose next verb is this actor's."""
    return Publication.objects.filter(_wanted(kind, actor), kind=kind.kind)


def _not(**columns: UUID) -> Q:
    """Another value, or none."""
    ((name, value),) = columns.items()
    return Q(**{f"{name}__isnull": True}) | ~Q(**{name: value})


def waiting(actor: Actor) -> frozenset[str]:
    """The task sources of this mechanism that have something for the actor. One query, none without a role."""
    from linli.kernel.publication.declaring import public_kinds  # the declaration loads this module

    asked = [kind for kind in public_kinds() if actor.roles() & {*kind.writes, *kind.checks, *kind.signs_off}]
    if not asked:
        return frozenset()
    wanted = reduce(or_, (_wanted(kind, actor) & Q(kind=kind.kind) for kind in asked))
    kinds = Publication.objects.filter(wanted).order_by().values_list("kind", flat=True).distinct()
    return frozenset(f"{kind}.publication" for kind in kinds)


def finder(kind: "PublicKind") -> Callable[[Actor], Iterable[Task]]:
    """``find`` of the kind's task source: nobody without one of its roles is asked a query."""

    def find(actor: Actor) -> Iterable[Task]:
        if not actor.roles() & {*kind.writes, *kind.checks, *kind.signs_off}:
            return
        own = kind_of(kind.kind)
        rows = with_standing(own.rows()).filter(pk__in=waiting_for(kind, actor).values("ref_id"))
        for record in rows.order_by("publication_moved_at", "pk"):
            verb, why = NEXT[State(record.publication_state)]
            title = (kind.label or own.label)(record)
            since = record.publication_moved_at
            yield Task(Ref(own.name, record.pk), title, own.address(record), str(verb), why=str(why), since=since)

    return find


def hand_over(kind: "PublicKind") -> Callable[[UUID, UUID, Sequence[Ref]], int]:
    """Drafts go to another author; how many did. The rest goes with the post."""

    def move(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
        drafts = Publication.objects.filter(
            kind=kind.kind, ref_id__in=[ref.id for ref in refs], author_id=giver, state=State.DRAFT
        )
        ids = list(drafts.values_list("ref_id", flat=True))
        if not ids:
            return 0
        kind.handed(giver, taker, ids)
        return drafts.update(author_id=taker, version=F("version") + 1)

    return move
