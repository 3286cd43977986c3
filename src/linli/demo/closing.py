"""The closing review of the 72 projects: surveys of their units, files, four groups on two days, grades, opinions."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from linli.apps.places.models import Place
from linli.apps.projects.lifecycle import PROJECTS
from linli.apps.projects.models import ClosingFile, ClosingGrade, MeetingPart, Project, ProjectState
from linli.apps.projects.services import closing as services
from linli.apps.projects.services import record_actual
from linli.apps.projects.services.closing import AdviceText
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Conditions, Duty, Entry, Expert, Panel, Rest, ReviewSession, Seat, SeatActor
from linli.apps.surveys import services as surveys
from linli.demo.names import draw, person_name
from linli.demo.proposing import YEAR, on
from linli.demo.spendings import spend_whole
from linli.demo.streets import STREET, Here
from linli.kernel import rubric
from linli.kernel.refs import ref_of

NEXT = YEAR + 1
DAYS = (date(NEXT, 4, 12), date(NEXT, 4, 13))
GROUPS = ("第一组", "第二组", "第三组", "第四组")
FEW = 18
"""Of the small demo every eighteenth project is closed, one a group; of the large one all of them."""
ASKED, ANSWERED = 34, 31
"""Slips handed out in a unit, and those that came back: one more than the gate asks for."""
NOON = Rest(time(12), time(13, 30), "午休")
TEXTS = {
    "background": "居民在走访和问卷中多次提出这一需求，社区党组织牵头商议后立项。",
    "method": "党员带头认领，居民骨干分片负责；每月公开一次进度和用款。",
    "effect": "指标如期完成，参加的居民人数和满意度见本报告所列数字。",
    "experience": "先问需再立项，居民自己管起来的环节最长久。",
    "money": "经费专款专用，支出明细和凭证随档案移交。",
}
OPINIONS = AdviceText("服务对象以老年人为主，年轻家庭参加少。", "下一年增加周末和晚间场次。")


def close_projects(here: Here, projects: Sequence[Project], *, everything: bool) -> list[ClosingGrade]:
    """Ask, write, hand in, review in four groups on two days, grade; opinions for the first of each group."""
    chosen = list(projects if everything else projects[::FEW])
    for number, project in enumerate(chosen):
        spend_whole(here, project, number, day=lambda quarter: on(9 + quarter, 14))
    for place in dict.fromkeys(one.place for one in chosen):
        _ask(here, place, [one for one in chosen if one.place_id == place.pk])
    files = [_hand_in(here, project, number) for number, project in enumerate(chosen)]
    session = _review(here, files)
    grades = services.take_results(session, actor=here.people["linhu.jiedao"], at=on(4, 16, year=NEXT))
    _advise(here, session, grades)
    _conclude(here)
    return grades


def _conclude(here: Here) -> None:
    """Whatever else began in that year ended with it: its papers lie in the street's archive, not here."""
    officer, at = here.people["linhu.jiedao"], on(12, 28, year=NEXT)
    for project in Project.objects.filter(year=YEAR, state=ProjectState.RUNNING).order_by("number"):
        PROJECTS.apply("begin_closing", project, actor=officer, facts={}, at=at)
        facts = {"grade": "按当年纸质材料结项"}
        PROJECTS.apply("close", project, actor=officer, facts=facts, at=at, ended_on=project.ends_on)


def _ask(here: Here, place: Place, projects: Sequence[Project]) -> None:
    """One slip about every project of a unit; what came back is counted when it closes."""
    officer, at = here.people["linhu.jiedao"], on(3, 12, year=NEXT)
    survey = surveys.draft_survey(
        title=f"{place.name}{YEAR}年项目满意度调查", place=place, subjects=[ref_of(one) for one in projects],
        actor=officer, at=at,
    )  # fmt: skip
    group = surveys.add_group(survey, name="参加项目的居民", count=ASKED, actor=officer, at=at)
    codes = surveys.issue_slips(group, actor=officer, at=at)
    surveys.open(survey, actor=officer, at=at)
    for number, code in enumerate(codes[:ANSWERED]):
        grade = (5, 4, 5, 4, 5, 4, 3)[number % 7]
        surveys.answer(survey, code=code, answers=surveys.grades(survey, grade), at=on(3, 16, year=NEXT))
    surveys.close(survey, actor=officer, at=on(3, 27, year=NEXT))


