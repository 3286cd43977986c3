"""Proactive issues: noticed, taken in hand, struck off; each refusal its sentence."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.remembering import remembered

from linli.apps.needs import queries, services
from linli.apps.needs.models import IssueSource, ProactiveIssue
from linli.apps.needs.queries.reporting import span_of
from linli.apps.needs.tables.reports import issues_paper
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.documents import print_paper
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=20)


@remembered
def make_issue() -> tuple[District, ProactiveIssue]:
    """The drains of an estate before the rain."""
    here = make_district()
    issue = services.notice_issue(
        place=here.community, street=here.street, title="汛期前怡和园排水", source=IssueSource.FORECAST,
        point="3号楼前", actor=None,
    )  # fmt: skip
    return here, issue


def begin(here: District, issue: ProactiveIssue) -> None:
    services.begin_issue(issue, unit=here.community, measure="清掏雨水口", due=DUE, actor=None)


def test_it_goes_from_noticed_to_struck_off() -> None:
    here, issue = make_issue()
    begin(here, issue)
    services.strike_off(issue, progress="清掏12处，试水通畅", actor=None)

    issue.refresh_from_db()
    assert (issue.state, issue.struck_off_on, issue.unit) == ("struck_off", TODAY, here.community)


@pytest.mark.parametrize(("unit", "measure", "due"), [(False, "清掏", True), (True, " ", True), (True, "清掏", False)])
def test_nothing_is_under_way_without_unit_measure_and_day(unit: bool, measure: str, due: bool) -> None:
    here, issue = make_issue()

    with pytest.raises(Refusal):
        services.begin_issue(
            issue, unit=here.community if unit else None, measure=measure, due=DUE if due else None, actor=None
        )
    issue.refresh_from_db()
    assert issue.state == "noticed"


def test_it_is_struck_off_with_what_was_done_and_not_twice() -> None:
    here, issue = make_issue()
    begin(here, issue)

    with pytest.raises(Refusal, match="整改情况"):
        services.strike_off(issue, progress=" ", actor=None)
    with pytest.raises(Refusal):
        services.strike_off(issue, progress="已清掏", on=TODAY + timedelta(days=1), actor=None)
    services.strike_off(issue, progress="已清掏", actor=None)
    with pytest.raises(Conflict):
        services.strike_off(issue, progress="已清掏", actor=None)


def test_what_comes_again_goes_back_on_the_board() -> None:
    here, issue = make_issue()
    begin(here, issue)
    services.strike_off(issue, progress="已清掏", actor=None)
    services.take_up_again(issue, reason="暴雨后又堵", due=DUE, actor=None)

    issue.refresh_from_db()
    assert (issue.state, issue.struck_off_on) == ("under_way", None)


def test_a_worker_keeps_the_board_of_his_own_place() -> None:
    here, issue = make_issue()
    worker, elsewhere = (
        make_user(Role.COMMUNITY_WORKER, here.community),
        make_user(Role.COMMUNITY_WORKER, here.other_community),
    )
    seen = [list(queries.board_of_issues(who, state="")) for who in (worker, elsewhere)]

    assert seen == [[issue], []]
    with pytest.raises(NotAllowed):
        services.drop_issue(issue, reason="不属实", actor=elsewhere)


def test_the_pages_lead_from_an_empty_board_to_a_struck_off_issue(client: Client) -> None:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    client.force_login(worker)

    assert "看板上还没有事项" in client.get("/desk/needs/issues/").text
    sent = {"title": "路口积水", "source": "patrol", "place": str(here.community.pk), "on": TODAY.isoformat()}
    page = client.post("/desk/needs/issues/new/", sent)
    issue = ProactiveIssue.objects.get()
    assert page["Location"] == f"/desk/needs/issues/{issue.pk}/"
    plan = {"unit_place": str(here.community.pk), "measure": "垫高路面", "due": DUE.isoformat()}
    client.post(f"/desk/needs/issues/{issue.pk}/do/begin/", plan)
    client.post(f"/desk/needs/issues/{issue.pk}/do/strike_off/", {"progress": "已垫高", "on": TODAY.isoformat()})
    shown = client.get("/desk/needs/issues/?state=struck_off").text
    assert "路口积水" in shown
    assert "路口积水" in client.get(f"/desk/needs/issues/{issue.pk}/").text


def test_the_board_prints_as_paper_34() -> None:
    _here, issue = make_issue()
    paper = issues_paper([issue], unit="清河里街道", day=date(2026, 4, 2))

    assert print_paper(paper)[:5] == b"%PDF-"


@pytest.mark.sqlite_only
def test_spans_know_the_one_before_and_the_year_before() -> None:
    month, week = span_of("month", date(2026, 3, 15)), span_of("week", date(2026, 1, 1))

    assert (month.begins, month.ends, month.before.begins) == (date(2026, 3, 1), date(2026, 3, 31), date(2026, 2, 1))
    assert (month.year_before.begins, week.begins, week.ends) == (
        date(2025, 3, 1),
        date(2025, 12, 29),
        date(2026, 1, 4),
    )
    assert span_of("day", date(2024, 2, 29)).year_before.begins == date(2023, 2, 28)
