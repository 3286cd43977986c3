"""``linli ledger verify`` sums everything anew and finds a row that somebody changed behind its back."""

import json
from argparse import Namespace
from datetime import UTC, date, datetime, timedelta

import pytest

from linli.apps.ledger import services
from linli.apps.ledger.models import BudgetLine, Commitment, Fund, Instalment, Payment, Quota
from linli.apps.ledger.services import Line
from linli.apps.ledger.services.checking import DIFFERS, run, verify_and_tell
from linli.apps.ledger.tests.factories import make_commitment, make_fund, make_plan, yuan
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Level
from linli.apps.places.tests.factories import make_district, make_place
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> Commitment:
    here = make_district()
    fund = make_fund(here.street, 1_000, code="创投26")
    quota = services.set_quota(fund, holder=here.community, amount=yuan(500), actor=None)
    lines = [Line("物资", yuan(60)), Line("场地", yuan(40))]
    row = make_commitment(fund, 100, quota=quota, lines=lines)
    parts = make_plan(row, (50, 50))
    services.record_payment(parts[0], receipt="国库-1", paid_on=date(2026, 3, 2), amount=yuan(50), actor=None)
    return row


def test_it_says_that_everything_adds_up(ledger: Commitment, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Namespace(verb="verify", json=False)) == 0
    assert capsys.readouterr().out == "专项资金1项，经费安排1项，付款1笔，支出0笔，票据0张：全部相符。\n"


@pytest.mark.parametrize(
    ("model", "column", "value", "rules"),
    [
        (Fund, "amount", "900.00", ["changes-sum-to-fund"]),
        (Fund, "amount", "99.00", ["changes-sum-to-fund", "committed-within-fund", "quotas-within-fund"]),
        (Quota, "amount", "99.99", ["committed-within-quota"]),
        (BudgetLine, "amount", "60.01", ["lines-sum-to-commitment"]),
        (Instalment, "amount", "50.01", ["instalments-sum-to-commitment"]),
        (Instalment, "share", "50.01", ["shares-sum-to-hundred"]),
        (Payment, "amount", "50.01", ["paid-within-instalment"]),
    ],
)
def test_it_finds_every_sum_that_was_tampered_with(
    ledger: Commitment,
    capsys: pytest.CaptureFixture[str],
    model: type,
    column: str,
    value: str,
    rules: list[str],
) -> None:
    first = model.objects.order_by("id").first()  # type: ignore[attr-defined]  # any of our models
    type(first).objects.filter(pk=first.pk).update(**{column: value})
    assert run(Namespace(verb="verify", json=True)) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["what"] for one in told["discrepancies"]] == rules


def test_it_tells_those_who_answer_for_the_ledger_once_a_day(ledger: Commitment) -> None:
    street = ledger.fund.street
    finance = make_user(Role.FINANCE_OFFICER, street)
    auditor = make_user(Role.AUDITOR, street)
    make_user(Role.STREET_OFFICER, street)
    morning = datetime(2026, 3, 3, 2, 10, tzinfo=UTC)
    assert verify_and_tell(at=morning) == 0
    assert not Notice.objects.filter(kind=DIFFERS).exists()
    Fund.objects.update(amount=yuan(900))
    assert (verify_and_tell(at=morning), verify_and_tell(at=morning)) == (1, 1)
    told = Notice.objects.filter(kind=DIFFERS)
    assert {one.recipient for one in told} == {finance.pk, auditor.pk}
    assert told.count() == 2
    assert "900.00" in told[0].text
    verify_and_tell(at=morning + timedelta(days=1))
    assert told.all().count() == 4


def test_it_leaves_other_streets_in_peace(ledger: Commitment) -> None:
    elsewhere = make_place("990101009000", "远街道", Level.STREET, ledger.fund.street.parent)
    make_user(Role.FINANCE_OFFICER, elsewhere)
    Fund.objects.update(amount=yuan(900))
    assert verify_and_tell() == 1
    assert not Notice.objects.filter(kind=DIFFERS).exists()