def _hand_in(here: Here, project: Project, number: int) -> ClosingFile:
    """What was reached, the six sections, handed in by one and accepted by another."""
    officer, second = here.people["linhu.jiedao"], here.people["linhu.kezhang"]
    for row in project.indicators.all():
        value = (row.target * (100 + number * 5 % 18) / 100).quantize(Decimal(1))
        record_actual(row, value=value, on=date(YEAR, 12, 15), grounds="实施记录", actor=officer, at=on(12, 18))
    file = services.open_closing(project, actor=officer, at=on(3, 28, year=NEXT))
    services.write_sections(
        file,
        texts={**TEXTS, "goal": f"{project.goal}让有这一需求的居民在家门口得到帮助。"},
        actor=officer,
        at=on(3, 29, year=NEXT),
    )
    services.submit_closing(file, actor=officer, at=on(3, 30, year=NEXT))
    file.refresh_from_db()
    services.accept_closing(file, actor=second, at=on(4, 3, year=NEXT))
    file.refresh_from_db()
    return file


def _review(here: Here, files: Sequence[ClosingFile]) -> ReviewSession:
    """The session of two days in four groups, from its opening to its end."""
    officer, at = here.people["linhu.jiedao"], on(4, 4, year=NEXT)
    session = services.open_closing_review(
        title=f"{YEAR}年度党组织服务群众项目结项评审会", place=here.places[STREET], first_day=DAYS[0], last_day=DAYS[1],
        venue="临湖街道党群服务中心", actor=officer, is_demo=True, at=at,
    )  # fmt: skip
    panels = [reviews.add_panel(session, name=name, actor=officer, at=at) for name in GROUPS]
    seats = {panel.pk: _judges(here, panel, number) for number, panel in enumerate(panels)}
    for file in files:
        services.enter_closing(file, session=session, presenter="项目负责人", actor=officer, at=at)
    asked = Conditions(DAYS, time(9), time(17, 30), 25, 5, (NOON,))
    reviews.plan_timetable(session, asked=asked, actor=officer, at=on(4, 8, year=NEXT))
    session.refresh_from_db()
    for seat in (seat for rows in seats.values() for seat in rows):
        reviews.sign_promise(seat, on_paper=True, actor=officer, at=on(4, 12, 8, year=NEXT))
    reviews.start(session, actor=officer, at=on(4, 12, 9, year=NEXT))
    staff = _staff(here, session)
    for group, panel in enumerate(panels):
        _play(panel, seats[panel.pk], staff, group=group)
    _attend(here, session, files)
    reviews.close(session, actor=officer, at=on(4, 13, 17, year=NEXT))
    session.refresh_from_db()
    return session


def _judges(here: Here, panel: Panel, number: int) -> list[Seat]:
    """Two outside experts and one for the street in every group."""
    officer, at = here.people["linhu.jiedao"], on(4, 4, year=NEXT)
    pool = Expert.objects.order_by("unit")[number * 2 : number * 2 + 2]
    seats = [
        reviews.seat_judge(panel, expert=expert, is_chair=turn == 0, actor=officer, at=at)
        for turn, expert in enumerate(pool)
    ]
    name = person_name(draw(f"closing {number}"), female=number % 2 == 0)
    return [*seats, reviews.seat_judge(panel, name=name, unit="临湖街道办事处", actor=officer, at=at)]


