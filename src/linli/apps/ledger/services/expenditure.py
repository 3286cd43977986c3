"""Entering what is spent, handing it in, checking and approving it by two hands, sending it back."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.kinds import expense_kinds
from linli.apps.ledger.lifecycle import EXPENDITURES
from linli.apps.ledger.models import (
    BudgetLine,
    Commitment,
    CommitmentState,
    Expenditure,
    ExpenditureState,
    PaidTo,
    Spender,
    Voucher,
)
from linli.apps.ledger.permissions import ENTERERS, enters_spending
from linli.apps.ledger.queries.findings import Finding, findings_of
from linli.apps.ledger.services.keeping import has_come, money_of, require_not_held, said
from linli.kernel import files
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.files import photos
from linli.kernel.money import locked
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, Anchor

NOT_YOURS = _("Only whoever carries this out, or the street, enters its spending.")
CHANGED = _("Somebody else saved this while you were writing. Compare both texts and choose.")
EDITABLE = (ExpenditureState.DRAFTED, ExpenditureState.RETURNED)


def draft_expenditure(
    commitment: Commitment,
    *,
    kind: str,
    amount: Decimal,
    purpose: str,
    payee: str,
    spent_on: date,
    actor: Actor | None,
    line: BudgetLine | None = None,
    account: str = "",
    paid_to: str = PaidTo.PAYEE,
    heads: int | None = None,
    explanation: str = "",
    at: datetime | None = None,
) -> Expenditure:
    """Enter one spending; papers and vouchers follow, then it is handed in. Refuses amounts that are no money,
    unknown kinds, a line of another commitment, a day ahead; NotAllowed for whom the commitment does not concern."""
    spender = spender_for(commitment, actor)
    columns = _shaped(commitment, locals(), at)
    with locked(commitment.fund):
        commitment.refresh_from_db()
        _require_open(commitment)
        serial = 1 + (commitment.expenditures.aggregate(last=Max("serial"))["last"] or 0)
        row = Expenditure.objects.create(
            commitment=commitment, spender=spender, serial=serial, drafted_at=at or timezone.now(),
            drafted_by=actor.actor_id if actor else None, **columns,
        )  # fmt: skip
        facts = {"number": row.number, "purpose": row.purpose, "amount": row.amount, "payee": row.payee}
        record("ledger.expenditure.draft", row, actor=actor, facts=facts, at=at)
    return row


def _shaped(commitment: Commitment, given: Mapping[str, Any], at: datetime | None) -> dict[str, Any]:
    """The columns of what was typed. Raises Refusal."""
    if given["kind"] not in expense_kinds():
        raise Refusal(_("Choose what kind of expense it is."), field="kind")
    line = given["line"]
    if line is not None and line.commitment_id != commitment.pk:
        raise Refusal(_("This line belongs to another budget."), field="line")
    has_come(given["spent_on"], at, "spent_on")
    return {
        "kind": given["kind"],
        "amount": money_of(given["amount"]),
        "purpose": said(given["purpose"], "purpose", _("Say what was bought, and what for.")),
        "payee": said(given["payee"], "payee", _("Say to whom the money goes.")),
        "account": given["account"].strip(),
        "paid_to": PaidTo(given["paid_to"]),
        "spent_on": given["spent_on"],
        "line": line,
        "heads": given["heads"] or None,
        "explanation": given["explanation"].strip(),
    }


def spender_for(commitment: Commitment, actor: Actor | None) -> Spender | None:
    """For whom ``actor`` enters spending of ``commitment``: one of its spenders, or (None) the street itself.

    Raises NotAllowed for everybody whom the commitment does not concern.
    """
    spenders = list(commitment.spenders.select_related("place", "organization"))
    if actor is None:
        return spenders[0] if len(spenders) == 1 else None
    here = Anchor(place=commitment.fund.street_id)
    held = actor.holds_at(frozenset(ENTERERS), [here, *(one.anchor for one in spenders)])
    if here in held:
        return None
    for one in spenders:
        if one.anchor in held:
            return one
    raise NotAllowed(NOT_YOURS)


def _require_open(commitment: Commitment) -> None:
    if commitment.state != CommitmentState.OPEN:
        raise Conflict(_("This commitment is released. It is not changed any more."))


def require_editable(expenditure: Expenditure, actor: Actor | None) -> None:
    """Refuse whoever may not enter this, and what is handed in already. Raises NotAllowed, Conflict."""
    if not enters_spending(actor, expenditure):
        raise NotAllowed(NOT_YOURS)
    if expenditure.state not in EDITABLE:
        state = expenditure.get_state_display()
        raise Conflict(_("This is “%(state)s” already. It is changed once it is sent back.") % {"state": state})


def change_expenditure(
    expenditure: Expenditure,
    *,
    kind: str,
    amount: Decimal,
    purpose: str,
    payee: str,
    spent_on: date,
    actor: Actor | None,
    line: BudgetLine | None = None,
    account: str = "",
    paid_to: str = PaidTo.PAYEE,
    heads: int | None = None,
    explanation: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Put right what was typed, while it is not handed in. The same refusals as when it was entered.

    ``seen`` is the version the form showed: Conflict where somebody saved another one since.
    """
    columns = _shaped(expenditure.commitment, locals(), at)
    with locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        require_editable(expenditure, actor)
        if seen is not None and seen != expenditure.version:
            raise Conflict(CHANGED, code="version-conflict")
        facts = {"before": expenditure.amount, "amount": columns["amount"], "purpose": columns["purpose"]}
        for name, value in columns.items():
            setattr(expenditure, name, value)
        expenditure.version += 1
        expenditure.save(update_fields=[*columns, "version"])
        record("ledger.expenditure.change", expenditure, actor=actor, facts=facts, at=at)


