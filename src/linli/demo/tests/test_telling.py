"""What the demo tells of its closed year: honour, opinions, story, public page, summary and an appeal."""

import pytest
from django.test import Client

from linli.apps.projects.models import (
    ClosingGrade,
    Coverage,
    GradeAppeal,
    OpinionSheet,
    Prize,
    ProgrammeSummary,
    ProjectStory,
    Showcase,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.usefixtures("in_demo")]


def test_the_best_project_bears_an_honour_and_is_told_with_unit_and_author() -> None:
    prize, story = Prize.objects.select_related("honour", "project").get(), ProjectStory.objects.get()
    assert prize.honour is not None
    assert (prize.honour.place, prize.honour.organization) == (prize.project.bearer_place, prize.project.bearer)
    assert (story.project, story.unit) == (prize.project, f"{prize.project.place}居民委员会")
    assert (prize.project.coverage.get().outlet, Coverage.objects.count(), story.author != "") == ("和安日报", 1, True)


def test_opinions_are_answered_and_the_lowest_grade_stands_after_an_appeal() -> None:
    appeal = GradeAppeal.objects.select_related("grade").get()
    standing = ClosingGrade.objects.filter(ended_at=None)
    assert not OpinionSheet.objects.filter(answered_at=None).exists()
    assert (appeal.state, appeal.grade.ended_at) == ("rejected", None)
    assert appeal.grade.score == min(standing.values_list("score", flat=True))


def test_everybody_reads_its_page_with_a_picture_before_and_after() -> None:
    page = Showcase.objects.get()
    answer = Client().get(f"/showcase/{page.pk}/")
    assert (answer.status_code, page.title in answer.content.decode()) == (200, True)
    assert None not in (page.before, page.after)


def test_the_programmes_year_is_summed_up() -> None:
    row = ProgrammeSummary.objects.select_related("programme").get()
    assert (row.year, row.programme.name) == (2017, "临湖街道基层党组织服务群众项目")
    assert all((row.overview, row.delivery, row.growth, row.outlook))
