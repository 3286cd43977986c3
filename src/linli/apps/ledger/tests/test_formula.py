"""Quotas by the street's formula: base and so much for each full group, floors, caps, scaled down to the fund."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Fund, Quota
from linli.apps.ledger.tests.factories import make_commitment, make_fund, yuan
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Figure
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Refusal
from linli.kernel.scope import Role
from linli.kernel.settings import choose

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    made = make_district()
    for place, many, households in ((made.community, 3_250, 1_310), (made.other_community, 99, 41)):
        for kind, value in (("residents", many), ("households", households)):
            Figure.objects.create(place=place, kind=kind, value=value, source="社区台账", as_of=date(2026, 1, 1))
    Figure.objects.create(
        place=made.community, kind="residents", value=9_999, source="去年台账", as_of=date(2025, 1, 1)
    )  # fmt: skip
    return made


def given(fund: Fund) -> dict[str, Decimal]:
    return {quota.holder.name: quota.amount for quota in Quota.objects.filter(fund=fund).order_by("place__code")}


def by_hand(here: District, base: int, per: int, each: int) -> dict[str, Decimal]:
    """The formula worked out apart from the code that sets quotas."""
    return {
        here.community.name: Decimal(base + 3_250 // each * per),
        here.other_community.name: Decimal(base + 99 // each * per),
    }


def test_quotas_follow_the_formula_of_the_settings(here: District) -> None:
    fund = make_fund(here.street, 300_000)
    services.set_quotas_by_formula(fund, actor=None)
    assert given(fund) == by_hand(here, 100_000, 1_500, 100) == {"槐荫社区": yuan(148_000), "南里社区": yuan(100_000)}
    assert queries.standing_of(fund).free == yuan(52_000)


def test_the_street_chooses_figure_base_group_floor_and_cap(here: District) -> None:
    fund = make_fund(here.street, 300_000)
    chosen = {"quota_figure": "户数", "quota_base": Decimal(10_000), "quota_per": Decimal(300), "quota_each": 10}
    for name, value in {**chosen, "quota_floor": Decimal(20_000), "quota_cap": Decimal(40_000)}.items():
        choose(f"ledger.{name}", value, street=here.street.pk, actor=None)
    services.set_quotas_by_formula(fund, actor=None)
    assert given(fund) == {"槐荫社区": yuan(40_000), "南里社区": yuan(20_000)}
    told = [row.why for row in queries.formula_quotas(fund).rows]
    assert told[0] == "¥10,000.00 + 131 × ¥300.00（每满10户），限定为¥40,000.00"


def test_a_fund_that_holds_less_is_shared_to_the_fen(here: District) -> None:
    fund = make_fund(here.street, "100000.01")
    make_commitment(fund, 1_000)
    formula = queries.formula_quotas(fund)
    services.set_quotas_by_formula(fund, actor=None)
    assert (formula.scaled, formula.total, formula.pot) == (True, yuan("99000.01"), yuan("99000.01"))
    assert given(fund) == {"槐荫社区": yuan("59080.65"), "南里社区": yuan("39919.36")}
    assert queries.standing_of(fund).free == 0


def test_a_community_without_the_figure_is_named_and_nothing_is_set(here: District) -> None:
    fund = make_fund(here.street, 300_000)
    Figure.objects.filter(place=here.other_community).delete()
    with pytest.raises(Refusal, match="南里社区") as no:
        services.set_quotas_by_formula(fund, actor=None)
    assert (no.value.code, Quota.objects.count()) == ("no-figure", 0)


def test_the_finance_officer_looks_at_the_formula_and_sets_the_quotas(here: District) -> None:
    fund = make_fund(here.street, 300_000)
    client = Client(headers={"accept-language": "zh-CN"})
    finance = make_user(Role.FINANCE_OFFICER, here.street, password=None)
    client.force_login(finance, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("ledger:set_quotas", args=[fund.pk])
    with CaptureQueriesContext(connection) as few:
        text = client.get(address).content.decode()
    assert ("¥100,000.00 + 32 × ¥1,500.00（每满100人）" in text, Quota.objects.count(), len(few)) == (True, 0, 13)
    assert client.post(address).status_code == 302
    assert sum(given(fund).values()) == yuan(248_000)
