"""Delivery: shifts and who came, receipts, incidents, acceptance and defects."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.support.remembering import remembered

from linli.apps.ordering import queries, services
from linli.apps.ordering.models import (
    AcceptanceResult,
    CheckWay,
    Contractor,
    Grade,
    Incident,
    IncidentKind,
    Order,
    OrderState,
    SheetOrder,
    SheetState,
    Shift,
    ShiftState,
    WorkSheet,
)
from linli.apps.ordering.services import Lack, PlanText
from linli.apps.ordering.tests.factories import make_contractor, make_item, make_order, make_sheet
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

SATURDAYS = PlanText("6", time(9), time(11), date(2026, 3, 1), date(2026, 3, 31), "社区服务站", 1)
NOON = datetime(2026, 3, 21, 4, tzinfo=UTC)
IN_HOURS = datetime(2026, 3, 7, 1, 10, tzinfo=UTC)
"""Saturday, ten past nine in the morning."""


@remembered
def taken_on(kind: str = "haircut", state: SheetState = SheetState.CLAIMED) -> tuple[District, Contractor]:
    """A sheet one organization took on alone, with three orders on it."""
    here = make_district()
    sheet = make_sheet(here.community, kind=kind, state=state)
    item = make_item(here.community)
    for number in (1, 2, 3):
        order = make_order(item, number)
        SheetOrder.objects.create(sheet=sheet, order=order)
    Order.objects.filter(item=item).update(state=OrderState.ON_SHEET)
    return here, make_contractor(sheet, make_organization(here.community))


def manager_of(contractor: Contractor) -> User:
    return make_user(Role.ORGANIZATION_MANAGER, organization=contractor.organization)


def saturdays(contractor: Contractor) -> list[Shift]:
    plan = services.plan_shifts(contractor, text=SATURDAYS, actor=None, at=NOON)
    return list(plan.shifts.order_by("starts"))


def test_shifts_come_round_every_week_and_delivery_begins() -> None:
    _here, contractor = taken_on()
    rows = saturdays(contractor)
    assert [(row.starts.date().day, row.state) for row in rows] == [(day, "planned") for day in (7, 14, 21, 28)]
    assert WorkSheet.objects.get().state == SheetState.UNDER_WAY


def test_its_own_contractor_begins_and_no_other() -> None:
    here, contractor = taken_on()
    other = make_user(Role.ORGANIZATION_MANAGER, organization=make_organization(here.community, "别家"))
    with pytest.raises(NotAllowed):
        services.plan_shifts(contractor, text=SATURDAYS, actor=other, at=NOON)
    services.plan_shifts(contractor, text=SATURDAYS, actor=manager_of(contractor), at=NOON)
    assert WorkSheet.objects.get().state == SheetState.UNDER_WAY


def test_a_small_contract_has_a_shift_on_every_day_of_its_year() -> None:
    _here, contractor = taken_on()
    WorkSheet.objects.update(starts=date(2026, 1, 1), ends=date(2026, 12, 31), ceiling=5000)
    contractor.sheet.refresh_from_db()
    text = PlanText("1234567", time(14), time(17), date(2026, 1, 1), date(2026, 12, 31), "便民市场", 1)
    assert services.plan_shifts(contractor, text=text, actor=None, at=NOON).shifts.count() == 365


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"ends": time(8)}, "ends", "结束早于开始"),
        ({"last_on": date(2026, 4, 5)}, "last_on", "合同"),
        ({"first_on": date(2026, 3, 30)}, "weekdays", "没有"),
        ({"people_needed": 0}, "people_needed", "至少"),
        ({"venue": " "}, "venue", "请填写地址。"),
    ],
)
def test_it_refuses_a_plan_nobody_can_keep(wrong: dict[str, object], field: str, sentence: str) -> None:
    _here, contractor = taken_on()
    with pytest.raises(Refusal) as refused:
        services.plan_shifts(contractor, text=replace(SATURDAYS, **wrong), actor=None, at=NOON)  # type: ignore[arg-type]  # what a form may send
    assert (refused.value.field, sentence in str(refused.value), Shift.objects.count()) == (field, True, 0)


def test_two_go_into_a_home() -> None:
    _here, contractor = taken_on("cleaning")
    with pytest.raises(Refusal) as refused:
        services.plan_shifts(contractor, text=SATURDAYS, actor=None, at=NOON)
    assert str(refused.value) == "入户服务必须两人同行。"
    shift = services.plan_shifts(
        contractor, text=replace(SATURDAYS, people_needed=2), actor=None, at=NOON
    ).shifts.all()[0]
    alone = services.check_in(shift, way=CheckWay.LIST, people=1, actor=None, at=IN_HOURS)
    shift.refresh_from_db()
    assert (shift.at_home, alone.too_few, shift.state) == (True, True, ShiftState.PLANNED)
    services.check_in(shift, way=CheckWay.LIST, people=2, actor=None, at=IN_HOURS + timedelta(minutes=5))
    assert Shift.objects.get(pk=shift.pk).state == ShiftState.HELD


@pytest.mark.parametrize("way", list(CheckWay))
def test_who_came_is_known_by_list_code_or_paper(way: CheckWay) -> None:
    _here, contractor = taken_on()
    shift = saturdays(contractor)[0]
    if way == CheckWay.QR:
        check = services.check_in_by_code(shift.plan, people=2, at=IN_HOURS)
    else:
        check = services.check_in(shift, way=way, people=2, actor=manager_of(contractor), came_at=IN_HOURS, at=NOON)
    shift.refresh_from_db()
    assert (check.shift_id, check.way, check.people, check.outside_hours) == (shift.pk, way, 2, False)
    assert shift.state == ShiftState.HELD


def test_a_check_outside_the_hours_is_recorded_as_such_and_never_dropped() -> None:
    here, contractor = taken_on()
    shift = saturdays(contractor)[0]
    late = IN_HOURS + timedelta(hours=5)
    check = services.check_in_by_code(shift.plan, people=2, at=late)
    shift.refresh_from_db()
    assert (check.outside_hours, shift.checks.count(), shift.state) == (True, 1, ShiftState.PLANNED)
    assert services.mark_missed(NOON) == 2
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    shift.refresh_from_db()
    services.count_shift(shift, reason="社区在场，开工推迟", actor=worker)
    assert Shift.objects.get(pk=shift.pk).state == ShiftState.HELD


def test_a_check_is_refused_for_nobody_ahead_too_old_or_called_off() -> None:
    _here, contractor = taken_on()
    shift = saturdays(contractor)[0]
    ahead = {"came_at": NOON + timedelta(hours=1)}
    for wrong, code in (({"people": 0}, "at least"), (ahead, "ahead"), ({"at": NOON + timedelta(days=90)}, "too-old")):
        given = {"people": 1, "came_at": IN_HOURS, "at": NOON, **wrong}
        with pytest.raises(Refusal):
            services.check_in(shift, way=CheckWay.PAPER, actor=None, **given)  # type: ignore[arg-type]  # mixed on purpose
        assert (code, shift.checks.count()) == (code, 0)
    services.cancel_shift(shift, reason="停电", actor=None)
    with pytest.raises(Conflict):
        services.check_in(shift, way=CheckWay.PAPER, people=1, actor=None, came_at=IN_HOURS, at=NOON)


def test_a_stranger_writes_nothing_down() -> None:
    here, contractor = taken_on()
    shift = saturdays(contractor)[0]
    other = make_user(Role.ORGANIZATION_MANAGER, organization=make_organization(here.other_community, "别家"))
    with pytest.raises(NotAllowed):
        services.check_in(shift, way=CheckWay.LIST, people=1, actor=other, at=IN_HOURS)
    assert [list(queries.shifts_visible_to(who)[:1]) for who in (other, manager_of(contractor))] == [[], [shift]]


def test_the_resident_confirms_what_was_served_in_a_shift() -> None:
    _here, contractor = taken_on()
    shift = saturdays(contractor)[0]
    first, second, _third = Order.objects.order_by("serial")
    services.serve_orders(shift, orders=[first, second], actor=manager_of(contractor), at=NOON)
    first.refresh_from_db()
    receipt = services.confirm_service(first, grade=Grade.SATISFIED, actor=None, at=NOON)
    assert (receipt.shift, receipt.sheet, first.state) == (shift, contractor.sheet, OrderState.CONFIRMED)
    progress = queries.progress_of([contractor])[contractor.pk]
    assert (progress.served, progress.voices, progress.planned) == (2, queries.Voices(1, 1), 4)
    with pytest.raises(Conflict):
        services.confirm_service(first, grade=Grade.NOT, actor=None, at=NOON)
    assert queries.solved_by([contractor.sheet])[contractor.sheet_id].total == 2


def test_selling_told_by_a_resident_reaches_the_street_alone_and_is_answered_there() -> None:
    here, contractor = taken_on()
    officer, worker = make_user(Role.STREET_OFFICER, here.street), make_user(Role.COMMUNITY_WORKER, here.community)
    order = Order.objects.order_by("serial")[0]
    services.confirm_service(order, grade=Grade.NOT, words="推销保健品", sold=True, actor=None, at=NOON)
    row = Incident.objects.get()
    assert (row.kind, row.what, row.by_resident, row.sheet) == (
        IncidentKind.SELLING,
        "推销保健品",
        True,
        contractor.sheet,
    )
    assert list(Notice.objects.values_list("recipient", flat=True)) == [officer.pk]
    with pytest.raises(NotAllowed):
        services.answer_incident(row, upheld=True, answer="已约谈", actor=worker)
    services.answer_incident(row, upheld=True, answer="已约谈", actor=officer)
    with pytest.raises(Conflict):
        services.answer_incident(row, upheld=True, answer="已约谈", actor=officer)
    assert Incident.objects.get().upheld is True


@pytest.mark.parametrize(("hours", "late"), [(24, False), (30, True)])
def test_an_incident_is_told_within_24_hours_and_later_all_the_same(hours: int, late: bool) -> None:
    _here, contractor = taken_on()
    row = services.report_incident(
        contractor.sheet, contractor=contractor, kind=IncidentKind.INJURY, what="老人起身时滑倒",
        happened_at=NOON - timedelta(hours=hours), actor=manager_of(contractor), at=NOON,
    )  # fmt: skip
    assert (row.late, Incident.objects.count()) == (late, 1)
    with pytest.raises(Refusal):
        services.report_incident(
            contractor.sheet,
            kind=IncidentKind.OTHER,
            what="…",
            happened_at=NOON + timedelta(hours=1),
            actor=None,
            at=NOON,
        )


def test_defects_are_put_right_before_all_is_accepted() -> None:
    _here, contractor = taken_on()
    saturdays(contractor)
    order = Order.objects.order_by("serial")[0]
    services.confirm_service(order, grade=Grade.SATISFIED, actor=None, at=NOON)
    days = {"since": date(2026, 3, 1), "until": date(2026, 3, 21)}
    row = services.accept_delivery(
        contractor, **days, delivered=40, defects=[Lack("少来一次", date(2026, 3, 28))], actor=None, at=NOON
    )
    assert (row.result, row.asked, row.satisfied) == (AcceptanceResult.DEFECTS, 1, 1)
    with pytest.raises(Refusal) as refused:
        services.close_delivery(contractor.sheet, actor=None)
    assert refused.value.code == "defects"
    defect = row.defects.get()
    services.redeliver(defect, on=date(2026, 3, 22), actor=None, at=NOON + timedelta(days=2))
    row.refresh_from_db()
    assert (row.result, row.accepted_on) == (AcceptanceResult.ACCEPTED, date(2026, 3, 22))
    services.close_delivery(contractor.sheet, actor=None)
    assert WorkSheet.objects.get().state == SheetState.ACCEPTED


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": date(2026, 2, 1)}, "until"),
        ({"until": date(2026, 3, 30)}, "until"),
        ({"delivered": 0}, "delivered"),
        ({"since": date(2026, 3, 10)}, "since"),
        ({"since": date(2026, 3, 15), "defects": [Lack("少一次", date(2026, 3, 1))]}, "due"),
    ],
)
def test_it_refuses_an_acceptance_of_nothing(wrong: dict[str, object], field: str) -> None:
    _here, contractor = taken_on()
    first = {"since": date(2026, 3, 1), "until": date(2026, 3, 14), "delivered": 10}
    services.accept_delivery(contractor, **first, actor=None, at=NOON)  # type: ignore[arg-type]  # days and a number
    given = {"since": date(2026, 3, 15), "until": date(2026, 3, 21), "delivered": 10, **wrong}
    with pytest.raises(Refusal) as refused:
        services.accept_delivery(contractor, **given, actor=None, at=NOON)  # type: ignore[arg-type]  # what a form may send
    assert refused.value.field == field
