"""Handing proposals over to a review: each becomes an entry with its proposers, what it rests on and who coached it."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Entry, Ground, Panel
from linli.apps.reviews.services.entries import Paper, Tie
from linli.apps.rounds.models import CoachingVisit, NeedSurvey, Proposal, Round
from linli.apps.rounds.queries.judging import ready_for
from linli.apps.rounds.queries.papers import proposal_data
from linli.apps.rounds.queries.phases import require_door
from linli.apps.rounds.tables import papers
from linli.kernel.documents import print_paper
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

AT_ONCE = 30
"""Every entry carries its printed form; more at a time would keep whoever presses waiting."""


def enter_for_review(
    intake: Round, *, panel: Panel, proposals: Sequence[Proposal], actor: Actor | None, at: datetime | None = None
) -> list[Entry]:
    """Enter proposals of a round before a panel of a review in preparation; all or none.

    A street's review takes what was accepted, a community's own (its first choice) what was handed in. Refused while
    the phase of the review is closed, above :data:`AT_ONCE`; Conflict for a proposal that is not ready or entered.
    """
    at = at or timezone.now()
    require_door(intake, "review", at=at)
    if not proposals:
        raise Refusal(_("Choose at least one proposal."), field="proposals")
    if len(proposals) > AT_ONCE:
        raise Refusal(
            _("At most %(most)s at a time; enter the others afterwards.") % {"most": AT_ONCE}, field="proposals"
        )
    ready = {one.pk: one for one in ready_for(intake, panel.session)}
    gone = [one.title for one in proposals if one.pk not in ready]
    if gone:
        told = _("“%(title)s” is not ready for this review, or stands in it already. Load the page again.")
        raise Conflict(told % {"title": gone[0]})
    with transaction.atomic():
        return [_enter(panel, ready[one.pk], actor=actor, at=at) for one in proposals]


def _enter(panel: Panel, proposal: Proposal, *, actor: Actor | None, at: datetime) -> Entry:
    shares = list(proposal.shares.select_related("organization", "place"))
    parties = [ref_of(who) for share in shares if (who := share.organization or share.place)]
    holders = [ref_of(who) for who in (proposal.fund_holder, proposal.holder_place) if who]
    return reviews.enter(
        panel.session, title=proposal.title, subject=ref_of(proposal), panel=panel, summary=proposal.goal[:2000],
        parties=[*parties, *holders], papers=_papers(proposal), ties=_ties(proposal), actor=actor, at=at,
    )  # fmt: skip


def _papers(proposal: Proposal) -> Iterator[Paper]:
    """The form as it is printed for everybody (names and telephones masked), then the files of the surveys."""
    with override("zh-hans"):
        body = print_paper(papers.form({**proposal_data(proposal), "address": ""}))
    yield f"{proposal.title}项目申报书.pdf", io.BytesIO(body)
    surveys = NeedSurvey.objects.filter(proposal=proposal).order_by().values("pk")
    yield from StoredFile.objects.filter(owner_kind="rounds.need_survey", owner_id__in=surveys).order_by("pk")


def _ties(proposal: Proposal) -> list[Tie]:
    """Whoever proposed as a resident is a party; the agency that coached it, and its people, do not judge it."""
    ties = [
        Tie(Ground.PARTY, Ref("people.user", key))
        for key in proposal.shares.filter(resident_user__isnull=False).values_list("resident_user", flat=True)
    ]
    idea = getattr(proposal, "idea", None)
    visits = CoachingVisit.objects.filter(proposal=proposal)
    visits = visits | CoachingVisit.objects.filter(idea=idea) if idea is not None else visits
    for agency, coach in set(visits.values_list("agency", "coach")):
        ties.append(Tie(Ground.COACHING, Ref("organizations.organization", agency)))
        ties += [Tie(Ground.COACHING, Ref("people.user", coach))] if coach else []
    return list(dict.fromkeys(ties))