def drop_expenditure(expenditure: Expenditure, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take back what was never paid and is not handed in; its vouchers may be entered again."""
    with locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        require_editable(expenditure, actor)
        commitment = expenditure.commitment
        facts = {"number": expenditure.number, "purpose": expenditure.purpose, "amount": expenditure.amount}
        vouchers = list(Voucher.objects.filter(shares__expenditure=expenditure))
        owned = [one.pk for one in files.files_of(ref_of(expenditure))]
        for photo in photos.of(ref_of(expenditure)):
            photos.forget(photo, actor=actor)
        expenditure.delete()
        kept_on = {one.file_id for one in vouchers if one.shares.exists() or one.reds.exists()}
        Voucher.objects.filter(pk__in=[one.pk for one in vouchers], shares=None, reds=None).delete()
        for file_id in owned:
            if file_id not in kept_on:
                files.forget(file_id)
        record("ledger.expenditure.drop", commitment, actor=actor, facts=facts, at=at)


def _facts(found: list[Finding]) -> dict[str, Any]:
    """What the guards ask: the first finding that bars, the first that asks for an explanation."""
    facts: dict[str, Any] = {}
    for name, bars in (("barred", True), ("noticed", False)):
        first = next((one for one in found if one.bars == bars), None)
        if first is not None:
            facts |= {name: str(first.sentence), f"{name}_code": first.code}
    return facts


def _findings(expenditure: Expenditure, at: datetime | None) -> list[Finding]:
    return findings_of(expenditure, on=timezone.localdate(at))


def submit(expenditure: Expenditure, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Hand it in. Refuses, by name, every missing paper and whatever else bars it; what is only noticed asks for an
    explanation."""
    when = at or timezone.now()
    with locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        _require_open(expenditure.commitment)
        found = _findings(expenditure, at)
        facts = {**_facts(found), "amount": expenditure.amount, "explanation": expenditure.explanation}
        columns: dict[str, Any] = {
            "submitted_at": when,
            "checked_by": None,
            "checked_at": None,
            "returned_reason": "",
            "noticed": [str(one.sentence) for one in found],
        }
        EXPENDITURES.apply("submit", expenditure, actor=actor, facts=facts, at=when, **columns)


def check(expenditure: Expenditure, *, actor: Actor | None, note: str = "", at: datetime | None = None) -> None:
    """The first of two steps: the vouchers are in order. Nobody checks what he entered."""
    when, hand = at or timezone.now(), actor.actor_id if actor else None
    with locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        facts = {**_facts(_findings(expenditure, at)), "hand": hand, "note": note.strip()}
        EXPENDITURES.apply("check", expenditure, actor=actor, facts=facts, at=when, checked_by=hand, checked_at=when)


def approve(expenditure: Expenditure, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The second step. Nobody approves what he entered or checked; of two who approve at once one wins (Conflict).

    Refuses while an objection holds what the money rests on, and what passes the commitment.
    """
    when, hand = at or timezone.now(), actor.actor_id if actor else None
    with locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        require_not_held(expenditure.commitment)
        facts = {**_facts(_findings(expenditure, at)), "hand": hand, "amount": expenditure.amount}
        EXPENDITURES.apply(
            "approve", expenditure, actor=actor, facts=facts, at=when, approved_by=hand, approved_at=when
        )


def send_back(expenditure: Expenditure, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Not like this: ``reason`` says what must be put right; it may then be handed in again."""
    when, why = at or timezone.now(), " ".join(reason.split())
    columns: dict[str, Any] = {
        "returned_reason": why, "checked_by": None, "checked_at": None, "approved_by": None, "approved_at": None,
    }  # fmt: skip
    expenditure.refresh_from_db()
    EXPENDITURES.apply("send_back", expenditure, actor=actor, facts={"reason": why}, at=when, **columns)
