"""What is told of the closed year: an honour with its certificate, a story, the page for everybody, the summary."""

from linli.apps.projects.models import ClosingGrade, Highlight, Project, Showcase
from linli.apps.projects.services import closing as services
from linli.apps.rounds.models import Programme
from linli.demo.closing import NEXT
from linli.demo.pictures import scene
from linli.demo.proposing import YEAR, on
from linli.demo.streets import STREET, Here
from linli.kernel import publication
from linli.kernel.files import photos
from linli.kernel.refs import ref_of

SUMMARY = {
    "overview": "需求来自走访、问卷和居民议事；每个单位不超过三个项目，先议后报。",
    "delivery": "项目由居民骨干和党员分片认领，每月公开一次进度和用款；两个项目补正材料后通过初审。",
    "growth": "一批居民团队能自己排班、自己记账，三个团队开始带邻近社区。",
    "outlook": "下一年把周末和晚间场次写进申报书，把好做法编成案例。",
}
STORY = (
    "楼门口的灯，从前是谁家出门谁家开。项目开始那天，楼门长拿着小本挨户问：您几点回家，哪一级台阶看不清。\n"
    "三个月后，小本写满了，灯也亮了。再后来，小本成了楼门的值日表，谁出差，谁替班，一页页都有。\n"
    "项目结束了，值日表还在墙上。"
)


def tell_of_the_year(here: Here) -> None:
    """The best project is honoured, told and shown; the last one appealed and was answered; the year is summed up."""
    shining = Highlight.objects.select_related("project__street").get().project
    _honour(here, shining)
    _show(here, shining)
    _appeal(here, ClosingGrade.objects.filter(ended_at=None).order_by("score", "closing__project__number")[0])
    _sum_up(here, shining)


def _honour(here: Here, project: Project) -> None:
    officer, at = here.people["linhu.jiedao"], on(5, 8, year=NEXT)
    services.give_prize(
        project, title="优秀服务群众项目", year=YEAR, number=f"临街党建〔{NEXT}〕6号-01", given_on=at.date(),
        actor=officer, at=at,
    )  # fmt: skip
    services.register_coverage(
        project, kind="media", outlet="和安日报", title="小事办在家门口", on=on(5, 11, year=NEXT).date(), actor=officer,
        at=on(5, 14, year=NEXT),
    )  # fmt: skip
    services.write_story(
        project, title="一本楼门值日表", text=STORY, unit=f"{project.place}居民委员会", author="楼门长 赵某",
        actor=officer, at=on(5, 15, year=NEXT),
    )  # fmt: skip


def _show(here: Here, project: Project) -> None:
    """Its page with a picture before and one after, written, checked and signed off by three people."""
    officer = here.people["linhu.jiedao"]
    shown = [
        photos.take_in(scene(project.title, stage, at), owner=ref_of(project), actor=officer, at=on(5, 16, year=NEXT))
        for stage, at in (("before", on(7, 3)), ("after", on(12, 6)))
    ]
    services.write_showcase(
        project, title=project.title, text=f"{project.goal}居民自己商量、自己动手，做成以后自己管。",
        before=shown[0].pk, after=shown[1].pk, actor=officer, at=on(5, 16, year=NEXT),
    )  # fmt: skip
    row = Showcase.objects.get(project=project)
    publication.submit(row, actor=officer, at=on(5, 16, 15, year=NEXT))
    publication.check(row, actor=here.people["linhu.kezhang"], at=on(5, 17, year=NEXT))
    publication.sign_off(row, actor=here.people["linhu.lingdao"], at=on(5, 18, year=NEXT))


def _appeal(here: Here, grade: ClosingGrade) -> None:
    """Whoever carried the lowest one out asked to look again; the grade stands, with the reason."""
    row = services.appeal(
        grade, text="现场评审时两场活动的签到表还没有交齐，请复核成效一项的得分。", actor=None, at=on(4, 19, year=NEXT)
    )
    services.answer_appeal(
        row, answer="经核对补交的签到表，三位评委的评分依据充分，场次已计入；维持原等次。",
        actor=here.people["linhu.jiedao"], at=on(4, 26, year=NEXT),
    )  # fmt: skip


def _sum_up(here: Here, project: Project) -> None:
    assert project.proposal is not None  # every one of that year came out of a round
    programme = Programme.objects.get(rounds=project.proposal.round_id, place=here.places[STREET])
    officer, at = here.people["linhu.jiedao"], on(5, 21, year=NEXT)
    services.write_summary(programme, year=YEAR, actor=officer, at=at, **SUMMARY)
