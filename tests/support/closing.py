"""A closing review for journeys, made by the verbs in a site's own home: what comes before, beside and behind the desk.

``made_ready``: surveys, figures, photos, the closing files of all projects but one. ``seated``: judges, promises, who
runs the room, PINs. ``judged``: the sheets of the judges who are not in the journey, the second day, the counting of
all panels but the first.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.sites import ROOT, site_environment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from linli.apps.projects.models import Project
    from linli.apps.reviews.models import Panel, ReviewSession

STREET, YEAR, APPROVAL = "临湖街道", 2017, "临湖街道基层党组织服务群众项目"
PLACES = ("银杏社区", "南里社区")
OWN = "楼道扶手和折叠座椅"
"""The project whose file is written and handed in in the browser; nobody was asked about it."""
MIXED = "夜归人的一盏灯"
"""The project of the fourth panel; every other panel is that of a class."""
OF_THE_CONTEST = ("银杏暖邻驿站", "楼上楼下先锋队")
"""Projects of another programme than ``APPROVAL``."""
GIVEN = {
    OWN: (93, 90, 90),
    "雨天不绕路的小坡道": (80, 74, 77),
    "助浴助洁进高龄家": (88, 86, 84),
    "共享工具屋": (50, 55, 58),
    "银杏暖邻驿站": (70, 75, 80),
    "楼上楼下先锋队": (90, 91, 92),
    MIXED: (60, 60, 61),
}
"""Totals in hundredths of the top, judge by judge; the first judge of a panel is in the journey on the first day."""
PHONES, OTHERS = ("赵某", "钱某", "孙某", "李某"), "周吴郑王冯陈褚卫"
ASKED, ANSWERED = 34, 31
TEXT = "社区党组织牵头议定，居民骨干分片负责，每月公开进度和用款。"


@dataclass(frozen=True)
class Ready:
    """The two days of the review (the second is today), and the projects of ``GIVEN``: title → key, number."""

    days: tuple[str, str]
    keys: dict[str, str]
    numbers: dict[str, str]


@dataclass(frozen=True)
class Seated:
    """The room's code, PINs by name, title and position of every panel by its phone's judge."""

    code: str
    pins: dict[str, str]
    panels: dict[str, int]


def made_ready(home: Path) -> Ready:
    """What comes before the review, in the site of ``home``."""
    found = _run(home, "ready")
    return Ready(tuple(found["days"]), found["keys"], found["numbers"])


def seated(home: Path) -> Seated:
    """Three judges in each panel, host, counter and supervisor of the demo's street."""
    return Seated(**_run(home, "seat"))


def judged(home: Path) -> None:
    """The other judges' sheets of what is called; then the second day of every panel by the verbs alone.

    Only the first panel is left to be collected and confirmed."""
    _run(home, "judge")


