"""The figures of a programme's year, counted a second time: row by row, by none of the queries the summary uses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal as D
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document

from linli.apps.activities import services as activities
from linli.apps.activities.models import Attendance, HeadCount, Occurrence, SignInWay, VolunteerHours
from linli.apps.activities.services import Attendee
from linli.apps.activities.tests.factories import hours_from, make_activity
from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.tests.factories import give_papers, make_expenditure, make_fund, make_voucher
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.projects import services
from linli.apps.projects.models import ClosingGrade, ProgrammeSummary, Project, ProjectIndicator
from linli.apps.projects.services import IndicatorText
from linli.apps.projects.services import closing as closings
from linli.apps.projects.tables.summary import YearFigures, figures_of_year, summary_paper
from linli.apps.projects.tests.factories import make_project
from linli.apps.projects.tests.test_closing import NOW, Case, accepted
from linli.apps.rounds import services as rounds
from linli.apps.rounds.models import Award, PlanLine, PlanRule
from linli.apps.rounds.tests.factories import NOW as CALLED
from linli.apps.rounds.tests.factories import accepted as let_in
from linli.apps.rounds.tests.factories import fill, make_programme, make_round, start
from linli.apps.rounds.tests.judged import DECIDING, sitting
from linli.apps.surveys import services as surveys
from linli.apps.surveys.models import RatingCount, Survey
from linli.apps.surveys.tests.factories import Street
from linli.kernel.documents import write_paper
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db]
ASKED = {"一": "4000.00", "二": "3000.00", "三": "1000.00"}
HELD = NOW - timedelta(days=40)


@dataclass
class Year:
    """A programme with three projects, and one that is not of it, and the figures of its summary."""

    summary: ProgrammeSummary
    projects: list[Project]
    figures: YearFigures


@pytest.fixture(scope="module")
def year(module_db: None) -> Year:
    street = Street()
    programme = make_programme(street.district.street)
    projects = _awarded(street, programme)
    other = make_project(street.community, title="别处的项目", fund=make_fund(street.district.street, 9000),
                         grounds=ref_of(street.community), money_from="")  # fmt: skip
    for number, project in enumerate([*projects, other]):
        _carried_out(street, project, number)
    for project, score in zip(projects[:2], (D(88), D(70)), strict=True):
        case = accepted(Case(project, closings.open_closing(project, actor=None, at=NOW)))
        closings.give_grade(case.closing, score=score, grounds="结项评审会", actor=None, at=NOW)
    summary = closings.write_summary(programme, year=2026, actor=None, at=NOW)
    return Year(summary, projects, figures_of_year(summary))


def _awarded(street: Street, programme: Any) -> list[Project]:
    """Three projects of one unit each."""
    intake = make_round(programme, "contest", sealed=False)
    for name, asked in ASKED.items():
        body = make_organization(street.community, f"{name}号服务中心")
        proposal = fill(start(intake, street.community, body, title=f"{name}号项目"), asked=asked)
        rounds.submit(proposal, actor=None, at=CALLED)
        let_in(proposal)
    fund = make_fund(street.district.street, 8000)
    plan = rounds.draw_plan(intake, fund=fund, rule=PlanRule.HAND, sessions=(), actor=None, at=DECIDING)
    for line in PlanLine.objects.filter(plan=plan).select_related("plan__round__place", "proposal"):
        plan = rounds.set_amount(line, amount=str(line.proposal.asked), reason="民生急需", actor=None)
    rounds.decide(intake, plan=plan, sitting=sitting(), actor=None, at=DECIDING)
    awards = Award.objects.order_by("proposal__title")
    made = [services.begin_from_award(award, actor=None, at=DECIDING) for award in awards]
    return sorted(made, key=lambda one: list(ASKED).index(one.title[0]))


def _carried_out(street: Street, project: Project, number: int) -> None:
    """Spending, activities, hours, indicators and a survey, of other sizes for each."""
    for amount in (100 + number, 250):
        paid = _approved(project, amount)
        ledger.record_paid(paid, receipt=f"国库-{number}-{amount}", paid_on=date(2026, 6, 2), actor=None)
    _approved(project, 77)
    texts = [
        IndicatorText("议事会", D(8), unit="场"), IndicatorText("投诉件数", D(4), baseline=D(10), unit="件"),
        IndicatorText("志愿者", D(20), unit="人"),
    ]  # fmt: skip
    services.set_indicators(project, texts, actor=None)
    for row, actual in zip(project.indicators.order_by("number"), (8 + number, 4, 19), strict=True):
        services.record_actual(row, value=D(actual), on=date(2026, 11, 1), actor=None)
    _active(street, project, number)
    _asked(street, project, number)


def _approved(project: Project, amount: int) -> Expenditure:
    """An expenditure of a day within the term, with its invoice and papers, approved."""
    assert project.commitment is not None
    line = project.commitment.lines.first()
    row = make_expenditure(
        project.commitment, amount, line=line, spent_on=date(2026, 6, 1), payee=f"{project.title}{amount}号商店"
    )
    make_voucher(row, issued_on=date(2026, 6, 1))
    give_papers(row)
    for step in (ledger.submit, ledger.check, ledger.approve):
        step(row, actor=None)
    return row


def _active(street: Street, project: Project, number: int) -> None:
    """A date counted by heads, one by those who signed in, one nobody held; hours given."""
    times = [hours_from(HELD + timedelta(days=day)) for day in range(3)]
    activity = make_activity(street.community, subject=ref_of(project), times=times)
    counted, signed, _not_held = activity.occurrences.order_by("starts")
    for one, count in ((counted, 1), (signed, 2 + number)):
        for person in range(count):
            who = Attendee(f"居民{person}", phone=f"138{person:08d}")
            activities.sign_in(one, attendee=who, way=SignInWay.LIST, actor=None, at=one.starts)
    activities.count_heads(counted, total=30 + number, actor=None, at=counted.ends)
    activities.hold(signed, actor=None, at=signed.ends)
    activities.record_hours(
        hours=D("12.5") + number, people=5, day=date(2026, 10, 20), kind="environment", place=street.community,
        subject=ref_of(project), actor=None, at=NOW,
    )  # fmt: skip


def _asked(street: Street, project: Project, number: int) -> None:
    """Two surveys: the later one counts. The third project was asked about once."""
    for later, (satisfied, answers) in enumerate(((2, 4), (7 + number, 9 + number))[number == 2 :]):
        asked = street.open(group=answers, subjects=[ref_of(project)])
        for place, code in enumerate(asked.codes["参加活动的居民"]):
            asked.answer(code, 5 if place < satisfied else 2)
        surveys.close(asked.survey, actor=None, at=NOW + timedelta(days=later))


def rows_of(model: Any, *columns: str) -> Iterable[tuple[Any, ...]]:
    """Every row of a table, unfiltered: what belongs together is found here."""
    return model.objects.order_by().values_list(*columns)  # type: ignore[no-any-return]  # a model of any kind


def test_money_and_units_are_those_of_the_rows(year: Year) -> None:
    keys = {one.commitment_id for one in year.projects}
    paid = [
        amount - back
        for key, state, amount, back in rows_of(Expenditure, "commitment", "state", "amount", "came_back")
        if key in keys and state == "paid"
    ]
    mine = {one.pk for one in year.projects}
    agreed = [(amount, bearer) for pk, amount, bearer in rows_of(Project, "pk", "amount", "bearer") if pk in mine]
    assert (year.figures.spent, len(paid)) == (sum(paid), 6)
    assert (year.figures.amount, year.figures.projects) == (sum(amount for amount, _unit in agreed), len(agreed))
    assert year.figures.units == len({unit for _amount, unit in agreed})
    assert (year.figures.spent, year.figures.amount, year.figures.units) == (D("1053.00"), D("8000.00"), 3)
    assert sum(amount for _name, _count, amount in year.figures.by_class) == year.figures.amount


def test_activities_are_those_of_the_rows(year: Year) -> None:
    mine = {one.pk for one in year.projects}
    dates = {
        pk for pk, state, about in rows_of(Occurrence, "pk", "state", "activity__subject_id")
        if state == "held" and about in mine
    }  # fmt: skip
    heads = dict(rows_of(HeadCount, "occurrence", "total"))
    signed = [pk for (pk,) in rows_of(Attendance, "occurrence")]
    people = sum(max(heads.get(pk, 0), signed.count(pk)) for pk in dates)
    hours = sum(given for about, given in rows_of(VolunteerHours, "subject_id", "hours") if about in mine)
    counted = (year.figures.sessions, year.figures.person_times, year.figures.hours)
    assert counted == (len(dates), people, hours) == (6, 30 + 31 + 32 + 2 + 3 + 4, D("40.5"))


def test_satisfaction_is_that_of_the_last_survey_of_each(year: Year) -> None:
    closed = dict(rows_of(Survey, "pk", "closed_at"))
    mine = {one.pk for one in year.projects}
    piles: dict[Any, dict[Any, list[int]]] = {}
    columns = ("very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied")
    for about, survey, *grades in rows_of(RatingCount, "subject__about", "subject__survey", *columns):
        if about in mine:
            pile = piles.setdefault(about, {}).setdefault(survey, [0, 0])
            pile[0] += sum(grades)
            pile[1] += grades[0] + grades[1]
    last = [max(found.items(), key=lambda one: (closed[one[0]], str(one[0])))[1] for found in piles.values()]
    answers, satisfied = (sum(one[place] for one in last) for place in (0, 1))
    assert (year.figures.answers, year.figures.satisfied) == (answers, satisfied) == (30, 24)
    assert year.figures.rate == D("80.0")


def test_indicators_and_grades_are_those_of_the_rows(year: Year) -> None:
    mine = {one.pk for one in year.projects}
    rows = [row[1:] for row in rows_of(ProjectIndicator, "project", "baseline", "target", "actual") if row[0] in mine]
    reached = [
        actual is not None and (actual >= target if target > baseline else actual <= target)
        for baseline, target, actual in rows
    ]
    grades: dict[str, int] = {}
    for about, letter, title, ended in rows_of(ClosingGrade, "closing__project", "letter", "title", "ended_at"):
        if about in mine and ended is None:
            grades[f"{letter} {title}"] = grades.get(f"{letter} {title}", 0) + 1
    assert (year.figures.indicators, year.figures.reached) == (len(reached), sum(reached)) == (9, 6)
    assert year.figures.grades == grades == {"A 优秀": 1, "B 合格": 1}


def test_the_paper_says_these_figures(year: Year) -> None:
    text = "\n".join(one.text for one in Document(BytesIO(write_paper(summary_paper(year.summary)))).paragraphs)
    said = (
        "实施项目3项，涉及3个单位", "开展活动6场、102人次，志愿服务40.5小时", "指标共9项，达到目标值6项",
        "有效答卷30份，满意率80.0%", "A 优秀1项、B 合格1项",
    )  # fmt: skip
    assert [one in text for one in said] == [True] * len(said)


def test_the_page_shows_them_and_takes_the_four_sections(year: Year) -> None:
    officer = make_user(Role.STREET_OFFICER, year.summary.programme.place, password=None)
    desk = Client(headers={"accept-language": "zh-CN"})
    desk.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    begun = desk.post("/desk/projects/summaries/new/", {"programme": year.summary.programme_id, "year": 2026})
    page = f"/desk/projects/summaries/{year.summary.pk}/"
    assert begun["Location"] == page
    sections = dict.fromkeys(("overview", "delivery", "growth", "outlook"), "写明情况。")
    assert desk.post(f"{page}write/", {**sections, "outlook": "明年扩大到三个社区。"}).status_code == 302
    text = desk.get(page).content.decode()
    shown = ("1,053.00", "8,000.00", "102", "40.5", "6 / 9", "24 / 30（80.0%）", "明年扩大到三个社区。")
    assert [one in text for one in shown] == [True] * len(shown)
    assert page in desk.get("/desk/projects/summaries/").content.decode()
