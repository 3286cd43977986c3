"""A sheet is given to whoever takes it on: shares that sum to 100, the money promised, all at once."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services as ledger
from linli.apps.ordering.lifecycle import CLAIMS, SHEETS
from linli.apps.ordering.models import Claim, ClaimState, Contractor, Method, SheetState, WorkSheet
from linli.apps.ordering.permissions import awards_sheets
from linli.apps.ordering.queries.panel import found_by_panel, in_order
from linli.apps.ordering.services.claiming import require_eligible
from linli.apps.ordering.services.keeping import require, said
from linli.apps.organizations.models import Organization
from linli.apps.reviews.models import SessionState
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.money import locked
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

FEN = Decimal("0.01")


def award(
    sheet: WorkSheet,
    *,
    shares: Mapping[Organization, int],
    reason: str,
    actor: Actor | None,
    departure: str = "",
    resources: Mapping[Organization, str] | None = None,
    at: datetime | None = None,
) -> list[Contractor]:
    """Give the sheet to one or several with their shares in percent, and promise the money out of its fund.

    An organization gets its share of the price it offered, and ``resources`` where some are named. An open call goes
    to the first of its panel, or ``departure`` says why not. Raises Refusal where the shares do not sum to 100,
    somebody made no offer or may not take it on, too few quotes are there, the panel is not done or turned somebody
    down, whoever drew the sheet up gives it; whatever the ledger refuses.
    """
    when = at or timezone.now()
    require(awards_sheets, actor, sheet)
    if actor is not None and sheet.drawn_by == actor.actor_id:
        raise Refusal(_("Whoever drew the sheet up does not give it. Ask somebody else."), code="own-sheet")
    _require_shares(shares)
    why = said(reason, "reason", _("Say why these."), most=300)
    with locked(sheet):
        if sheet.state != SheetState.PUBLISHED:
            raise Conflict(_("This sheet is not waiting for a choice."))
        claims = _chosen(sheet, shares, when)
        for organization in shares:
            require_eligible(organization, sheet, timezone.localdate(when))
        apart = _departure(sheet, shares, claims, departure)
        rows = [
            _contractor(sheet, one, share, claims.get(one.pk), (resources or {}).get(one, ""))
            for one, share in shares.items()
        ]
        told = "，".join(f"{one.name} {share}%" for one, share in shares.items())
        SHEETS.apply(
            "award", sheet, actor=actor, facts={"shares": told, "reason": why, "departure": apart}, at=when,
            awarded_on=timezone.localdate(when), award_reason=why, departure=apart,
        )  # fmt: skip
        for row in rows:
            _promise(row, actor, when)
        _settle_claims(sheet, {one.pk for one in shares}, why, actor, when)
    return rows


def _require_shares(shares: Mapping[Organization, int]) -> None:
    if any(not 1 <= share <= 100 for share in shares.values()) or sum(shares.values()) != 100:
        words = {"sum": sum(shares.values())}
        raise Refusal(_("The shares sum to %(sum)d; they must sum to 100.") % words, field="shares", code="shares")


def _chosen(sheet: WorkSheet, shares: Mapping[Organization, int], at: datetime) -> dict[UUID, Claim]:
    """Organization -> its claim. Raises Refusal where the method is not complete."""
    if sheet.method == Method.OUTSIDE:
        return {}
    standing = sheet.claims.filter(state__in=(ClaimState.MADE, ClaimState.WON)).select_related("organization")
    claims = {row.organization_id: row for row in standing}
    if not {one.pk for one in shares} <= set(claims):
        raise Refusal(_("Only who made an offer can be given the sheet."), field="shares", code="no-offer")
    least = value_of("ordering.quotes_least", street=sheet.street_id, at=at)
    if sheet.method == Method.QUOTES and len(claims) < least:
        words = {"least": least, "there": len(claims)}
        raise Refusal(_("%(least)d quotes are needed, %(there)d are there.") % words, code="too-few-quotes")
    if sheet.method == Method.OPEN and (sheet.session is None or sheet.session.state != SessionState.CLOSED):
        raise Refusal(_("The panel has not closed its review yet."), code="no-panel")
    return claims


def _departure(
    sheet: WorkSheet, shares: Mapping[Organization, int], claims: Mapping[UUID, Claim], departure: str
) -> str:
    """Why an open call is not given in the order of its panel; "" where it is. Raises Refusal without a reason."""
    if sheet.method != Method.OPEN:
        return ""
    found = found_by_panel(sheet)
    order = [row.organization_id for row in in_order(list(claims.values()), found)]
    for one in shares:
        if one.pk not in order:
            words = {"name": one.name}
            raise Refusal(
                _("The panel did not rank %(name)s, or turned it down.") % words, field="shares", code="unranked"
            )
    ranks = {row.organization_id: found[row.pk].rank or 0 for row in claims.values() if row.pk in found}
    last = max(ranks[one.pk] for one in shares)
    passed_over = [row for row in order if ranks[row] < last and row not in {one.pk for one in shares}]
    if not passed_over:
        return ""
    if not departure.strip():
        first = next(row for row in claims.values() if row.organization_id == passed_over[0])
        named = {"first": first.organization.name, "rank": ranks[passed_over[0]]}
        sentence = _(
            "The panel put %(first)s in place %(rank)d, before who is chosen here. Choose it, or write why not."
        )
        raise Refusal(sentence % named, field="departure", code="ranking")
    return said(departure, "departure", _("Say why."), most=300)


def _contractor(
    sheet: WorkSheet, organization: Organization, share: int, claim: Claim | None, resources: str
) -> Contractor:
    price = claim.price if claim is not None else sheet.ceiling
    amount = (price * share / 100).quantize(FEN, rounding="ROUND_DOWN")
    return Contractor.objects.create(
        sheet=sheet, organization=organization, share=share, amount=amount,
        resources=" ".join(resources.split())[:200],
    )  # fmt: skip


def _promise(row: Contractor, actor: Actor | None, at: datetime) -> None:
    sheet = row.sheet
    if sheet.fund is None or not row.amount:
        return
    row.commitment = ledger.commit(
        fund=sheet.fund, subject=ref_of(row), grounds=ref_of(sheet), amount=row.amount, title=str(sheet),
        bearer=row.organization.name, actor=actor, at=at,
    )  # fmt: skip
    row.save(update_fields=["commitment"])


def _settle_claims(sheet: WorkSheet, won: set[UUID], reason: str, actor: Actor | None, at: datetime) -> None:
    for row in sheet.claims.filter(state=ClaimState.MADE):
        if row.organization_id in won:
            CLAIMS.apply("win", row, actor=actor, at=at)
        else:
            CLAIMS.apply("lose", row, actor=actor, facts={"reason": reason}, at=at)
