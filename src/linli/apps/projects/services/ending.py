"""Breaking a project off: what is paid and not accepted as spent comes back, what is not paid is released."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import CommitmentState, Payment
from linli.apps.ledger.queries import paid_under, refunded
from linli.apps.projects.lifecycle import PROJECTS
from linli.apps.projects.models import Project, Recovery
from linli.apps.projects.permissions import recovers
from linli.apps.projects.services.keeping import require
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, MoneyField, format_yuan, yuan
from linli.kernel.scope import Actor

NOTHING = Decimal(0)
DAYS = 30


def terminate(
    project: Project,
    *,
    reason: str,
    accepted: Decimal,
    actor: Actor | None,
    due: date | None = None,
    at: datetime | None = None,
) -> Recovery | None:
    """Break off: ``accepted`` of what was paid counts as spent, the rest is recovered by ``due`` (30 days).

    The unpaid part of the promise is released. Refuses to accept more than was paid. None without a commitment.
    """
    when, why = at or timezone.now(), reason.strip()
    try:
        kept = yuan(accepted)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field="accepted") from None
    commitment = project.commitment
    with transaction.atomic():
        paid = paid_under(commitment) if commitment else NOTHING
        if not NOTHING <= kept <= paid:
            sentence = _("%(paid)s was paid. Between nothing and that is accepted as spent.")
            raise Refusal(sentence % {"paid": format_yuan(paid)}, field="accepted")
        left = commitment.binding - paid if commitment else NOTHING
        facts = {"reason": why, "recover": paid - kept, "released": left}
        today = timezone.localdate(when)
        PROJECTS.apply("terminate", project, actor=actor, facts=facts, at=when, reason=why[:600], ended_on=today)
        if commitment is None:
            return None
        if left and commitment.state == CommitmentState.OPEN:
            ledger.release(commitment, reason=f"项目终止：{why}"[:200], actor=actor, at=when)
        row = Recovery(
            project=project, paid=paid, accepted=kept, amount=paid - kept, due=due or today + timedelta(days=DAYS)
        )
        row.save(force_insert=True)
    return row


def record_recovery(
    recovery: Recovery,
    *,
    receipt: str,
    paid_on: date,
    amount: Decimal,
    actor: Actor | None,
    at: datetime | None = None,
) -> None:
    """Money came back: a refund of the latest payment that has so much left, by the treasury's receipt."""
    project = recovery.project
    require(recovers, actor, project)
    if amount <= 0 or amount > recovery.amount - recovery.came:
        sentence = _("%(left)s is still to come back. Enter no more than that.")
        raise Refusal(sentence % {"left": format_yuan(recovery.amount - recovery.came)}, field="amount")
    with transaction.atomic():
        payment = _payment_with(project, amount)
        ledger.record_refund(payment, receipt=receipt, paid_on=paid_on, amount=amount, actor=actor, at=at)
        Recovery.objects.filter(pk=recovery.pk).update(came=F("came") + Value(amount, output_field=MoneyField()))
        recovery.refresh_from_db()
        facts = {"amount": amount, "receipt": receipt}
        record("projects.project.recover", project, actor=actor, facts=facts, at=at)


def _payment_with(project: Project, amount: Decimal) -> Payment:
    rows = Payment.objects.filter(
        instalment__commitment=project.commitment_id, struck_at__isnull=True, refunds__isnull=True
    )
    for row in rows.select_related("instalment__commitment__fund").order_by("-paid_on", "-id"):
        if row.amount + refunded(row) >= amount:
            return row
    raise Refusal(
        _("No single payment has so much left. Enter what came back in parts, one a payment."), field="amount"
    )
