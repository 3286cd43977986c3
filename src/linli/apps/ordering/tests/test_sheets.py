"""Work sheets: bundled, talked over, published, claimed, given; every rule refuses with its sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from linli.apps.activities.models import Part
from linli.apps.activities.services import Host, Item, Times, plan
from linli.apps.ledger.models import Commitment
from linli.apps.ledger.tests.factories import make_fund
from linli.apps.needs.tests.factories import make_need
from linli.apps.ordering import queries, services
from linli.apps.ordering.kinds import HELD, prohibition_in, prohibitions, service_kinds, standing_of_paper
from linli.apps.ordering.models import Channel, ClaimState, Contractor, Method, Order, OrderState, SheetState, WorkSheet
from linli.apps.ordering.services import SheetText
from linli.apps.ordering.services.sheets import require_term
from linli.apps.ordering.tests.factories import AT, MONTH, make_item, make_order, make_sheet
from linli.apps.organizations.models import Organization, RelationKind
from linli.apps.organizations.services import declare_relation, give_standing
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
BUNDLING = 22
"""Statements in which a service's orders come onto a sheet."""


@pytest.fixture
def here() -> District:
    return make_district()


def licensed(place: Place, name: str = "暖邻社会工作服务中心", *papers: str) -> Organization:
    """An organization with these papers, the health card unless said."""
    row = make_organization(place, name)
    for code in papers or ("health_card",):
        give_standing(
            row, kind=standing_of_paper(code), value=HELD, valid_from=date(2026, 1, 1), source="证照", actor=None
        )
    return row


def text(**given: Any) -> SheetText:
    """Sixty haircuts in March for at most ¥1,200."""
    return SheetText(
        **{
            "kind": "haircut", "title": "三月理发", "content": "为老人理发", "starts": date(2026, 3, 1),
            "ends": date(2026, 3, 31), "criteria": "服务对象确认", "ceiling": Decimal(1200), "quantity": 60, **given,
        }
    )  # fmt: skip


def drawn(place: Place, **given: Any) -> WorkSheet:
    return services.draw_up(place=place, text=text(**given), actor=None, at=AT)


def published(place: Place, **given: Any) -> WorkSheet:
    sheet = drawn(place, **given)
    services.publish_sheet(sheet, actor=None, at=AT)
    return sheet


def offer(sheet: WorkSheet, organization: Organization, price: int = 1000, **given: Any) -> Any:
    return services.claim(
        sheet, organization=organization, price=Decimal(price), plan="两名理发师", actor=None, at=AT, **given
    )


def code_of(refused: Any) -> str:
    return str(refused.value.code)


def test_a_service_says_which_papers_it_needs_and_when_two_go() -> None:
    kinds = service_kinds()
    told = {
        code: (kinds[code].needed, kinds[code].people) for code in ("haircut", "blood_pressure", "meal", "cleaning")
    }
    assert told == {
        "haircut": (("health_card",), 1),
        "blood_pressure": (("medical", "insurance"), 1),
        "meal": (("food", "insurance"), 1),
        "cleaning": (("insurance",), 2),
    }


def test_a_sheet_bundles_orders_and_needs_and_gives_them_back(here: District) -> None:
    item = make_item(here.community, quota=3)
    orders = [make_order(item, number) for number in (1, 2)]
    need = make_need(here.community)
    sheet = services.draw_up(
        place=here.community, text=text(quantity=0), orders=orders[:1], needs=[need], actor=None, at=AT
    )
    assert (sheet.number, sheet.quantity, sheet.state) == ("Z2026-0001", 2, SheetState.DRAFT)
    services.add_to_sheet(sheet, orders=orders[1:], actor=None, at=AT)
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.ON_SHEET}
    with pytest.raises(Conflict):
        services.draw_up(place=here.community, text=text(), orders=orders, actor=None, at=AT)
    services.take_off_sheet(sheet, orders=orders[1:], needs=[need], actor=None, at=AT)
    assert (sheet.quantity, sheet.lines.count(), sheet.needs.count()) == (1, 1, 0)
    services.cancel_sheet(sheet, reason="天气", actor=None, at=AT)
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.GIVEN}


