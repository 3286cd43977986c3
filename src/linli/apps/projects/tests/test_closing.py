"""The closing review: file, gate, session, grade, appeal, advice, what is told afterwards."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from docx import Document

from linli.apps.activities.queries import on_list
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.projects.models import (
    ClosingFile,
    ClosingGrade,
    Coverage,
    GradeAppeal,
    Project,
    ProjectIndicator,
    ReviewAttendee,
)
from linli.apps.projects.queries.closing import GateFacts, GateRule, completeness, facts_of, lacks, read_steps, step_of
from linli.apps.projects.queries.closing.files import gate_of, whole_of
from linli.apps.projects.queries.closing.history import closing_history, history_of
from linli.apps.projects.services import closing as services
from linli.apps.projects.services.closing import AdviceText
from linli.apps.projects.tests.factories import make_project
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Duty, ReviewSession, SeatActor
from linli.apps.reviews.tests.factories import make_expert
from linli.apps.rounds.models import YearFactor
from linli.apps.surveys.tests.factories import Street
from linli.kernel import rubric
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
TEXTS = dict.fromkeys(
    ("background", "goal", "method", "effect", "experience", "money"),
    "本节写清楚做了什么、怎么做的、有什么数据支撑，不少于二十个字。",
)
GRADES = {"A": (Decimal(85), Decimal("1.1")), "B": (Decimal(60), Decimal("1.0")), "C": (Decimal(0), Decimal(0))}


@pytest.fixture(scope="module")
def street(module_db: None) -> Street:
    return Street()


@dataclass
class Case:
    project: Project
    closing: ClosingFile

    def reload(self) -> "Case":
        self.closing = ClosingFile.objects.select_related("project__street", "project__place").get(pk=self.closing.pk)
        self.project = self.closing.project
        return self


@pytest.fixture
def case(street: Street) -> Case:
    project = make_project(street.community)
    ProjectIndicator.objects.filter(project=project).update(actual=Decimal(6100), actual_on=date(2026, 11, 30))
    return Case(project, services.open_closing(project, actor=None, at=NOW))


def answered(street: Street, project: Project, count: int, *, satisfied: int | None = None) -> None:
    """A closed survey with ``count`` valid answers about the project."""
    asked = street.open(group=max(count, 1), subjects=[ref_of(project)])
    for number, code in enumerate(asked.codes["参加活动的居民"][:count]):
        asked.answer(code, 5 if satisfied is None or number < satisfied else 2)
    asked.close()


def handed_in(case: Case, **given: Any) -> Case:
    services.write_sections(case.closing, texts=TEXTS, actor=None, at=NOW, **given)
    services.submit_closing(case.closing, actor=None, at=NOW)
    return case.reload()


def accepted(case: Case) -> Case:
    """Accepted with an exception for the survey nobody held."""
    handed_in(case)
    excused(case)
    services.accept_closing(case.closing, actor=None, at=NOW)
    return case.reload()


def excused(case: Case) -> None:
    services.except_from_gate(
        case.closing, ground="satisfaction", reason="项目为地下管网，无直接使用者", body="街道党工委会议",
        minutes_number="〔2026〕30号", decided_on=date(2026, 11, 30), actor=None, at=NOW,
    )  # fmt: skip


def test_a_file_has_six_sections_and_names_what_is_missing(case: Case) -> None:
    facts = facts_of(case.project)
    whole = whole_of(case.closing, facts)
    titles = ["项目背景", "项目目标", "具体工作方法", "实施成效", "经验总结", "经费使用"]
    assert [one.title for one in case.closing.sections.all()] == titles
    assert [one.title for one in whole.missing] == [*titles, "活动照片", "佐证材料", "满意度调查"]
    assert whole.score == 10


def test_completeness_is_a_hundred_only_when_nothing_is_missing() -> None:
    full = dict.fromkeys("abcdef", ("标题", "写清楚做了什么、怎么做的、有什么数据支撑。"))
    given: dict[str, Any] = {"indicators": 2, "open_indicators": [], "photos": 3, "evidence": [], "has_money": True,
                             "unpaid": 0, "answers": 30}  # fmt: skip
    assert completeness(full, **given).score == 100
    assert [one.code for one in completeness(full, **{**given, "unpaid": 1, "photos": 2}).missing] == [
        "photos", "account"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "served", "passes"),
    [(30, None, True), (29, None, False), (30, 5000, True), (29, 5000, False), (15, 50, True), (14, 50, False),
     (12, 12, True), (11, 12, False), (0, 0, False), (9, 30, True), (8, 30, False), (29, 29, True), (28, 29, False)],
)  # fmt: skip
def test_the_gate_asks_for_thirty_answers_or_thirty_per_cent_or_all_where_few(
    answers: int, served: int | None, passes: bool
) -> None:
    assert (lacks(GateFacts(1, (), answers, served), GateRule()) == []) is passes


def test_the_gate_asks_for_quantified_indicators() -> None:
    found = [lacks(GateFacts(count, open_, 30, None), GateRule()) for count, open_ in ((0, ()), (2, ("助餐人次",)))]
    assert [[one.ground for one in each] for each in found] == [["indicators"], ["indicators"]]
    assert lacks(GateFacts(0, (), 30, None), GateRule(), excused=["indicators"]) == []


@pytest.mark.parametrize(
    ("score", "letter"), [("100", "A"), ("85", "A"), ("84.99", "B"), ("60", "B"), ("59.99", "C"), ("0", "C")]
)
def test_grades_follow_the_steps(score: str, letter: str) -> None:
    step = step_of(Decimal(score), read_steps("A 优秀 85 1.1；B 合格 60 1.0；C 不合格 0 0"))
    assert (step.letter, step.least, step.factor) == (letter, *GRADES[letter])


@pytest.mark.parametrize(
    "text", ["", "A 优秀 85", "B 合格 60 1;A 优秀 85 1.1;C 差 0 0", "A 优秀 85 1.1", "A 优 85 9；C 差 0 0"]
)
def test_it_refuses_steps_that_are_none(text: str) -> None:
    with pytest.raises(Refusal):
        read_steps(text)


def test_four_steps_are_a_matter_of_words() -> None:
    steps = read_steps("优 优秀 90 1.1;良 良好 75 1.05;中 合格 60 1;差 不合格 0 0")
    assert [step_of(Decimal(score), steps).letter for score in (90, 89, 74, 59)] == ["优", "良", "中", "差"]


def test_an_empty_section_is_not_handed_in(case: Case) -> None:
    services.write_sections(case.closing, texts={**TEXTS, "effect": "很好"}, actor=None, at=NOW)
    with pytest.raises(Refusal) as no:
        services.submit_closing(case.closing, actor=None, at=NOW)
    assert (no.value.code, "实施成效" in str(no.value), case.reload().closing.state) == ("incomplete", True, "draft")


def test_what_was_handed_in_does_not_change_until_it_is_sent_back_with_a_reason(case: Case) -> None:
    handed_in(case)
    digest = case.closing.digest
    with pytest.raises(Conflict) as locked:
        services.write_sections(case.closing, texts={"goal": "改一个字"}, actor=None, at=NOW)
    with pytest.raises(Refusal):
        services.send_closing_back(case.closing, reason=" ", actor=None, at=NOW)
    assert (locked.value.code, case.reload().closing.state, case.project.state) == (
        "closing-locked",
        "submitted",
        "closing",
    )
    services.send_closing_back(case.closing, reason="满意度一节写错了份数", actor=None, at=NOW)
    case.reload()
    assert (case.closing.state, case.closing.returned_reason, case.project.state) == (
        "draft", "满意度一节写错了份数", "running"
    )  # fmt: skip
    services.write_sections(case.closing, texts={"effect": TEXTS["effect"] + "已更正。"}, actor=None, at=NOW)
    services.submit_closing(case.closing, actor=None, at=NOW)
    assert (case.reload().closing.state, case.closing.digest != digest) == ("submitted", True)


def test_two_who_write_at_once_do_not_overwrite_each_other(case: Case) -> None:
    seen = case.closing.version
    services.write_sections(case.closing, texts={"goal": "第一个人写的"}, actor=None, seen=seen, at=NOW)
    with pytest.raises(Conflict):
        services.write_sections(case.reload().closing, texts={"goal": "第二个人写的"}, actor=None, seen=seen, at=NOW)


def test_it_passes_the_gate_by_answers(case: Case, street: Street) -> None:
    handed_in(case, users=10)
    with pytest.raises(Refusal) as no:
        services.accept_closing(case.closing, actor=None, at=NOW)
    answered(street, case.project, 10, satisfied=9)
    services.accept_closing(case.closing, actor=None, at=NOW)
    facts = facts_of(case.project)
    assert (no.value.code, case.reload().closing.state, gate_of(case.closing, facts)) == ("gate", "accepted", [])
    assert facts.rate is not None
    assert (facts.rate.n_valid, facts.rate.rate) == (10, Decimal("0.9000"))


def test_an_exception_with_its_decision_opens_the_gate(case: Case) -> None:
    assert accepted(case).closing.state == "accepted"
    with pytest.raises(Refusal):
        excused(case)


def test_misuse_sets_the_whole_to_zero(case: Case) -> None:
    accepted(case)
    first = services.give_grade(case.closing, score=Decimal("91.5"), grounds="结项评审会", actor=None, at=NOW)
    second = services.find_misuse(case.closing, found="挪用2000元", grounds="审计意见〔2026〕3号", actor=None, at=NOW)
    assert (first.letter, first.factor, second.scored, second.score, second.letter, second.factor) == (
        "A", Decimal("1.1"), Decimal("91.5"), Decimal(0), "C", Decimal(0)
    )  # fmt: skip
    factor = YearFactor.objects.get(source_id=case.project.pk)
    assert (factor.year, factor.grade, factor.factor) == (2027, "C 不合格", Decimal(0))
    later = services.answer_appeal(
        services.appeal(second, text="请复核", actor=None, at=NOW), answer="仍以零分计", score=Decimal(90),
        actor=None, at=NOW,
    )  # fmt: skip
    assert (later.score, later.letter) == (Decimal(0), "C")


def test_an_appeal_is_answered_once_and_the_grade_given_anew(case: Case) -> None:
    accepted(case)
    grade = services.give_grade(case.closing, score=Decimal("84.99"), grounds="结项评审会", actor=None, at=NOW)
    asked = services.appeal(grade, text="计分表第三行漏计", actor=None, at=NOW)
    with pytest.raises(Conflict):
        services.appeal(grade, text="再问一次", actor=None, at=NOW)
    with pytest.raises(Refusal):
        services.answer_appeal(asked, answer=" ", actor=None, at=NOW)
    standing = services.answer_appeal(asked, answer="漏计属实", score=Decimal(86), actor=None, at=NOW)
    assert (standing.letter, GradeAppeal.objects.get(pk=asked.pk).state) == ("A", "upheld")
    assert ClosingGrade.objects.filter(closing=case.closing, ended_at__isnull=True).get() == standing
    told = [one.row.action for one in history_of(case.project)]
    assert told.index("projects.closing.appeal") < told.index("projects.appeal.uphold")
    assert [one.row.action for one in closing_history(case.closing)][-1:] == told[-1:]
    with pytest.raises(Conflict):
        services.answer_appeal(asked, answer="又一次", actor=None, at=NOW)


def test_the_session_gives_grades_by_the_sheet_of_the_closing_review(case: Case, street: Street) -> None:
    accepted(case)
    session = services.open_closing_review(
        title="2026年度服务群众项目结项评审会", place=street.district.street, first_day=date(2026, 12, 12), actor=None,
        last_day=date(2026, 12, 13), venue="街道三层会议室", at=NOW,
    )  # fmt: skip
    panel = reviews.add_panel(session, name="第一组", actor=None)
    for number in range(3):
        expert = make_expert(street.district.street, number)
        seat = reviews.seat_judge(panel, expert=expert, is_chair=not number, actor=None)
        reviews.sign_promise(seat, actor=None, on_paper=True, at=NOW)
    with pytest.raises(Conflict):
        services.enter_closing(ClosingFile(project=case.project), session=session, actor=None)
    row = services.enter_closing(case.closing, session=session, panel=panel, actor=None, at=NOW)
    staff = {duty: SeatActor(reviews.seat_staff(session, duty=duty, name=f"{duty}某", actor=None))
             for duty in (Duty.HOST, Duty.COUNTER, Duty.SUPERVISOR)}  # fmt: skip
    reviews.start(session, actor=None, at=NOW)
    entry = row.entry
    entry.refresh_from_db()
    reviews.call_entry(entry, actor=staff[Duty.HOST], at=NOW)
    entry.refresh_from_db()
    said = reviews.Said({one.code: str(one.top - 1) for one in rubric.sample("closing_review")}, comment="")
    for seat in panel.seats.filter(duty=Duty.JUDGE):
        reviews.hand_in(entry, seat=seat, given=said, actor=SeatActor(seat), at=NOW)
    reviews.collect(entry, actor=staff[Duty.HOST], at=NOW)
    entry.refresh_from_db()
    for duty in (Duty.COUNTER, Duty.SUPERVISOR):
        reviews.confirm([entry], actor=staff[duty], at=NOW)
    reviews.reveal([entry], actor=staff[Duty.HOST], at=NOW)
    session.refresh_from_db()
    grades = services.take_results(session, actor=None, at=NOW)
    assert [(one.score, one.letter, one.entry_id) for one in grades] == [(Decimal("92.00"), "A", entry.pk)]
    assert (services.take_results(session, actor=None, at=NOW), case.reload().project.state) == ([], "closed")
    services.mark_highlight(case.project, reason="居民自己管起来", actor=None, at=NOW)
    told = notice_of(session, make_user(Role.STREET_OFFICER, street.district.street, password=None))
    wanted = ("评审会结果的通报", "优秀等次（A，1项）", f"{case.project.title}（", "亮点项目")
    assert [one for one in wanted if one not in told] == []


def notice_of(session: ReviewSession, reader: User) -> str:
    """The words of paper 28, as the street fetches it."""
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/desk/projects/reviews/{session.pk}/").content.decode()
    address = f"/desk/projects/reviews/{session.pk}/notice/docx/"
    assert address in page
    content = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined,arg-type]  # a file
    return "".join(one.text for one in Document(io.BytesIO(content)).paragraphs).replace("\n", "")


def test_attendance_is_kept_by_part_beside_the_session(street: Street) -> None:
    session = services.open_closing_review(
        title="结项评审会", place=street.district.street, first_day=date(2026, 11, 12), actor=None,
        last_day=date(2026, 11, 13), at=NOW,
    )  # fmt: skip
    meeting = session.closing_meeting
    who = (
        ("赵某", "secretary"),
        ("钱某", "deputy"),
        ("孙某", "party_worker"),
        ("李某", "implementer"),
        ("赵某", "secretary"),
    )
    for name, part in who:
        services.attend(meeting, name=name, part=part, unit="槐荫社区", day=date(2026, 11, 12), actor=None, at=NOW)
    with pytest.raises(Conflict):
        services.attend(meeting, name="周某", part="other", unit="槐荫社区", day=date(2026, 11, 14), actor=None, at=NOW)
    parts = sorted(ReviewAttendee.objects.filter(meeting=meeting).values_list("part", flat=True))
    first = meeting.activity.occurrences.order_by("starts").first()
    assert first is not None
    assert (parts, len(on_list(first))) == (["deputy", "implementer", "party_worker", "secretary"], 4)


def test_advice_is_answered_in_time_with_reasons_and_followed_until_done(case: Case) -> None:
    sheet = services.hand_over_opinions(
        case.project, items=[AdviceText("宣传不足", "扩大知晓面"), AdviceText("数据少", "做前后对比")],
        source="结项评审第一组", actor=None, at=NOW,
    )  # fmt: skip
    one, two = sheet.items.all()
    assert sheet.due == date(2026, 12, 15)
    for lacking in (
        {"taken": "not"},
        {"taken": "partly", "reason": "人手不足"},
        {"taken": "adopted", "measure": "印海报"},
    ):
        with pytest.raises(Refusal):
            services.answer_advice(one, actor=None, at=NOW, **lacking)
    services.answer_advice(one, taken="not", reason="已有社区公众号", actor=None, at=NOW)
    services.answer_advice(
        two, taken="adopted", measure="补做前测", responsible="社工站", until=date(2027, 3, 1), actor=None, at=NOW
    )
    sheet.refresh_from_db()
    assert sheet.answered_at == NOW
    with pytest.raises(Conflict):
        services.finish_advice(one, done_on=date(2026, 11, 30), note="完成", actor=None, at=NOW)
    services.finish_advice(two, done_on=date(2026, 11, 30), note="补做120份", actor=None, at=NOW)
    two.refresh_from_db()
    assert (two.done_on, two.done_note) == (date(2026, 11, 30), "补做120份")


def test_prizes_coverage_and_stories_are_registered(case: Case) -> None:
    given: dict[str, Any] = {
        "title": "优秀提案项目",
        "year": 2026,
        "given_on": date(2026, 11, 30),
        "actor": None,
        "at": NOW,
    }
    prize = services.give_prize(case.project, number="清街发〔2026〕8号", **given)
    with pytest.raises(Conflict):
        services.give_prize(case.project, **given)
    report: dict[str, Any] = {"outlet": "《晚晴》栏目", "title": "助餐点里的笑声", "on": date(2026, 11, 1)}
    services.register_coverage(case.project, kind="media", actor=None, at=NOW, **report)
    told = {"title": "一碗热汤", "text": "老人们说……", "unit": "党建办", "author": "周某"}
    story = services.write_story(case.project, actor=None, at=NOW, **told)
    assert prize.honour is not None
    assert (prize.honour.place, Coverage.objects.get().outlet) == (case.project.place, "《晚晴》栏目")
    assert (story.unit, story.author) == ("党建办", "周某")


def test_only_the_street_accepts_grades_and_marks(case: Case, street: Street) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, street.community, password=None)
    stranger = make_user(Role.COMMUNITY_WORKER, street.district.other_community, password=None)
    with pytest.raises(NotAllowed):
        services.write_sections(case.closing, texts=TEXTS, actor=stranger, at=NOW)
    services.write_sections(case.closing, texts=TEXTS, actor=worker, at=NOW)
    services.submit_closing(case.closing, actor=worker, at=NOW)
    case.reload()
    with pytest.raises(NotAllowed):
        services.accept_closing(case.closing, actor=worker, at=NOW)
    with pytest.raises(NotAllowed):
        services.mark_highlight(case.project, reason="可复制", actor=worker, at=NOW)
    services.mark_highlight(
        case.project,
        reason="可复制",
        actor=make_user(Role.STREET_OFFICER, street.district.street, password=None),
        at=NOW,
    )
