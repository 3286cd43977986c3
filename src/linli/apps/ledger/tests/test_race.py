"""Real processes at once: eight desks promise money out of one fund, two officers approve one expenditure."""

from collections.abc import Callable

import pytest

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Fund, Payment
from linli.apps.ledger.tests.factories import make_commitment, make_fund, make_ready, yuan
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

DESK = """
import sys
from decimal import Decimal
from linli.apps.ledger import services
from linli.apps.ledger.models import Fund, Quota
from linli.kernel.errors import Refusal
from linli.kernel.refs import Ref, new_key
fund, quota = Fund.objects.get(), Quota.objects.first() if sys.argv[1] == "quota" else None
served = 0
for _ in range(6):
    try:
        services.commit(
            fund=fund, quota=quota, subject=Ref("places.place", new_key()), grounds=Ref("places.place", new_key()),
            amount=Decimal("3000.00"), title="助餐", actor=None,
        )
        served += 1
    except Refusal:
        pass
print(served)
"""
Race = Callable[[str, list[tuple[str, ...]]], list[str]]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_never_promises_more_than_the_fund_from_eight_desks_at_once(race: Race) -> None:
    here = make_district()
    fund = make_fund(here.street, 50_000)
    services.set_quota(fund, holder=here.community, amount=yuan(20_000), actor=None)
    served = race(DESK, [("fund",), ("quota",)] * 4)
    assert sum(map(int, served)) == 16
    found = queries.standing_of(fund)
    assert (found.committed, found.free) == (yuan(48_000), yuan(0))
    serials = Fund.objects.get().commitments.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == list(range(1, 17))
    assert list(queries.discrepancies()) == []


TWO = """
import sys
from datetime import date
from linli.apps.ledger import services
from linli.apps.ledger.models import Expenditure
from linli.apps.people.models import User
from linli.kernel.errors import Refusal
officer, done = User.objects.get(pk=sys.argv[1]), []
paid = {"receipt": "国库-" + sys.argv[1][-6:], "paid_on": date(2026, 3, 2)}
for verb, given in (("approve", {}), ("record_paid", paid)):
    try:
        getattr(services, verb)(Expenditure.objects.get(), actor=officer, **given)
        done.append(verb)
    except Refusal:
        pass
print(",".join(done))
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_finance_officers_who_approve_at_once_pay_once(race: Race) -> None:
    here = make_district()
    row = make_ready(make_commitment(make_fund(here.street), 1_000), 300)
    services.submit(row, actor=None)
    services.check(row, actor=None)
    officers = [make_user(Role.FINANCE_OFFICER, here.street, password=None) for _ in range(2)]
    done = race(TWO, [(str(one.pk),) for one in officers])
    verbs = sorted(verb for one in done for verb in one.strip().split(",") if verb)
    assert verbs == ["approve", "record_paid"]
    assert [payment.amount for payment in Payment.objects.all()] == [yuan(300)]
    assert list(queries.discrepancies()) == []
