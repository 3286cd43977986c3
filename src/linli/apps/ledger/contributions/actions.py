"""The names of what is done in the ledger, as the record tells them; money is kept for ever."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import Amount, Keep, register_action

AMOUNT, REASON, DAY, NUMBER = Amount(_("amount")), _("reason"), _("day"), _("number")
DOCUMENT, GROUNDS, RECEIPT = _("number of the paper"), _("grounds"), _("receipt")
PURPOSE, INVOICE = _("what was bought, and what for"), _("invoice")

ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "fund.open",
        _("opened the fund"),
        {
            "name": _("name"),
            "year": _("year"),
            "source": _("source of the money"),
            "amount": AMOUNT,
            "document": DOCUMENT,
        },
    ),
    (
        "fund.change",
        _("changed the amount of the fund"),
        {"step": Amount(_("by")), "amount": AMOUNT, "document": DOCUMENT, "reason": REASON},
    ),
    ("fund.close", _("closed the fund"), {"reason": REASON, "left": Amount(_("left over"))}),
    ("quota.set", _("set a quota"), {"holder": _("for whom"), "amount": AMOUNT}),
    (
        "commitment.commit",
        _("promised the money"),
        {"number": NUMBER, "title": _("what it is for"), "amount": AMOUNT, "grounds": GROUNDS},
    ),
    (
        "commitment.adjust",
        _("changed the commitment"),
        {"amount": AMOUNT, "grounds": GROUNDS, "reason": REASON},
    ),
    ("commitment.plan", _("planned the instalments"), {"shares": _("shares")}),
    ("instalment.meet", _("confirmed that the condition is met"), {"number": _("instalment"), "day": DAY}),
    (
        "payment.record",
        _("entered a payment of the treasury"),
        {"receipt": RECEIPT, "day": DAY, "amount": AMOUNT, "number": _("instalment")},
    ),
    (
        "payment.refund",
        _("entered money that came back to the treasury"),
        {"receipt": RECEIPT, "day": DAY, "amount": AMOUNT, "payment": _("payment given back")},
    ),
    (
        "commitment.terms",
        _("said how it is spent"),
        {
            "mode": _("how it is paid"),
            "begins": _("First day"),
            "ends": _("until"),
            "spenders": _("who enters the spending"),
        },
    ),
    (
        "expenditure.draft",
        _("entered an expenditure"),
        {"number": NUMBER, "purpose": PURPOSE, "amount": AMOUNT, "payee": _("payee")},
    ),
    (
        "expenditure.change",
        _("changed the expenditure"),
        {"before": Amount(_("before")), "amount": Amount(_("now")), "purpose": PURPOSE},
    ),
    ("expenditure.drop", _("took an expenditure back"), {"number": NUMBER, "purpose": PURPOSE, "amount": AMOUNT}),
    (
        "commitment.close_year",
        _("decided about the balance of the year"),
        {
            "year": _("year"),
            "decision": _("decision"),
            "balance": Amount(_("balance")),
            "document": DOCUMENT,
            "reason": REASON,
        },
    ),
    ("expenditure.fee", _("added a line to the list of fees"), {"amount": AMOUNT}),
    ("expenditure.remove_fee", _("took a line off the list of fees"), {"amount": AMOUNT}),
    ("expenditure.remove_paper", _("took a paper off"), {"paper": _("paper"), "file": _("file")}),
    ("voucher.split", _("shared an invoice out"), {"invoice": INVOICE, "shares": _("shares of the expenditures")}),
    ("voucher.detach", _("took an invoice off"), {"invoice": INVOICE, "amount": AMOUNT}),
    (
        "voucher.take_back",
        _("entered a red-letter invoice"),
        {"invoice": INVOICE, "amount": AMOUNT, "original": _("invoice taken back"), "day": DAY},
    ),
    ("expenditure.paper", _("added a paper"), {"paper": _("paper"), "file": _("file")}),
    (
        "voucher.attach",
        _("entered an invoice"),
        {"invoice": INVOICE, "amount": AMOUNT, "share": Amount(_("share of the expenditure")), "day": DAY},
    ),
    ("payment.strike_out", _("struck out a payment"), {"receipt": RECEIPT, "amount": AMOUNT, "reason": REASON}),
)


def contribute() -> None:
    """Register every action."""
    for name, title, words in ACTIONS:
        register_action(f"ledger.{name}", title, keep=Keep.FOR_EVER, words=words)
