"""Entering what a proposal rests on: budget, indicators, surveys, supporters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.kinds import heads
from linli.apps.rounds.models import (
    LineSource,
    NeedSurvey,
    Proposal,
    ProposalIndicator,
    ProposalLine,
    Supporter,
    SupporterKind,
    SurveyMethod,
)
from linli.apps.rounds.services.keeping import said, write_on
from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.money import InexactAmount, format_yuan, yuan
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

MOST_LINES = 100
TWO = Decimal("0.01")
STANDING = ("version", "changed_at", "confirm_edit")
"""What a verb of this module changes on the proposal itself."""


@dataclass(frozen=True)
class Line:
    """A budget line as it is entered; ``amount`` may be left out and is reckoned, or must be price × quantity."""

    head: str
    item: str
    unit_price: Decimal | str
    quantity: Decimal | str
    unit: str = ""
    source: str = LineSource.ASKED
    grounds: str = ""
    amount: Decimal | str | None = None


@dataclass(frozen=True)
class IndicatorText:
    """An indicator as it is entered."""

    name: str
    baseline: Decimal
    target: Decimal
    unit: str
    due_on: date


def amount_of(number: int, line: Line) -> tuple[Decimal, Decimal, Decimal]:
    """(unit price, quantity, amount) of a line, exact to the fen. Raises Refusal naming the line."""
    where = {"line": number}
    try:
        price = yuan(line.unit_price)
        stated = None if line.amount in (None, "") else yuan(line.amount or 0)
    except InexactAmount as error:
        sentence = _("Line %(line)s: an amount in yuan has at most two decimals.") % where
        raise Refusal(sentence, code="inexact", field="lines") from error
    try:
        quantity = Decimal(str(line.quantity).strip())
    except InvalidOperation as error:
        raise Refusal(_("Line %(line)s: the quantity is no number.") % where, field="lines") from error
    if not quantity.is_finite() or quantity <= 0 or quantity >= 10_000_000 or price < 0:
        raise Refusal(_("Line %(line)s: price and quantity lie above zero.") % where, field="lines")
    if quantity != quantity.quantize(TWO):
        raise Refusal(_("Line %(line)s: a quantity has at most two decimals.") % where, code="inexact", field="lines")
    try:
        amount = yuan(price * quantity)
    except InexactAmount as error:
        sentence = _("Line %(line)s: price × quantity is no amount of whole fen.") % where
        raise Refusal(sentence, code="inexact", field="lines") from error
    if stated is not None and stated != amount:
        sentence = _("Line %(line)s: %(price)s × %(quantity)s is %(amount)s, not %(stated)s.") % {
            **where, "price": format_yuan(price), "quantity": quantity.normalize(), "amount": format_yuan(amount),
            "stated": format_yuan(stated),
        }  # fmt: skip
        raise Refusal(sentence, code="sum", field="lines")
    return price, quantity, amount


@transaction.atomic
def set_lines(
    proposal: Proposal, lines: Sequence[Line], *, seen: int | None, actor: Actor | None, at: datetime | None = None
) -> Proposal:
    """The budget, line by line, in place of what stood; each line exact to the fen."""
    if len(lines) > MOST_LINES:
        raise Refusal(_("At most %(most)d lines.") % {"most": MOST_LINES}, field="lines")
    rows = []
    for number, line in enumerate(lines, 1):
        price, quantity, amount = amount_of(number, line)
        if line.head not in heads():
            raise Refusal(_("Line %(line)s: choose a head of the budget.") % {"line": number}, field="lines")
        item = said(line.item, "lines", _("Line %(line)s: say what it is for.") % {"line": number})
        rows.append(
            ProposalLine(
                proposal=proposal, order=number, head=line.head, item=item[:80], unit_price=price, quantity=quantity,
                unit=line.unit.strip()[:12], amount=amount, source=LineSource(line.source),
                grounds=line.grounds.strip()[:200],
            )
        )  # fmt: skip
    return _replace(proposal, ProposalLine, rows, seen=seen, actor=actor, at=at)


@transaction.atomic
def set_indicators(
    proposal: Proposal,
    indicators: Sequence[IndicatorText],
    *,
    seen: int | None,
    actor: Actor | None,
    at: datetime | None = None,
) -> Proposal:
    """The indicators, in place of what stood."""
    if len(indicators) > MOST_LINES:
        raise Refusal(_("At most %(most)d lines.") % {"most": MOST_LINES}, field="indicators")
    rows = []
    for number, one in enumerate(indicators, 1):
        missing = _("Indicator %(line)s: give name and unit.") % {"line": number}
        name, unit = said(one.name, "indicators", missing), said(one.unit, "indicators", missing)
        rows.append(
            ProposalIndicator(
                proposal=proposal, order=number, name=name[:80], baseline=one.baseline, target=one.target,
                unit=unit[:12], due_on=one.due_on,
            )
        )  # fmt: skip
    return _replace(proposal, ProposalIndicator, rows, seen=seen, actor=actor, at=at)


def _replace(
    proposal: Proposal, model: Any, rows: list[Any], *, seen: int | None, actor: Actor | None, at: datetime | None
) -> Proposal:
    write_on(proposal, seen=seen, actor=actor, at=at)
    model.objects.filter(proposal=proposal).delete()
    model.objects.bulk_create(rows)
    proposal.refresh_from_db(fields=STANDING)
    return proposal


def add_survey(
    proposal: Proposal,
    *,
    method: str,
    count: int,
    held_on: date,
    findings: str,
    actor: Actor | None,
    needing: int | None = None,
    upload: Any = None,
    at: datetime | None = None,
) -> NeedSurvey:
    """How the need was asked for, with the file that shows it."""
    if count < 1:
        raise Refusal(_("Say how many answered; at least one."), field="count")
    if held_on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="held_on")
    findings = said(findings, "findings", _("Say what came out."))
    with transaction.atomic():
        write_on(proposal, seen=None, actor=actor, at=at)
        survey = NeedSurvey(
            proposal=proposal, method=SurveyMethod(method), count=count, held_on=held_on, findings=findings,
            needing=needing, has_file=upload is not None,
        )  # fmt: skip
        survey.save(force_insert=True)
        if upload is not None:
            files.keep(upload, accept=files.PAPERS, owner=ref_of(survey), actor=actor, at=at)
    proposal.refresh_from_db(fields=STANDING)
    return survey


@transaction.atomic
def remove_survey(survey: NeedSurvey, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a survey off again, with its file."""
    write_on(survey.proposal, seen=None, actor=actor, at=at)
    for one in list(files.files_of(ref_of(survey))):
        files.forget(one.pk)
    survey.delete()