def test_a_month_is_bundled_once_and_later_orders_join(here: District) -> None:
    haircut, cleaning = make_item(here.community, price=20), make_item(here.community, kind="cleaning", title="保洁")
    for number in (1, 2, 3):
        make_order(haircut, number)
    make_order(cleaning, 4)
    first = services.bundle_month(place=here.street, month=MONTH, actor=None, at=AT)
    assert sorted((row.title, row.quantity, row.ceiling) for row in first) == [
        ("2026年3月保洁", 1, Decimal(0)),
        ("2026年3月理发", 3, Decimal(60)),
    ]
    make_order(haircut, 5)
    again = services.bundle_month(place=here.community, month=MONTH, actor=None, at=AT)
    assert [(row.quantity, WorkSheet.objects.get(pk=row.pk).ceiling) for row in again] == [(4, Decimal(80))]
    assert services.bundle_month(place=here.street, month=MONTH, actor=None, at=AT) == []


@pytest.mark.parametrize("orders", [2, 9])
def test_a_month_is_bundled_by_the_same_questions_however_many_ordered(
    here: District, orders: int, django_assert_num_queries: Any
) -> None:
    item = make_item(here.community, price=20, quota=2)
    for number in range(orders):
        make_order(item, number, quantity=1 + number % 2)
    withdrawn = make_order(item, orders)
    services.withdraw(withdrawn, actor=None, at=AT)
    with django_assert_num_queries(BUNDLING):
        sheet = services.bundle_month(place=here.street, month=MONTH, actor=None, at=AT)[0]
    ordered = sum(1 + number % 2 for number in range(orders))
    assert (sheet.quantity, sheet.ceiling, sheet.lines.count()) == (ordered, 20 * ordered, orders)
    assert set(sheet.lines.values_list("order__state", "order__version")) == {(OrderState.ON_SHEET, 1)}
    assert AuditRow.objects.filter(action__startswith="ordering.sheet.").count() == 1
    withdrawn.refresh_from_db()
    assert withdrawn.state == OrderState.WITHDRAWN


def test_a_sheet_is_talked_over_in_a_salon_with_convener_participants_topics_and_outputs(here: District) -> None:
    sheet = drawn(here.community)
    day = [Times(datetime(2026, 3, 5, 6, tzinfo=UTC), datetime(2026, 3, 5, 8, tzinfo=UTC))]
    bare = plan(title="书记沙龙", kind="meeting", place=here.community, times=day, actor=None)
    with pytest.raises(Refusal):
        services.discuss(sheet, salon=bare, outputs="同意", actor=None)
    salon = plan(
        title="书记沙龙", kind="meeting", place=here.community, times=day, actor=None, agenda=[Item("三月制单")],
        hosts=[Host("社区党组织书记"), Host("社会组织", Part.CO_HOST), Host("社区志愿者", Part.CO_HOST)],
    )  # fmt: skip
    services.discuss(sheet, salon=salon, outputs="理发六十人次列入清单", actor=None, at=AT)
    assert (sheet.state, sheet.salon, sheet.outputs) == (SheetState.DISCUSSED, salon, "理发六十人次列入清单")


def test_a_published_sheet_names_no_resident(here: District) -> None:
    sheet = drawn(here.community, content="为张桂兰（电话13812345678）理发")
    with pytest.raises(Refusal) as refused:
        services.publish_sheet(sheet, actor=None, at=AT)
    assert code_of(refused) == "not-for-the-public"


def test_the_method_follows_amount_and_kind(here: District) -> None:
    street = here.street.pk
    direct, quotes, call, outside = Method.DIRECT, Method.QUOTES, Method.OPEN, Method.OUTSIDE
    assert queries.methods_for("haircut", Decimal(5000), street=street) == (direct, quotes, call, outside)
    assert queries.methods_for("haircut", Decimal("5000.01"), street=street) == (quotes, call, outside)
    assert queries.methods_for("blood_pressure", Decimal(100), street=street) == (quotes, call, outside)
    assert queries.methods_for("haircut", Decimal(50_001), street=street) == (call, outside)
    assert queries.methods_for("haircut", Decimal(1_000_001), street=street) == (outside,)
    with pytest.raises(Refusal) as refused:
        drawn(here.community, ceiling=Decimal(9000), method=Method.DIRECT)
    assert code_of(refused) == "method"
    sheet = published(here.community)
    assert (sheet.method, sheet.method_source) == (Method.DIRECT, "街道制单承单办法，由街道确认")


