"""What follows a decision: its public notice was concluded, and the round goes on."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import Decision
from linli.kernel.audit import in_chinese
from linli.kernel.events import record
from linli.kernel.scope import Actor


def end_notice(
    decision: Decision,
    *,
    title: str,
    objections: int,
    upheld: int,
    actor: Actor | None,
    at: datetime | None = None,
) -> None:
    """The notice ``title`` of a decision was concluded: written into the round's history with what comes next.

    Agreements follow; where an objection was upheld, after another decision (``contest`` bars them until then).
    """
    at = at or timezone.now()
    following = _("another decision answers the upheld objection") if upheld else _("draw up and sign the agreements")
    facts = {"notice": title, "objections": objections, "upheld": upheld, "next": in_chinese(following)}
    with transaction.atomic():
        Decision.objects.filter(pk=decision.pk, shown_at__isnull=True).update(shown_at=at)
        record("rounds.round.end_notice", decision.round, actor=actor, facts=facts, at=at)
