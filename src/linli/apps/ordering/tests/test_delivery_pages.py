"""Pages of delivery: who reads the names, the door of a contractor, the code, the calendar, the paper."""

from datetime import date, time, timedelta

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from tests.support.remembering import remembered

from linli.apps.ledger.tests.factories import make_commitment, make_fund
from linli.apps.ordering import queries, services
from linli.apps.ordering.models import Contractor, Order, OrderState, SheetOrder, SheetState, Shift, ShiftCheck
from linli.apps.ordering.services import PlanText
from linli.apps.ordering.tables.papers import settlement_paper
from linli.apps.ordering.tests.factories import make_contractor, make_item, make_order, make_sheet
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.pages, pytest.mark.sqlite_only]


@remembered
def delivered() -> tuple[Place, Contractor]:
    """A sheet of this year under way with one order and money promised, one shift a week."""
    here = make_district()
    year = timezone.localdate().year
    fund = make_fund(here.street, code="党群1", name="党组织服务群众经费", source="party_service")
    sheet = make_sheet(
        here.community, state=SheetState.UNDER_WAY, fund=fund, starts=date(year, 1, 1), ends=date(year, 12, 31)
    )
    order = make_order(make_item(here.community))
    SheetOrder.objects.create(sheet=sheet, order=order)
    Order.objects.update(state=OrderState.ON_SHEET)
    row = make_contractor(sheet, make_organization(here.community))
    row.commitment = make_commitment(fund, 1200, subject=ref_of(sheet), grounds=ref_of(sheet))
    row.save(update_fields=["commitment"])
    return here.community, row


def page_for(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def manager_of(row: Contractor) -> Client:
    return page_for(make_user(Role.ORGANIZATION_MANAGER, organization=row.organization))


def planned(row: Contractor, hours: int = 24 * 7) -> Shift:
    now = timezone.localtime() - timedelta(hours=hours)
    text = PlanText(str(now.isoweekday()), time(0, 1), time(23, 59), now.date(), now.date(), "社区服务站")
    return services.plan_shifts(row, text=text, actor=None).shifts.get()


def test_names_are_open_to_whoever_serves_now_and_each_reading_is_on_record() -> None:
    community, row = delivered()
    client, address = manager_of(row), f"/desk/ordering/recipients/{row.sheet_id}/"
    order = Order.objects.get()
    masked = client.get(address).content.decode()
    opened = client.post(address, {"reason": "周六上门前联系"}).content.decode()
    assert ("13800000001" in masked, "13800000001" in opened) == (False, True)
    read = [entry.facts for entry in timeline(ref_of(order)) if "周六上门前联系" in dict(entry.facts).values()]
    assert len(read) == 2
    assert client.post(address, {"reason": ""}).status_code == 422
    others = make_user(Role.ORGANIZATION_MANAGER, organization=make_organization(community, "别家"))
    finance = make_user(Role.FINANCE_OFFICER, row.sheet.street)
    assert [page_for(who).get(address).status_code for who in (others, finance)] == [403, 403]
    type(row.sheet).objects.update(state=SheetState.ACCEPTED)
    assert client.get(address).status_code == 403


def test_a_contractor_plans_writes_down_and_serves_at_its_own_door() -> None:
    _community, row = delivered()
    client, shift = manager_of(row), planned(row)
    today = timezone.localdate().isoformat()
    sent = {
        "weekdays": list("1234567"), "begins": "14:00", "ends": "17:00", "first_on": today, "last_on": today,
        "venue": "便民市场", "people_needed": "1",
    }  # fmt: skip
    mine = f"/desk/ordering/contractors/{row.pk}/"
    assert client.post(f"{mine}do/plan/", sent)["Location"] == mine
    assert client.post(f"{mine}do/accept/", {}).status_code == 403
    client.post(f"/desk/ordering/shifts/{shift.pk}/do/check/", {"way": "list", "people": "2"})
    assert ShiftCheck.objects.get().outside_hours is True
    client.post(f"/desk/ordering/shifts/{shift.pk}/serve/", {"order": [str(Order.objects.get().pk)]})
    assert Order.objects.get().state == OrderState.SERVED
    page = client.get(f"/desk/ordering/shifts/{shift.pk}/").content.decode()
    assert ("不在时段内" in page, "D2026-00001" in page, "居民1" in page) == (True, True, False)
    assert "便民市场" in client.get(mine).content.decode()


def test_the_code_at_the_venue_takes_a_number_and_no_name(client: Client) -> None:
    _community, row = delivered()
    shift = planned(row, 0)
    client.post(f"/shifts/{shift.plan.code}/", {"people": "2"})
    check = ShiftCheck.objects.get()
    assert (check.shift_id, check.way, check.people, check.outside_hours) == (shift.pk, "qr", 2, False)


def test_shifts_are_a_calendar_in_which_nobody_stands(client: Client) -> None:
    _community, row = delivered()
    shift = planned(row)
    services.cancel_shift(shift, reason="停电", actor=None)
    feed = icalendar.Calendar.from_ical(client.get(f"/shifts/{shift.plan.code}/calendar.ics").content)
    events = feed.walk("VEVENT")
    assert [(str(one["summary"]), one["dtstart"].dt, str(one["status"])) for one in events] == [
        ("暖邻社会工作服务中心 · 3月理发", shift.starts, "CANCELLED")
    ]


def test_a_settlement_is_drawn_up_on_the_desk_and_printed_to_sign() -> None:
    _community, row = delivered()
    day = timezone.localdate()
    accepted = services.accept_delivery(row, since=day, until=day, delivered=60, actor=None)
    client = page_for(make_user(Role.STREET_OFFICER, row.sheet.street))
    address = f"/desk/ordering/acceptances/{accepted.pk}/settle/"
    assert "已安排¥1,200.00，已结算¥0.00，还可结算¥1,200.00。" in client.get(address).content.decode()
    above = client.post(address, {"amount": "1200.01"})
    assert (above.status_code, "不能再结算" in above.content.decode()) == (422, True)
    client.post(address, {"amount": "1200"})
    settled = queries.settlements_visible_to(make_user(Role.STREET_OFFICER, row.sheet.street)).get()
    with override("en"):
        described = settlement_paper(settled, day)
    words = [cell.text for line in described.blocks[0].rows for cell in line]  # type: ignore[union-attr]  # the grid
    assert [words[words.index(word) + 1] for word in ("制单编号", "完成量", "结算额", "大写")] == [
        row.sheet.number, "60人次", "¥1,200.00", "壹仟贰佰元整",
    ]  # fmt: skip
    assert client.get(f"/desk/ordering/settlements/{settled.pk}/paper.pdf").getvalue()[:4] == b"%PDF"


def test_the_page_of_a_contractor_belongs_to_the_work_sheets() -> None:
    _community, row = delivered()
    officer = page_for(make_user(Role.STREET_OFFICER, row.sheet.street))
    pages = (f"/desk/ordering/contractors/{row.pk}/", "/desk/ordering/chain/", f"/desk/ordering/sheets/{row.sheet_id}/")
    for address in pages:
        lit = [entry.label for group in officer.get(address).context["nav"] for entry in group.entries if entry.current]
        assert lit == ["服务制单"]
