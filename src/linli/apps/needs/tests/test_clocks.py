"""The two clocks over New Year, make-up days and the Spring Festival: round the clock, and in office hours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from linli.apps.needs import services
from linli.apps.needs.models import Limit
from linli.apps.needs.services import clocks
from linli.apps.needs.services.clocks import official_due
from linli.apps.needs.tests.factories import NOW, make_need
from linli.apps.needs.tests.staff import make_street
from linli.apps.places.tests.factories import make_district
from linli.kernel import deadlines, settings
from linli.kernel.notices.models import Notice
from linli.kernel.refs import ref_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

BEIJING = ZoneInfo("Asia/Shanghai")
NEW_YEARS_EVE = datetime(2025, 12, 31, 17, 0, tzinfo=BEIJING)
BEFORE_THE_FESTIVAL = datetime(2026, 2, 13, 17, 0, tzinfo=BEIJING)


def local(moment: datetime) -> str:
    """As a clock on the wall says it."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def test_official_limits_run_round_the_clock_and_over_holidays() -> None:
    street = make_district().street.pk
    start, festival = NEW_YEARS_EVE, BEFORE_THE_FESTIVAL
    found = [
        local(official_due(Limit.HOURS_2, start, street=street)),
        local(official_due(Limit.HOURS_24, start, street=street)),
        local(official_due(Limit.DAYS_7, festival, street=street)),
        local(official_due(Limit.DAYS_15, festival, street=street)),
    ]
    assert found == ["2025-12-31 19:00", "2026-01-01 17:00", "2026-02-21 00:00", "2026-03-01 00:00"]


def test_official_days_are_working_days_where_the_street_says_so() -> None:
    street = make_street()
    key = street.here.street.pk
    settings.choose("needs.limit_days", clocks.WORKING, street=key, actor=street.head, at=NEW_YEARS_EVE)
    due = official_due(Limit.DAYS_7, BEFORE_THE_FESTIVAL, street=key)
    # 14 (make-up Saturday), 24, 25, 26, 27, 28 (make-up Saturday) February, 2 March
    assert local(due) == "2026-03-02 17:30"


def test_inner_limits_are_office_hours_over_a_make_up_saturday_and_new_year() -> None:
    here = make_district()
    festival = make_need(here.community, at=BEFORE_THE_FESTIVAL)
    year = make_need(here.community, at=NEW_YEARS_EVE)
    due = {
        (row.ref_id, row.kind): local(row.due) for row in deadlines.running().filter(ref_id__in=[festival.pk, year.pk])
    }
    found = [due[festival.pk, "first_contact"], due[year.pk, "sign_for"]]
    assert found == ["2026-02-14 14:00", "2026-01-04 10:30"]


def test_a_corrected_category_sets_the_official_clock_anew() -> None:
    street = make_street()
    need = make_need(street.here.community, actor=street.worker)
    before = need.promised
    street.lamps.limit = Limit.HOURS_24
    street.lamps.save()
    services.analyse(need, category=street.lamps, route="at_once", actor=street.worker, at=NOW + timedelta(hours=1))
    clock = deadlines.running().get(ref_id=need.pk, kind="official")
    assert (before == need.promised, clock.due, need.promised) == (False, NOW + timedelta(days=1), clock.due)


def test_it_reminds_once_before_a_limit_and_once_after() -> None:
    street = make_street()
    need = make_need(street.here.community, actor=street.worker)
    due = deadlines.running().get(ref_id=need.pk, kind="sign_for").due
    for minutes in (-60, -45, 5, 20):
        services.remind(at=due + timedelta(minutes=minutes))
    texts = Notice.objects.filter(kind="needs.need.due", recipient=street.worker.pk, ref_id=ref_of(need).id)
    assert sorted(texts.values_list("text", flat=True)) == [
        f"诉求{need.number}的一项时限即将到期。", f"诉求{need.number}的一项时限已经到期。",
    ]  # fmt: skip
