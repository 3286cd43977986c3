"""Taking an objection, with or without a name, and answering it with a consequence."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.publicity.lifecycle import OBJECTIONS
from linli.apps.publicity.models import Consequence, NoticeStage, Objection, PublicNotice, Way
from linli.apps.publicity.permissions import takes_objections
from linli.kernel import publication
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

VERBS = {Consequence.NONE: "set_aside", Consequence.AMENDED: "amend", Consequence.UPHELD: "uphold"}


def object_to(
    notice: PublicNotice,
    *,
    text: str,
    actor: Actor | None,
    way: Way = Way.PORTAL,
    name: str = "",
    phone: str = "",
    received_at: datetime | None = None,
    at: datetime | None = None,
) -> Objection:
    """Take an objection. On the portal anybody may object while the notice is on display; nobody has to say who he is.

    What is told to the office may be entered until the notice is concluded, if it came while it was on display.
    """
    when = at or timezone.now()
    came = received_at or when
    said = text.strip()
    if not said:
        raise Refusal(_("Say what you object to."), field="text")
    if way == Way.DESK and not takes_objections(actor, notice):
        raise NotAllowed(_("Only those who write notices for this place do this."))
    with transaction.atomic():
        _require_open(notice, way, came)
        row = Objection(notice=notice, way=way, text=said, received_at=came)
        row.name, row.phone = name.strip(), phone.strip()
        row.full_clean(exclude=["notice"])
        row.save(force_insert=True)
        told = {"way": row.get_way_display()}
        record("publicity.objection.receive", notice, actor=actor if way == Way.DESK else None, facts=told, at=when)
    return row


def _require_open(notice: PublicNotice, way: Way, came: datetime) -> None:
    """Hold the notice's row, and refuse what comes before it hangs or after its period. Raises Refusal."""
    PublicNotice.objects.filter(pk=notice.pk).update(version=F("version"))
    notice.refresh_from_db()
    shown = notice.stage == NoticeStage.RUNNING and (way == Way.DESK or publication.is_public(notice))
    if not shown or notice.opens is None or came < notice.opens or not notice.takes_objections(came):
        raise Refusal(
            _("Objections are taken while the notice is on display. Write to the office, or call it."),
            code="not-on-display",
        )


def answer_objection(
    objection: Objection,
    *,
    consequence: Consequence,
    answer: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> None:
    """Answer once, with a consequence; ``upheld`` is heard by whoever took the decision. Raises Refusal, Conflict."""
    when = at or timezone.now()
    if consequence not in VERBS:
        raise Refusal(_("Say what follows from the objection."), field="consequence")
    said = answer.strip()
    subject = objection.notice
    facts = {"answer": said, "notice": str(subject.pk), "subject": str(subject.subject)}
    OBJECTIONS.apply(
        VERBS[consequence],
        objection,
        actor=actor,
        facts=facts,
        at=when,
        consequence=consequence,
        answer=said,
        answered_at=when,
    )
