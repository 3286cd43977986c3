"""The desk of reviews: a review wholly on paper from its preparation to the printed table, and how pages scale."""

import io
import re
import zipfile
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Duty, Expert, ReviewSession, ScoreSheet, SessionState
from linli.apps.reviews.tables import EXPERTS, written_fees
from linli.apps.reviews.tests.factories import DAY, Review, make_expert, make_review, make_session, make_subject, marks
from linli.apps.reviews.tests.test_paper import scan
from linli.kernel import files, tables
from linli.kernel.audit import timeline
from linli.kernel.errors import Refusal
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, name="沈某")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


def test_it_prepares_a_review_at_the_desk(here: District, officer: User) -> None:
    client = browser(officer)
    sent = {
        "title": "2026年公益创投路演", "purpose": "pitch", "place": here.street.pk, "first_day": "2026-11-22",
        "mode": "marks", "rubric": "sample:pitch_review", "ties": "chair", "weights": "专家 70，居民代表 30",
    }  # fmt: skip
    answer = client.post(reverse("reviews:new"), sent)
    session = ReviewSession.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("reviews:session", args=[session.pk]))
    assert session.group_weights == {"专家": "70", "居民代表": "30"}
    assert session.tie_criteria == ["need", "targets"]
    client.post(reverse("reviews:new_panel", args=[session.pk]), {"name": "第一组"})
    panel = session.panels.get()
    expert = make_expert(here.street)
    judge = {"expert": expert.pk, "group": "专家", "is_chair": "on"}
    client.post(reverse("reviews:new_judge", args=[panel.pk]), judge)
    assert list(panel.seats.values_list("name", "group", "is_chair")) == [("赵某", "专家", True)]
    refused = client.post(reverse("reviews:new"), {**sent, "rubric": ""})
    assert refused.status_code == 422
    assert "请选择评分标准" in refused.content.decode()


def test_it_writes_a_rubric_line_by_line(officer: User) -> None:
    client = browser(officer)
    answer = client.post(reverse("reviews:new_rubric"), {"title": "创享计划", "rows": "需求真实性 60\n可持续性 40"})
    wrong = client.post(reverse("reviews:new_rubric"), {"title": "创享计划", "rows": "需求真实性 60\n可持续性 30"})
    assert (answer.status_code, wrong.status_code) == (302, 422)
    assert "创享计划 1" in client.get(reverse("reviews:new")).content.decode()


def on_paper(review: Review, typists: list[Client], totals: dict[int, tuple[int, ...]]) -> None:
    """Every sheet typed by two people at the desk; the numbers are totals of judge by judge."""
    for entry, numbers in totals.items():
        for judge, total in enumerate(numbers):
            address = reverse("reviews:type_sheet", args=[review.entries[entry].pk, review.judges[judge].pk])
            for client in typists:
                assert client.post(address, {**marks(total), "comment": ""}).status_code == 302


def test_it_holds_a_review_wholly_on_paper(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=2)
    other = make_user(Role.STREET_OFFICER, here.street)
    staff = {duty: make_user(Role.SECTION_HEAD, here.street) for duty in (Duty.COUNTER, Duty.SUPERVISOR)}
    for duty, user in staff.items():
        services.seat_staff(review.session, duty=duty, name=user.name, user=user, actor=officer)
    client, second = browser(officer), browser(other)

    def press(verb: str, who: Client = client, **data: Any) -> int:
        return who.post(reverse("reviews:change_panel", args=[review.panel.pk, verb]), data).status_code

    assert client.post(reverse("reviews:change", args=[review.session.pk, "start"])).status_code == 302
    assert press("open") == 302
    on_paper(review.reload(), [client, second], {0: (90, 80, 70), 1: (88, 84, 80)})
    assert press("collect") == 422
    assert press("scan", upload=ContentFile(scan().read(), "scan.png")) == 302
    assert press("collect") == 302
    page = client.get(reverse("reviews:results", args=[review.session.pk])).content.decode()
    assert "80.00" not in page
    assert press("reveal") == 422
    assert [press("confirm", browser(user)) for user in staff.values()] == [302, 302]
    assert press("confirm") == 422
    assert press("reveal") == 302
    page = client.get(reverse("reviews:results", args=[review.session.pk])).content.decode()
    assert ["80.00" in page, "84.00" in page] == [True, True]
    assert client.post(reverse("reviews:change", args=[review.session.pk, "close"])).status_code == 302
    assert review.reload().session.state == SessionState.CLOSED
    printed = text_of(_pdf(client, "reviews:panel_paper", review.panel.pk, "table"))
    assert all(
        word in printed for word in ("项目1", "80.00", "84.00", "90.00", "计分人", "监督人", staff["counter"].name)
    )
    told = text_of(_pdf(client, "reviews:minutes", review.session.pk))
    assert "第1名：项目2，得分84.00" in told.replace("\n", "")


