"""Eight desks promise money out of one fund at once: real processes, one fund, never a fen too much."""

from collections.abc import Callable

import pytest

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Fund
from linli.apps.ledger.tests.factories import make_fund, yuan
from linli.apps.places.tests.factories import make_district

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
