"""What became of the awards of 2017: 72 projects of 26 units carried through a year, and those of the contest."""

from datetime import timedelta

from linli.apps.projects import services
from linli.apps.projects.models import Project, ProjectKind
from linli.apps.rounds.models import Award
from linli.demo.counters import Held, count_contest, count_neighbourhood, count_teams, hold
from linli.demo.proposing import YEAR, on
from linli.demo.streets import Here
from linli.kernel.refs import ref_of

WORKS = ("楼道扶手", "小坡道", "楼门灯", "一盏灯", "停放线", "口袋花园", "长凳")
"""Words in the title of a project that builds something."""
SORTS = {"便民服务类": "volunteer", "环境保护类": "environment", "文化教育类": "training", "邻里融合类": "culture"}
"""Class -> the kind its activities count by."""
BEGUN = {"approval": on(6, 20), "co_creation": on(7, 17), "contest": on(10, 25)}
"""When the projects of each round begin."""
EVERY = 3
"""Activities a project of the small demo holds in its year."""


def deliver(here: Here) -> list[Project]:
    """Begin every project, hold its activities; then the counters the reports print. The 72 of the approval round."""
    begun = begin(here)
    approved = [one for one in begun if one.proposal and one.proposal.round.template == "approval"]
    _work(here, approved)
    count_contest(here, {one.title: one for one in begun})
    count_neighbourhood(here)
    count_teams(here)
    return approved


def begin(here: Here) -> list[Project]:
    """A project for every award of the year that stands, round after round."""
    officer, begun = here.people["linhu.jiedao"], []
    rows = Award.objects.filter(ended_by=None, proposal__round__year=YEAR, proposal__state="awarded")
    rows = rows.select_related("proposal__round")
    for award in sorted(rows.order_by("proposal__serial"), key=lambda one: BEGUN[one.proposal.round.template]):
        builds = any(word in award.proposal.title for word in WORKS)
        kind = ProjectKind.HARDWARE if builds else None
        at = BEGUN[award.proposal.round.template]
        begun.append(services.begin_from_award(award, actor=officer, kind=kind, at=at))
    return begun


def _work(here: Here, projects: list[Project]) -> None:
    """What each project of the approval round did in its year: activities with their counts."""
    officer, second = here.people["linhu.jiedao"], here.people["linhu.kezhang"]
    for number, project in enumerate(projects):
        heads = [18 + (number * 7 + turn * 5) % 40 for turn in range(EVERY)]
        kind = SORTS[project.category.title] if project.category else "other"
        first = on(7, 3, 14) + timedelta(days=number % 20)
        held = Held(f"{project.title}活动日", kind, first, heads, apart=45)
        hold(project.place, held, subject=ref_of(project), planner=officer, announcer=second)
