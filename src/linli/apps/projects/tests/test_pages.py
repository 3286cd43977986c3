"""The pages of projects: begun, carried out, changed, evaluated through the doors; the papers say what stands."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal as D
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from linli.apps.ledger.tests.factories import a_subject, make_fund
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.projects import queries
from linli.apps.projects.models import ChangeRequest, MidTerm, Project, SupervisionVisit, VisitFinding
from linli.apps.projects.services import IndicatorText, Line
from linli.apps.projects.tests.factories import make_project
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
TABS = ("", "plan", "money", "results", "visits", "reports", "changes", "story")


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def project(here: District) -> Project:
    """Under way for a month of the present year."""
    today = timezone.localdate()
    fund = make_fund(here.street, 50_000)
    return make_project(
        here.community, fund=fund, grounds=a_subject(), amount=D(1000), money_from="", at=timezone.now(),
        lines=[Line("餐费", D(800)), Line("物料", D(200))], starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=60), year=today.year,
        indicators=[IndicatorText("助餐人次", D(100), unit="人次")],
    )  # fmt: skip


@pytest.fixture
def officer(here: District) -> Client:
    return client_of(make_user(Role.STREET_OFFICER, here.street, password=None))


@pytest.fixture
def worker(here: District) -> Client:
    return client_of(make_user(Role.COMMUNITY_WORKER, here.community, password=None))


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    parts: Iterator[bytes] = answer.streaming_content  # type: ignore[attr-defined]  # a file, streamed
    return b"".join(parts)


def pdf_text(content: bytes) -> str:
    sheet = pdfium.PdfDocument(content)
    try:
        return "".join("".join(one.get_textpage().get_text_bounded().split()) for one in sheet)
    finally:
        sheet.close()


def of(project: Project, rest: str = "") -> str:
    return f"/desk/projects/{project.pk}/{rest}"


def test_every_tab_opens_for_staff_and_for_whoever_carries_it_out(
    here: District, project: Project, officer: Client
) -> None:
    body_of = make_organization(here.community, "助老社")
    other = make_project(here.community, body_of)
    manager = client_of(make_user(Role.ORGANIZATION_MANAGER, organization=body_of, password=None))
    for tab in TABS:
        assert "银龄助餐" in page(officer, of(project, f"?tab={tab}"))
        assert "银龄助餐" in page(manager, of(other, f"?tab={tab}"))
    assert manager.get(of(project)).status_code == 404


def test_lists_and_the_board_ask_as_often_for_one_project_as_for_ten(
    here: District, project: Project, officer: Client
) -> None:
    addresses = ("/desk/projects/", "/desk/projects/board/", "/desk/projects/board/?view=money", of(project))

    def counted() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as told:
                page(officer, address)
            found.append(len(told))
        return found

    counted()
    one = counted()
    year = timezone.localdate().year
    for number in range(9):
        fund = make_fund(here.street, 5000)
        make_project(here.community, title=f"项目{number}", fund=fund, grounds=a_subject(), money_from="", year=year)
    assert counted() == one


def test_it_is_carried_out_through_its_pages(project: Project, worker: Client, officer: Client) -> None:
    step = queries.milestones_of(project)[0]
    assert "还缺" in worker.post(of(project, f"do/reach/{step.pk}/"), {"on": "2026-01-01"}).content.decode()
    upload = SimpleUploadedFile("方案.pdf", b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    plan, staff = step.evidence.all()
    assert worker.post(of(project, f"do/evidence/{plan.pk}/"), {"upload": upload}).status_code == 302
    assert worker.post(of(project, f"do/evidence/{staff.pk}/"), {"on_paper": "柜2"}).status_code == 302
    assert worker.post(of(project, f"do/reach/{step.pk}/"), {"on": str(timezone.localdate())}).status_code == 302
    assert "方案.pdf" in page(officer, of(project, "?tab=plan"))
    row = project.indicators.get()
    today = str(timezone.localdate())
    assert worker.post(of(project, f"do/actual/{row.pk}/"), {"value": "85", "on": today}).status_code == 302
    assert "85%" in page(worker, of(project, "?tab=plan"))
    outcome = {"name": "加装电梯", "quantity": "15", "unit": "台", "on": today}
    assert worker.post(of(project, "do/outcome/"), outcome).status_code == 302
    team = {"name": "服务队", "task": "移交", "began_on": today, "parts": "党员|20\n助老社|8"}
    assert worker.post(of(project, "do/task_team/"), team).status_code == 302
    wrong = worker.post(of(project, "do/task_team/"), {**team, "parts": "党员二十人"})
    assert (wrong.status_code, "第1行不符合" in wrong.content.decode()) == (422, True)
    shown = page(worker, of(project, "?tab=results"))
    assert ("15" in shown, "党员" in shown) == (True, True)
    partner = {"kind": "hospital", "name": "区中医院", "gives": "义诊"}
    assert worker.post(of(project, "do/partner/"), partner).status_code == 302
    assert worker.post(of(project, "do/group/"), {"name": "0—3岁婴幼儿家庭", "count": "300"}).status_code == 302
    assert [word in page(worker, of(project)) for word in ("区中医院", "0—3岁婴幼儿家庭")] == [True, True]


def test_a_visit_is_entered_printed_and_put_right(project: Project, worker: Client, officer: Client) -> None:
    today = timezone.localdate()
    form = {
        "visited_on": str(today), "visitors": "社区办两人", "progress": "正常",
        "findings": f"缺签到表|{today + timedelta(days=7)}",
    }  # fmt: skip
    assert worker.get(of(project, "do/visit/")).status_code == 403
    assert officer.post(of(project, "do/visit/"), form).status_code == 302
    visit, finding = SupervisionVisit.objects.get(), VisitFinding.objects.get()
    text = pdf_text(body(officer, of(project, f"papers/visit/{visit.pk}/")))
    assert [word in text for word in ("督导（走访）记录表", "缺签到表", "社区办两人")] == [True] * 3
    desk = page(worker, "/desk/")
    assert ("整改" in desk, "tab=visits" in desk) == (True, True)
    settled = worker.post(of(project, f"do/settle/{finding.pk}/"), {"answer": "已补齐", "on": str(today)})
    assert settled.status_code == 302
    assert "已补齐" in page(officer, of(project, "?tab=visits"))


def test_a_month_goes_out_as_table_and_workbook(project: Project, worker: Client, officer: Client) -> None:
    first = timezone.localdate().replace(day=1)
    form = {"span": "month", "begins_on": str(first), "next_steps": "继续", "sessions": "2", "person_times": "30"}
    assert worker.post(of(project, "do/report/"), form).status_code == 302
    asked = f"?span=month&begins={first}"
    text = pdf_text(body(officer, f"/desk/projects/reports/pdf/{asked}"))
    assert [word in text for word in ("项目进度月报表", "银龄助餐", "1,000.00", "合计")] == [True] * 4
    sheet = load_workbook(BytesIO(body(officer, f"/desk/projects/reports/xlsx/{asked}"))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:6] == ["项目编号", "项目名称", "实施主体", "预算", "已支出", "执行率"]
    assert officer.get("/desk/projects/reports/pdf/?begins=x").status_code == 404


def test_the_midterm_is_called_for_handed_in_and_scored(project: Project, worker: Client, officer: Client) -> None:
    due = timezone.localdate() + timedelta(days=10)
    assert officer.post(of(project, "do/call_midterm/"), {"due": str(due)}).status_code == 302
    midterm = MidTerm.objects.get()
    assert worker.post(of(project, f"do/hand_in/{midterm.pk}/"), {"progress": "按计划"}).status_code == 302
    shown = page(officer, of(project, f"midterm/{midterm.pk}/"))
    assert "没有指标" not in shown
    marks = {"schedule": "25", "schedule_why": "补齐材料", "output": "20", "output_why": "已达标", "quality": "12",
             "quality_why": "走访", "money": "20", "files": "6", "risk": "8", "risk_why": "有预案"}  # fmt: skip
    assert officer.post(of(project, f"midterm/{midterm.pk}/"), marks).status_code == 302
    midterm.refresh_from_db()
    assert midterm.state == "scored"
    text = pdf_text(body(officer, of(project, f"papers/midterm/{midterm.pk}/")))
    assert [word in text for word in ("中期评估表", "走访", "有预案")] == [True] * 3


def test_a_change_is_asked_for_approved_filed_and_printed(project: Project, worker: Client, officer: Client) -> None:
    form = {
        "reason": "物价上涨", "lines": "餐费|760\n物料|240", "target_1": "100", "ends_on": str(project.ends_on),
    }  # fmt: skip
    assert worker.post(of(project, "change/"), form).status_code == 302
    change = ChangeRequest.objects.get()
    assert worker.post(of(project, f"changes/{change.pk}/approve/")).status_code == 403
    assert officer.post(of(project, f"changes/{change.pk}/approve/")).status_code == 302
    filed = {"number": "清变〔2026〕3号", "on": str(timezone.localdate())}
    assert officer.post(of(project, f"do/file/{change.pk}/"), filed).status_code == 302
    text = pdf_text(body(officer, of(project, f"papers/change/{change.pk}/")))
    assert [word in text for word in ("变更申请表", "800.00", "760.00", "4.00%", "清变〔2026〕3号")] == [True] * 5
    assert "760" in page(officer, of(project, "?tab=money"))


def test_a_project_is_entered_directly_and_broken_off(here: District, officer: Client) -> None:
    form = {
        "title": "我是社区大管家", "place": str(here.community.pk), "kind": "resident_led", "provider": "members_team",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "amount": "5000", "money_from": "社区经费",
        "indicators": "巡查|48|次|2026-12-20",
    }  # fmt: skip
    assert officer.post("/desk/projects/new/", {**form, "money_from": ""}).status_code == 422
    assert officer.post("/desk/projects/new/", form).status_code == 302
    row = Project.objects.get(title="我是社区大管家")
    assert (row.amount, row.indicators.get().due, row.carried_by) == (5000, date(2026, 12, 20), here.community)
    assert officer.post(of(row, "do/suspend/"), {"reason": "负责人更换"}).status_code == 302
    assert officer.post(of(row, "do/terminate/"), {"reason": "不再实施", "accepted": "0"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "terminated"


def test_a_lamp_opens_its_rows_and_says_why(project: Project, officer: Client) -> None:
    shown = page(officer, "/desk/projects/board/")
    assert ("lamp=time&amp;colour=" in shown, "“启动”" in shown, "还没有出结果的调查" in shown) == (True, True, True)
    assert "银龄助餐" in page(officer, "/desk/projects/board/?lamp=satisfaction&colour=off")
    assert "银龄助餐" not in page(officer, "/desk/projects/board/?lamp=satisfaction&colour=green")
    assert "<svg" in page(officer, "/desk/projects/board/?view=gantt")
    money = page(officer, "/desk/projects/board/?view=money")
    assert [word in money for word in ("6月30日", "9月30日", "报账截止日")] == [True] * 3
