"""The agreement of a contractor: drawn up from its sheet by agreements, where it is reviewed and signed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements import services as agreements
from linli.apps.agreements.models import Agreement, AgreementState, Mode, Side
from linli.apps.agreements.services import AgreementText, Indicator, Party
from linli.apps.ordering.models import Contractor, WorkSheet
from linli.apps.ordering.services.shifts import LIVE
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

STANDS = _("An agreement is drawn up already.")


def draw_agreement(contractor: Contractor, *, actor: Actor | None, at: datetime | None = None) -> Agreement:
    """A draft of the agreement between street and contractor: what is done, by what it is accepted, for how much.

    Money is paid against vouchers out of its commitment. Refuses a sheet nobody serves, whatever agreements refuse;
    Conflict while another agreement stands.
    """
    sheet = contractor.sheet
    if sheet.state not in LIVE:
        raise Refusal(
            _("An agreement is drawn up once the sheet is given, and until it is accepted."), code="not-claimed"
        )
    with transaction.atomic():
        row = agreements.draw_up(
            street=sheet.street, subject=ref_of(contractor), grounds=ref_of(sheet), text=_text(contractor, sheet),
            commitment=contractor.commitment, actor=actor, at=at,
        )  # fmt: skip
        free = Contractor.objects.filter(Q(agreement__isnull=True) | Q(agreement__state=AgreementState.ENDED))
        if not Contractor.objects.filter(pk__in=free.filter(pk=contractor.pk).values("pk")).update(agreement=row):
            raise Conflict(STANDS, code="agreed")
        record("ordering.contractor.agree", contractor, actor=actor, facts={"number": row.number}, at=at)
    contractor.agreement = row
    return row


def _text(contractor: Contractor, sheet: WorkSheet) -> AgreementText:
    """In Chinese, as it is signed; the street changes it where more is to be said."""
    parts = [sheet.content, f"地点：{sheet.venue}" if sheet.venue else "", f"验收标准：{sheet.criteria}"]
    if contractor.share < 100:
        parts.append(f"承接份额：{contractor.share}%")
    if contractor.resources:
        parts.append(f"配套资源：{contractor.resources}")
    if sheet.no_selling:
        parts.append("服务期间不得推销商品或者做广告。")
    return AgreementText(
        title=f"{sheet.number} {sheet.title}", content="\n".join(part for part in parts if part),
        amount=contractor.amount, mode=Mode.REIMBURSE, parties=[Party(Side.SECOND, contractor.organization)],
        begins_on=sheet.starts, ends_on=max(sheet.ends, sheet.starts + timedelta(days=1)),
        indicators=[Indicator(sheet.title, str(sheet.quantity), sheet.unit, sheet.ends)],
    )  # fmt: skip
