"""Reviews for tests, prepared through the verbs: a panel of judges, entries, and whoever runs the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests.support.remembering import remembered

from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.models import Place
from linli.apps.reviews import services
from linli.apps.reviews.models import Duty, Entry, Expert, Ground, Mode, Panel, ReviewSession, Seat, SeatActor
from linli.kernel import rubric
from linli.kernel.refs import Ref, new_key, ref_of
from linli.kernel.rubric.models import RubricVersion

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"


@remembered
def make_rubric(name: str = "pitch_review") -> RubricVersion:
    return rubric.define(name, title="创投路演评审", criteria=rubric.sample("pitch_review"))


@remembered
def make_expert(place: Place, number: int = 0, **columns: Any) -> Expert:
    given = {
        "name": f"{SURNAMES[number]}某",
        "unit": f"和安大学第{number + 1}教研室",
        "specialty": "社区治理",
        **columns,
    }
    return services.enter_expert(place=place, actor=None, **given)


def marks(total: int) -> dict[str, str]:
    """Marks of the sample rubric that sum to ``total``: each criterion at the same share, the last takes the rest."""
    given: dict[str, str] = {}
    left = total * 100
    for criterion in rubric.sample("pitch_review"):
        mark = min(int(criterion.top) * total, left)
        left -= mark
        given[criterion.code] = f"{mark / 100:.2f}"
    return given


@dataclass
class Review:
    """A session with one panel, and whoever acts in it."""

    session: ReviewSession
    panel: Panel
    judges: list[Seat]
    entries: list[Entry]
    host: SeatActor
    counter: SeatActor
    supervisor: SeatActor

    def start(self) -> "Review":
        services.start(self.session, actor=None, at=NOW)
        return self.reload()

    def reload(self) -> "Review":
        """Everything as the database has it now."""
        self.session.refresh_from_db()
        self.panel = Panel.objects.select_related("session").get(pk=self.panel.pk)
        self.entries = list(self.session.entries.select_related("session__rubric", "panel").order_by("number"))
        return self

    def actor(self, judge: int) -> SeatActor:
        return SeatActor(self.judges[judge])

    def hand_in(self, entry: int, totals: Mapping[int, int]) -> None:
        """Sheets of judges (by number) with these totals; the entry's sheets are opened where they are not."""
        row = self.reload().entries[entry]
        if row.state == "waiting":
            services.call_entry(row, actor=self.host, at=NOW)
        row.refresh_from_db()
        for judge, total in totals.items():
            said = services.Said(marks(total), comment="")
            services.hand_in(row, seat=self.judges[judge], given=said, actor=self.actor(judge), at=NOW)

    def finish(self, entry: int) -> Entry:
        """Collect, confirm twice, reveal."""
        row = self.reload().entries[entry]
        services.collect(row, actor=self.host, at=NOW)
        services.confirm([row], actor=self.counter, at=NOW)
        services.confirm([row], actor=self.supervisor, at=NOW)
        services.reveal([row], actor=self.host, at=NOW)
        return row


@remembered
def make_session(place: Place, **columns: Any) -> ReviewSession:
    given: dict[str, Any] = {"title": "公益创投路演评审", "first_day": DAY, "actor": None, "at": NOW, **columns}
    if given.get("mode", Mode.MARKS) == Mode.MARKS and "rubric" not in given:
        given["rubric"] = make_rubric()
    return services.open_session(place=place, **given)


@remembered
def make_subject(place: Place, number: int) -> Organization:
    return make_organization(place, f"第{number}号项目承接社")


@remembered
def make_review(
    place: Place,
    *,
    judges: int = 5,
    entries: int = 2,
    promised: bool = True,
    groups: tuple[str, ...] = (),
    **columns: Any,
) -> Review:
    """A prepared session of one panel: judges of the pool (the first is the chair), entries that are organizations."""
    session = make_session(place, **columns)
    panel = services.add_panel(session, name="第一组", actor=None)
    seats = [
        services.seat_judge(
            panel,
            expert=make_expert(place, number),
            group=groups[number] if groups else "",
            is_chair=number == 0,
            actor=None,
        )
        for number in range(judges)
    ]
    for seat in seats if promised else ():
        services.sign_promise(seat, actor=None, on_paper=True, at=NOW)
    rows = [
        services.enter(
            session, title=f"项目{number}", subject=ref_of(make_subject(place, number)), panel=panel, actor=None
        )
        for number in range(1, entries + 1)
    ]
    staff = {
        duty: SeatActor(services.seat_staff(session, duty=duty, name=name, actor=None))
        for duty, name in ((Duty.HOST, "韩某"), (Duty.COUNTER, "计某"), (Duty.SUPERVISOR, "督某"))
    }
    return Review(session, panel, seats, rows, staff[Duty.HOST], staff[Duty.COUNTER], staff[Duty.SUPERVISOR])


@dataclass
class Fair:
    """A session of several panels, and units that come with several projects each."""

    session: ReviewSession
    panels: list[Panel]
    judges: list[Seat]
    units: list[Organization]
    entries: dict[str, Entry]

    def entry(self, title: str) -> Entry:
        """An entry as the database has it now, such as ``1-2``: the second project of the first unit."""
        return Entry.objects.select_related("session__place", "panel").get(pk=self.entries[title].pk)

    def tie(self, judge: int, unit: int) -> None:
        """A judge (from 0) is tied to a unit (from 1)."""
        expert = self.judges[judge].expert
        assert expert is not None  # judges of a fair come from the pool
        services.add_tie(expert, ground=Ground.OTHER, organization=self.units[unit - 1], actor=None)


@remembered
def make_fair(place: Place, *, panels: int = 2, projects: tuple[int, ...] = (3, 2, 2, 1), first: int = 0) -> Fair:
    """Panels of three judges each (experts from ``first`` on); the entries of the n-th unit are called ``n-1`` …"""
    session = make_session(place, title="结项评审", mode=Mode.OPINIONS, venue="街道会议室")
    groups = [
        services.add_panel(session, name=f"第{one}组", venue=f"{one}号厅", actor=None) for one in range(1, panels + 1)
    ]
    seats = [
        services.seat_judge(panel, expert=make_expert(place, first + 3 * number + one), actor=None)
        for number, panel in enumerate(groups)
        for one in range(3)
    ]
    units = [make_organization(place, f"第{first + number}社区社") for number in range(1, len(projects) + 1)]
    entries = {
        f"{number}-{one}": services.enter(
            session, title=f"{number}-{one}", subject=Ref("rounds.proposal", new_key()), parties=[ref_of(unit)],
            presenter="孟某", actor=None,
        )
        for number, (unit, count) in enumerate(zip(units, projects, strict=True), 1)
        for one in range(1, count + 1)
    }  # fmt: skip
    return Fair(session, groups, seats, units, entries)
