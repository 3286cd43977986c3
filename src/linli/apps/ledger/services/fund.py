"""Opening a fund, adding to it, taking back from it, setting parts of it aside, closing it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.kinds import source_title, sources
from linli.apps.ledger.models import Fund, FundChange, Quota
from linli.apps.ledger.permissions import keeps_ledger
from linli.apps.ledger.queries.formula import formula_quotas
from linli.apps.ledger.queries.funds import committed_under, quota_for, standing_of
from linli.apps.ledger.services.keeping import has_come, money_of, require, require_open, said
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Level, Place
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, format_yuan, locked, yuan
from linli.kernel.scope import Actor
from linli.kernel.search import index

PAPER = _("Give the number of the paper that states the amount.")


def open_fund(
    *,
    street: Place,
    code: str,
    name: str,
    year: int,
    source: str,
    amount: Decimal,
    document: str,
    actor: Actor | None,
    on: date | None = None,
    at: datetime | None = None,
) -> Fund:
    """A new fund with its first amount. Refuses a mark the street has given already, and a source nobody knows."""
    day = on or timezone.localdate(at)
    if street.level != Level.STREET:
        raise Refusal(_("A fund belongs to a street. Choose one."), field="street")
    fund = Fund(
        street=street,
        code=said(code, "code", _("Give a short mark; the numbers of the commitments begin with it.")),
        name=said(name, "name", _("Say what the fund is called.")),
        year=year,
        source=_known(source),
        amount=money_of(amount),
        document=said(document, "document", PAPER),
        opened_on=day,
    )
    require(keeps_ledger, actor, fund)
    has_come(day, at, "on")
    try:
        with transaction.atomic():
            fund.save(force_insert=True)
            FundChange.objects.create(fund=fund, amount=fund.amount, document=fund.document, on=day)
            index(fund)
            record("ledger.fund.open", fund, actor=actor, facts=_facts(fund), at=at)
    except IntegrityError:
        raise Refusal(
            _("This street has a fund with the mark “%(code)s” already.") % {"code": fund.code}, field="code"
        ) from None
    return fund


def _known(source: str) -> str:
    if source not in sources():
        raise Refusal(_("There is no such source of money."), field="source")
    return source


def _facts(fund: Fund) -> dict[str, Any]:
    told = {"name": fund.name, "year": fund.year, "source": source_title(fund.source)}
    return {**told, "amount": fund.amount, "document": fund.document}


def raise_fund(
    fund: Fund,
    *,
    amount: Decimal,
    document: str,
    reason: str,
    actor: Actor | None,
    on: date | None = None,
    at: datetime | None = None,
) -> FundChange:
    """Add to a fund, or take back (``amount`` below zero) what is neither promised nor set aside."""
    require(keeps_ledger, actor, fund)
    try:
        step = yuan(amount)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field="amount", code="inexact") from None
    if step == 0:
        raise Refusal(_("This changes nothing. Enter what is added, or taken back with a minus."), field="amount")
    day = on or timezone.localdate(at)
    has_come(day, at, "on")
    paper = said(document, "document", PAPER)
    why = said(reason, "reason", _("Say why."))
    with locked(fund):
        require_open(fund)
        free = standing_of(fund).free
        if free + step < 0:
            sentence = _("%(free)s of this fund is free; %(amount)s cannot be taken back.")
            raise Refusal(sentence % {"free": format_yuan(free), "amount": format_yuan(-step)}, field="amount")
        before = fund.amount
        change = FundChange.objects.create(fund=fund, amount=step, document=paper, reason=why, on=day)
        fund.amount += step
        fund.save(update_fields=["amount"])
        facts = {"step": step, "amount": Change(before, fund.amount), "document": paper, "reason": why}
        record("ledger.fund.change", fund, actor=actor, facts=facts, at=at)
    return change


def close_fund(fund: Fund, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Nothing more is promised out of the fund; what is promised may still be paid."""
    require(keeps_ledger, actor, fund)
    why = said(reason, "reason", _("Say why."))
    with locked(fund):
        if fund.closed_on is not None:
            raise Conflict(_("This fund is closed already."))
        fund.closed_on = timezone.localdate(at)
        fund.save(update_fields=["closed_on"])
        facts = {"reason": why, "left": standing_of(fund).left}
        record("ledger.fund.close", fund, actor=actor, facts=facts, at=at)


def set_quota(
    fund: Fund, *, holder: Place | Organization, amount: Decimal, actor: Actor | None, at: datetime | None = None
) -> Quota:
    """Set ``amount`` of the fund aside for ``holder``; as :func:`set_quotas`."""
    return set_quotas(fund, amounts=[(holder, amount)], actor=actor, at=at)[0]


def set_quotas(
    fund: Fund,
    *,
    amounts: Iterable[tuple[Place | Organization, Decimal]],
    actor: Actor | None,
    at: datetime | None = None,
) -> list[Quota]:
    """Set parts of the fund aside, all in one go; a holder's earlier quota is replaced.

    Refuses when all quotas and what is promised outside them would pass the fund, and a quota below what is promised
    under it. Nothing is changed then.
    """
    require(keeps_ledger, actor, fund)
    wanted = list(amounts)
    with locked(fund):
        require_open(fund)
        held = [quota_for(fund, holder) for holder, _amount in wanted]
        rows = [_quota(fund, holder, amount) for holder, amount in wanted]
        free = standing_of(fund).free
        if free < 0:
            sentence = _("The quotas would pass the fund by %(amount)s.") % {"amount": format_yuan(-free)}
            raise Refusal(sentence, code="above-limit", field="amount")
        for was, row in zip(held, rows, strict=True):
            amount = row.amount if was is None else Change(was.amount, row.amount)
            facts = {"holder": str(row.holder), "amount": amount}
            record("ledger.quota.set", fund, actor=actor, facts=facts, at=at)
    return rows


def set_quotas_by_formula(fund: Fund, *, actor: Actor | None, at: datetime | None = None) -> list[Quota]:
    """Set the quota of every community as the street's formula gives it; as :func:`set_quotas`.

    Refuses while a community has no figure to count: its quota would be a guess.
    """
    require(keeps_ledger, actor, fund)
    found = formula_quotas(fund, at)
    if found.missing:
        told = {"places": "、".join(place.name for place in found.missing[:5])}
        raise Refusal(_("Enter the figure of %(places)s first, on the page of the place.") % told, code="no-figure")
    if not found.rows:
        raise Refusal(_("This street has no communities."), code="no-places")
    return set_quotas(fund, amounts=[(row.place, row.amount) for row in found.rows], actor=actor, at=at)


def _quota(fund: Fund, holder: Place | Organization, amount: Decimal) -> Quota:
    """The holder's quota at its new amount, written."""
    new = money_of(amount) if amount != 0 else Decimal(0)
    row = quota_for(fund, holder)
    if row is None:
        if isinstance(holder, Place):
            return Quota.objects.create(fund=fund, place=holder, amount=new)
        return Quota.objects.create(fund=fund, organization=holder, amount=new)
    used = committed_under(row)
    if new < used:
        sentence = _("%(used)s is promised under the quota of %(holder)s; it cannot be set lower.")
        told = {"used": format_yuan(used), "holder": str(holder)}
        raise Refusal(sentence % told, code="below-used", field="amount")
    row.amount = new
    row.save(update_fields=["amount"])
    return row