def _run(home: Path, verb: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.closing", verb],
        env=site_environment(home), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    import django

    django.setup()
    from django.utils.translation import override

    with override("zh-hans"):
        made = {"ready": _ready, "seat": _seat, "judge": _judge}[sys.argv[1]]()
    print(json.dumps(made))  # read by the process that asked


def _projects() -> "QuerySet[Project]":
    from linli.apps.projects.models import Project

    rows = Project.objects.filter(title__in=GIVEN, year=YEAR, place__name__in=PLACES)
    return rows.select_related("place", "street", "proposal__round")


def _ready() -> dict[str, Any]:
    from datetime import timedelta

    from django.utils import timezone

    _take_up_again()
    rows = list(_projects())
    for place in dict.fromkeys(one.place for one in rows):
        _ask(place, [one for one in rows if one.place_id == place.pk and one.title != OWN])
    for one in rows:
        _reach(one)
    _photograph(next(one for one in rows if one.title == OWN))
    today = timezone.localdate()
    return {
        "days": [(today - timedelta(days=1)).isoformat(), today.isoformat()],
        "keys": {one.title: str(one.pk) for one in rows},
        "numbers": {one.title: one.number for one in rows},
    }


def _take_up_again() -> None:
    """The demo has concluded them: before the journey they are under way, as if the year had not ended."""
    _projects().update(state="running", ended_on=None)


def _ask(place: Any, projects: "Sequence[Project]") -> None:
    """One slip about every project of a community; answered, closed."""
    from linli.apps.surveys import services
    from linli.kernel.refs import ref_of

    survey = services.draft_survey(
        title=f"{place.name}项目满意度", place=place, subjects=[ref_of(one) for one in projects], actor=None
    )
    group = services.add_group(survey, name="参加项目的居民", count=ASKED, actor=None)
    codes = services.issue_slips(group, actor=None)
    services.open(survey, actor=None)
    for number, code in enumerate(codes[:ANSWERED]):
        services.answer(survey, code=code, answers=services.grades(survey, 5 if number % 3 else 4))
    services.close(survey, actor=None)


def _reach(project: "Project") -> None:
    """The figures of a project; its file too, but for the one of the journey."""
    from datetime import date

    from linli.apps.projects import services as projects
    from linli.apps.projects.services import closing as services

    for row in project.indicators.all():
        projects.record_actual(row, value=row.target, on=date(YEAR, 12, 15), grounds="实施记录", actor=None)
    if project.title == OWN:
        return
    file = services.open_closing(project, actor=None)
    texts = {one.code: f"{one.title}：{TEXT}" for one in file.sections.all()}
    services.write_sections(file, texts=texts, actor=None)
    services.submit_closing(file, actor=None)
    file.refresh_from_db()
    services.accept_closing(file, actor=None)


def _photograph(project: "Project") -> None:
    import io

    from django.core.files.base import ContentFile
    from PIL import Image

    from linli.kernel.files import photos
    from linli.kernel.refs import ref_of

    for name, colour in (("施工前", "gray"), ("施工后", "green")):
        body = io.BytesIO()
        Image.new("RGB", (320, 240), colour).save(body, "JPEG")
        file = ContentFile(body.getvalue(), name=f"{name}.jpg")
        photos.take_in(file, owner=ref_of(project), actor=None)


def _session() -> "ReviewSession":
    """The closing review the journey opened."""
    from linli.apps.reviews.models import ReviewSession

    return ReviewSession.objects.filter(purpose="closing").order_by("made_at", "id").last()


def _seat() -> dict[str, Any]:
    from linli.apps.people.models import User
    from linli.apps.reviews import services
    from linli.apps.reviews.models import Duty, SeatPass
    from linli.apps.reviews.services import room

    session = _session()
    panels = list(session.panels.order_by("position"))
    for number, panel in enumerate(panels):
        services.seat_judge(panel, name=PHONES[number], unit="和安区委党校", is_chair=True, actor=None)
        for name in OTHERS[number * 2 : number * 2 + 2]:
            seat = services.seat_judge(panel, name=f"{name}某", unit="东岭大学", actor=None)
            services.sign_promise(seat, on_paper=True, actor=None)
    duties = ((Duty.HOST, "linhu.kezhang"), (Duty.COUNTER, "linhu.caiwu"), (Duty.SUPERVISOR, "linhu.lingdao"))
    for duty, username in duties:
        user = User.objects.get(username=username)
        services.seat_staff(session, duty=duty, name=user.name, user=user, actor=None)
    room.issue_pins(session, actor=None)
    passes = SeatPass.objects.filter(session=session).select_related("seat")
    pins = {"主持" if one.seat.duty == Duty.HOST else one.seat.name: room.pin_of(one) for one in passes}
    found = {PHONES[number]: panel.position for number, panel in enumerate(panels)}
    return {"code": session.code, "pins": pins, "panels": found}


def _judge() -> None:
    from linli.apps.reviews import services
    from linli.apps.reviews.models import Duty, EntryState, SeatActor

    staff = {one.duty: SeatActor(one) for one in _session().seats.exclude(duty=Duty.JUDGE)}
    for panel in _session().panels.order_by("position"):
        for entry in _entries(panel).filter(state=EntryState.SCORING):
            _hand_in(panel, entry, skip=1)
        for entry in _entries(panel).filter(state=EntryState.WAITING):
            services.call_entry(entry, actor=staff[Duty.HOST])
            _hand_in(panel, _entries(panel).get(pk=entry.pk))
        if panel.position > 1:
            services.collect_panel(panel, actor=staff[Duty.COUNTER])
            for duty in (Duty.COUNTER, Duty.SUPERVISOR):
                services.confirm(list(_entries(panel)), actor=staff[duty])


def _entries(panel: "Panel") -> Any:
    return panel.entries.select_related("session__rubric", "panel__session").order_by("position", "number")


def _hand_in(panel: "Panel", entry: Any, *, skip: int = 0) -> None:
    """The sheets of an entry, the first ``skip`` judges left out."""
    from linli.apps.reviews import services
    from linli.apps.reviews.models import Duty, SeatActor
    from linli.kernel import rubric

    seats = {one.name: one for one in panel.seats.filter(duty=Duty.JUDGE)}
    number = PHONES.index(next(name for name in PHONES if name in seats))
    names = [PHONES[number], *(f"{name}某" for name in OTHERS[number * 2 : number * 2 + 2])]
    for name, total in list(zip(names, GIVEN[entry.title], strict=True))[skip:]:
        marks = {one.code: f"{one.top * total / 100:.2f}" for one in rubric.sample("closing_review")}
        services.hand_in(entry, seat=seats[name], given=services.Said(marks), actor=SeatActor(seats[name]))


if __name__ == "__main__":
    main()
