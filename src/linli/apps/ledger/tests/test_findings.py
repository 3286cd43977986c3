"""What bars an expenditure, and what must be explained: invoices, days, limits, uses, payees."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Commitment, Expenditure, Voucher
from linli.apps.ledger.services import Line
from linli.apps.ledger.tests.factories import (
    make_approved,
    make_commitment,
    make_expenditure,
    make_fund,
    make_ready,
    make_voucher,
    yuan,
)
from linli.apps.ledger.tests.invoices import XML, photo
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Refusal
from linli.kernel.scope import Role
from linli.kernel.settings import choose

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def promised(here: District) -> Commitment:
    return make_commitment(make_fund(here.street, 100_000), 50_000, bearer="暖邻社会工作服务中心")


def codes(row: Expenditure) -> list[tuple[str, bool]]:
    """What is noticed besides missing papers: the code, and whether it bars."""
    found = queries.findings_of(row, on=DAY)
    return [(one.code, one.bars) for one in found if one.code != "papers-missing"]


def test_what_was_typed_is_compared_with_what_the_file_says(promised: Commitment) -> None:
    row = make_expenditure(promised, 381)
    voucher = make_voucher(row, number="26112000000012345678", buyer="暖邻社会工作服务中心", upload=photo())
    assert voucher.found["amount"] == "318.00"
    [finding] = [one for one in queries.findings_of(row, on=DAY) if one.code == "read-differs"]
    assert str(finding.sentence) == "发票26112000000012345678的价税合计：填写的是“381.00”，文件上是“318.00”。"
    assert not finding.bars


def test_an_xml_file_that_says_the_same_is_silent(promised: Commitment) -> None:
    row = make_expenditure(promised, 318)
    body = BytesIO(XML)
    body.name = "发票.xml"
    make_voucher(row, number="26112000000012345678", buyer="暖邻社会工作服务中心", upload=body)
    assert codes(row) == []


def test_the_same_file_under_another_number_is_refused(promised: Commitment, here: District) -> None:
    make_voucher(make_expenditure(promised, 318), upload=photo())
    other = make_expenditure(promised, 318)
    with pytest.raises(Refusal) as refused:
        make_voucher(other, upload=photo(), actor=make_user(Role.FINANCE_OFFICER, here.street, password=None))
    assert (refused.value.code, Voucher.objects.count()) == ("voucher-known", 1)
    assert "这个文件已作为发票" in str(refused.value)


@pytest.mark.parametrize(
    ("terms", "issued_on", "expected"),
    [
        ({}, date(2025, 12, 30), [("other-year", False)]),
        ({"begins_on": date(2026, 3, 3)}, date(2026, 3, 3), [("outside-term", False)]),
        ({"begins_on": date(2026, 1, 1), "ends_on": date(2026, 3, 1)}, DAY, [("outside-term", False)] * 2),
        ({"begins_on": DAY, "ends_on": DAY}, DAY, []),
    ],
)
def test_days_of_another_year_or_outside_the_work_are_noticed(
    promised: Commitment, terms: dict[str, date], issued_on: date, expected: list[tuple[str, bool]]
) -> None:
    services.set_terms(promised, actor=None, **terms)
    row = make_expenditure(promised, 300)
    make_voucher(row, issued_on=issued_on)
    assert codes(row) == expected


def test_what_is_noticed_asks_for_an_explanation_that_stays(promised: Commitment) -> None:
    row = make_ready(promised, 300, spent_on=date(2025, 12, 31))
    with pytest.raises(Refusal) as refused:
        services.submit(row, actor=None)
    assert (refused.value.code, refused.value.field) == ("other-year", "explanation")
    services.change_expenditure(
        row, kind="goods", amount=yuan(300), purpose=row.purpose, payee=row.payee, spent_on=row.spent_on,
        explanation="年末已验收，发票次年开具", actor=None,
    )  # fmt: skip
    services.submit(row, actor=None)
    [noticed] = queries.exceptions([promised])
    assert (noticed.expenditure, noticed.sentence, noticed.explanation) == (
        row, "这笔支出的日期是2025-12-31，经费属于2026年度。", "年末已验收，发票次年开具",
    )  # fmt: skip


def test_an_invoice_made_out_to_somebody_else_is_noticed(promised: Commitment) -> None:
    row = make_expenditure(promised, 300)
    make_voucher(row, buyer="某某商贸有限公司")
    assert codes(row) == [("buyer-other", False)]


@pytest.mark.parametrize(
    ("spent", "expected"), [(600, []), (650, [("line-overrun", False)]), (661, [("line-overrun", True)])]
)
def test_a_budget_line_is_passed_with_an_explanation_and_by_a_tenth_at_most(
    here: District, spent: int, expected: list[tuple[str, bool]]
) -> None:
    lines = [Line("物资", yuan(600)), Line("场地", yuan(400))]
    row = make_commitment(make_fund(here.street), 1_000, lines=lines)
    goods = row.lines.get(item="物资")
    services.submit(make_ready(row, 100, line=goods, payee="另一家商行"), actor=None)
    assert codes(make_expenditure(row, spent - 100, line=goods)) == expected
    assert codes(make_expenditure(row, 1)) == [("no-line", True)]


def test_a_limit_for_one_person_is_the_streets_own(promised: Commitment, here: District) -> None:
    row = make_expenditure(promised, 900, kind="training", heads=20)
    assert codes(row) == []
    choose("ledger.training_each", Decimal(40), street=here.street.pk, actor=None)
    assert codes(row) == [("per-head", False)]
    assert codes(make_expenditure(promised, 800, kind="training", heads=20)) == []
    assert codes(make_expenditure(promised, 800, kind="training")) == [("per-head", False)]


def test_a_purchase_cut_into_pieces_is_noticed_within_twelve_months(promised: Commitment) -> None:
    make_approved(promised, 6_000)
    row = make_expenditure(promised, 5_000)
    [finding] = [one for one in queries.findings_of(row, on=DAY) if one.code == "split-purchase"]
    assert str(finding.sentence) == (
        "十二个月内在“和安百货商行”的同类支出合计¥11,000.00，这一规模的采购需要：三家比价（询价）记录、合同或协议。"
    )
    assert codes(make_expenditure(promised, 5_000, payee="另一家商行")) == []
    assert codes(make_expenditure(promised, 3_999)) == []


@pytest.mark.parametrize("purpose", ["活动奖品购物卡", "办公用品一批"])
def test_refused_uses_bar_it(promised: Commitment, purpose: str) -> None:
    assert codes(make_expenditure(promised, 300, purpose=purpose)) == [("refused-use", True)]


def test_words_on_the_invoice_and_of_the_street_bar_it_too(promised: Commitment, here: District) -> None:
    row = make_expenditure(promised, 300)
    make_voucher(row, items="*烟草*卷烟")
    assert codes(row) == [("refused-use", True)]
    choose("ledger.refused_words", "无人机、按摩椅", street=here.street.pk, actor=None)
    assert codes(make_expenditure(promised, 300, purpose="按摩椅租用")) == [("refused-use", True)]


def test_a_payee_who_holds_a_post_here_is_noticed(promised: Commitment, here: District) -> None:
    make_user(Role.COMMUNITY_WORKER, here.community, name="林听雨", password=None)
    assert codes(make_expenditure(promised, 300, payee="林听雨")) == [("payee-staff", False)]
    make_user(Role.COMMUNITY_WORKER, here.neighbour_community, name="邬远山", password=None)
    assert codes(make_expenditure(promised, 300, payee="邬远山")) == []


def test_an_invoice_is_shared_out_over_projects_to_the_fen(promised: Commitment, here: District) -> None:
    other = make_commitment(make_fund(here.street), 1_000)
    first, second = make_expenditure(promised, 200), make_expenditure(other, 100)
    voucher = make_voucher(first, amount=yuan(350), share=yuan(200))
    assert codes(first) == [("shares-differ", True)]
    with pytest.raises(Refusal) as refused:
        services.split_voucher(voucher, shares=[(first, yuan(200)), (second, yuan("100.01"))], actor=None)
    assert (refused.value.code, str(refused.value)) == (
        "shares-differ", "分摊合计¥300.01，发票金额¥350.00，两者应当一致。",
    )  # fmt: skip
    shares = [(first, yuan(200)), (second, yuan(100))]
    services.split_voucher(voucher, shares=shares, elsewhere=yuan(50), actor=None)
    assert (codes(first), codes(second)) == ([], [])
    assert sorted(share.amount for share in voucher.shares.all()) == [yuan(100), yuan(200)]


def test_a_red_letter_takes_its_original_back(promised: Commitment) -> None:
    row = make_expenditure(promised, 300)
    voucher = make_voucher(row)
    red = services.take_back_voucher(
        voucher, expenditure=row, number="26112000000000000999", amount=yuan(-100), issued_on=DAY, actor=None
    )
    assert (red.amount, red.original, queries.worth_of(voucher), codes(row)) == (
        yuan(-100), voucher, yuan(200), [("shares-differ", True)],
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        services.take_back_voucher(
            voucher, expenditure=row, number="26112000000000000998", amount=yuan("200.01"), issued_on=DAY, actor=None
        )
    assert refused.value.field == "amount"
    services.take_back_voucher(
        voucher, expenditure=row, number="26112000000000000998", amount=yuan(200), issued_on=DAY, actor=None
    )
    assert codes(row) == [("red-letter", True)]


def test_a_red_letter_that_comes_afterwards_is_an_exception(promised: Commitment) -> None:
    row = make_approved(promised, 300)
    voucher = Voucher.objects.get(shares__expenditure=row)
    services.take_back_voucher(
        voucher, expenditure=row, number="26112000000000000999", amount=yuan(300), issued_on=DAY, actor=None
    )
    assert [one.expenditure for one in queries.exceptions([promised])] == [row]


def test_an_invoice_is_taken_off_and_entered_again(promised: Commitment) -> None:
    row = make_expenditure(promised, 300)
    voucher = make_voucher(row, upload=photo())
    services.detach_voucher(row.shares.get(), actor=None)
    assert make_voucher(row, number=voucher.number, upload=photo()).number == voucher.number