def _pdf(client: Client, route: str, *keys: Any) -> bytes:
    answer = client.get(reverse(route, args=keys))
    assert answer["Content-Type"] == "application/pdf"
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]  # a file's pieces


def test_it_keeps_marks_out_of_the_table_before_the_reveal(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=1).start()
    review.hand_in(0, {0: 91, 1: 82, 2: 73})
    services.collect(review.reload().entries[0], actor=review.host)
    counter = make_user(Role.SECTION_HEAD, here.street)
    services.seat_staff(review.session, duty=Duty.COUNTER, name=counter.name, user=counter, actor=officer)
    blank = text_of(_pdf(browser(officer), "reviews:panel_paper", review.panel.pk, "table"))
    full = text_of(_pdf(browser(counter), "reviews:panel_paper", review.panel.pk, "table"))
    assert (["91.00" in blank, "82.00" in blank], "91.00" in full) == ([False, False], True)
    session = browser(officer).get(reverse("reviews:session", args=[review.session.pk])).content.decode()
    panel = browser(officer).get(reverse("reviews:panel", args=[review.panel.pk])).content.decode()
    assert [number in page for page in (session, panel) for number in ("91.00", "82.00")] == [False] * 4


def test_it_offers_a_counter_to_confirm_only_once(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=1).start()
    review.hand_in(0, {0: 91, 1: 82, 2: 73})
    services.collect(review.reload().entries[0], actor=review.host)
    counter = make_user(Role.SECTION_HEAD, here.street)
    services.seat_staff(review.session, duty=Duty.COUNTER, name=counter.name, user=counter, actor=officer)
    client, door = browser(counter), reverse("reviews:change_panel", args=[review.panel.pk, "confirm"])
    page = reverse("reviews:panel", args=[review.panel.pk])
    before = door in client.get(page).content.decode()
    assert client.post(door).status_code == 302
    assert (before, door in client.get(page).content.decode()) == (True, False)


def test_it_prints_a_sheet_for_every_judge_and_entry(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=2)
    row = services.declare_recusal(review.judges[1], entry=review.entries[0], fact="同门", actor=None)
    services.confirm_recusal(row, reason="属实", actor=None)
    printed = text_of(_pdf(browser(officer), "reviews:panel_paper", review.panel.pk, "sheets"))
    assert (printed.count("评委签字"), printed.count("已回避本项目")) == (6, 1)
    assert "需求真实性" in printed
    assert review.session.code not in printed


def test_it_prints_promise_and_handbook(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=2, venue="街道会议室")
    services.declare_recusal(review.judges[1], entry=review.entries[0], fact="同门师友", actor=None)
    promise = text_of(_pdf(browser(officer), "reviews:promise_paper", review.judges[1].pk))
    handbook = text_of(_pdf(browser(officer), "reviews:panel_paper", review.panel.pk, "handbook"))
    assert [word in promise for word in ("评审专家承诺书", "钱某", "同门师友", "保密")] == [True] * 4
    assert [word in handbook for word in ("评审手册", "街道会议室", "赵某（组长）", "会场纪律")] == [True] * 4


