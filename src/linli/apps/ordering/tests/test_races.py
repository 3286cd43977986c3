"""Real processes at one menu: the last place and the last of a household's quota are given once."""

from collections.abc import Callable

import pytest

from linli.apps.ordering.models import CatalogItem, Claim, Order, Portion, WorkSheet
from linli.apps.ordering.tests.factories import make_item, make_sheet
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.tests.factories import make_district

Race = Callable[[str, list[tuple[str, ...]]], list[str]]

ORDERS = """
import sys
from linli.apps.ordering.models import CatalogItem
from linli.apps.ordering.tests.factories import make_order
from linli.kernel.errors import Refusal
item = CatalogItem.objects.select_related("place__street").get()
first, same = int(sys.argv[1]), sys.argv[2] == "same"
given = 0
for number in range(first, first + 6):
    try:
        given += make_order(item, 1 if same else number).state == "given"
    except Refusal:
        pass
print(given)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_places_are_never_given_twice(race: Race) -> None:
    item = make_item(make_district().community, capacity=7)
    given = race(ORDERS, [("100", "others"), ("200", "others")])
    item.refresh_from_db()
    assert (sum(map(int, given)), item.taken, Order.objects.count()) == (7, 7, 12)
    assert sorted(Order.objects.values_list("serial", flat=True)) == list(range(1, 13))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_household_at_two_desks_has_no_more_than_its_quota(race: Race) -> None:
    make_item(make_district().community, quota=5)
    given = race(ORDERS, [("100", "same"), ("200", "same")])
    assert (sum(map(int, given)), Portion.objects.get().taken, CatalogItem.objects.get().taken) == (5, 5, 5)


CLAIMS = """
import sys
from decimal import Decimal
from linli.apps.ordering import services
from linli.apps.ordering.models import WorkSheet
from linli.apps.ordering.tests.factories import AT
from linli.apps.organizations.models import Organization
from linli.kernel.errors import Refusal
won = 0
organization = Organization.objects.get(name=sys.argv[1])
for sheet in WorkSheet.objects.order_by("serial"):
    try:
        services.claim(sheet, organization=organization, price=Decimal(1), plan="去", actor=None, at=AT)
        won += 1
    except Refusal:
        pass
print(won)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_the_last_place_one_wins(race: Race) -> None:
    community = make_district().community
    for name in ("暖邻服务中心", "桥头义工协会"):
        make_organization(community, name)
    for _step in range(8):
        make_sheet(community, kind="sharpening")
    won = race(CLAIMS, [("暖邻服务中心",), ("桥头义工协会",)])
    assert sum(map(int, won)) == 8
    assert list(WorkSheet.objects.values_list("taken", flat=True)) == [1] * 8
    assert sorted(Claim.objects.values_list("sheet__serial", flat=True)) == list(range(1, 9))
