"""What happens while a project is carried out: evidence, figures, outcomes, visits, reports."""

from datetime import UTC, date, datetime
from decimal import Decimal as D
from io import BytesIO

import pytest

from linli.apps.organizations.tests.factories import make_agency, make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.projects import queries, services
from linli.apps.projects.contributions.tasks import find_findings
from linli.apps.projects.models import Milestone, Project, ProjectIndicator, Span, VisitFinding
from linli.apps.projects.services import FindingText, IndicatorText, TeamPart, VisitText
from linli.apps.projects.tests.factories import make_project
from linli.kernel import deadlines, files
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
JULY = datetime(2026, 7, 20, 1, 0, tzinfo=UTC)
DAY = date(2026, 7, 20)


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


@pytest.fixture
def project(here: District) -> Project:
    return make_project(here.community, indicators=[IndicatorText("助餐人次", D(100), unit="人次")])


def first(project: Project) -> Milestone:
    return queries.milestones_of(project)[0]


def a_file() -> BytesIO:
    file = BytesIO(b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    file.name = "方案.pdf"
    return file


def test_a_milestone_is_reached_with_all_its_evidence(project: Project) -> None:
    step = first(project)
    with pytest.raises(Refusal) as no:
        services.reach_milestone(step, on=DAY, actor=None, at=JULY)
    assert str(no.value) == "“启动”还缺：实施方案与进度安排、服务人员分工与资质。"
    plan, staff = step.evidence.all()
    services.give_evidence(plan, uploads=[a_file()], actor=None, at=JULY)
    services.give_evidence(staff, on_paper="社区档案柜2层", actor=None, at=JULY)
    services.reach_milestone(step, on=DAY, actor=None, at=JULY)
    step.refresh_from_db()
    assert (step.reached_on, files.files_of(ref_of(plan)).count()) == (DAY, 1)
    with pytest.raises(Conflict):
        services.reach_milestone(step, on=DAY, actor=None, at=JULY)


def test_nothing_is_no_evidence_and_more_may_be_asked(project: Project, officer: User) -> None:
    step = first(project)
    with pytest.raises(Refusal):
        services.give_evidence(step.evidence.all()[0], actor=None, at=JULY)
    services.ask_evidence(step, title="保险凭证", actor=officer, at=JULY)
    assert list(step.evidence.filter(number=3).values_list("title", flat=True)) == ["保险凭证"]


def test_the_latest_day_is_the_actual_figure(project: Project) -> None:
    row = project.indicators.get()
    for day, value in ((date(2026, 7, 1), D(80)), (date(2026, 6, 1), D(40))):
        services.record_actual(row, value=value, on=day, grounds="签到表", actor=None, at=JULY)
    fresh = ProjectIndicator.objects.get(pk=row.pk)
    band = queries.indicator_bands([project])[project.pk][0]
    assert (fresh.actual, fresh.actual_on, band.percent, band.points) == (80, date(2026, 7, 1), D("80.00"), 2)
    with pytest.raises(Refusal):
        services.record_actual(row, value=D(1), on=date(2026, 8, 1), actor=None, at=JULY)
    with pytest.raises(Conflict):
        services.set_indicators(project, [], actor=None, at=JULY)


def test_strangers_report_nothing(here: District, project: Project) -> None:
    neighbour = make_user(Role.COMMUNITY_WORKER, here.other_community, password=None)
    with pytest.raises(NotAllowed):
        services.record_actual(project.indicators.get(), value=D(1), on=DAY, actor=neighbour, at=JULY)


def test_outcomes_stand_in_their_own_units(project: Project) -> None:
    services.add_outcome(project, name="加装电梯", quantity=D(15), unit="台", on=DAY, actor=None, at=JULY)
    services.add_outcome(project, name="改造面积", quantity=D(707000), unit="平方米", on=DAY, actor=None, at=JULY)
    assert [str(row) for row in project.outcomes.all()] == ["加装电梯 15台", "改造面积 707000平方米"]
    with pytest.raises(Conflict):
        services.add_outcome(project, name="加装电梯", quantity=D(16), unit="台", on=DAY, actor=None, at=JULY)


def test_a_team_grows_into_another_one(here: District, project: Project) -> None:
    team = make_organization(here.community, "楼门合唱队")
    grown = services.record_growth(
        project, team=team, before="文体队", after="楼门文化督导队", members=23, on=DAY, actor=None, at=JULY
    )
    assert (str(grown), grown.team) == ("楼门合唱队：文体队 → 楼门文化督导队", team)
    with pytest.raises(Refusal):
        services.record_growth(project, name="甲队", before="治理队", after="治理队", on=DAY, actor=None, at=JULY)


def test_a_task_team_of_organizations_and_members_counts_what_it_solved(here: District, project: Project) -> None:
    parts = [TeamPart(80, organization=make_organization(here.community, "先锋服务社")), TeamPart(120, "在职党员")]
    team = services.form_task_team(
        project, name="移交服务队", task="“三供一业”移交", began_on=DAY, parts=parts, actor=None, at=JULY
    )
    services.report_task_team(team, found=356, solved=340, actor=None, at=JULY)
    team.refresh_from_db()
    assert (team.found, team.solved, sum(part.people for part in team.parts.all())) == (356, 340, 200)
    with pytest.raises(Refusal):
        services.report_task_team(team, found=1, solved=2, actor=None, at=JULY)


def test_visits_of_street_and_agency_leave_findings_with_a_clock(here: District, officer: User) -> None:
    agency = make_agency(here.street)
    project = make_project(here.community, agency=agency)
    text = VisitText(DAY, "社区办两人", "按计划推进", money="已支出两成", records="签到表缺一份")
    finding = FindingText("补齐六月签到表", date(2026, 8, 1))
    seen = services.visit(project, text=text, findings=[finding], actor=officer, at=JULY)
    supporter = make_user(Role.ORGANIZATION_MANAGER, organization=agency, password=None)
    second = services.visit(project, text=text, actor=supporter, at=JULY)
    assert (seen.side, seen.number, second.side, second.number) == ("street", 1, "agency", 2)
    row = VisitFinding.objects.get()
    clock = deadlines.of([ref_of(row)])[ref_of(row)][0]
    worker = make_user(Role.COMMUNITY_WORKER, here.community, password=None)
    tasks = [(task.title, task.why, task.due) for task in find_findings(worker)]
    assert tasks == [("银龄助餐", "补齐六月签到表", clock.due)]
    services.settle_finding(row, answer="已补齐", on=DAY, actor=worker, at=JULY)
    clock.refresh_from_db()
    assert (clock.met is not None, list(find_findings(worker))) == (True, [])
    with pytest.raises(NotAllowed):
        services.visit(project, text=text, actor=worker, at=JULY)


def test_a_month_is_reported_once_with_figures_of_the_records(project: Project) -> None:
    services.record_actual(project.indicators.get(), value=D(100), on=DAY, actor=None, at=JULY)
    said = {"next_steps": "八月继续", "actor": None, "at": JULY}
    row = services.report_progress(
        project, span=Span.MONTH, begins_on=date(2026, 7, 1), sessions=3, person_times=41, **said
    )
    figures = (row.budget, row.spent, row.sessions, row.person_times, row.is_typed, row.reached, row.indicators)
    assert figures == (D(5000), 0, 3, 41, True, 1, 1)
    with pytest.raises(Conflict):
        services.report_progress(project, span=Span.MONTH, begins_on=date(2026, 7, 1), **said)
    for span, day in ((Span.MONTH, date(2026, 7, 2)), (Span.QUARTER, date(2026, 5, 1)), (Span.MONTH, date(2026, 8, 1))):
        with pytest.raises(Refusal):
            services.report_progress(project, span=span, begins_on=day, **said)
