"""Organizations claim a published sheet: the first where that is allowed, else with a price among others."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.lifecycle import CLAIMS
from linli.apps.ordering.models import Claim, ClaimState, Method, SheetState, WorkSheet
from linli.apps.ordering.permissions import claims_sheets, draws_sheets
from linli.apps.ordering.queries.giving import what_bars
from linli.apps.ordering.services.keeping import require, who
from linli.apps.ordering.services.sheets import money
from linli.apps.organizations.models import Organization
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import ReviewSession
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan
from linli.kernel.refs import ref_of
from linli.kernel.rubric.models import RubricVersion
from linli.kernel.scope import Actor

PANEL = "评审组"
ABOVE = _("The price is above the ceiling of %(ceiling)s.")


def claim(
    sheet: WorkSheet,
    *,
    organization: Organization,
    price: object,
    plan: str,
    actor: Actor | None,
    ties: str = "",
    at: datetime | None = None,
) -> Claim:
    """Offer to take the sheet on. Where it is claimed directly the offer takes one of its places, if one is left.

    Raises Refusal above the ceiling, without a paper the service needs or barred by its standing; Conflict when
    somebody was quicker.
    """
    when = at or timezone.now()
    row = Claim(
        sheet=sheet, organization=organization, price=money(price, "price"), plan=plan.strip(),  # type: ignore[arg-type]  # what a form gives
        ties=ties.strip()[:200], made_at=when, made_by=who(actor),
    )  # fmt: skip
    require(claims_sheets, actor, row)
    if row.price > sheet.ceiling:
        raise Refusal(ABOVE % {"ceiling": format_yuan(sheet.ceiling)}, field="price", code="above-ceiling")
    if not row.plan:
        raise Refusal(_("Say how you will do it."), field="plan")
    require_eligible(organization, sheet, timezone.localdate(when))
    with transaction.atomic():
        row.state = _take_place(sheet)
        _insert(row)
        facts = {"number": sheet.number, "price": row.price, "ties": row.ties}
        record("ordering.claim.make", row, actor=actor, facts=facts, at=when)
    return row


def require_eligible(organization: Organization, sheet: WorkSheet, on: date) -> None:
    """Raises Refusal with everything that bars the organization."""
    bars = what_bars(organization, sheet.kind, on)
    if bars:
        told = "".join(str(one) for one in bars)
        raise Refusal(f"{organization.name}：{told}", field="organization", code="not-eligible")


def _take_place(sheet: WorkSheet) -> ClaimState:
    """Inside the transaction: the state of the new claim. Raises Conflict where no place is left."""
    rows = WorkSheet.objects.filter(pk=sheet.pk, state=SheetState.PUBLISHED)
    if sheet.method == Method.OUTSIDE:
        raise Refusal(_("This is bought outside; offers are made under its notice, not here."))
    if sheet.method == Method.DIRECT:
        taken = rows.filter(taken__lt=F("places")).update(taken=F("taken") + 1, version=F("version") + 1)
        if not taken:
            raise Conflict(_("Somebody was quicker: the sheet is taken on already."), code="taken")
        return ClaimState.WON
    if not rows.filter(session__isnull=True).update(version=F("version") + 1):
        raise Conflict(_("This sheet takes no more offers."), code="closed")
    return ClaimState.MADE


def _insert(row: Claim) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Your organization has an offer on this sheet already."), code="claimed") from None


def withdraw_claim(row: Claim, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The organization takes its offer back before the choice. Raises Conflict afterwards."""
    CLAIMS.apply("withdraw", row, actor=actor, at=at)


def call_openly(
    sheet: WorkSheet, *, rubric: RubricVersion, first_day: date, actor: Actor | None, at: datetime | None = None
) -> ReviewSession:
    """A session of reviews with one panel and an entry for every offer; from then on no more offers are taken.

    Judges are seated by reviews. Raises Refusal for a day gone by, another method, no offer; Conflict twice.
    """
    require(draws_sheets, actor, sheet)
    if sheet.method != Method.OPEN:
        raise Refusal(_("A panel judges open calls alone."))
    if first_day < timezone.localdate(at):
        raise Refusal(_("This day is gone by."), field="first_day")
    claims = list(sheet.claims.filter(state=ClaimState.MADE).select_related("organization"))
    if not claims:
        raise Refusal(_("Nobody has made an offer yet."))
    with transaction.atomic():
        session = reviews.open_session(
            title=f"{sheet.number} {sheet.title}"[:60], place=sheet.place, first_day=first_day, rubric=rubric,
            tie_criteria=[row.code for row in rubric.rows.all()[:2]], is_demo=sheet.is_demo, actor=actor, at=at,
        )  # fmt: skip
        panel = reviews.add_panel(session, name=PANEL, actor=actor, at=at)
        for one in claims:
            reviews.enter(
                session, title=one.organization.name[:60], subject=ref_of(one), summary=one.plan, actor=actor, at=at,
                parties=[ref_of(one.organization)], panel=panel,
            )  # fmt: skip
        rows = WorkSheet.objects.filter(pk=sheet.pk, state=SheetState.PUBLISHED, session__isnull=True)
        if not rows.update(session=session, version=F("version") + 1):
            raise Conflict(_("The panel was called already."))
        record("ordering.sheet.call", sheet, actor=actor, facts={"offers": len(claims)}, at=at)
    sheet.refresh_from_db()
    return session
