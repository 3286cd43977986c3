"""What the verbs of the ledger share: who may, amounts that are money, texts that say something, days gone by."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Commitment, Fund
from linli.kernel.contributions import held
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.money import InexactAmount, yuan
from linli.kernel.refs import Ref, resolve
from linli.kernel.scope import Actor

NOT_YOURS = _("Only the finance officer of this street keeps its ledger.")


def require(predicate: Callable[..., bool], actor: Actor | None, about: object) -> None:
    """Refuse an actor for whom ``predicate`` does not hold. Raises NotAllowed."""
    if not predicate(actor, about):
        raise NotAllowed(NOT_YOURS)


def money_of(value: Decimal | int | str, field: str = "amount") -> Decimal:
    """An exact amount above zero. Raises Refusal for three decimals, nothing, or less than nothing."""
    try:
        amount = yuan(value)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field=field, code="inexact") from None
    if amount <= 0:
        raise Refusal(_("The amount must be above zero."), field=field, code="no-money")
    return amount


def said(text: str, field: str, sentence: str | Promise) -> str:
    """``text`` without edges; refuses an empty one with ``sentence``."""
    text = " ".join(text.split())
    if not text:
        raise Refusal(sentence, field=field)
    return text


def label_of(ref: Ref) -> str:
    """How the record names what a promise rests on; "" for what is gone. One query."""
    found = resolve([ref], actor=None, everything=True).get(ref)
    return found.label if found else ""


def has_come(day: date, at: datetime | None, field: str) -> None:
    """Refuse a day to come: the books hold facts."""
    if day > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field=field)


def require_open(fund: Fund) -> None:
    """Refuse a closed fund. Raises Refusal."""
    if fund.closed_on is not None:
        raise Refusal(_("This fund is closed. Nothing more is promised out of it."), code="fund-closed")


def require_not_held(commitment: Commitment) -> None:
    """Refuse while an objection to what a promise rests on is open or upheld. Raises Refusal."""
    for why in held(commitment.subject, commitment.grounds):
        raise Refusal(why, code="held")
