"""``linli ledger verify``: prints where the ledger does not add up; exit code 1 when it does not.

The clock does the same every night and tells those who keep and audit the ledger of a street where it does not.
"""

import json
import sys
from argparse import Namespace
from collections import Counter
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from linli.apps.ledger.models import Commitment, Expenditure, Fund, Payment, Voucher
from linli.apps.ledger.permissions import AUDITORS
from linli.apps.ledger.queries import Discrepancy, discrepancies
from linli.apps.people.queries import holders
from linli.apps.places.models import Place
from linli.kernel.notices import notify

DIFFERS = "ledger.sums.differ"
TOLD = gettext_lazy("The ledger of %(street)s does not add up at %(count)s places. The first: %(first)s")


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
        rows = [{name: str(value) for name, value in vars(one).items() if name != "street"} for one in found]
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


def verify_and_tell(*, at: datetime | None = None) -> int:
    """Sum the ledgers of all streets anew; tell whoever keeps and audits one that does not add up, once a day.

    How many places do not.
    """
    with override(settings.LANGUAGE_CODE):
        return _tell(at or timezone.now())


def _tell(now: datetime) -> int:
    found = list(discrepancies())
    streets = Place.objects.in_bulk({one.street for one in found if one.street is not None})
    for key, count in Counter(one.street for one in found).items():
        street = streets.get(key) if key else None
        if street is None:
            continue
        first = next(sentence(one) for one in found if one.street == key)
        words = {"street": street, "count": count, "first": first}
        notify(
            holders(AUDITORS, street),
            kind=DIFFERS,
            text=str(TOLD) % words,
            actor=None,
            dedupe=f"{street.pk}:{timezone.localdate(now)}",
            at=now,
        )
    return len(found)
