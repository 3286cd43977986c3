"""Road-show reviews of the demo: experts of a pool, a panel of seven, sheets, recusals, the reveal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from random import Random
from uuid import UUID

from linli.apps.reviews import services
from linli.apps.reviews.models import Conditions, Duty, Entry, Expert, Panel, Rest, ReviewSession, Seat, SeatActor
from linli.apps.reviews.queries import recusals_of
from linli.apps.rounds.models import Proposal, Round
from linli.demo.names import draw, person_name
from linli.demo.proposing import on
from linli.demo.streets import STREET, Here
from linli.kernel import rubric
from linli.kernel.refs import ref_of

POOL = (
    ("东岭大学社会工作系", "社会工作", ""), ("东岭大学公共管理学院", "社区治理", ""), ("和安区委党校", "基层党建", ""),
    ("和正会计师事务所", "财务", ""), ("和安区社会组织联合会", "社会组织", ""),
    ("临湖文化馆", "群众文化", "临湖文化馆"),
    ("和安区妇幼保健所", "公共卫生", ""), ("和安日报社", "宣传", ""), ("和正律师事务所", "法律", ""),
)  # fmt: skip
"""Unit, specialty, and the unit's name in the register where it stands there."""
JUDGES = 7


def fill_pool(here: Here, *, at: datetime) -> list[Expert]:
    """The experts of the district, entered once."""
    chance, officer = draw("experts"), here.people["linhu.jiedao"]
    return [
        services.enter_expert(
            name=person_name(chance, female=number % 2 == 0), unit=unit, specialty=specialty,
            place=here.places[STREET], organization=here.organizations.get(known), actor=officer,
            service="多次参加区级公益创投评审。" if number % 3 == 0 else "", is_demo=True, at=at,
        )
        for number, (unit, specialty, known) in enumerate(POOL)
    ]  # fmt: skip


def judge(here: Here, intake: Round, proposals: Sequence[Proposal], qualities: Mapping[UUID, int]) -> ReviewSession:
    """A road-show of one day: seven judges, each sheet by its own seat, one judge recused; closed and revealed."""
    officer = here.people["linhu.jiedao"]
    criteria = rubric.sample("pitch_review")
    version = rubric.define("pitch_review", title="项目路演评审", criteria=criteria)
    session = services.open_session(
        title=f"{intake.title}路演评审", place=here.places[STREET], first_day=on(9, 21).date(), rubric=version,
        tie_criteria=[one.code for one in criteria], venue="临湖街道党群服务中心多功能厅", is_demo=True, actor=officer,
        at=on(9, 13),
    )  # fmt: skip
    panel = services.add_panel(session, name="评审组", actor=officer, at=on(9, 13))
    seats = [
        services.seat_judge(panel, expert=expert, is_chair=number == 0, actor=officer, at=on(9, 13))
        for number, expert in enumerate(fill_pool(here, at=on(9, 13))[:JUDGES])
    ]
    entries = _enter(here, session, panel, proposals)
    _recuse(here, session)
    _plan(here, session)
    for seat in seats:
        services.sign_promise(seat, on_paper=True, actor=officer, at=on(9, 21, 8))
    services.start(session, actor=officer, at=on(9, 21, 9))
    _play(Room(session, panel, seats, entries, _staff(here, session)), qualities)
    services.close(session, actor=officer, at=on(9, 21, 17))
    return session


def _enter(here: Here, session: ReviewSession, panel: Panel, proposals: Sequence[Proposal]) -> list[Entry]:
    """Every accepted proposal, its proposers as parties."""
    officer = here.people["linhu.jiedao"]
    entries = []
    for one in proposals:
        shares = one.shares.select_related("organization", "place")
        entries.append(
            services.enter(
                session, title=one.title, subject=ref_of(one), panel=panel, summary=one.goal[:200],
                presenter="党群先锋队负责人",
                parties=[ref_of(who) for share in shares if (who := share.organization or share.place)],
                actor=officer, at=on(9, 18),
            )
        )  # fmt: skip
    return entries


def _recuse(here: Here, session: ReviewSession) -> None:
    """What the house finds is confirmed: a judge's own unit shares a project."""
    officer = here.people["linhu.jiedao"]
    services.derive_recusals(session, actor=officer, at=on(9, 19))
    for row in recusals_of(session):
        services.confirm_recusal(row, reason="评委所在单位是共同申报单位。", actor=officer, at=on(9, 19))


def _plan(here: Here, session: ReviewSession) -> None:
    """The day of the road-show: a quarter of an hour a project, a break at noon."""
    noon = Rest(time(12), time(13, 30), "午休")
    asked = Conditions((session.first_day,), time(9), time(17, 30), 15, 5, (noon,))
    services.plan_timetable(session, asked=asked, actor=here.people["linhu.jiedao"], at=on(9, 19, 11))
    session.refresh_from_db()


@dataclass(frozen=True)
class Room:
    """Who sits in the room, and what is judged there."""

    session: ReviewSession
    panel: Panel
    judges: Sequence[Seat]
    entries: Sequence[Entry]
    staff: Mapping[Duty, SeatActor]


def _staff(here: Here, session: ReviewSession) -> dict[Duty, SeatActor]:
    """Host, counter and supervisor."""
    duties = ((Duty.HOST, "linhu.kezhang"), (Duty.COUNTER, "linhu.caiwu"), (Duty.SUPERVISOR, "shenjishi"))
    officer, at = here.people["linhu.jiedao"], on(9, 21, 8)
    return {
        duty: SeatActor(services.seat_staff(session, duty=duty, name=here.people[user].name, actor=officer, at=at))
        for duty, user in duties
    }


def _play(room: Room, qualities: Mapping[UUID, int]) -> None:
    """Lots, call by call, sheets, collection; two confirm, the host reveals."""
    staff, chance = room.staff, draw("road-show")
    services.draw_lots(room.panel, seed="20170921", actor=staff[Duty.HOST], at=on(9, 21, 9))
    recused = set(recusals_of(room.session).values_list("seat", "entry"))
    done = []
    for entry in room.entries:
        row = Entry.objects.select_related("session__rubric", "panel__session").get(pk=entry.pk)
        services.call_entry(row, actor=staff[Duty.HOST], at=on(9, 21))
        for number, seat in enumerate(room.judges):
            if (seat.pk, entry.pk) not in recused:
                said = services.Said(_marks(chance, qualities[row.subject_id] + number % 3 - 1))
                services.hand_in(row, seat=seat, given=said, actor=SeatActor(seat), at=on(9, 21, 11))
        services.collect(row, actor=staff[Duty.COUNTER], at=on(9, 21, 14))
        done.append(row)
    services.confirm(done, actor=staff[Duty.COUNTER], at=on(9, 21, 15))
    services.confirm(done, actor=staff[Duty.SUPERVISOR], at=on(9, 21, 15))
    services.reveal(done, actor=staff[Duty.HOST], at=on(9, 21, 16))


def _marks(chance: Random, quality: int) -> dict[str, str]:
    """Marks of one sheet around ``quality`` per cent, in half points."""
    given = {}
    for one in rubric.sample("pitch_review"):
        share = Decimal(min(100, max(40, quality + chance.randrange(-7, 8)))) / 100
        given[one.code] = str((one.top * share * 2).quantize(Decimal(1)) / 2)
    return given
