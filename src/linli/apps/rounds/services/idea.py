"""Ideas: handed in on the portal, typed from paper, coached, made a proposal or set aside; and who coaches where."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.places.models import Place
from linli.apps.rounds.lifecycle import IDEAS
from linli.apps.rounds.models import AgencyAssignment, CoachingVisit, Idea, IdeaSource, IdeaState, Proposal, Round
from linli.apps.rounds.permissions import coaches, enters_ideas, keeps_rounds
from linli.apps.rounds.queries.phases import open_doors, require_door
from linli.apps.rounds.queries.rounds import communities_of
from linli.apps.rounds.services.keeping import require, said, user_key
from linli.apps.rounds.services.phases import use_late_code
from linli.apps.rounds.services.proposal import Proposer, start_proposal
from linli.kernel import files, search
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def hand_in_idea(
    intake: Round,
    *,
    place: Place,
    title: str,
    text: str,
    actor: Actor | None,
    name: str = "",
    phone: str = "",
    source: str = IdeaSource.PORTAL,
    paper: Any = None,
    code: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Idea:
    """An idea of a neighbour of ``place``; name and telephone only if he likes. ``actor`` None: without an account.

    From paper, the counter or the telephone somebody of the community types it. Late only with an access ``code``.
    """
    at = at or timezone.now()
    source = IdeaSource(source)
    idea = Idea(
        round=intake, place=place, source=source, handed_in_at=at, is_demo=is_demo,
        title=said(title, "title", _("Say the idea in one line."))[:80],
        text=said(text, "text", _("Say what you would like to do.")),
    )  # fmt: skip
    idea.name, idea.phone = name.strip(), phone.strip()
    typed = source != IdeaSource.PORTAL
    if typed and actor is not None and not enters_ideas(actor, idea):
        raise NotAllowed(_("Ideas on paper are typed by the community they come from."))
    idea.entered_by_id, idea.user_id = (user_key(actor), None) if typed else (None, user_key(actor))
    if not communities_of(intake, timezone.localdate(at)).filter(pk=place.pk).exists():
        raise Refusal(_("This round is not for %(place)s.") % {"place": place}, field="place")
    with transaction.atomic():
        if "idea" not in open_doors(intake, at):
            if not code.strip():
                require_door(intake, "idea", at=at)
            use_late_code(intake, code, at=at)
        idea.save(force_insert=True)
        if paper is not None:
            files.keep(paper, accept=files.PAPERS, owner=ref_of(idea), actor=actor, at=at)
        record("rounds.idea.hand_in", idea, actor=actor, facts={"source": source.label}, at=at)
        search.index(idea)
    return idea


def set_aside(idea: Idea, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The idea goes no further, with a reason whoever had it may read."""
    IDEAS.apply("set_aside", idea, actor=actor, facts={"reason": reason.strip()}, at=at, reason=reason.strip()[:300])


def take_up(
    idea: Idea,
    *,
    proposers: Sequence[Proposer],
    actor: Actor | None,
    entered_at: Place | None = None,
    at: datetime | None = None,
) -> Proposal:
    """Make the idea a proposal of ``proposers``: its text becomes the background, its coaching goes along."""
    with transaction.atomic():
        proposal = start_proposal(
            idea.round, place=idea.place, title=idea.title, proposers=proposers, actor=actor, entered_at=entered_at,
            idea=idea, is_demo=idea.is_demo, at=at,
        )  # fmt: skip
        IDEAS.apply("take_up", idea, actor=actor, at=at, proposal_id=proposal.pk)
    return proposal


def assign_agency(
    intake: Round,
    *,
    agency: Organization,
    communities: Sequence[Place],
    actor: Actor | None,
    at: datetime | None = None,
) -> list[AgencyAssignment]:
    """The agency looks after these communities in this round; a community has one, the new one takes its place."""
    require(keeps_rounds, actor, intake)
    if agency.kind != OrganizationKind.SUPPORTING_AGENCY:
        raise Refusal(_("Only a supporting agency coaches."), field="agency")
    with transaction.atomic():
        AgencyAssignment.objects.filter(round=intake, community__in=communities).delete()
        made = AgencyAssignment.objects.bulk_create(
            [AgencyAssignment(round=intake, agency=agency, community=one) for one in communities]
        )
        facts = {"agency": agency.name, "communities": "、".join(str(one) for one in communities)}
        record("rounds.round.assign_agency", intake, actor=actor, facts=facts, at=at)
    return made


def record_coaching(
    about: Idea | Proposal,
    *,
    agency: Organization,
    held_on: date,
    changed: str,
    actor: Actor | None,
    next_step: str = "",
    at: datetime | None = None,
) -> CoachingVisit:
    """An hour of coaching on record: day, what changed by it, what comes next. Only by the agency of the community."""
    at = at or timezone.now()
    require(coaches, actor, about)
    if not AgencyAssignment.objects.filter(round=about.round_id, community=about.place_id, agency=agency).exists():
        raise Refusal(_("%(agency)s does not look after this community.") % {"agency": agency}, field="agency")
    if held_on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="held_on")
    changed = said(changed, "changed", _("Say what changed."))
    if isinstance(about, Idea) and about.state == IdeaState.SET_ASIDE:
        raise Refusal(_("This idea was set aside."))
    target = {"idea": about} if isinstance(about, Idea) else {"proposal": about}
    with transaction.atomic():
        visit = CoachingVisit.objects.create(
            **target, agency=agency, held_on=held_on, changed=changed, next_step=next_step.strip()[:300],
            coach_id=user_key(actor),
        )  # fmt: skip
        facts = {"day": held_on, "next": visit.next_step}
        if isinstance(about, Idea):
            IDEAS.apply("coach", about, actor=actor, facts=facts, at=at)
        else:
            record("rounds.proposal.coach", about, actor=actor, facts=facts, at=at)
    return visit
