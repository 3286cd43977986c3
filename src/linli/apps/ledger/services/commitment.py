"""Promising money out of a fund, changing the promise, and giving back what is left of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.lifecycle import COMMITMENTS
from linli.apps.ledger.models import BudgetLine, Commitment, CommitmentState, Expenditure, Fund, Instalment, Quota
from linli.apps.ledger.permissions import commits
from linli.apps.ledger.queries.commitments import paid_under
from linli.apps.ledger.queries.funds import committed_under, standing_of
from linli.apps.ledger.services.instalments import drop_unpaid, share_out_again
from linli.apps.ledger.services.keeping import has_come, label_of, money_of, require, require_open, said
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, largest_remainder, locked, require_within
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor
from linli.kernel.search import index


@dataclass(frozen=True)
class Line:
    """One line of a budget: what it is for, how it was reckoned, yuan."""

    item: str
    amount: Decimal
    basis: str = ""


def commit(
    *,
    fund: Fund,
    subject: Ref,
    grounds: Ref,
    amount: Decimal,
    title: str,
    actor: Actor | None,
    quota: Quota | None = None,
    lines: Sequence[Line] = (),
    bearer: str = "",
    on: date | None = None,
    at: datetime | None = None,
) -> Commitment:
    """Promise ``amount`` to ``subject`` on the strength of ``grounds``.

    Refuses what passes the fund, or the quota it falls under, even when many desks promise at once; lines that do not
    sum to the amount; a second promise to the same subject out of the same fund (Conflict).
    """
    require(commits, actor, fund)
    day = on or timezone.localdate(at)
    has_come(day, at, "on")
    wanted = money_of(amount)
    name = said(title, "title", _("Say what the money is for."))
    with locked(fund):
        require_open(fund)
        _require_room(fund, quota, wanted)
        row = Commitment(
            fund=fund,
            quota=quota,
            title=name,
            bearer=bearer.strip(),
            subject_kind=subject.kind,
            subject_id=subject.id,
            grounds_kind=grounds.kind,
            grounds_id=grounds.id,
            amount=wanted,
            committed_on=day,
        )
        _insert_numbered(row)
        _write_lines(row, lines)
        facts = {"number": row.number, "title": name, "amount": wanted, "grounds": label_of(grounds)}
        index(row)
        record("ledger.commitment.commit", row, actor=actor, facts=facts, at=at)
    return row


def _insert_numbered(row: Commitment) -> None:
    """Inside the fund's lock: the next number of the fund. Raises Conflict where the subject has a promise."""
    row.serial = 1 + (row.fund.commitments.aggregate(last=Max("serial"))["last"] or 0)
    row.number = f"{row.fund.code}-{row.serial:03d}"
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("Money out of this fund is promised to this already. Change that promise, or release it first."),
            code="promised-already",
        ) from None


def _require_room(fund: Fund, quota: Quota | None, adding: Decimal) -> None:
    """Inside the lock: refuse what passes the quota, or the part of the fund no quota sets aside."""
    if quota is not None and quota.fund_id != fund.pk:
        raise Refusal(_("This quota belongs to another fund."), field="quota")
    if quota is not None:
        quota.refresh_from_db()
        require_within(limit=quota.amount, used=committed_under(quota), adding=adding)
        return
    figures = standing_of(fund)
    require_within(limit=fund.amount, used=fund.amount - figures.free, adding=adding)


def _write_lines(row: Commitment, lines: Sequence[Line]) -> None:
    """Put the budget lines in place of the earlier ones; they sum to the commitment. Spending follows its item."""
    spent = dict(Expenditure.objects.filter(commitment=row, line__isnull=False).values_list("pk", "line__item"))
    _keep_first(row)
    row.lines.all().delete()
    if not lines:
        return
    amounts = [money_of(line.amount) for line in lines]
    if sum(amounts) != row.amount:
        sentence = _("The lines sum to %(lines)s, the commitment is %(amount)s. Both must be the same.")
        told = {"lines": format_yuan(sum(amounts, Decimal(0))), "amount": format_yuan(row.amount)}
        raise Refusal(sentence % told, code="lines-differ", field="lines")
    items = [said(line.item, "lines", _("Name every line of the budget.")) for line in lines]
    BudgetLine.objects.bulk_create(
        BudgetLine(commitment=row, number=number, item=item, basis=line.basis.strip(), amount=amount)
        for number, (line, item, amount) in enumerate(zip(lines, items, amounts, strict=True), start=1)
    )
    for line in row.lines.all():
        moved = [key for key, item in spent.items() if item == line.item]
        Expenditure.objects.filter(pk__in=moved).update(line=line)


def _keep_first(row: Commitment) -> None:
    """Before lines give way to others for the first time: what each item was given at first stays on record."""
    given: dict[str, Decimal] = {}
    for line in row.lines.all():
        given[line.item] = given.get(line.item, Decimal(0)) + line.amount
    if given and not row.first_lines:
        row.first_lines = {item: str(amount) for item, amount in given.items()}
        row.save(update_fields=["first_lines"])


def in_proportion(commitment: Commitment, amount: Decimal) -> list[Line]:
    """The budget lines of a commitment shrunk or stretched to ``amount``, to the fen; none where it has no budget."""
    lines = list(commitment.lines.all())
    parts = largest_remainder(amount, [line.amount for line in lines]) if lines else []
    return [Line(line.item, part, line.basis) for line, part in zip(lines, parts, strict=True) if part]


def adjust(
    commitment: Commitment,
    *,
    amount: Decimal,
    grounds: Ref,
    reason: str,
    actor: Actor | None,
    lines: Sequence[Line] = (),
    at: datetime | None = None,
) -> None:
    """Change what is promised, on new grounds; instalments are shared out again by their shares.

    Refuses what passes fund or quota, less than is paid, and an instalment that would fall below what is paid of it.
    """
    fund = commitment.fund
    require(commits, actor, commitment)
    wanted = money_of(amount)
    why = said(reason, "reason", _("Say why."))
    with locked(fund):
        commitment.refresh_from_db()
        if commitment.state != CommitmentState.OPEN:
            raise Conflict(_("This commitment is released. It is not changed any more."))
        before = commitment.amount
        if wanted > before:
            require_open(fund)
            _require_room(fund, commitment.quota, wanted - before)
        if commitment.lines.exists() and not lines:
            raise Refusal(_("This commitment has a budget. Give the lines of the new one."), field="lines")
        commitment.amount = wanted
        commitment.grounds_kind, commitment.grounds_id = grounds.kind, grounds.id
        commitment.version += 1
        commitment.save(update_fields=["amount", "grounds_kind", "grounds_id", "version"])
        _write_lines(commitment, lines)
        share_out_again(commitment)
        facts = {"amount": Change(before, wanted), "grounds": label_of(grounds), "reason": why}
        record("ledger.commitment.adjust", commitment, actor=actor, facts=facts, at=at)


def release(commitment: Commitment, *, reason: str, actor: Actor | None, at: datetime | None = None) -> Decimal:
    """Give back what was not paid; how much, in yuan. Refuses when all is paid, raises Conflict the second time."""
    with locked(commitment.fund):
        commitment.refresh_from_db()
        left = commitment.amount - paid_under(commitment)
        facts = {"reason": reason.strip(), "released": left}
        COMMITMENTS.apply("release", commitment, actor=actor, facts=facts, at=at, released=left)
        drop_unpaid(Instalment.objects.filter(commitment=commitment))
    return left
