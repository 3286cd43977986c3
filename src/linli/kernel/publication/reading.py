"""Reads: what is public now, how far records are, what somebody may do with them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from linli.kernel.lifecycle import Transition
from linli.kernel.publication.declaring import public_kind
from linli.kernel.publication.models import Publication
from linli.kernel.publication.models import PublicationState as State
from linli.kernel.publication.sealing import digest_of
from linli.kernel.refs import Ref, kind_of, ref_of
from linli.kernel.scope import Actor


def public(kind: str) -> QuerySet[Publication, UUID]:
    """The ids of the records of a kind that are public now, to be used inside a WHERE: ``filter(pk__in=public(…))``."""
    return Publication.objects.filter(kind=kind, state=State.PUBLIC).values_list("ref_id", flat=True)


def in_state(kind: str, state: str) -> QuerySet[Publication, UUID]:
    """The ids of the records of a kind in a state. A record nobody began has no row, so it is in none."""
    return Publication.objects.filter(kind=kind, state=state).values_list("ref_id", flat=True)


def is_public(subject: Ref | Model) -> bool:
    """Whether everybody may see it now. Of a record in hand also: whether it is still what was signed."""
    ref = subject if isinstance(subject, Ref) else ref_of(subject)
    row = Publication.objects.filter(kind=ref.kind, ref_id=ref.id, state=State.PUBLIC).first()
    return row is not None and (isinstance(subject, Ref) or row.digest == digest_of(subject))


def signed(rows: QuerySet[Any]) -> list[Any]:
    """The records among ``rows`` that are public and still read as they were signed; one query.

    What an app shows the public goes through here, so that a text changed by any way shows no longer.
    """
    kind = kind_of(rows.model).name
    own = Publication.objects.filter(kind=kind, ref_id=OuterRef("pk"), state=State.PUBLIC)
    shown = rows.annotate(publication_digest=Subquery(own.values("digest")[:1]))
    return [record for record in shown if record.publication_digest == digest_of(record)]


def with_standing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with the standing of their publication, in the same query.

    It comes as ``publication_state``, ``publication_moved_at``, ``publication_public_at``.
    """
    own = Publication.objects.filter(kind=kind_of(rows.model).name, ref_id=OuterRef("pk"))
    state: Any = Coalesce(Subquery(own.values("state")[:1]), _draft())
    told: QuerySet[Any] = rows.annotate(
        publication_state=state,
        publication_moved_at=Subquery(own.values("moved_at")[:1]),
        publication_public_at=Subquery(own.values("public_at")[:1]),
    )
    return told


def _draft() -> Any:
    return Value(State.DRAFT.value, output_field=CharField())


def publications_of(rows: Iterable[Any]) -> dict[Any, Publication]:
    """Key of each record → its row, in one query; records of one kind."""
    rows = list(rows)
    if not rows:
        return {}
    kind = kind_of(rows[0]).name
    found = {row.ref_id: row for row in Publication.objects.filter(kind=kind, ref_id__in=[each.pk for each in rows])}
    for record in rows:
        if record.pk in found:
            found[record.pk].record = record
    return found


def verbs_for(
    actor: Actor | None, records: Iterable[Any], rows: dict[Any, Publication] | None = None
) -> dict[Any, list[Transition]]:
    """Key of each record → the verbs this actor may use on it now; three queries for any number of records.

    ``rows`` are their publications (of :func:`publications_of`) where they are in hand: then it is two.
    """
    found = publications_of(records) if rows is None else rows
    if not found:
        return {}
    way = public_kind(next(iter(found.values())).kind).lifecycle
    offered = way.offered_for(actor, found.values())
    return {key: [verb for verb in offered[row.pk] if verb.title] for key, row in found.items()}


def offered(actor: Actor | None, row: Publication) -> list[Transition]:
    """The buttons of one record for this actor now."""
    return [verb for verb in public_kind(row.kind).lifecycle.offered(actor, row) if verb.title]
