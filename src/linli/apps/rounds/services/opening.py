"""The recorded opening of a sealed round: one person begins it, another confirms it; only then anybody may read."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import HANDED_IN, Opening, Proposal, Round
from linli.apps.rounds.permissions import opens_seals
from linli.apps.rounds.queries.phases import open_doors
from linli.apps.rounds.services.keeping import require, said
from linli.kernel import search
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def begin_opening(intake: Round, *, actor: Actor, where: str, at: datetime | None = None) -> Opening:
    """The first of two people is there and says where; nothing can be read yet. Refused while the call still runs."""
    at = at or timezone.now()
    require(opens_seals, actor, intake)
    if not intake.is_closed_to_readers:
        raise Conflict(_("Nothing in this round is sealed."))
    if "propose" in open_doors(intake, at):
        raise Refusal(_("The call still runs. Open the proposals after it has closed."))
    opening = Opening(
        round=intake, opened_by_id=actor.actor_id, begun_at=at, where=said(where, "where", _("Say where you are."))
    )
    try:
        with transaction.atomic():
            opening.save(force_insert=True)
            record("rounds.round.begin_opening", intake, actor=actor, facts={"where": opening.where}, at=at)
    except IntegrityError as error:
        raise Conflict(_("The opening has begun already. The second person confirms it.")) from error
    return opening


def open_seals(intake: Round, *, actor: Actor, at: datetime | None = None) -> Opening:
    """The second person confirms: what was handed in can be read and found from now on. Refused to the first one."""
    at = at or timezone.now()
    require(opens_seals, actor, intake)
    opening = Opening.objects.filter(round=intake).first()
    if opening is None:
        raise Refusal(_("The opening has not begun. One person begins it, another confirms it."))
    if opening.opened_by_id == actor.actor_id:
        raise Refusal(_("Two people open the proposals: somebody else confirms what you began."), code="two-people")
    rows = Proposal.objects.filter(round=intake, state__in=HANDED_IN)
    with transaction.atomic():
        count = rows.count()
        waiting = Opening.objects.filter(pk=opening.pk, witness__isnull=True)
        if not waiting.update(witness=actor.actor_id, opened_at=at, counted=count):
            raise Conflict(_("The proposals were opened already."))
        Round.objects.filter(pk=intake.pk).update(unsealed_at=at)
        intake.unsealed_at = at
        facts = {"count": count, "where": opening.where}
        record("rounds.round.open_seals", intake, actor=actor, facts=facts, at=at)
        search.index_many(rows.select_related("round", "place"))
    opening.refresh_from_db()
    return opening