def count_supporters(
    proposal: Proposal, *, kind: str, count: int, source: str, actor: Actor | None, at: datetime | None = None
) -> Supporter:
    """How many of one kind stand behind it, by a list on paper; in place of what stood for the kind."""
    if count < 1:
        raise Refusal(_("Say how many; at least one."), field="count")
    source = said(source, "source", _("Say where this stands written."))
    with transaction.atomic():
        write_on(proposal, seen=None, actor=actor, at=at)
        Supporter.objects.filter(
            proposal=proposal, kind=SupporterKind(kind), user__isnull=True, organization__isnull=True
        ).delete()
        row = Supporter.objects.create(proposal=proposal, kind=SupporterKind(kind), count=count, source=source[:120])
    proposal.refresh_from_db(fields=STANDING)
    return row


def support(proposal: Proposal, *, actor: Actor, at: datetime | None = None) -> Supporter:
    """One neighbour stands behind a proposal he may see, once."""
    from linli.apps.rounds.queries.proposals import visible_to

    if not visible_to(actor).filter(pk=proposal.pk).exists():
        raise Refusal(_("This proposal is not open to you."))
    try:
        with transaction.atomic():
            return Supporter.objects.create(proposal=proposal, kind=SupporterKind.NEIGHBOURS, user_id=actor.actor_id)
    except IntegrityError as error:
        raise Refusal(_("You support this proposal already.")) from error
