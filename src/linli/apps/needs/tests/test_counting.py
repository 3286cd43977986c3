"""Daily sums, counted from rows and compared with figures reckoned another way."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.support.remembering import remembered

from linli.apps.needs import services
from linli.apps.needs.jobs import count_changes
from linli.apps.needs.models import Answer, Channel, CountedDay, DailySum, Need, Sensitivity, Verdict
from linli.apps.needs.queries.facts import bounds
from linli.apps.needs.queries.sums import CATEGORY, PLACE, as_known, behind_walls, board, sums_for, suppressed, whole
from linli.apps.needs.rubric import COUNTS, Tally
from linli.apps.needs.tests.factories import NOW, make_category, make_need
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import Ref
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)
HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=30)


def say(need: Need, **given: Any) -> Verdict:
    """What the resident said a day later."""
    number = need.verdicts.count() + 1
    columns = {"at": NOW + timedelta(days=1), "via": "phone", **given}
    return Verdict.objects.create(need=need, number=number, **columns)


def reach(need: Need, at: datetime) -> None:
    Need.objects.filter(pk=need.pk).update(first_at=at)


def settle(need: Need) -> None:
    Answer.objects.create(
        need=need,
        number=1,
        kind="final",
        outcome="solved",
        text="已换灯。",
        ways="online",
        written_at=NOW,
        given_at=NOW + HOUR,
    )


@remembered
def make_week() -> District:
    """Eight matters of one day: six own ones in two communities, two tickets; one own is left out by joining."""
    here = make_district()
    lamps, noise = make_category("0101", name="路灯"), make_category("0201", name="噪声")
    own = [make_need(here.community, category=lamps) for _one in range(3)]
    own += [make_need(here.other_community, category=noise) for _one in range(2)]
    tickets = [make_need(here.community, category=lamps, channel=Channel.TICKET) for _one in range(2)]
    for need in (own[0], own[1], own[3]):
        reach(need, NOW + HOUR)
    reach(own[2], NOW + timedelta(days=9))
    settle(own[0])
    say(own[0], solved=True, satisfied="satisfied")
    say(own[1], solved=False, satisfied="dissatisfied")
    say(own[1], solved=True, satisfied="acceptable")
    say(own[3], reached=False)
    say(tickets[0], via="ticket", is_official=True, solved=True, satisfied="satisfied")
    say(tickets[0], via="phone", solved=False, satisfied="dissatisfied")
    say(tickets[1], via="ticket", is_official=True, reached=False)
    Need.objects.filter(pk=own[4].pk).update(state="joined", joined_to=own[3])
    services.count_day(here.street, DAY, at=LATER)
    return here


def of(rows: Any, *names: str) -> list[int]:
    found = whole(rows)
    return [getattr(found, name) for name in names]


def test_a_daily_sum_has_a_column_for_every_count_of_the_formula() -> None:
    assert set(COUNTS) - {one.name for one in DailySum._meta.get_fields()} == set()


def test_it_counts_own_matters_by_our_own_verdicts() -> None:
    make_week()
    own = DailySum.objects.filter(official=False).order_by()

    assert of(own, "received", "left_out", "assessed", "answerable", "contacted") == [5, 1, 4, 4, 3]
    assert of(own, "asked", "solved", "unsolved", "satisfied", "rated", "done", "reopened") == [3, 2, 0, 1, 2, 1, 1]


def test_it_counts_tickets_by_the_hotlines_call_back_alone() -> None:
    make_week()
    tickets = DailySum.objects.filter(official=True).order_by()

    assert of(tickets, "received", "asked", "contacted", "answerable", "solved", "unsolved") == [2, 2, 1, 2, 1, 0]
    assert whole(tickets).satisfaction == Decimal("100.0")


def test_it_groups_by_community_and_by_category() -> None:
    make_week()
    own = DailySum.objects.filter(official=False).order_by()

    assert [(line.name, line.counts.received) for line in board(own, by=PLACE)] == [("槐荫社区", 3), ("南里社区", 2)]
    assert [(line.name, line.counts.received) for line in board(own, by=CATEGORY)] == [("路灯", 3), ("噪声", 2)]


def test_a_need_of_a_grid_counts_for_its_community() -> None:
    here = make_district()
    make_need(here.grid)
    services.count_day(here.street, DAY, at=LATER)

    assert [line.name for line in board(DailySum.objects.order_by(), by=PLACE)] == ["槐荫社区"]


def test_counting_again_changes_nothing_and_keeps_no_older_row() -> None:
    here = make_week()
    before = list(DailySum.objects.order_by("place", "official").values_list(*COUNTS))
    services.recount(here.street, [DAY, DAY], at=LATER)

    assert list(DailySum.objects.order_by("place", "official").values_list(*COUNTS)) == before


def test_the_sums_equal_the_rows_reckoned_without_them() -> None:
    here = make_week()
    begins, ends = bounds(DAY)
    rows = Need.objects.filter(street=here.street, received_at__gte=begins, received_at__lt=ends)

    found = [as_known(rows, official=official, known_at=LATER) for official in (True, False)]

    assert found == [whole(DailySum.objects.filter(official=official).order_by()) for official in (True, False)]


def test_a_past_moment_knows_only_what_had_been_said() -> None:
    here = make_week()
    rows = Need.objects.filter(street=here.street)
    then = as_known(rows, official=False, known_at=NOW + 2 * HOUR)

    assert (then.received, then.asked, then.contacted, then.done) == (5, 0, 3, 1)


def test_what_stands_behind_a_wall_is_in_no_sum() -> None:
    here = make_district()
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    leader = make_user(Role.LEADER, here.street)
    make_need(here.community, about=Ref("people.user", secretary.pk))
    begins, ends = bounds(DAY)
    seen = [behind_walls(who, begins, ends, official=False).received for who in (leader, secretary)]
    make_need(here.community, category=make_category("0900", sensitivity=Sensitivity.DISPUTE))
    services.count_day(here.street, DAY, at=LATER)

    assert (DailySum.objects.count(), seen) == (0, [1, 0])


def test_a_community_reads_its_own_sums_only() -> None:
    here = make_week()
    worker, officer = (
        make_user(Role.COMMUNITY_WORKER, here.other_community),
        make_user(Role.STREET_OFFICER, here.street),
    )
    stranger = make_user(Role.STREET_OFFICER, here.neighbour_street)

    assert [whole(sums_for(who)).received for who in (worker, officer, stranger)] == [2, 7, 0]


def test_it_leaves_a_need_out_with_its_reason() -> None:
    here = make_district()
    need = make_need(here.community)
    officer = make_user(Role.STREET_OFFICER, here.street)
    services.leave_out(need, reason="同一人重复登记", actor=officer, at=NOW)
    services.count_day(here.street, DAY, at=LATER)

    assert whole(DailySum.objects.order_by()) == Tally(received=1, left_out=1)
    with pytest.raises(Conflict):
        services.leave_out(need, reason="再说一次", actor=officer)


def test_it_refuses_to_leave_out_without_reason_for_a_ticket_or_by_a_worker() -> None:
    here = make_district()
    need, ticket = make_need(here.community), make_need(here.community, channel=Channel.TICKET)
    worker, officer = make_user(Role.COMMUNITY_WORKER, here.community), make_user(Role.STREET_OFFICER, here.street)

    with pytest.raises(Refusal, match="剔除"):
        services.leave_out(need, reason=" ", actor=officer)
    with pytest.raises(Refusal, match="市民热线"):
        services.leave_out(ticket, reason="重复", actor=officer)
    with pytest.raises(NotAllowed):
        services.leave_out(need, reason="重复", actor=worker)


def test_the_clock_counts_the_days_of_which_something_was_recorded() -> None:
    here = make_district()
    need = make_need(here.community)

    assert (count_changes(at=NOW + timedelta(minutes=1)), count_changes(at=NOW + 2 * HOUR)) == (1, 0)
    assert CountedDay.objects.get().day == bounds(DAY)[0].date()
    assert DailySum.objects.get().place_id == need.place_id


def test_counting_a_day_takes_the_same_queries_for_any_number(django_assert_num_queries: Any) -> None:
    here = make_week()

    with django_assert_num_queries(16):
        services.count_day(here.street, DAY, at=LATER)


def test_the_public_is_not_told_small_numbers() -> None:
    def line(name: str, n: int) -> Any:
        return type("Line", (), {"key": name, "name": name, "counts": Tally(received=n, assessed=n)})()

    few = suppressed([line("甲", 40), line("乙", 9), line("丙", 2)], least=5)
    several = suppressed([line("甲", 40), line("乙", 4), line("丙", 2)], least=5)
    none = suppressed([line("甲", 40), line("乙", 9)], least=5)

    assert [[one.hidden for one in lines] for lines in (few, several, none)] == [
        [False, True, True], [False, True, True], [False, False],
    ]  # fmt: skip