def test_it_packs_the_papers_until_the_review_ends(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=1)
    files.keep(scan(), accept=files.PAPERS, owner=ref_of(review.entries[0]), actor=None, name="申报书.png")
    client, address = browser(officer), reverse("reviews:bundle", args=[review.panel.pk])
    body = b"".join(client.get(address).streaming_content)  # type: ignore[arg-type]  # a file's pieces
    assert zipfile.ZipFile(io.BytesIO(body)).namelist() == ["01 项目1/01 申报书.png", "目录.txt"]
    services.call_off(review.session, reason="改期", actor=None)
    assert client.get(address).status_code == 409


def test_it_decides_a_recusal_at_the_desk(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3)
    row = services.declare_recusal(review.judges[0], entry=review.entries[0], fact="同门", actor=None)
    client = browser(officer)
    assert "待处理" in client.get(reverse("reviews:recusals", args=[review.session.pk])).content.decode()
    sent = {"decision": "dismiss", "reason": "已毕业十年"}
    assert client.post(reverse("reviews:decide", args=[row.pk]), sent).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("dismissed", "沈某")


def test_it_lets_the_supervisor_approve_at_the_desk(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=1).start()
    supervisor = make_user(Role.SECTION_HEAD, here.street)
    services.seat_staff(review.session, duty=Duty.SUPERVISOR, name="督某", user=supervisor, actor=officer)
    review.hand_in(0, {0: 90, 1: 80, 2: 70})
    review.finish(0)
    sheet = ScoreSheet.objects.select_related("entry__session__rubric", "entry__panel").get(seat=review.judges[0])
    row = services.ask_correction(sheet, given=services.Said(marks(60)), reason="看错一栏", actor=review.actor(0))
    address = reverse("reviews:correct", args=[row.pk, "approve"])
    assert browser(officer).post(address).status_code == 403
    assert browser(supervisor).post(address).status_code == 302
    assert str(review.reload().entries[0].score) == "70.00"


def test_it_takes_experts_from_a_table(here: District, officer: User) -> None:
    heads = [column.title for column in EXPERTS.columns]
    rows = [
        ["赵某", "和安大学教授", "社区治理", "", "", "990101001001", "13800001234"],
        ["钱某", "律师", "合同", "", "", "990101009999", ""],
    ]
    body = "\n".join(",".join(row) for row in [heads, *rows])
    batch = tables.start(ContentFile(body.encode(), "experts.csv"), sheet=EXPERTS.name, actor=officer)
    run_waiting()
    batch.refresh_from_db()
    assert (batch.new, batch.bad) == (1, 1)
    tables.confirm(batch, actor=officer)
    run_waiting()
    expert = Expert.objects.get()
    assert (expert.name, expert.lives_in, str(expert.phone)) == ("赵某", here.community, "138****1234")


def test_it_lists_fees_with_full_numbers_for_finance(here: District) -> None:
    review = make_review(here.street, judges=3)
    finance = make_user(Role.FINANCE_OFFICER, here.street)
    expert = review.judges[0].expert
    assert expert is not None
    services.correct_expert(expert, actor=None, account="6222 0000 和安银行")
    services.set_fee(review.judges[0], rate=800, times=1, tax=0, actor=finance)  # type: ignore[arg-type]  # whole yuan
    [line] = written_fees(review.session, finance)
    assert (line[0], line[6], line[9]) == ("赵某", 800, "6222 0000 和安银行")
    page = browser(finance).get(reverse("reviews:fees", args=[review.session.pk])).content.decode()
    assert re.search(r"¥\s?800\.00", page) is not None