def test_the_first_claims_and_the_second_hears_it(here: District) -> None:
    sheet = published(here.community)
    first, second = licensed(here.community), licensed(here.community, "桥头义工协会")
    assert offer(sheet, first).state == ClaimState.WON
    with pytest.raises(Conflict) as refused:
        offer(sheet, second)
    assert code_of(refused) == "taken"
    with pytest.raises(Refusal) as unasked:
        services.award(sheet, shares={second: 100}, reason="好", actor=None, at=AT)
    assert code_of(unasked) == "no-offer"


def test_three_quotes_are_compared(here: District) -> None:
    sheet = published(here.community, ceiling=Decimal(9000))
    names = ("甲社会工作服务中心", "乙社会工作服务中心", "丙社会工作服务中心")
    offers = [offer(sheet, licensed(here.community, name), 8000 + step) for step, name in enumerate(names[:2])]
    with pytest.raises(Refusal) as refused:
        services.award(sheet, shares={offers[0].organization: 100}, reason="最低", actor=None, at=AT)
    assert code_of(refused) == "too-few-quotes"
    offers.append(offer(sheet, licensed(here.community, names[2]), 8002))
    made = services.award(sheet, shares={offers[0].organization: 100}, reason="最低", actor=None, at=AT)
    assert [row.amount for row in made] == [Decimal(8000)]
    states = [type(row).objects.get(pk=row.pk).state for row in offers]
    assert states == [ClaimState.WON, ClaimState.LOST, ClaimState.LOST]


def test_an_open_call_is_judged_by_a_panel(here: District) -> None:
    from linli.apps.reviews.tests.factories import make_rubric

    sheet = published(here.community, ceiling=Decimal(60_000))
    made = offer(sheet, licensed(here.community), 50_000)
    session = services.call_openly(sheet, rubric=make_rubric(), first_day=date(2026, 3, 20), actor=None, at=AT)
    assert [(row.subject_kind, row.subject_id) for row in session.entries.all()] == [("ordering.claim", made.pk)]
    with pytest.raises(Refusal) as refused:
        services.award(sheet, shares={made.organization: 100}, reason="评审", actor=None, at=AT)
    assert code_of(refused) == "no-panel"
    with pytest.raises(Conflict):
        offer(sheet, licensed(here.community, "桥头义工协会"), 40_000)


def test_a_purchase_outside_has_its_notice(here: District) -> None:
    sheet = drawn(here.community, method=Method.OUTSIDE)
    with pytest.raises(Refusal) as refused:
        services.publish_sheet(sheet, actor=None, at=AT)
    assert code_of(refused) == "no-notice"
    services.note_purchase(sheet, notice="HAZC-2026-17", actor=None, at=AT)
    services.publish_sheet(sheet, actor=None, at=AT)
    made = services.award(sheet, shares={licensed(here.community): 100}, reason="中标", actor=None, at=AT)
    assert (sheet.outside_notice, made[0].amount) == ("HAZC-2026-17", Decimal(1200))


def test_several_share_a_sheet_and_the_money_is_promised(here: District) -> None:
    fund = make_fund(here.street)
    sheet = published(here.community, fund=fund, places=2)
    one, other = licensed(here.community), licensed(here.community, "桥头义工协会")
    offer(sheet, one, 1000), offer(sheet, other, 1200)
    with pytest.raises(Refusal) as refused:
        services.award(sheet, shares={one: 60, other: 30}, reason="分工", actor=None, at=AT)
    assert code_of(refused) == "shares"
    assert Contractor.objects.count() == 0
    services.award(sheet, shares={one: 60, other: 40}, reason="分工", actor=None, at=AT)
    told = [(row.share, row.amount, row.commitment and row.commitment.amount) for row in Contractor.objects.all()]
    assert told == [(60, Decimal(600), Decimal(600)), (40, Decimal(480), Decimal(480))]
    assert {row.grounds.id for row in Commitment.objects.all()} == {sheet.pk}
    assert sheet.state == SheetState.CLAIMED


