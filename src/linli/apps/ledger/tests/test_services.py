"""Funds, quotas, commitments: nothing is promised that is not there, to the fen."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Commitment, Fund, FundChange
from linli.apps.ledger.services import Line
from linli.apps.ledger.tests.factories import a_subject, make_commitment, make_fund, make_plan, yuan
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def fund(here: District) -> Fund:
    return make_fund(here.street)


@pytest.fixture
def finance(here: District) -> User:
    return make_user(Role.FINANCE_OFFICER, here.street, password=None)


def test_it_counts_what_is_set_aside_promised_paid_and_left(fund: Fund, here: District) -> None:
    quota = services.set_quota(fund, holder=here.community, amount=yuan(30_000), actor=None)
    make_commitment(fund, 20_000, quota=quota)
    outside = make_commitment(fund, 15_000)
    services.record_payment(
        make_plan(outside)[0], receipt="国库-1", paid_on=timezone.localdate(), amount=yuan(7_500), actor=None
    )
    found = queries.standing_of(fund)
    assert vars(found) == {
        "amount": yuan(100_000),
        "quotas": yuan(30_000),
        "committed": yuan(35_000),
        "paid": yuan(7_500),
        "free": yuan(55_000),
    }
    assert (found.left, found.unpaid) == (yuan(65_000), yuan(27_500))


def test_it_promises_the_last_fen_and_refuses_the_next(here: District) -> None:
    fund = make_fund(here.street, "0.03")
    for _ in range(3):
        make_commitment(fund, "0.01")
    with pytest.raises(Refusal) as refused:
        make_commitment(fund, "0.01")
    assert str(refused.value) == "额度¥0.03，剩余¥0.00，本次申请¥0.01，超出额度。"
    assert queries.standing_of(fund).committed == yuan("0.03")


def test_it_refuses_three_decimals_and_writes_nothing(fund: Fund) -> None:
    with pytest.raises(Refusal) as refused:
        services.commit(
            fund=fund, subject=a_subject(), grounds=a_subject(), amount=Decimal("1.234"), title="助餐", actor=None
        )
    assert (refused.value.code, Commitment.objects.count()) == ("inexact", 0)


def test_a_quota_is_kept_for_its_holder(fund: Fund, here: District) -> None:
    quota = services.set_quota(fund, holder=here.community, amount=yuan(90_000), actor=None)
    with pytest.raises(Refusal):
        make_commitment(fund, 10_001)
    with pytest.raises(Refusal):
        make_commitment(fund, 90_001, quota=quota)
    make_commitment(fund, 90_000, quota=quota)
    make_commitment(fund, 10_000)
    assert [queries.room_in(fund), queries.room_in(fund, quota)] == [yuan(0), yuan(0)]


def test_quotas_never_pass_the_fund_and_are_set_all_or_none(fund: Fund, here: District) -> None:
    amounts = [(here.community, yuan(60_000)), (here.other_community, yuan("40000.01"))]
    with pytest.raises(Refusal) as refused:
        services.set_quotas(fund, amounts=amounts, actor=None)
    assert str(refused.value) == "各项额度合计超出资金¥0.01。"
    assert queries.quotas_of(fund) == []


def test_a_quota_is_not_set_below_what_is_promised_under_it(fund: Fund, here: District) -> None:
    quota = services.set_quota(fund, holder=here.community, amount=yuan(500), actor=None)
    make_commitment(fund, 400, quota=quota)
    with pytest.raises(Refusal):
        services.set_quota(fund, holder=here.community, amount=yuan("399.99"), actor=None)
    services.set_quota(fund, holder=here.community, amount=yuan(400), actor=None)
    assert [(row.quota.amount, row.left) for row in queries.quotas_of(fund)] == [(yuan(400), yuan(0))]


def test_release_gives_back_what_is_not_paid(fund: Fund) -> None:
    row = make_commitment(fund, 10_000)
    services.record_payment(
        make_plan(row)[0], receipt="国库-2", paid_on=timezone.localdate(), amount=yuan(5_000), actor=None
    )
    assert services.release(row, reason="项目终止", actor=None) == yuan(5_000)
    assert [part.state for part in queries.instalments_of(row)] == ["paid", "dropped", "dropped"]
    assert queries.room_in(fund) == yuan(95_000)


def test_a_commitment_paid_in_full_is_not_released(fund: Fund) -> None:
    row = make_commitment(fund, 100)
    [part] = make_plan(row, (100,))
    services.record_payment(part, receipt="国库-3", paid_on=timezone.localdate(), amount=yuan(100), actor=None)
    with pytest.raises(Refusal) as refused:
        services.release(row, reason="结余", actor=None)
    assert refused.value.code == "all-paid"


def test_a_release_needs_a_reason_and_happens_once(fund: Fund) -> None:
    row = make_commitment(fund, 100)
    with pytest.raises(Refusal):
        services.release(row, reason=" ", actor=None)
    services.release(row, reason="放弃承接", actor=None)
    with pytest.raises(Conflict):
        services.release(row, reason="放弃承接", actor=None)
    assert queries.room_in(fund) == yuan(100_000)


def test_one_subject_is_promised_money_once_out_of_one_fund(fund: Fund, here: District) -> None:
    subject = a_subject()
    first = make_commitment(fund, 100, subject=subject)
    with pytest.raises(Conflict):
        make_commitment(fund, 100, subject=subject)
    make_commitment(make_fund(here.street), 50, subject=subject)
    services.release(first, reason="改由另一项资金承担", actor=None)
    make_commitment(fund, 70, subject=subject)
    assert queries.binding_for(subject) == yuan(120)


def test_the_lines_of_a_budget_sum_to_the_commitment(fund: Fund) -> None:
    with pytest.raises(Refusal) as refused:
        make_commitment(fund, 100, lines=[Line("物资", yuan("60.00")), Line("场地", yuan("39.99"))])
    assert refused.value.code == "lines-differ"
    assert Commitment.objects.count() == 0
    row = make_commitment(fund, 100, lines=[Line("物资", yuan(60)), Line("场地", yuan(40))])
    assert [(line.number, line.item, line.amount) for line in row.lines.all()] == [
        (1, "物资", yuan(60)),
        (2, "场地", yuan(40)),
    ]


def test_commitments_of_a_fund_are_numbered_without_gaps(here: District) -> None:
    fund = make_fund(here.street, 100, code="党群26")
    make_commitment(fund, 10)
    with pytest.raises(Refusal):
        make_commitment(fund, 1_000)
    assert make_commitment(fund, 10).number == "党群26-002"


def test_a_change_of_a_commitment_asks_for_room_and_shares_out_again(fund: Fund) -> None:
    row = make_commitment(fund, 1_000)
    make_plan(row, ("33.33", "33.33", "33.34"))
    with pytest.raises(Refusal):
        services.adjust(row, amount=yuan(100_001), grounds=a_subject(), reason="经研究调整", actor=None)
    services.adjust(row, amount=yuan(1_001), grounds=a_subject(), reason="经研究调整", actor=None)
    assert [part.amount for part in queries.instalments_of(row)] == [yuan("333.63"), yuan("333.63"), yuan("333.74")]
    assert queries.room_in(fund) == yuan(98_999)


def test_a_commitment_does_not_fall_below_what_is_paid(fund: Fund) -> None:
    row = make_commitment(fund, 1_000)
    parts = make_plan(row, (50, 50))
    services.record_payment(parts[0], receipt="国库-4", paid_on=timezone.localdate(), amount=yuan(500), actor=None)
    with pytest.raises(Refusal) as refused:
        services.adjust(row, amount=yuan(900), grounds=a_subject(), reason="经研究调整", actor=None)
    assert refused.value.code == "below-paid"
    row.refresh_from_db()
    assert row.amount == yuan(1_000)


def test_a_fund_grows_and_shrinks_by_steps_that_stay_on_record(fund: Fund) -> None:
    make_commitment(fund, 60_000)
    services.raise_fund(fund, amount=yuan(5_000), document="清财〔2026〕9号", reason="追加", actor=None)
    with pytest.raises(Refusal) as refused:
        services.raise_fund(fund, amount=yuan("-45000.01"), document="清财〔2026〕11号", reason="收回", actor=None)
    assert str(refused.value) == "本资金可动用¥45,000.00，不能收回¥45,000.01。"
    services.raise_fund(fund, amount=yuan(-45_000), document="清财〔2026〕11号", reason="收回", actor=None)
    steps = [change.amount for change in FundChange.objects.filter(fund=fund)]
    assert (steps, fund.amount) == ([yuan(100_000), yuan(5_000), yuan(-45_000)], yuan(60_000))


def test_a_closed_fund_promises_nothing_more_but_is_paid_out(fund: Fund) -> None:
    row = make_commitment(fund, 100)
    [part] = make_plan(row, (100,))
    services.close_fund(fund, reason="年度终了", actor=None)
    with pytest.raises(Refusal) as refused:
        make_commitment(fund, 1)
    assert refused.value.code == "fund-closed"
    services.record_payment(part, receipt="国库-5", paid_on=timezone.localdate(), amount=yuan(100), actor=None)
    assert queries.standing_of(fund).paid == yuan(100)


def test_a_mark_is_given_once_in_a_street(here: District) -> None:
    make_fund(here.street, code="服务26")
    make_fund(here.neighbour_street, code="服务26")
    with pytest.raises(Refusal) as refused:
        make_fund(here.street, code="服务26")
    assert refused.value.field == "code"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.STREET_OFFICER, Role.COMMUNITY_SECRETARY])
def test_only_the_finance_officer_keeps_funds(role: Role, fund: Fund, here: District, finance: User) -> None:
    place = here.community if role == Role.COMMUNITY_SECRETARY else here.street
    with pytest.raises(NotAllowed):
        services.set_quota(fund, holder=here.community, amount=yuan(1), actor=make_user(role, place, password=None))
    services.set_quota(fund, holder=here.community, amount=yuan(1), actor=finance)
    assert len(queries.quotas_of(fund)) == 1


def test_the_neighbours_officer_promises_nothing_here(fund: Fund, here: District) -> None:
    stranger = make_user(Role.FINANCE_OFFICER, here.neighbour_street, password=None)
    with pytest.raises(NotAllowed):
        services.commit(
            fund=fund, subject=a_subject(), grounds=a_subject(), amount=yuan(1), title="助餐", actor=stranger
        )
    assert list(queries.visible_to(stranger)) == []


def test_every_promise_is_on_record_for_ever(fund: Fund) -> None:
    row = make_commitment(fund, 100)
    found = AuditRow.objects.filter(ref_id=row.pk).values_list("action", flat=True)
    assert list(found) == ["ledger.commitment.commit"]


def test_no_day_ahead_enters_the_books(fund: Fund) -> None:
    [part] = make_plan(make_commitment(fund, 100), (100,))
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        services.record_payment(part, receipt="国库-6", paid_on=tomorrow, amount=yuan(100), actor=None)
    assert refused.value.field == "paid_on"


def test_the_database_repeats_that_a_commitment_has_grounds(fund: Fund) -> None:
    row = make_commitment(fund, 100)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(grounds_kind="")
