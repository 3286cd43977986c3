"""``linli ledger check``: prints where the ledger does not add up; exit code 1 when it does not."""

import json
import sys
from argparse import Namespace

from django.utils.translation import gettext as _

from linli.apps.ledger.models import Commitment, Expenditure, Fund, Payment, Voucher
from linli.apps.ledger.queries import Discrepancy, discrepancies


def sentence(one: Discrepancy) -> str:
    """One discrepancy in plain words."""
    words = {
        "changes-sum-to-fund": _("the changes of the fund do not sum to its amount"),
        "committed-within-fund": _("more is promised than the fund holds"),
        "quotas-within-fund": _("quotas and promises outside them pass the fund"),
        "committed-within-quota": _("more is promised than the quota"),
        "lines-sum-to-commitment": _("the lines of the budget do not sum to the commitment"),
        "instalments-sum-to-commitment": _("the instalments do not sum to the commitment"),
        "shares-sum-to-hundred": _("the shares do not sum to 100"),
        "paid-within-instalment": _("more is paid than the instalment"),
        "paid-within-commitment": _("more is paid than the commitment binds"),
        "shares-sum-to-expenditure": _("the vouchers do not sum to the expenditure"),
        "shares-within-voucher": _("more is shared out than the invoice is worth"),
        "voucher-key": _("the invoice is not known by its own number"),
        "spent-within-commitment": _("more is spent than the commitment binds"),
        "spending-sums-to-payment": _("the expenditures do not sum to the payment"),
        "returns-sum-to-expenditure": _("what came back does not sum to what the expenditure says"),
    }
    return _("%(where)s: %(what)s (%(found)s, expected %(expected)s)") % {
        "where": one.where,
        "what": words[one.what],
        "found": one.found,
        "expected": one.expected,
    }


def run(options: Namespace) -> int:
    """Check, print, and say by the exit code whether all is right."""
    found = list(discrepancies())
    counts = {
        "funds": Fund.objects.count(),
        "commitments": Commitment.objects.count(),
        "payments": Payment.objects.filter(struck_at__isnull=True).count(),
        "expenditures": Expenditure.objects.count(),
        "vouchers": Voucher.objects.count(),
    }
    if options.json:
        rows = [{**vars(one), "found": str(one.found), "expected": str(one.expected)} for one in found]
        sys.stdout.write(json.dumps({**counts, "discrepancies": rows}, ensure_ascii=False) + "\n")
        return 1 if found else 0
    for one in found:
        sys.stdout.write(sentence(one) + "\n")
    if not found:
        told = _(
            "%(funds)s funds, %(commitments)s commitments, %(payments)s payments, %(expenditures)s expenditures, "
            "%(vouchers)s vouchers: everything adds up."
        )
        sys.stdout.write(told % counts + "\n")
    return 1 if found else 0