def test_it_asks_the_same_number_of_questions_for_any_number_of_entries(
    here: District, officer: User, django_assert_num_queries: Any
) -> None:
    client = browser(officer)
    small = make_review(here.street, judges=3, entries=1).start()
    big = _more(here, entries=12)
    for session in (small.session, big):
        address = reverse("reviews:session", args=[session.pk])
        client.get(address)
        with django_assert_num_queries(13):
            client.get(address)


def _more(here: District, entries: int) -> ReviewSession:
    session = make_session(here.street, title="大场", first_day=DAY)
    panel = services.add_panel(session, name="第一组", actor=None)
    for number in range(3, 6):
        services.seat_judge(panel, expert=make_expert(here.street, number), actor=None)
    for number in range(entries):
        subject = ref_of(make_subject(here.street, number + 100))
        services.enter(session, title=f"项目{number}", subject=subject, panel=panel, actor=None)
    services.start(session, actor=None)
    return session


def test_it_refuses_the_bundle_to_readers_with_a_sentence(here: District) -> None:
    review = make_review(here.street, judges=3, entries=1)
    services.call_off(review.session, reason="改期", actor=None)
    with pytest.raises(Refusal) as refused:
        queries.papers_for(review.judges[0], review.reload().entries[0])
    assert str(refused.value) == "评审已结束，评审材料不再开放。"


def test_it_records_the_chairs_choice_at_the_desk(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=2).start()
    counter = make_user(Role.SECTION_HEAD, here.street)
    services.seat_staff(review.session, duty=Duty.COUNTER, name=counter.name, user=counter, actor=officer)
    for entry in (0, 1):
        review.hand_in(entry, {0: 80, 1: 80, 2: 80})
        review.finish(entry)
    address, sent = reverse("reviews:choose", args=[review.panel.pk]), {"order": "2、1", "reason": "受益面更广"}
    assert browser(officer).post(address, sent).status_code == 422
    assert browser(counter).post(address, {**sent, "order": "2"}).status_code == 422
    assert browser(counter).post(address, sent).status_code == 302
    assert [(result.entry.number, result.rank) for result in queries.results_of(review.session)] == [(2, 1), (1, 2)]


def test_it_types_a_ballot_from_paper(here: District, officer: User) -> None:
    columns = {"mode": "vote", "vote_kind": "picks", "picks": 1, "winners": 1}
    review = make_review(here.street, judges=3, entries=2, **columns).start()
    services.open_panel(review.panel, actor=None)
    client, entry = browser(officer), review.entries[0]
    for seat in review.judges:
        sent = {"yes": [str(entry.pk)]}
        assert client.post(reverse("reviews:ballot", args=[seat.pk]), sent).status_code == 302
    assert client.post(reverse("reviews:change_panel", args=[review.panel.pk, "collect"]), {}).status_code == 302
    assert [(row.yes, row.rank) for row in review.reload().entries] == [(3, 1), (0, 2)]


def test_a_review_in_preparation_is_corrected_on_its_page(here: District, officer: User) -> None:
    review = make_review(here.street, judges=3, entries=1)
    address = f"/desk/reviews/{review.session.pk}/edit/"
    client = browser(officer)
    sent = {
        "title": "第二届路演", "purpose": "contest", "place": str(here.street.pk), "venue": "三层会议室",
        "first_day": "2026-11-23", "last_day": "2026-11-22", "mode": "marks", "rubric": str(review.session.rubric_id),
        "ties": "equal", "weights": "",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "last_day": ""}).status_code == 302
    row = ReviewSession.objects.get(pk=review.session.pk)
    assert (row.title, row.purpose, row.last_day.isoformat(), row.ties) == (
        "第二届路演",
        "contest",
        "2026-11-23",
        "equal",
    )
    told = dict(timeline(ref_of(row))[-1].facts)
    assert [change for change in told.values() if "三层会议室" in change or "第二届路演" in change] == [
        "公益创投路演评审 → 第二届路演", "（空） → 三层会议室",
    ]  # fmt: skip
    review.start()
    assert client.get(address).status_code == 409
