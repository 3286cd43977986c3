"""Resources as well as money: what the street offers, what proposals need, who has it by which plan."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.apps.people.tests.factories import make_user
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import AllocationPlan, PlanLine, PlanLot, PlanRule, Resource
from linli.apps.rounds.services import Change, Knobs, Offer
from linli.apps.rounds.tests.judged import DECIDING, Table, make_table
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
OFFERED = (Offer("多功能厅", "小时", 60, "工作日晚间"), Offer("志愿者", "人", 10))


@pytest.fixture(scope="module")
def table(module_db: None) -> Table:
    made = make_table()
    hall, people = services.change_resources(made.intake, OFFERED, actor=None)
    needs = {"一": {hall.pk: 40}, "二": {hall.pk: 30}, "三": {hall.pk: 30, people.pk: 4}, "四": {people.pk: 4}}
    for name, own in needs.items():
        services.change_demands(made.fresh(name), own, actor=None, at=DECIDING)
    return made


def lots(table: Table, plan: AllocationPlan) -> dict[str, str]:
    """Name → what it has besides money."""
    found = queries.lots_of([plan.pk])
    lines = {line.proposal_id: line for line in PlanLine.objects.filter(plan=plan)}
    return {
        name: queries.written_of(lines[one.pk], found.get(lines[one.pk].pk, [])) for name, one in table.by_name.items()
    }


def of(table: Table, title: str) -> UUID:
    return Resource.objects.get(round=table.intake, title=title).pk


def test_a_plan_gives_resources_by_rank_to_who_gets_money(table: Table) -> None:
    assert lots(table, table.draw()) == {"一": "多功能厅40小时", "二": "", "三": "志愿者4人", "四": "志愿者4人"}
    partly = table.draw(PlanRule.SCORE, knobs=Knobs(partly=True))
    assert lots(table, partly) == {"一": "多功能厅40小时", "二": "多功能厅20小时", "三": "志愿者4人", "四": "志愿者4人"}
    given = PlanLot.objects.filter(line__plan=partly).order_by("line__position", "resource__id")
    assert [(lot.asked, lot.amount) for lot in given] == [(40, 40), (30, 20), (30, 0), (4, 4), (4, 4)]


def test_the_best_total_counts_only_what_the_stock_holds(table: Table) -> None:
    plan = table.draw(PlanRule.BEST)
    assert [amount for amount, _why in table.given(plan).values()] == ["0.00", "5000.00", "3000.00", "0.00"]
    assert lots(table, plan) == {"一": "", "二": "多功能厅30小时", "三": "多功能厅30小时、志愿者4人", "四": ""}


def test_the_award_carries_what_is_given_besides_money(table: Table) -> None:
    table.decide(table.draw())
    given = {award.proposal.title: award.line.resources for award in queries.standing_awards(table.intake)}
    assert given == {"一号项目": "多功能厅40小时", "三号项目": "志愿者4人", "四号项目": "志愿者4人"}
    assert [(row.asked, row.given, row.left) for row in queries.stock_of(table.intake)] == [(100, 40, 20), (8, 8, 2)]
    later = table.amend(Change(table.by_name["一"], "3000", "经研究调整"))
    assert later.lines.get().resources == "多功能厅40小时"


def test_resources_are_set_by_hand_within_the_stock(table: Table) -> None:
    plan, hall = table.draw(), of(table, "多功能厅")
    line = plan.lines.select_related("plan__round__place", "proposal").get(proposal=table.by_name["三"])
    with pytest.raises(Refusal, match="20") as no:
        services.set_amount(line, amount="3000", reason="场地紧张", lots={hall: 21}, actor=None)
    assert no.value.code == "above-stock"
    services.set_amount(line, amount="3000", reason="场地紧张", lots={hall: 20}, resources="专家指导", actor=None)
    assert lots(table, plan)["三"] == "多功能厅20小时、专家指导"
    services.set_amount(line, amount="0", reason="放弃", lots={hall: 20}, actor=None)
    assert lots(table, plan)["三"] == ""


def test_a_plan_that_gives_more_than_is_left_is_not_decided(table: Table) -> None:
    plan = table.draw()
    Resource.objects.filter(title="多功能厅").update(amount=39)
    with pytest.raises(Refusal) as no:
        table.decide(plan)
    assert (no.value.code, AllocationPlan.objects.get(pk=plan.pk).state) == ("above-stock", "saved")


def test_the_stock_is_changed_in_one_go(table: Table) -> None:
    hall, people = of(table, "多功能厅"), of(table, "志愿者")
    kept = services.change_resources(table.intake, [Offer("多功能厅", "小时", 80, "", hall)], actor=None)
    assert [str(row.resource) for row in queries.stock_of(table.intake)] == ["多功能厅"]
    assert (kept[0].amount, Resource.objects.filter(pk=people).exists()) == (80, False)
    with pytest.raises(Refusal, match="一行"):
        services.change_resources(table.intake, [Offer("音响", "套", 1), Offer("音响 ", "套", 2)], actor=None)


def test_what_stands_in_a_plan_is_not_taken_away(table: Table) -> None:
    table.decide(table.draw())
    with pytest.raises(Refusal) as no:
        services.change_resources(table.intake, [], actor=None)
    assert (no.value.code, Resource.objects.count()) == ("in-a-plan", 2)
    with pytest.raises(Refusal) as less:
        rows = [
            Offer("多功能厅", "小时", 39, "", of(table, "多功能厅")),
            Offer("志愿者", "人", 10, "", of(table, "志愿者")),
        ]
        services.change_resources(table.intake, rows, actor=None)
    assert less.value.code == "below-given"


def test_needs_change_until_the_decision_and_not_above_the_stock(table: Table) -> None:
    hall = of(table, "多功能厅")
    with pytest.raises(Refusal) as no:
        services.change_demands(table.fresh("一"), {hall: 61}, actor=None)
    assert no.value.code == "above-stock"
    services.change_demands(table.fresh("一"), {hall: 0}, actor=None)
    assert queries.demands_of([table.by_name["一"]]) == {}
    table.decide(table.draw(pot=Decimal(8000)))
    with pytest.raises(Conflict):
        services.change_demands(table.fresh("一"), {hall: 10}, actor=None)


def officer_of(table: Table) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    officer = make_user(Role.STREET_OFFICER, table.district.street, password=None)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_stock_is_entered_on_its_page(table: Table) -> None:
    client, address = officer_of(table), reverse("rounds:stock", args=[table.intake.pk])
    hall = of(table, "多功能厅")
    rows = {"r-0-key": str(hall), "r-0-title": "多功能厅", "r-0-amount": "80", "r-0-unit": "小时"}
    rows |= {"r-1-title": "音响", "r-1-amount": "", "r-1-unit": "套", "r-TOTAL_FORMS": "3", "r-INITIAL_FORMS": "1"}
    wrong = client.post(address, rows)
    assert (wrong.status_code, "请填写该资源的数量和单位。" in wrong.content.decode()) == (422, True)
    assert client.post(address, {**rows, "r-1-amount": "2"}).status_code == 302
    assert [str(one) for one in table.intake.resources.order_by("id")] == ["多功能厅", "音响"]
    with CaptureQueriesContext(connection) as few:
        text = client.get(address).content.decode()
    assert ("现有资源" in text, len(few)) == (True, 7)


def test_the_desk_enters_what_a_proposal_needs(table: Table) -> None:
    client, proposal, hall = officer_of(table), table.by_name["四"], of(table, "多功能厅")
    address = reverse("rounds:demands", args=[proposal.pk])
    assert client.post(address, {f"demand_{hall}": "61"}).status_code == 422
    assert client.post(address, {f"demand_{hall}": "15"}).status_code == 302
    page = client.get(reverse("rounds:desk_proposal", args=[proposal.pk])).content.decode()
    assert "多功能厅15小时" in page


def test_an_amount_by_hand_says_what_is_given_besides(table: Table) -> None:
    client, plan, people = officer_of(table), table.draw(), of(table, "志愿者")
    line = plan.lines.get(proposal=table.by_name["四"])
    address = reverse("rounds:set_amount", args=[line.pk])
    assert "申请4人；街道共提供10。" in client.get(address).content.decode()
    sent = {"amount": "900", "reason": "压减", f"lot_{people}": "3"}
    assert client.post(address, sent).status_code == 302
    assert lots(table, plan)["四"] == "志愿者3人"
