"""Projects of earlier years: register and score tables from Excel, looked up, and out again."""

import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.projects import queries
from linli.apps.projects.models import EarlierProject, EarlierScore
from linli.kernel.scope import Role
from linli.site.cli import main

pytestmark = [pytest.mark.django_db]
HEAD = (
    "年份", "编号", "项目名称", "所属社区", "申报单位", "类别", "资助金额", "自筹", "起始日期", "完成日期", "状态",
    "等次", "得分", "满意度", "备注",
)  # fmt: skip
FIRST = (
    2024, "CT-01", "楼道微更新", "槐荫社区", "暖邻中心", "便民利民类", 48000, 2000, "2024-03-01", "2024-11-30",
    "已结项", "优秀", 91.5, 96.4, "与物业合办",
)  # fmt: skip
SECOND = (2024, "", "银发学堂", "", "银龄书画社", "", "", "", "", "", "", "", "", "", "")


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    """A folder for uploads of every test's own."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


def book(folder: Path, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> str:
    filled = Workbook()
    sheet = filled.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(list(row))
    filled.save(folder / "表.xlsx")
    return str(folder / "表.xlsx")


@pytest.fixture
def taken(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """``taken(what, rows, head)`` -> (new, changed, unchanged, left out), and the words about those left out."""

    def take(what: str, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, *more: str) -> Any:
        main(["import", what, book(tmp_path, rows, head), "--json", *more])
        said = json.loads(capsys.readouterr().out)
        return (said["new"], said["changed"], said["same"], said["bad"]), json.dumps(said, ensure_ascii=False)

    return take


def test_a_register_comes_in_once_with_every_column(here: District, officer: User, taken: Any) -> None:
    team = make_organization(here.community, "暖邻中心")
    assert taken("projects", (FIRST, SECOND))[0] == (2, 0, 0, 0)
    assert taken("projects", (FIRST, SECOND))[0] == (0, 0, 2, 0)
    one = EarlierProject.objects.get(number="CT-01")
    texts = (one.year, one.title, one.bearer_name, one.kind, one.state, one.grade, one.note)
    assert texts == (2024, "楼道微更新", "暖邻中心", "便民利民类", "已结项", "优秀", "与物业合办")
    assert (one.amount, one.own, one.score) == (48000, 2000, Decimal("91.50"))
    assert (str(one.starts_on), str(one.ends_on), one.satisfaction) == ("2024-03-01", "2024-11-30", Decimal("96.40"))
    assert (one.place, one.street, one.bearer) == (here.community, here.street, team)
    other = EarlierProject.objects.get(title="银发学堂")
    assert (other.place, other.street, other.amount, other.bearer) == (None, here.street, None, None)


def test_a_later_table_corrects_and_leaves_alone_what_it_has_no_column_for(
    here: District, officer: User, taken: Any
) -> None:
    taken("projects", (FIRST,))
    assert taken("projects", [(2024, "CT-01", "楼道微更新二期", "良好")], ("年度", "编号", "名称", "等次"))[0] == (
        0,
        1,
        0,
        0,
    )
    one = EarlierProject.objects.get()
    assert (one.title, one.grade, one.amount, one.place) == ("楼道微更新二期", "良好", 48000, here.community)


def test_ten_thousands_are_no_yuan(here: District, officer: User, taken: Any) -> None:
    head = ("年度", "项目名称", "金额（万元）")
    assert taken("projects", [(2023, "菜园", 4.8)], head)[0] == (1, 0, 0, 0)
    assert EarlierProject.objects.get().amount == 48000
    both = ("年度", "项目名称", "金额（元）", "金额（万元）")
    assert taken("projects", [(2023, "菜园", 4800, 4.8)], both)[0] == (0, 0, 0, 1)


def test_each_doubt_has_its_sentence(here: District, officer: User, taken: Any) -> None:
    head = ("年度", "项目名称", "社区", "街道", "金额", "开始日期", "结束日期")
    rows = [
        (2199, "明天", "", "", 1, "", ""),
        (2024, "远方", here.neighbour_community.name, "", 1, "", ""),
        (2024, "他街", "", "远方街道", 1, "", ""),
        (2024, "亏空", "", "", -5, "", ""),
        (2024, "倒行", "", "", 1, "2024-05-01", "2024-04-01"),
        ("去年", "何时", "", "", 1, "", ""),
    ]
    counts, words = taken("projects", rows, head)
    assert (counts, EarlierProject.objects.count()) == ((0, 0, 0, 6), 0)
    for sentence in ("lies ahead", "is no community", "is no street", "before the first day", "not a whole number"):
        assert sentence in words


MARKS = ("年度", "编号", "名称", "评审阶段", "评委1", "评委2", "评委3", "评委4", "评委5", "平均分", "名次", "等次")


def test_score_tables_stand_beside_their_projects_and_are_reckoned_again(
    here: District, officer: User, taken: Any
) -> None:
    taken("projects", (FIRST, SECOND))
    rows = [
        (2024, "CT-01", "", "初审", 80, 90, 85, 95, 86, 87.0, 1, "优秀"),
        (2024, "", "银发学堂", "", 70, 80, 75, "", "", 78, 2, ""),
    ]
    assert taken("scores", rows, MARKS)[0] == (2, 0, 0, 0)
    assert taken("scores", rows, MARKS)[0] == (0, 0, 2, 0)
    first, second = EarlierScore.objects.order_by("rank")
    assert (first.stage, first.marks, first.mean, first.trimmed) == (
        "初审", ["80.00", "90.00", "85.00", "95.00", "86.00"], Decimal("87.20"), Decimal("87.00"),
    )  # fmt: skip
    assert (first.told, first.rank, first.grade, first.agrees) == (87, 1, "优秀", True)
    assert (second.stage, second.mean, second.trimmed, second.told, second.agrees) == (
        "评审", Decimal("75.00"), None, 78, False,
    )  # fmt: skip


def test_a_score_without_its_project_or_without_any_figure_is_left_out(
    here: District, officer: User, taken: Any
) -> None:
    taken("projects", (FIRST,))
    rows = [(2024, "CT-99", 90), (2023, "CT-01", 90), (2024, "CT-01", "")]
    assert taken("scores", rows, ("年度", "编号", "得分"))[0] == (0, 0, 0, 3)
    assert not EarlierScore.objects.exists()


def test_no_name_of_a_judge_is_kept(here: District, officer: User, taken: Any) -> None:
    taken("projects", (FIRST,))
    head = ("年度", "编号", "评委1", "罗思远", "得分")
    taken("scores", [(2024, "CT-01", 88, 99, 88)], head)
    kept = json.dumps(list(EarlierScore.objects.values("marks", "told", "stage", "grade")), default=str)
    assert ("88.00" in kept, "99" in kept, "罗思远" in kept) == (True, False, False)


def test_the_pages_tell_years_sums_and_figures_that_do_not_follow(
    here: District, officer: User, taken: Any, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(officer)
    assert "导入往年项目" in client.get("/desk/projects/earlier/").content.decode()
    taken("projects", (FIRST, SECOND, *((2023, f"B-{number}", f"菜园{number}", *[""] * 12) for number in range(20))))
    taken("scores", [(2024, "CT-01", "", "初审", 80, 90, 85, 95, 86, 99, 1, "优秀")], MARKS)
    page = client.get("/desk/projects/earlier/").content.decode()
    for words in ("楼道微更新", "银发学堂", "得分与各项评分不符"):
        assert words in page
    client.get("/desk/projects/earlier/?year=2023")
    one = EarlierProject.objects.get(number="CT-01")
    shown = client.get(f"/desk/projects/earlier/{one.pk}/").content.decode()
    for words in ("80.00、90.00、85.00、95.00、86.00", "87.20", "87.00", "99.00", "有差异"):
        assert words in shown
    with django_assert_num_queries(4):
        rows = queries.with_scores(queries.earlier_visible_to(officer).select_related("place", "street"))
        queries.years_of_earlier(queries.earlier_visible_to(officer))
        assert sum(len(row.scores.all()) for row in rows) == 1


def test_the_register_goes_out_as_it_came_in(here: District, officer: User, taken: Any, client: Client) -> None:
    taken("projects", (FIRST, SECOND))
    client.force_login(officer)
    body = b"".join(client.get("/desk/projects/earlier/export/").streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows() if row[2].value)
    assert (len(rows), taken("projects", rows, head)[0]) == (2, (0, 0, 2, 0))


def test_another_street_sees_nothing_and_an_organization_its_own(
    here: District, officer: User, taken: Any, client: Client
) -> None:
    team = make_organization(here.community, "暖邻中心")
    taken("projects", (FIRST,))
    one = EarlierProject.objects.get()
    neighbour = make_user(Role.STREET_OFFICER, here.neighbour_street)
    client.force_login(neighbour)
    assert "楼道微更新" not in client.get("/desk/projects/earlier/").content.decode()
    assert client.get(f"/desk/projects/earlier/{one.pk}/").status_code == 404
    assert not queries.earlier_visible_to(neighbour).exists()
    client.force_login(officer)
    assert "楼道微更新" in client.get(f"/desk/organizations/{team.pk}/").content.decode()
