"""The kernel's own pages on the desk: audit, background work, settings."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from linli.apps.people.models import User
from linli.apps.people.tests.factories import TEXT, make_card, make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel import audit
from linli.kernel.audit.export import HEADINGS
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import entries
from linli.kernel.jobs import Job
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.publication import PublicationState
from linli.kernel.scope import Role
from linli.kernel.settings import value_of
from linli.kernel.ui.context import navigation
from tests.playground.jobs import always_fails, count

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> Place:
    return make_district().district


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_it_tells_the_audit_administrator_what_was_done_by_whom(district: Place) -> None:
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, district)
    author = make_user(Role.COMMUNITY_WORKER, _community(district), name="林晓")
    make_card(_community(district), PublicationState.PUBLIC, author=author)
    page = _signed_in(auditor).get(reverse("ui:audit")).content.decode()
    assert "林晓" in page
    assert "居家养老服务咨询" in page


def test_it_says_from_where_somebody_acted_as_long_as_the_facts_are_kept(district: Place) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, _community(district))
    card = make_card(_community(district), author=worker)
    client = _signed_in(worker)
    telephone = "Mozilla/5.0 (Linux; Android 13; SM-G9900) Chrome/110.0 Mobile MicroMessenger/8.0.30"
    client.post(
        reverse("people:move_card", args=[card.pk, "submit"]), {"version": card.version},
        REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT=telephone,
    )  # fmt: skip
    row = AuditRow.objects.get(action="people.contact_card.submit")
    assert [entry.source for entry in entries([row])] == ["网页 · 手机 · 微信 · 192.0.2.7"]
    assert "192.0.2.7" not in row.facts


def test_it_shows_a_broken_chain_after_a_check(district: Place) -> None:
    client = _signed_in(make_user(Role.AUDIT_ADMINISTRATOR, district))
    client.post(reverse("ui:audit_check"))
    run_waiting()
    assert "链完整" in client.get(reverse("ui:audit")).content.decode()
    Job.objects.all().delete()
    AuditRow.objects.filter(number=1).update(action="people.user.open")
    AuditRow.objects.filter(number=1).update(facts="")
    client.post(reverse("ui:audit_check"))
    run_waiting()
    assert "链不完整" in client.get(reverse("ui:audit")).content.decode()


def test_it_downloads_the_audit_as_csv(district: Place) -> None:
    client = _signed_in(make_user(Role.AUDIT_ADMINISTRATOR, district))
    answer = client.get(reverse("ui:audit_csv"))
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff时间,人员,来源")
    assert text.count("\r\n") == AuditRow.objects.count() + 1


def test_it_asks_the_same_queries_for_one_audit_row_and_for_thirty(district: Place) -> None:
    client = _signed_in(make_user(Role.AUDIT_ADMINISTRATOR, district))
    address = reverse("ui:audit") + "?kind=people.contact_card"
    make_card(_community(district))
    few = _queries(client, address)
    for _ in range(10):
        make_card(_community(district), PublicationState.PUBLIC)
    assert (few, _queries(client, address)) == (13, 13)


def test_it_lets_the_system_administrator_try_a_failed_job_again(district: Place) -> None:
    client = _signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, district))
    Job.objects.all().delete()
    always_fails.enqueue()
    Job.objects.update(state="failed", attempts=2, error="RuntimeError: the printer is on fire")
    page = client.get(reverse("ui:jobs")).content.decode()
    assert "the printer is on fire" in page
    answer = client.post(reverse("ui:job_retry", args=[Job.objects.get().pk]), follow=True)
    assert "已重新排队" in answer.content.decode()
    assert Job.objects.get().state == "waiting"


def test_it_shows_staff_only_the_jobs_they_started(district: Place) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, _community(district))
    count.enqueue("x")
    page = _signed_in(worker).get(reverse("ui:jobs")).content.decode()
    assert "记一笔" not in page
    Job.objects.update(owner_id=worker.pk)
    assert "记一笔" in _signed_in(worker).get(reverse("ui:jobs")).content.decode()


def test_it_shows_what_failed_first_and_folds_the_routine_away(district: Place) -> None:
    client = _signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, district))
    Job.objects.all().delete()
    for title in ("甲", "乙", "丙", "丁"):
        count.enqueue(title)
    first, second, third, _waiting = Job.objects.order_by("id")
    Job.objects.filter(pk=first.pk).update(state="running", leased_until=timezone.now())
    Job.objects.filter(pk=second.pk).update(state="failed")
    Job.objects.filter(pk=third.pk).update(state="done")
    pages = [client.get(reverse("ui:jobs"), {"part": part}).context for part in ("", "done", "routine")]
    assert [[row.state for row in page["page"].rows] for page in pages] == [
        ["failed", "running", "waiting"],
        [],
        ["done"],
    ]
    assert [chip["n"] for chip in pages[0]["parts"]] == ["3", "0", "1"]


@pytest.mark.parametrize(
    ("address", "current"),
    [("/desk/", ["/desk/"]), ("/desk/search/", []), ("/desk/notices/", []), ("/desk/settings/x/", ["/desk/settings/"])],
)
def test_it_marks_the_menu_entry_of_the_page_or_none(address: str, current: list[str], district: Place) -> None:
    request = RequestFactory().get(address)
    request.user = make_user(Role.SYSTEM_ADMINISTRATOR, district)
    entries = [entry for group in navigation(request) for entry in group.entries]
    assert [entry.address for entry in entries if entry.current] == current


def test_it_sets_the_menu_out_by_sections_and_leaves_out_what_the_reader_may_not_open(district: Place) -> None:
    request = RequestFactory().get("/desk/audit/")
    request.user = make_user(Role.AUDIT_ADMINISTRATOR, district)
    menu = [(group.label, [entry.address for entry in group.entries]) for group in navigation(request)]
    assert [label for label, _addresses in menu] == ["工作台", "社区", "组织", "人员", "系统"]
    assert menu[4][1] == ["/desk/calendar/", "/desk/audit/", "/desk/api-tokens/", "/desk/feedback/"]
    assert [group.label for group in navigation(request) if group.current] == ["系统"]


def test_it_says_in_words_how_sure_the_source_of_a_setting_is(district: Place) -> None:
    client = _signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, district))
    pages = [
        client.get(address).content.decode() for address in ("/desk/settings/", "/desk/settings/audit.retention_days/")
    ]
    assert ["（已核对法规原文）" in page for page in pages] == [True, True]


def test_it_lets_the_system_administrator_choose_a_setting_with_a_reason(district: Place) -> None:
    client = _signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, district))
    address = reverse("ui:setting", args=["audit.retention_days"])
    assert client.post(address, {"value": "365", "reason": "区里要求"}).status_code == 302
    assert value_of("audit.retention_days") == 365
    assert "区里要求" in client.get(address).content.decode()


def test_it_says_which_limit_a_wrong_setting_breaks(district: Place) -> None:
    client = _signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, district))
    address = reverse("ui:setting", args=["audit.retention_days"])
    page = client.post(address, {"value": "30", "reason": "省空间"}).content.decode()
    assert "须在180与3650之间" in page
    assert value_of("audit.retention_days") == 180


def test_it_has_no_page_for_a_setting_nobody_declared(district: Place) -> None:
    client = _signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, district))
    assert client.get(reverse("ui:setting", args=["no.such"])).status_code == 404


def _community(district: Place) -> Place:
    return Place.objects.filter(level="community").order_by("code").first() or district


def test_it_narrows_the_audit_by_person_action_and_days_on_the_page_and_in_the_file(district: Place) -> None:
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, district)
    client = _signed_in(auditor)
    officer = make_user(Role.SYSTEM_ADMINISTRATOR, district)
    made = audit.record("people.user.close", auditor, actor=officer)
    old = timezone.now() - timedelta(days=8)
    audit.record("people.user.password", auditor, actor=officer, at=old)
    address = reverse("ui:audit")
    asked = ({"who": str(officer.pk), "days": "7"}, {"who": str(officer.pk), "action": "people.user.password"})
    rows = [client.get(address, one).context["page"].rows for one in asked]
    assert [[row.action for row in found] for found in rows] == [["people.user.close"], ["people.user.password"]]
    file = b"".join(client.get(reverse("ui:audit_csv"), asked[0]).streaming_content).decode()  # type: ignore[attr-defined]  # a streaming answer
    assert (len(file.splitlines()), made.mac in file) == (2, True)


def test_it_narrows_the_audit_by_days_and_record_and_says_when_nothing_fits(district: Place) -> None:
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, district)
    client = _signed_in(auditor)
    old = timezone.now() - timedelta(days=40)
    made = audit.record("people.user.password", auditor, actor=None, at=old)
    day = f"{timezone.localtime(old):%Y-%m-%d}"
    asked: tuple[dict[str, str], ...] = (
        {"from": day, "until": day},
        {"about": f"people.user:{auditor.pk}", "until": day},
        {"until": f"{timezone.localtime(old) - timedelta(days=1):%Y-%m-%d}"},
        {"from": "2026-02-31", "until": "soon", "about": "x:y", "who": "?", "days": "7"},
    )
    pages = [client.get(reverse("ui:audit"), one) for one in asked]
    assert [[row.pk for row in page.context["page"].rows] == [made.pk] for page in pages[:2]] == [True, True]
    assert "没有符合条件的记录" in pages[2].content.decode()
    assert made.pk not in [row.pk for row in pages[3].context["page"].rows]


def test_it_downloads_the_rows_of_the_page_with_its_columns_as_excel(district: Place) -> None:
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, district)
    card = make_card(_community(district), text=replace(TEXT, title="=1+1"))
    told = {"title": audit.Change("旧题目", "新题目")}
    made = audit.record("people.contact_card.edit", card, actor=auditor, facts=told)
    answer = _signed_in(auditor).get(reverse("ui:audit_xlsx"), {"about": f"people.contact_card:{card.pk}"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]  # a streaming answer
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0], len(rows)) == (HEADINGS, 3)
    assert rows[2][1:] == (
        auditor.name, None, "修改了文字", str(card), "事项：旧题目 → 新题目", "清河里街道", made.number, made.mac,
        f"people.contact_card:{card.pk}",
    )  # fmt: skip


def test_it_refuses_an_excel_file_nobody_can_wait_for(district: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.kernel.ui.pages.audit.MOST_ROWS", 1)
    answer = _signed_in(make_user(Role.AUDIT_ADMINISTRATOR, district)).get(reverse("ui:audit_xlsx"))
    assert (answer.status_code, "CSV" in answer.content.decode()) == (429, True)


def test_it_marks_each_row_by_the_last_check(district: Place) -> None:
    client = _signed_in(make_user(Role.AUDIT_ADMINISTRATOR, district))
    first = AuditRow.objects.get(chain="installation", number=1)
    AuditRow.objects.filter(pk=first.pk).update(action="people.user.close")
    client.post(reverse("ui:audit_check"))
    run_waiting()
    audit.record("people.user.password", None, actor=None)
    shown = {(one.entry.row.chain, one.entry.number): one for one in client.get(reverse("ui:audit")).context["shown"]}
    newest = max(number for chain, number in shown if chain == "installation")
    marks = [shown["installation", number] for number in (1, 2, newest)]
    assert [(one.state, one.chain, one.mark) for one in marks[:1]] == [("bad", "全系统", first.mac[:8])]
    assert [one.state for one in marks[1:]] == ["whole", ""]