def _staff(here: Here, session: ReviewSession) -> dict[Duty, SeatActor]:
    duties = ((Duty.HOST, "linhu.kezhang"), (Duty.COUNTER, "linhu.caiwu"), (Duty.SUPERVISOR, "shenjishi"))
    officer, at = here.people["linhu.jiedao"], on(4, 12, 8, year=NEXT)
    return {
        duty: SeatActor(reviews.seat_staff(session, duty=duty, name=here.people[user].name, actor=officer, at=at))
        for duty, user in duties
    }


def _attend(here: Here, session: ReviewSession, files: Sequence[ClosingFile]) -> None:
    """Who came for the project of each group that is called first: its secretary, and who carries it out."""
    for number, file in enumerate(files[: len(GROUPS)]):
        day = DAYS[number % len(DAYS)]
        for turn, part in enumerate((MeetingPart.SECRETARY, MeetingPart.IMPLEMENTER)):
            name = person_name(draw(f"attends {number} {turn}"), female=turn == 0)
            services.attend(
                session.closing_meeting, name=name, part=part, unit=file.project.place.name, day=day,
                actor=here.people["linhu.kezhang"], at=on(4, day.day, 8, year=NEXT),
            )  # fmt: skip


def _play(panel: Panel, seats: Sequence[Seat], staff: dict[Duty, SeatActor], *, group: int) -> None:
    """Every project of one group: called, marked by three, collected, confirmed by two, revealed."""
    host, counter, at = staff[Duty.HOST], staff[Duty.COUNTER], on(4, 12, year=NEXT)
    reviews.draw_lots(panel, seed="20180412", actor=host, at=at)
    rows = panel.entries.select_related("session__rubric", "panel__session").order_by("position", "number")
    done: list[Entry] = []
    for number, entry in enumerate(rows):
        reviews.call_entry(entry, actor=host, at=at)
        for turn, seat in enumerate(seats):
            share = Decimal(72 + (number * 11 + group * 5 + turn * 3) % 26) / 100
            reviews.hand_in(entry, seat=seat, given=reviews.Said(_marks(share)), actor=SeatActor(seat), at=at)
        reviews.collect(entry, actor=counter, at=at)
        done.append(entry)
    if done:
        reviews.confirm(done, actor=counter, at=on(4, 13, 15, year=NEXT))
        reviews.confirm(done, actor=staff[Duty.SUPERVISOR], at=on(4, 13, 15, year=NEXT))
        reviews.reveal(done, actor=host, at=on(4, 13, 16, year=NEXT))


def _marks(share: Decimal) -> dict[str, str]:
    """The marks of one sheet, in half points."""
    sheet = rubric.sample("closing_review")
    return {one.code: str((one.top * share * 2).quantize(Decimal(1)) / 2) for one in sheet}


def _advise(here: Here, session: ReviewSession, grades: Sequence[ClosingGrade]) -> None:
    """Opinions for four projects, each answered and carried out; the best is marked as a model."""
    officer, at = here.people["linhu.jiedao"], on(4, 17, year=NEXT)
    ranked = sorted(grades, key=lambda one: (-one.score, one.closing.project.number))
    for grade in ranked[-len(GROUPS) :]:
        project = grade.closing.project
        sheet = services.hand_over_opinions(project, items=[OPINIONS], source=session.title, actor=officer, at=at)
        for advice in sheet.items.all():
            services.answer_advice(
                advice, taken="adopted", measure="每月安排两场周末和晚间活动。", responsible="项目负责人",
                until=on(6, 29, year=NEXT).date(), actor=None, at=on(4, 24, year=NEXT),
            )  # fmt: skip
            done = on(6, 26, year=NEXT)
            note = "周末和晚间场次已排到年底。"
            services.finish_advice(advice, done_on=done.date(), note=note, actor=None, at=done)
    services.mark_highlight(
        ranked[0].closing.project, reason="居民自己管起来，邻近社区可以照着做。", actor=officer, at=at
    )
