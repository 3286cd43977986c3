"""A draft on its way: orders and needs put on it and taken off, its text written anew, its counters and its paper."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from linli.apps.ledger.tests.factories import make_fund
from linli.apps.needs.tests.factories import make_need
from linli.apps.ordering import queries, services
from linli.apps.ordering.models import Order, OrderState, Settlement, SheetState, WorkSheet
from linli.apps.ordering.services import SheetText
from linli.apps.ordering.tables.sheet_papers import service_list
from linli.apps.ordering.tests.factories import AT, make_contractor, make_item, make_order, make_sheet
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@pytest.fixture
def here() -> District:
    return make_district()


def text(sheet: WorkSheet, **new: Any) -> SheetText:
    """What stands on the sheet, with something new."""
    return SheetText(**{**{name: getattr(sheet, name) for name in SheetText.__dataclass_fields__}, **new})


def signed(role: Role, *at: Any) -> Client:
    client = Client()
    client.force_login(make_user(role, *at))
    return client


def test_a_quantity_somebody_wrote_stays_until_more_stands_on_the_sheet(here: District) -> None:
    item = make_item(here.community, quota=9)
    orders = [make_order(item, number, quantity=2) for number in (1, 2)]
    sheet = make_sheet(here.community, state=SheetState.DRAFT, quantity=3)
    services.add_to_sheet(sheet, orders=orders[:1], actor=None, at=AT)
    assert sheet.quantity == 3
    services.add_to_sheet(sheet, orders=orders[1:], actor=None, at=AT)
    assert sheet.quantity == 4
    services.take_off_sheet(sheet, orders=orders[1:], actor=None, at=AT)
    assert sheet.quantity == 2
    with pytest.raises(Refusal):
        services.take_off_sheet(sheet, orders=orders[:1], actor=None, at=AT)


def test_a_draft_is_written_anew_and_a_page_left_open_changes_nothing(here: District) -> None:
    sheet = make_sheet(here.community, state=SheetState.DRAFT)
    services.change_sheet(sheet, text=text(sheet, title="四月理发", quantity=80), version=0, actor=None, at=AT)
    kept = WorkSheet.objects.get()
    assert (kept.title, kept.quantity, kept.content) == ("四月理发", 80, "为老人理发")
    with pytest.raises(Conflict):
        services.change_sheet(kept, text=text(kept, title="五月理发"), version=0, actor=None, at=AT)
    assert WorkSheet.objects.get().title == "四月理发"


def test_a_draft_is_not_made_smaller_than_what_stands_on_it_nor_changed_once_published(here: District) -> None:
    item = make_item(here.community, quota=9)
    sheet = make_sheet(here.community, state=SheetState.DRAFT)
    services.add_to_sheet(sheet, orders=[make_order(item, quantity=5)], actor=None, at=AT)
    with pytest.raises(Refusal) as refused:
        services.change_sheet(sheet, text=text(sheet, quantity=4), version=sheet.version, actor=None, at=AT)
    assert (refused.value.field, str(refused.value)) == ("quantity", "单上已有5项，数量不能更少。")
    WorkSheet.objects.update(state=SheetState.PUBLISHED)
    sheet.refresh_from_db()
    with pytest.raises(Conflict):
        services.change_sheet(sheet, text=text(sheet, title="改名"), version=sheet.version, actor=None, at=AT)


@pytest.mark.pages
def test_orders_and_needs_are_ticked_onto_a_draft_and_off_again(here: District) -> None:
    item = make_item(here.community)
    first, second = (make_order(item, number) for number in (1, 2))
    make_order(make_item(here.community, kind="cleaning", title="保洁"), 3)
    need = make_need(here.community)
    sheet = make_sheet(here.community, state=SheetState.DRAFT, quantity=1)
    secretary, page = signed(Role.COMMUNITY_SECRETARY, here.community), f"/desk/ordering/sheets/{sheet.pk}/fill/"
    shown = secretary.get(page).content.decode()
    assert [number in shown for number in (first.number, second.number, need.number)] == [True] * 3
    assert "保洁" not in shown
    secretary.post(page, {"verb": "add", "order": [str(first.pk)]})
    assert [row.order for row in sheet.lines.all()] == [first]
    secretary.post(page, {"verb": "add", "every": "1"})
    sheet.refresh_from_db()
    assert (sheet.lines.count(), sheet.needs.count(), sheet.quantity) == (2, 1, 3)
    secretary.post(page, {"verb": "take_off", "order": [str(second.pk)], "need": [str(need.pk)]})
    sheet.refresh_from_db()
    assert (sheet.quantity, Order.objects.get(pk=second.pk).state) == (1, OrderState.GIVEN)
    assert "请至少勾选一项。" in secretary.post(page, {"verb": "add"}, follow=True).content.decode()
    finance = signed(Role.FINANCE_OFFICER, here.street)
    assert finance.get(page).status_code == 403


@pytest.mark.pages
def test_the_page_of_a_draft_leads_to_its_form_and_keeps_what_it_said(here: District) -> None:
    sheet = make_sheet(here.community, state=SheetState.DRAFT, method="quotes", fund=make_fund(here.street))
    secretary, page = signed(Role.COMMUNITY_SECRETARY, here.community), f"/desk/ordering/sheets/{sheet.pk}/"
    assert f"{page}change/" in secretary.get(page).content.decode()
    form = secretary.get(f"{page}change/").context["form"]
    sent = {name: form.initial.get(name) for name in form.fields}
    sent |= {"fund": str(sheet.fund_id), "title": "三月磨刀", "kind": "sharpening"}
    secretary.post(
        f"{page}change/", {name: value for name, value in sent.items() if value is not None and value is not False}
    )
    kept = WorkSheet.objects.get()
    assert (kept.title, kept.kind, kept.ceiling, kept.fund, kept.method) == (
        "三月磨刀", "sharpening", Decimal(1200), sheet.fund, "quotes",
    )  # fmt: skip


@pytest.mark.pages
def test_what_a_sheet_solved_is_counted_on_its_page(here: District) -> None:
    sheet = make_sheet(here.community, state=SheetState.DRAFT)
    item = make_item(here.community)
    orders = [make_order(item, number) for number in (1, 2)]
    services.add_to_sheet(sheet, orders=orders, needs=[make_need(here.community)], actor=None, at=AT)
    Order.objects.filter(pk=orders[0].pk).update(state=OrderState.SERVED)
    page = signed(Role.STREET_OFFICER, here.street).get(f"/desk/ordering/sheets/{sheet.pk}/").content.decode()
    assert "已解决：点单服务1件，诉求答复0件。" in page


def test_one_paper_tells_list_claim_and_settlement(here: District) -> None:
    sheet = make_sheet(here.community, state=SheetState.UNDER_WAY, fund=make_fund(here.street))
    row = make_contractor(sheet, make_organization(here.community))
    day = AT.date()
    done = row.acceptances.create(
        sheet=sheet, number=1, since=day, until=day, delivered=58, asked=5, satisfied=4, result="accepted",
        accepted_on=day,
    )  # fmt: skip
    Settlement.objects.create(contractor=row, acceptance=done, amount=Decimal(1160), drawn_on=day)
    tables: Any = [block for block in service_list([sheet], unit="清河街道", day=day).blocks if hasattr(block, "rows")]
    assert [one.caption for one in tables] == ["一、服务清单（制单表）", "二、承单确认", "三、结算"]
    told = [dict(zip([column.title for column in one.columns], one.rows[0], strict=True)) for one in tables]
    assert (told[0]["编号"], told[0]["事项"], told[0]["量"], told[0]["单价（元）"], told[0]["限价（元）"]) == (
        sheet.number, "3月理发", "60", "¥20.00", "¥1,200.00",
    )  # fmt: skip
    assert told[0]["资金来源"] == str(sheet.fund)
    assert (told[1]["承接方"], told[1]["份额"], told[1]["承接金额（元）"]) == (
        row.organization.name,
        "100%",
        "¥1,200.00",
    )
    assert [told[2][word] for word in ("完成量", "验收", "满意", "结算额（元）", "支付")] == [
        "58人次", "已验收", "4/5户", "¥1,160.00", "已起草",
    ]  # fmt: skip
    bare = service_list([make_sheet(here.community)], unit="清河街道", day=day)
    assert [len(block.rows) for block in bare.blocks if hasattr(block, "rows")] == [1, 1, 1]


def test_needs_and_orders_of_other_places_are_not_offered(here: District) -> None:
    make_order(make_item(here.other_community)), make_need(here.other_community)
    sheet = make_sheet(here.community, state=SheetState.DRAFT)
    officer = make_user(Role.STREET_OFFICER, here.street)
    assert (list(queries.puttable_orders(sheet)), list(queries.puttable_needs(sheet, officer))) == ([], [])
