"""Reads of proposals: the one cut through which every door looks."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from linli.apps.organizations.queries import related_to
from linli.apps.organizations.queries.related import SAME_LEGAL_PERSON
from linli.apps.people.queries import holders, speakers_of
from linli.apps.rounds.models import (
    EDITABLE,
    HANDED_IN,
    AgencyAssignment,
    Discussion,
    NeedSurvey,
    Proposal,
    ProposalIndicator,
    ProposalLine,
    ProposerShare,
    Revision,
    Round,
    Supporter,
)
from linli.apps.rounds.permissions import COUNTERS, READERS, SPEAKERS
from linli.apps.rounds.rubric import Content
from linli.kernel import search
from linli.kernel.refs import Resolved
from linli.kernel.scope import Actor


def own_of(actor: Actor | None, rows: QuerySet[Proposal] | None = None) -> QuerySet[Proposal]:
    """Proposals the actor makes himself, or for whose proposers he speaks."""
    rows = Proposal.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    counters, speakers = actor.reach(*COUNTERS), actor.reach(*SPEAKERS)
    shares = ProposerShare.objects.order_by().filter(
        Q(resident_user=actor.actor_id) | Q(organization__in=speakers.organizations) | Q(place__in=counters.places)
    )
    return rows.filter(Q(pk__in=shares.values("proposal")) | Q(entered_at__in=counters.places))


def proposers_of(proposal: Proposal) -> set[UUID]:
    """Ids of the accounts that speak for its proposers today. Two queries, and one a community."""
    shares = list(proposal.shares.select_related("place"))
    found = {share.resident_user_id for share in shares if share.resident_user_id}
    organizations = [share.organization_id for share in shares if share.organization_id]
    if organizations:
        found.update(speakers_of(SPEAKERS, organizations))
    for place in dict.fromkeys([share.place for share in shares] + [proposal.entered_at]):
        if place is not None:
            found.update(holders(COUNTERS, place))
    return found


def _coached_by(actor: Actor) -> Q:
    """Proposals of communities an agency looks after, for whoever speaks for it, while they are being written."""
    mine = AgencyAssignment.objects.order_by().filter(agency__in=actor.reach(*SPEAKERS).organizations)
    pairs = Q(pk__in=[])
    for round_id, community in mine.values_list("round", "community"):
        pairs |= Q(round=round_id, place=community)
    return pairs & (Q(state__in=EDITABLE) | open_to_readers())


def tended_by(actor: Actor | None) -> QuerySet[Proposal]:
    """The actor's own, and those his agency helps to write: what stands under "my proposals"."""
    rows = Proposal.objects.all()
    if actor is None:
        return rows.none()
    return rows.filter(Q(pk__in=own_of(actor).order_by().values("pk")) | _coached_by(actor))


def open_to_readers() -> Q:
    """What was handed in, and is not sealed or was opened."""
    unsealed = Q(round__is_sealed=False) | Q(round__unsealed_at__isnull=False)
    return Q(state__in=HANDED_IN) & unsealed


def visible_to(actor: Actor | None, rows: QuerySet[Proposal] | None = None) -> QuerySet[Proposal]:
    """The actor's own; those he coaches; those handed in and open to readers where his post reads."""
    rows = Proposal.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    own = own_of(actor).order_by().values("pk")
    here = Q(place__in=actor.reach(*READERS).places) & open_to_readers()
    return rows.filter(Q(pk__in=own) | here | _coached_by(actor))


def accepted_in(intake: Round) -> QuerySet[Proposal]:
    """What goes to review and decision: accepted, and those awarded since, by number."""
    rows = Proposal.objects.filter(round=intake, state__in=("accepted", "awarded"))
    return rows.select_related("place", "category").order_by("serial")


def content_of(proposal: Proposal) -> Content:
    """Everything it rests on. Six queries."""
    return Content(
        shares=list(ProposerShare.objects.filter(proposal=proposal).select_related("organization", "place")),
        lines=list(ProposalLine.objects.filter(proposal=proposal)),
        indicators=list(ProposalIndicator.objects.filter(proposal=proposal)),
        surveys=list(NeedSurvey.objects.filter(proposal=proposal)),
        discussions=list(Discussion.objects.filter(proposal=proposal)),
        supporters=list(Supporter.objects.filter(proposal=proposal).select_related("organization")),
    )


def supporter_counts(proposal: Proposal) -> dict[str, int]:
    """Kind of supporter -> how many stand behind it. One query."""
    rows = Supporter.objects.filter(proposal=proposal).order_by().values_list("kind").annotate(n=Sum("count"))
    return dict(rows.values_list("kind", "n"))


def _words_in(title: str) -> list[str]:
    """The words of a title of two characters and more, the longest first, four at most."""
    import rjieba

    words = {str(word) for word in rjieba.cut(title) if len(str(word).strip()) > 1}
    return sorted(words, key=lambda word: (-len(word), word))[:4]


def similar_to(proposal: Proposal, *, actor: Actor | None, most: int = 5) -> list[Resolved]:
    """Earlier proposals the actor may see whose texts share words with the title, those that share most first."""
    hits: dict[Any, tuple[int, Resolved]] = {}
    for word in _words_in(proposal.title):
        for found in search.find(word, actor=actor, kinds=["rounds.proposal"], limit=20):
            count = hits[found.ref][0] if found.ref in hits else 0
            hits[found.ref] = (count + 1, found)
    others = [pair for ref, pair in hits.items() if ref.id != proposal.pk]
    return [found for _count, found in sorted(others, key=lambda pair: -pair[0])[:most]]


def same_legal_person(proposal: Proposal, *, actor: Actor | None) -> list[tuple[str, Proposal]]:
    """Other proposals of the round from organizations under one legal person's name: (organization, proposal).

    A question for whoever checks, never an answer: two people may bear one name.
    """
    today = timezone.localdate()
    shares = ProposerShare.objects.filter(proposal=proposal, organization__isnull=False).select_related("organization")
    tied = {
        tie.other.pk: tie.other.name
        for share in shares
        if share.organization is not None
        for tie in related_to(share.organization, today)
        if tie.kind == SAME_LEGAL_PERSON and tie.other is not None
    }
    rows = ProposerShare.objects.filter(organization__in=tied, proposal__round=proposal.round_id)
    rows = rows.filter(proposal__in=visible_to(actor)).exclude(proposal=proposal).select_related("proposal")
    return [(tied[row.organization_id], row.proposal) for row in rows if row.organization_id]


def revisions_of(proposal: Proposal) -> list[Revision]:
    """How it stood before, the oldest first. One query."""
    return list(Revision.objects.filter(proposal=proposal).order_by("number"))
