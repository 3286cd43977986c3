"""Two go into a home: it stands on the item, the sheet and its shifts; one alone is refused and not counted."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from linli.apps.activities import services as activities
from linli.apps.activities.models import SignInWay
from linli.apps.activities.services import Attendee, Times
from linli.apps.ordering import services
from linli.apps.ordering.models import CheckWay, Grade, Incident, Receipt, Shift, ShiftState, WorkSheet
from linli.apps.ordering.services import PlanText
from linli.apps.ordering.services.forgetting import take_words_off
from linli.apps.ordering.tests.factories import AT, MONTH, make_contractor, make_item, make_order, make_sheet
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
IN_HOURS = datetime(2026, 3, 7, 1, 10, tzinfo=UTC)
PLAN = PlanText("6", time(9), time(11), date(2026, 3, 1), date(2026, 3, 31), "上门", 1)


@pytest.fixture
def here() -> District:
    return make_district()


def test_the_rule_goes_from_the_item_over_the_sheet_to_the_shift(here: District) -> None:
    assert make_item(here.community, kind="cleaning", title="保洁").at_home
    item = make_item(here.community, title="上门理发", at_home=True)
    make_order(item)
    sheet = next(
        one for one in services.bundle_month(place=here.community, month=MONTH, actor=None, at=AT) if one.item == item
    )
    assert (item.kind, sheet.at_home) == ("haircut", True)
    WorkSheet.objects.filter(pk=sheet.pk).update(state="claimed", published_on=AT.date())
    sheet.refresh_from_db()
    contractor = make_contractor(sheet, make_organization(here.community))
    with pytest.raises(Refusal) as refused:
        services.plan_shifts(contractor, text=PLAN, actor=None, at=AT)
    assert (refused.value.code, str(refused.value), Shift.objects.count()) == ("two-go", "入户服务必须两人同行。", 0)
    plan = services.plan_shifts(contractor, text=replace(PLAN, people_needed=2), actor=None, at=AT)
    assert plan.shifts.filter(at_home=True, people_needed=2).count() == 4


def test_an_order_for_a_home_makes_its_sheet_one_for_homes(here: District) -> None:
    sheet = make_sheet(here.community, state="draft")
    order = make_order(make_item(here.community, title="上门理发", at_home=True))
    services.add_to_sheet(sheet, orders=[order], actor=None, at=AT)
    assert WorkSheet.objects.get().at_home


def test_one_who_came_alone_is_never_counted_whatever_the_reason(here: District) -> None:
    sheet = make_sheet(here.community, kind="cleaning", state="claimed")
    contractor = make_contractor(sheet, make_organization(here.community))
    shift, other = services.plan_shifts(
        contractor, text=replace(PLAN, people_needed=2), actor=None, at=AT
    ).shifts.order_by("starts")[:2]
    services.check_in(shift, way=CheckWay.LIST, people=1, actor=None, at=IN_HOURS)
    shift.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        services.count_shift(shift, reason="另一人临时生病", actor=None, at=IN_HOURS)
    assert (refused.value.code, Shift.objects.get(pk=shift.pk).state) == ("two-go", ShiftState.PLANNED)
    services.count_shift(other, reason="签到表遗失，居民证实两人到场", actor=None, at=IN_HOURS + timedelta(days=8))
    assert Shift.objects.get(pk=other.pk).state == ShiftState.HELD


@pytest.mark.pages
def test_a_form_for_homes_begins_with_two(here: District) -> None:
    sheet = make_sheet(here.community, kind="cleaning", state="claimed")
    contractor = make_contractor(sheet, make_organization(here.community))
    client = Client()
    client.force_login(make_user(Role.ORGANIZATION_MANAGER, organization=contractor.organization))
    form = client.get(f"/desk/ordering/contractors/{contractor.pk}/do/plan/").context["form"]
    assert (form.initial["people_needed"], form.initial["first_on"]) == (2, sheet.starts)


@pytest.mark.pages
def test_a_visit_to_elderly_people_is_an_activity_and_names_nobody_outside_its_list(here: District) -> None:
    sheet = make_sheet(here.community, kind="cleaning", state="claimed")
    contractor = make_contractor(sheet, make_organization(here.community))
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=contractor.organization)
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    day = [Times(datetime(2026, 3, 12, 6, tzinfo=UTC), datetime(2026, 3, 12, 8, tzinfo=UTC))]
    visit = activities.plan(
        title="走访高龄党员", kind="visit", place=here.community, times=day, subject=ref_of(contractor), actor=worker
    )
    activities.publish(visit, actor=None, at=AT)
    occurrence = visit.occurrences.get()
    for name in ("王桂兰", "李秀英"):
        went = activities.sign_up(occurrence, attendee=Attendee(name), actor=worker, at=AT)
        activities.sign_in(occurrence, signup=went, way=SignInWay.PAPER, actor=worker, at=AT + timedelta(days=3))
    activities.hold(occurrence, actor=worker, at=AT + timedelta(days=3))
    activities.note_care(went, text="需要助浴", actor=worker, at=AT)
    with pytest.raises(NotAllowed):
        activities.note_care(went, text="看一看", actor=manager, at=AT)
    page = f"/desk/ordering/contractors/{contractor.pk}/"
    for who in (worker, manager):
        client = Client()
        client.force_login(who)
        shown = client.get(page).content.decode()
        assert ("走访高龄党员" in shown, "已开展1场，2人次。" in shown) == (True, True)
        assert [word in shown for word in ("王桂兰", "李秀英", "需要助浴")] == [False] * 3
    asked = f"/desk/activities/new/?subject={ref_of(contractor)}&amp;place={here.community.pk}&amp;kind=visit"
    assert asked in shown


def test_what_a_household_said_goes_and_its_grade_stays(here: District) -> None:
    sheet = make_sheet(here.community, state="draft")
    order = make_order(make_item(here.community))
    services.add_to_sheet(sheet, orders=[order], actor=None, at=AT)
    order.refresh_from_db()
    services.confirm_service(order, actor=None, grade=Grade.NOT, words="推销保健品给我老伴", sold=True, at=AT)
    assert take_words_off(Receipt.objects.all()) == 1
    assert (Receipt.objects.get().words, Receipt.objects.get().grade) == ("", Grade.NOT)
    assert Incident.objects.get().what == "服务中有人推销或宣传产品。"
