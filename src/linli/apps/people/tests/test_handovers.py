"""The handover slip: three people, one list, everything or nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.apps.people import queries, services
from linli.apps.people.models import Handover, HandoverItem, HandoverState, User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit import timeline
from linli.kernel.contributions import Task, TaskSource, contribute
from linli.kernel.contributions.registry import _all
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor, Role

pytestmark = pytest.mark.django_db
SECRETARY, WORKER = Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER

CARRY_OUT = """
import sys
from linli.apps.people import services
from linli.apps.people.models import Handover
from linli.kernel.errors import Refusal
try:
    print(services.carry_out_handover(Handover.objects.get(pk=sys.argv[1]), actor=None))
except Refusal as refusal:
    print(type(refusal).__name__)
"""


class Case:
    """A worker who leaves, one who follows, a secretary who sees it, an administrator; two drafts are open."""

    def __init__(self) -> None:
        self.here = make_district()
        self.giver, self.taker = make_user(WORKER, self.here.community), make_user(WORKER, self.here.other_community)
        self.witness = make_user(SECRETARY, self.here.community)
        self.system = make_user(Role.SYSTEM_ADMINISTRATOR, self.here.district)
        self.cards = [make_card(self.here.community, author=self.giver) for _number in range(2)]

    def slip(self, **options: Any) -> Handover:
        given = {"taker": self.taker, "witness": self.witness, "actor": self.giver, **options}
        return services.draw_up_handover(self.giver.posts.get(), **given)

    def signed(self, **options: Any) -> Handover:
        slip = self.slip(**options)
        services.confirm_handover(slip, actor=self.taker, version=slip.version)
        services.witness_handover(slip, actor=self.witness, version=slip.version)
        return slip

    def authors(self) -> set[User]:
        for card in self.cards:
            card.refresh_from_db()
        return {card.author for card in self.cards}


@pytest.fixture
def case() -> Case:
    return Case()


@pytest.fixture
def contributed() -> Iterator[Callable[[TaskSource], None]]:
    before = list(_all)
    yield contribute
    _all[:] = before


def refusing(actor: Actor) -> list[Task]:
    return [Task(Ref("people.user", actor.actor_id), "不能移交的事", "/", "办理")]


def refuse(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    raise Refusal("此事须由本人办结")


def test_it_lists_the_open_work_of_the_post(case: Case) -> None:
    slip = case.slip()
    services.add_item(slip, kind="seal", title="社区居委会公章 1 枚", actor=case.giver)
    rows = slip.items.values_list("kind", "title", "progress")
    assert sorted(rows) == sorted(
        [("work", f"{card.title} · 槐荫社区", "待办：写完并提交") for card in case.cards]
        + [("seal", "社区居委会公章 1 枚", "")]
    )
    assert slip.title.endswith("槐荫社区 社区工作者")


def test_it_moves_all_open_work_and_the_post_in_one_piece(case: Case) -> None:
    slip = case.signed(moves_post=True, actor=case.system)
    assert services.carry_out_handover(slip, actor=case.system) == 2
    assert (slip.state, case.authors()) == (HandoverState.DONE, {case.taker})
    assert User.objects.get(pk=case.giver.pk).roles() == frozenset()
    held = [(post.place, post.role) for post in User.objects.get(pk=case.taker.pk).posts_in_force]
    assert (case.here.community, WORKER) in held
    assert [entry.row.action.rsplit(".", 1)[1] for entry in timeline(ref_of(slip))] == [
        "draw_up", "confirm", "witness", "carry_out",
    ]  # fmt: skip


def test_it_moves_the_work_and_leaves_the_post(case: Case) -> None:
    slip = case.signed()
    services.carry_out_handover(slip, actor=case.witness)
    assert (case.authors(), case.giver.posts.get().ended_on) == ({case.taker}, None)


def test_a_single_seat_passes_on_without_a_gap(case: Case) -> None:
    post = case.witness.posts.get()
    services.set_term(post, term_ends_on=date(2099, 6, 30), actor=None)
    post.refresh_from_db()
    slip = services.draw_up_handover(post, taker=case.taker, witness=case.giver, moves_post=True, actor=case.system)
    services.confirm_handover(slip, actor=case.taker)
    services.witness_handover(slip, actor=case.giver)
    services.carry_out_handover(slip, actor=case.system)
    follower = case.taker.posts.get(role=SECRETARY)
    post.refresh_from_db()
    assert (post.ended_on, follower.started_on, follower.term_ends_on) == (
        timezone.localdate(), timezone.localdate(), date(2099, 6, 30),
    )  # fmt: skip


def test_one_refusal_of_one_source_leaves_nothing_changed(
    case: Case, contributed: Callable[[TaskSource], None]
) -> None:
    slip = case.signed(moves_post=True, actor=case.system)
    contributed(TaskSource("tests.refusing", refusing, refuse))
    with pytest.raises(Refusal, match="须由本人办结"):
        services.carry_out_handover(slip, actor=case.system)
    assert (slip.state, slip.items.count(), case.authors()) == (HandoverState.WITNESSED, 2, {case.giver})
    assert (case.giver.posts.get().ended_on, case.taker.posts.count()) == (None, 1)
    assert "people.handover.carry_out" not in [entry.row.action for entry in timeline(ref_of(slip))]


def test_work_that_came_up_later_moves_too_and_is_added(case: Case) -> None:
    slip = case.signed()
    case.cards.append(make_card(case.here.community, author=case.giver))
    assert services.carry_out_handover(slip, actor=case.giver) == 3
    assert (case.authors(), HandoverItem.objects.filter(came_later=True).count()) == ({case.taker}, 1)


@pytest.mark.race
def test_two_processes_carry_one_slip_out_once(race: Callable[..., list[str]]) -> None:
    case = Case()
    slip = case.signed(moves_post=True, actor=case.system)
    answers = race(CARRY_OUT, [(str(slip.pk),), (str(slip.pk),)])
    assert sorted(answer.strip() for answer in answers) == ["2", "Conflict"]
    assert (case.authors(), case.taker.posts.count()) == ({case.taker}, 2)


def test_each_signs_for_himself_and_for_the_list_as_it_stands(case: Case) -> None:
    slip = case.slip()
    seen = slip.version
    for actor in (case.giver, case.witness, case.system):
        with pytest.raises(NotAllowed):
            services.confirm_handover(slip, actor=actor)
    services.add_item(slip, kind="key", title="会议室钥匙 2 把", actor=case.giver)
    with pytest.raises(Conflict):
        services.confirm_handover(slip, actor=case.taker, version=seen)
    with pytest.raises(Conflict):
        services.witness_handover(slip, actor=case.witness)
    services.confirm_handover(slip, actor=case.taker, version=slip.version)
    with pytest.raises(Conflict):
        services.add_item(slip, kind="key", title="档案柜钥匙", actor=case.giver)


def test_who_gives_no_posts_carries_no_post_over(case: Case) -> None:
    slip = case.signed(moves_post=True, actor=case.system)
    for actor in (case.giver, case.taker, case.witness):
        with pytest.raises(NotAllowed):
            services.carry_out_handover(slip, actor=actor)
    assert case.authors() == {case.giver}


def test_it_is_about_three_people_and_one_open_slip_a_post(case: Case) -> None:
    for options in ({"taker": case.giver}, {"witness": case.giver}, {"witness": case.taker}):
        with pytest.raises(Refusal) as refusal:
            case.slip(**options)
        assert refusal.value.code == "three-people"
    slip = case.slip()
    with pytest.raises(Conflict):
        case.slip()
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=slip.pk).update(witness=case.taker)
    services.call_off_handover(slip, actor=case.taker)
    assert case.slip().pk != slip.pk


def test_strangers_draw_up_nothing_and_see_nothing(case: Case) -> None:
    stranger = make_user(Role.STREET_OFFICER, case.here.neighbour_street)
    with pytest.raises(NotAllowed):
        case.slip(actor=stranger)
    slip = case.slip(actor=make_user(Role.STREET_OFFICER, case.here.street))
    seen = [case.giver, case.taker, case.witness, case.system]
    assert [list(queries.handovers_visible_to(actor)) for actor in (*seen, stranger)] == [[slip]] * 4 + [[]]


def test_open_work_stays_on_the_list_and_other_lines_may_go(case: Case) -> None:
    slip = case.slip()
    line = services.add_item(slip, kind="papers", title="低保档案 3 卷", actor=case.giver)
    services.remove_item(line, actor=case.giver)
    with pytest.raises(Refusal):
        services.remove_item(slip.items.first(), actor=case.giver)
    assert slip.items.count() == 2


def test_an_old_slip_keeps_the_title_of_its_day(case: Case) -> None:
    slip = case.slip()
    services.rename_office(role=WORKER, place=case.here.street, title="社区专职工作者", actor=None)
    slip.refresh_from_db()
    services.call_off_handover(slip, actor=case.giver)
    assert (slip.title.endswith("社区工作者"), case.slip().title.endswith("社区专职工作者")) == (True, True)