def test_whoever_drew_it_up_does_not_give_it(here: District) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street)
    sheet = published(here.community)
    made = offer(sheet, licensed(here.community))
    WorkSheet.objects.filter(pk=sheet.pk).update(drawn_by=officer.actor_id)
    sheet.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        services.award(sheet, shares={made.organization: 100}, reason="好", actor=officer, at=AT)
    assert code_of(refused) == "own-sheet"


def test_what_may_not_be_bought_is_refused_with_its_clause(here: District) -> None:
    with pytest.raises(Refusal) as refused:
        drawn(here.community, content="劳务派遣两名窗口人员")
    assert (code_of(refused), "第十条第五项" in str(refused.value)) == ("prohibited", True)
    found = [prohibition_in(row.words[0]) for row in prohibitions()]
    assert found == list(prohibitions())
    assert prohibition_in("为老人理发") is None


def test_a_term_is_a_year_or_up_to_three_with_a_reason() -> None:
    day = date(2026, 3, 1)
    require_term(day, date(2027, 2, 28), "")
    for ends, reason in ((date(2027, 3, 1), ""), (date(2029, 3, 1), "长期"), (date(2026, 2, 1), "")):
        with pytest.raises(Refusal):
            require_term(day, ends, reason)
    require_term(day, date(2029, 2, 28), "需求稳定，经费有保障")


def test_splitting_and_ties_are_shown_before_the_choice(here: District) -> None:
    one, other = licensed(here.community), licensed(here.community, "桥头义工协会")
    declare_relation(
        one, kind=RelationKind.SHARED_OFFICER, on=date(2026, 1, 1), source="声明", other=other, actor=None, at=AT
    )
    earlier = make_sheet(here.community, state=SheetState.CLAIMED, awarded_on=date(2026, 2, 1))
    Contractor.objects.create(sheet=earlier, organization=one, share=100, amount=Decimal(4800))
    sheet = published(here.community, places=2)
    offer(sheet, one), offer(sheet, other)
    seen = {row.organization: row for row in queries.before_award(sheet, AT.date())}
    assert (seen[one].earlier, seen[one].together, seen[one].splits) == (1, Decimal(5800), True)
    assert (seen[other].earlier, seen[other].splits) == (0, False)
    assert [tie.other for tie in seen[one].related] == [other]


def test_a_claim_is_refused_above_the_ceiling_without_the_paper_or_barred(here: District) -> None:
    sheet = published(here.community)
    with pytest.raises(Refusal) as refused:
        offer(sheet, licensed(here.community), 1201)
    assert code_of(refused) == "above-ceiling"
    bare = make_organization(here.community, "桥头义工协会")
    with pytest.raises(Refusal) as unlicensed:
        offer(sheet, bare)
    assert (code_of(unlicensed), "健康合格证明" in str(unlicensed.value)) == ("not-eligible", True)
    barred = licensed(here.community, "泉北服务队")
    give_standing(barred, kind="undertaking", value="不具备", valid_from=date(2026, 1, 1), source="决定", actor=None)
    with pytest.raises(Refusal) as out:
        offer(sheet, barred)
    assert code_of(out) == "not-eligible"


def test_an_order_comes_out_of_a_need_in_one_step(here: District) -> None:
    item, need = make_item(here.community), make_need(here.community)
    made = services.order_from_need(need, item=item, actor=None, at=AT)
    assert (made.channel, made.need, made.phone.is_same_as(need.contact.phone.for_machine(because="test"))) == (
        Channel.NEED, need, True,
    )  # fmt: skip
    with pytest.raises(Conflict):
        services.order_from_need(need, item=item, actor=None, at=AT)


def test_points_within_fifteen_minutes_are_told_by_straight_line(here: District) -> None:
    from linli.apps.ordering.services import PointText, add_point

    for title, north in (("近处", "0.008"), ("远处", "0.010")):
        words = PointText(title, "1号", latitude=Decimal(40) + Decimal(north), longitude=Decimal(116))
        add_point(place=here.community, text=words, actor=None)
    found = queries.points_near(Decimal(40), Decimal(116))
    assert [(row.point.title, row.metres, row.within) for row in found] == [("近处", 890, True), ("远处", 1112, False)]
