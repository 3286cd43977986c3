"""Planning, announcing, calling off; what activities come to."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from linli.apps.activities import queries, services
from linli.apps.activities.models import Activity, ActivityState, OccurrenceState, Part, SignInWay
from linli.apps.activities.services import Host, Item
from linli.apps.activities.tests.factories import hours_from, make_activity, make_date, somebody
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def test_it_holds_one_event_with_hosts_and_six_items_with_their_speakers(here: District) -> None:
    items = [Item(title, "李楠", "槐荫社区", 10) for title in ("致辞", "汇报", "分享", "颁奖", "经验分享", "工作重点")]
    activity = make_activity(
        here.community, kind="meeting", agenda=items,
        hosts=[Host("清河里街道办事处"), Host("暖邻社工中心", Part.CO_HOST)],
    )  # fmt: skip
    date_ = activity.occurrences.get()
    assert [(one.number, one.title, one.speaker) for one in date_.agenda.all()] == [
        (number, item.title, "李楠") for number, item in enumerate(items, start=1)
    ]
    assert [(host.part, host.name) for host in activity.organizers.all()] == [
        ("host", "清河里街道办事处"), ("co_host", "暖邻社工中心"),
    ]  # fmt: skip


def test_whoever_planned_it_does_not_announce_it(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community, password=None)
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community, password=None)
    activity = make_activity(here.community, announced=False, actor=worker)
    with pytest.raises(Refusal) as refused:
        services.publish(activity, actor=worker)
    assert refused.value.code == "second-person"
    services.publish(activity, actor=secretary)
    assert Activity.objects.get().state == ActivityState.PUBLISHED


def test_it_is_not_announced_while_its_text_holds_a_private_telephone(here: District) -> None:
    activity = make_activity(here.community, announced=False, about="报名请找张三，电话13800001111")
    with pytest.raises(Refusal):
        services.publish(activity, actor=None)
    assert Activity.objects.get().state == ActivityState.PLANNED


def test_nobody_plans_for_a_place_where_he_holds_no_post(here: District) -> None:
    stranger = make_user(Role.COMMUNITY_WORKER, here.neighbour_community, password=None)
    with pytest.raises(NotAllowed):
        make_activity(here.community, announced=False, actor=stranger)
    assert Activity.objects.count() == 0


def test_dates_that_begin_at_one_time_or_end_before_they_begin_are_refused(here: District) -> None:
    start = timezone.now() + timedelta(days=1)
    for times in ([hours_from(start), hours_from(start, 3)], [hours_from(start, -1)], []):
        with pytest.raises(Refusal):
            make_activity(here.community, times=times)
    assert Activity.objects.count() == 0


def test_calling_off_an_activity_calls_off_every_date_to_come(here: District) -> None:
    start = timezone.now() + timedelta(days=1)
    activity = make_activity(here.community, times=[hours_from(start), hours_from(start + timedelta(days=7))])
    services.call_off(activity, reason="连日暴雨", actor=None)
    assert set(activity.occurrences.values_list("state", "remark")) == {(OccurrenceState.CALLED_OFF, "连日暴雨")}
    with pytest.raises(Refusal):
        services.sign_up(activity.occurrences.select_related("activity__place")[0], attendee=somebody(), actor=None)


def test_a_change_names_the_version_it_was_made_from(here: District) -> None:
    activity = make_activity(here.community)
    text = {"title": "河岸捡拾", "about": "", "venue": "北门", "contact": ""}
    services.amend(activity, **text, version=activity.version, actor=None)
    with pytest.raises(Conflict):
        services.amend(activity, **text, version=activity.version - 1, actor=None)


def test_sessions_person_times_and_hours_add_up_by_kind(here: District) -> None:
    """H13 and H14: nine dates of three kinds, told by head-counts; hours of a team beside them."""
    past = timezone.now() - timedelta(days=2)
    subject = Ref("places.place", new_key())
    for kind, heads in (("environment", (80, 90, 60, 70, 85, 95)), ("patrol", (81, 82)), ("talk", (80,))):
        times = [hours_from(past - timedelta(days=number)) for number in range(len(heads))]
        activity = make_activity(here.community, kind=kind, times=times, subject=subject)
        for row, total in zip(activity.occurrences.select_related("activity__place"), heads, strict=True):
            services.count_heads(row, total=total, actor=None)
    services.record_hours(
        hours=Decimal("12.5"), people=6, day=timezone.localdate(past), kind="patrol", place=here.community,
        subject=subject, actor=None,
    )  # fmt: skip
    found = queries.totals(subjects=[subject])
    assert {kind: (one.sessions, one.person_times, one.hours) for kind, one in found.items()} == {
        "environment": (6, 480, Decimal(0)),
        "patrol": (2, 163, Decimal("12.5")),
        "talk": (1, 80, Decimal(0)),
    }
    whole = queries.total_of(found)
    assert (whole.sessions, whole.person_times) == (9, 723)
    assert queries.totals(place=here.street) == found
    assert queries.totals(place=here.neighbour_street) == {}
    assert queries.totals(place=here.street, until=date(2000, 1, 1)) == {}
    evidence = queries.evidence_of(subject)
    assert (len(evidence.dates), evidence.total.person_times) == (9, 723)


def test_person_times_are_the_head_count_or_who_signed_in_if_they_are_more(here: District) -> None:
    begun = timezone.now() - timedelta(minutes=30)
    row = make_date(here.community, starts=begun)
    for number in (1, 2, 3):
        services.sign_in(row, attendee=somebody(number), way=SignInWay.LIST, actor=None)
    with pytest.raises(Refusal) as refused:
        services.count_heads(row, total=2, actor=None)
    assert refused.value.code == "fewer-than-signed"
    services.count_heads(row, total=7, minors=2, actor=None)
    assert queries.totals(place=here.community)["environment"].person_times == 7
    services.count_heads(row, total=3, actor=None)
    assert queries.totals(place=here.community)["environment"].person_times == 3


def test_hours_are_entered_once_a_team_and_date_in_halves_and_within_a_day(here: District) -> None:
    row = make_date(here.community, starts=timezone.now() - timedelta(hours=3))
    given = {"people": 2, "day": timezone.localdate(), "kind": "patrol", "place": here.community, "actor": None}
    for hours in (Decimal(0), Decimal("1.3"), Decimal(49)):
        with pytest.raises(Refusal):
            services.record_hours(hours=hours, occurrence=row, **given)
    with pytest.raises(Refusal):
        services.record_hours(hours=Decimal(2), **{**given, "day": timezone.localdate() + timedelta(days=2)})
    services.record_hours(hours=Decimal(2), occurrence=row, **given)
    assert queries.hours_sum(queries.hours_given(place=here.street)) == Decimal(2)


def test_hours_go_out_by_team_and_never_by_person(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    services.record_hours(
        hours=Decimal("12.5"), people=6, day=timezone.localdate(), kind="patrol", place=here.community, actor=None
    )
    client = Client()
    client.force_login(worker, "django.contrib.auth.backends.ModelBackend")
    answer: Any = client.get("/desk/activities/hours/export/")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("服务日期", "团队", "地点", "类别", "人数", "时长合计（小时）", "备注")
    assert rows[1][2:6] == (here.community.name, "巡逻防控", 6, 12.5)
