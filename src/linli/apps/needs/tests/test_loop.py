"""The loop: collected, analysed, handled, answered, rated; none of the five stages is skipped."""

from datetime import timedelta

import pytest

from linli.apps.needs import services
from linli.apps.needs.models import (
    AttemptWay,
    Duty,
    NeedState,
    Outcome,
    Route,
    Via,
    Way,
)
from linli.apps.needs.services import ContactText
from linli.apps.needs.tests.factories import NOW, make_need, receive_need
from linli.apps.needs.tests.staff import HOUR, answer_it, make_analysed, make_handled, make_street, rate_it
from linli.apps.people.tests.factories import make_user
from linli.kernel import deadlines, slips
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.notices.models import Notice
from linli.kernel.refs import new_key, ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


def running(need: object) -> list[str]:
    """The clocks that run, by name."""
    rows = deadlines.running().filter(ref_id=need.pk)  # type: ignore[attr-defined]  # a need
    return sorted(rows.values_list("kind", flat=True))


def test_it_gives_a_need_a_number_an_owner_clocks_and_a_code() -> None:
    street = make_street()
    got = receive_need(street.here.community, actor=street.worker)
    part = got.need.assignments.get()
    assert (got.need.number, part.duty, part.place, part.user) == (
        "2026-00001", Duty.OWNER, street.here.community, street.worker,
    )  # fmt: skip
    assert running(got.need) == ["first_contact", "official", "sign_for"]
    assert slips.look(got.code, services.FOLLOW, at=NOW) == ref_of(got.need)


def test_it_goes_through_all_five_stages() -> None:
    street = make_street()
    need, seen = make_need(street.here.community, actor=street.worker), []
    seen.append(need.state)
    services.analyse(need, category=street.lamps, route=Route.AT_ONCE, actor=street.worker, at=NOW + HOUR)
    seen.append(need.state)
    services.dispatch(need, unit=street.here.community, actor=street.officer, at=NOW + HOUR)
    services.accept(need, actor=street.worker, at=NOW + 2 * HOUR)
    seen.append(need.state)
    answer_it(street, need)
    seen.append(need.state)
    rate_it(need, solved=True)
    assert [*seen, need.state] == ["received", "analysed", "handling", "answered", "closed"]
    assert running(need) == []


def test_it_skips_no_stage() -> None:
    street = make_street()
    need = make_need(street.here.community, actor=street.worker)
    with pytest.raises(Conflict):
        services.dispatch(need, unit=street.here.community, actor=street.officer, at=NOW)
    with pytest.raises(Conflict):
        services.answer(
            need, text="好", outcome=Outcome.SOLVED, ways=[Way.ONLINE], actor=street.worker, at=NOW
        )  # fmt: skip
    with pytest.raises(Conflict):
        services.rate(need, solved=True, via=Via.PHONE, actor=street.worker, at=NOW)


def test_it_answers_nobody_whom_nobody_tried_to_reach() -> None:
    street = make_street()
    need = make_handled(street)
    with pytest.raises(Refusal) as refused:
        services.answer(
            need, text="好", outcome=Outcome.SOLVED, ways=[Way.ONLINE], actor=street.worker, at=NOW + 3 * HOUR
        )  # fmt: skip
    assert refused.value.code == "not-tried"


def test_it_opens_a_need_again_for_the_same_owner_and_raises_it_at_the_second_time() -> None:
    street = make_street()
    need = make_handled(street)
    owner = need.assignments.get(duty=Duty.OWNER)
    answer_it(street, need)
    rate_it(need, solved=False)
    first = (need.state, need.reopened, need.raised_to, running(need))
    answer_it(street, need, hours=31)
    rate_it(need, solved=False, hours=60)
    assert first == ("handling", 1, None, ["first_contact", "official"])
    assert (need.state, need.reopened, need.raised_to) == ("handling", 2, street.here.street)
    assert need.assignments.get(duty=Duty.OWNER, until__isnull=True) == owner
    assert need.assignments.get(duty=Duty.SUPERVISES).place == street.here.street


def test_it_keeps_that_somebody_was_not_reached_and_nothing_more() -> None:
    street = make_street()
    need = make_handled(street)
    answer_it(street, need)
    services.rate(need, reached=False, via=Via.PHONE, actor=street.worker, at=NOW + 30 * HOUR)
    verdict = need.verdicts.get()
    assert (need.state, verdict.reached, verdict.solved, verdict.satisfied) == ("answered", False, None, "")


def test_it_closes_what_nobody_rates_in_time() -> None:
    street = make_street()
    need = make_handled(street)
    answer_it(street, need)
    early = services.close_unrated(at=NOW + timedelta(days=14))
    late = services.close_unrated(at=NOW + timedelta(days=16))
    need.refresh_from_db()
    assert (early, late, need.state) == (0, 1, NeedState.CLOSED)


def test_it_says_whose_it_is_when_it_is_not_ones_own() -> None:
    street = make_street()
    need = make_analysed(street)
    services.dispatch(need, unit=street.here.other_community, actor=street.officer, at=NOW + HOUR)
    there = make_user(Role.COMMUNITY_WORKER, street.here.other_community)
    with pytest.raises(Refusal) as refused:
        services.not_ours(need, whose=" ", reason="不在辖区", actor=there, at=NOW + 2 * HOUR)
    row = services.not_ours(need, whose="槐荫社区", reason="不在辖区", actor=there, at=NOW + 2 * HOUR)
    services.decide_objection(
        row, upheld=True, decision="属实", unit=street.here.community, actor=street.officer, at=NOW + 3 * HOUR
    )  # fmt: skip
    handler = need.assignments.get(duty=Duty.HANDLER, until__isnull=True)
    assert (refused.value.field, handler.place) == ("whose", street.here.community)


def test_it_gives_a_community_nothing_off_its_list_without_the_street() -> None:
    street = make_street()
    need = make_need(street.here.community, actor=street.worker)
    services.analyse(need, category=street.roads, route=Route.FORWARD, actor=street.worker, at=NOW + HOUR)
    unit = street.here.community
    with pytest.raises(Refusal) as refused:
        services.dispatch(need, unit=unit, actor=street.officer, approval="人手不足", at=NOW + HOUR)
    need.refresh_from_db()
    part = services.dispatch(need, unit=unit, actor=street.head, approval="临时处置，街道会同", at=NOW + HOUR)
    assert refused.value.code == "off-list"
    assert (part.off_list, part.approved_by) == (True, street.head.pk)


def test_it_passes_the_owner_by_named_acceptance_alone() -> None:
    street = make_street()
    need = make_handled(street)
    offer = services.pass_owner(
        need, user=street.colleague, place=street.here.community, reason="休假", actor=street.worker, at=NOW + 3 * HOUR
    )  # fmt: skip
    before = need.assignments.get(duty=Duty.OWNER, until__isnull=True).user
    with pytest.raises(NotAllowed):
        services.answer_offer(offer, accepted=True, actor=street.worker, at=NOW + 3 * HOUR)
    services.answer_offer(offer, accepted=True, actor=street.colleague, at=NOW + 4 * HOUR)
    after = need.assignments.get(duty=Duty.OWNER, until__isnull=True)
    assert (before, after.user, after.came) == (street.worker, street.colleague, "accepted")


def test_it_extends_the_limit_only_with_a_reason_and_approval() -> None:
    street = make_street()
    need = make_handled(street)
    until = need.promised + timedelta(days=5) if need.promised else NOW
    row = services.extend(need, until=until, reason="等配件", actor=street.worker, at=NOW + 3 * HOUR)
    with pytest.raises(NotAllowed):
        services.approve_extension(row, actor=street.worker, at=NOW + 4 * HOUR)
    services.approve_extension(row, actor=street.head, at=NOW + 4 * HOUR)
    clock = deadlines.running().get(ref_id=need.pk, kind="official")
    assert (need.promised, clock.due) == (until, until)


def test_it_joins_the_same_matter_and_takes_it_apart_again() -> None:
    street = make_street()
    need, other = make_handled(street), make_need(street.here.community, actor=street.worker)
    services.join(other, into=need, actor=street.worker, at=NOW + 3 * HOUR)
    joined = (other.state, other.joined_to, running(other))
    services.take_apart(other, reason="不是同一处", actor=street.worker, at=NOW + 4 * HOUR)
    assert joined == ("joined", need, [])
    assert (other.state, other.joined_to, running(other)) == ("received", None, ["official", "sign_for"])


def test_it_splits_a_word_with_two_matters_in_two() -> None:
    street = make_street()
    need = make_analysed(street)
    got = services.split(need, matters=["楼下堆物"], actor=street.worker, at=NOW + 2 * HOUR)
    part = got[0].need
    part.refresh_from_db()
    assert (part.split_from, part.matter, part.contact.phone.is_same_as("13800010001")) == (need, "楼下堆物", True)


def test_it_counts_how_often_the_resident_had_to_come() -> None:
    street = make_street()
    need = make_handled(street)
    for hours in (3, 4):
        services.record_contact(
            need, way=AttemptWay.CAME, reached=True, actor=street.worker, at=NOW + hours * HOUR
        )  # fmt: skip
    assert (need.visits, need.first_at) == (2, NOW + 3 * HOUR)


def test_who_is_65_or_has_no_smartphone_is_called_back() -> None:
    street = make_street()
    contacts = (
        ContactText(phone="13800010001", is_elder=True),
        ContactText(phone="13800010002", has_no_smartphone=True),
        ContactText(phone="13800010003"),
        ContactText(is_elder=True),
    )
    found = [make_need(street.here.community, contact=one).call_back for one in contacts]
    assert found == [True, True, False, False]


def test_it_tells_everybody_whose_need_was_joined() -> None:
    street = make_street()
    neighbour = make_user(Role.RESIDENT, street.here.community)
    need = make_handled(street)
    other = make_need(street.here.community, contact=ContactText(user=neighbour.pk))
    services.join(other, into=need, actor=street.worker, at=NOW + 3 * HOUR)
    answer_it(street, need)
    told = Notice.objects.filter(kind="needs.need.answer").values_list("recipient", "text")
    assert list(told) == [(neighbour.pk, f"您的诉求{other.number}已答复，请告诉我们是否解决。")]


def test_the_owner_passes_with_the_post() -> None:
    street = make_street()
    need = make_handled(street)
    moved = services.succeed(street.worker.pk, street.colleague.pk, [need.pk], at=NOW + 5 * HOUR)
    open_now = need.assignments.filter(until__isnull=True).order_by("duty")
    assert moved == 1
    assert [(one.duty, one.user, one.came) for one in open_now] == [
        (Duty.HANDLER, street.colleague, "succession"), (Duty.OWNER, street.colleague, "succession"),
    ]  # fmt: skip


def test_it_gives_units_their_parts() -> None:
    street = make_street()
    need = make_handled(street)
    for duty, unit in ((Duty.LEADS, street.here.street), (Duty.TAKES_PART, street.here.other_community)):
        services.give_part(need, duty=duty, unit=unit, actor=street.officer, at=NOW + 3 * HOUR)
    with pytest.raises(Conflict):
        services.give_part(need, duty=Duty.LEADS, unit=street.here.street, actor=street.officer, at=NOW + 3 * HOUR)
    part = need.assignments.get(duty=Duty.TAKES_PART)
    services.end_part(part, reason="已完成", actor=street.officer, at=NOW + 4 * HOUR)
    found = need.assignments.filter(until__isnull=True).values_list("duty", flat=True)
    assert sorted(found) == ["handler", "leads", "owner"]


def test_it_says_at_which_level_a_matter_was_solved() -> None:
    street = make_street()
    need, above = make_handled(street), make_analysed(street)
    services.dispatch(above, unit=street.here.street, actor=street.officer, at=NOW + HOUR)
    answer_it(street, need)
    services.record_contact(above, way=AttemptWay.PHONE, reached=False, actor=street.officer, at=NOW + 3 * HOUR)
    services.answer(
        above, text="已办", outcome=Outcome.SOLVED, ways=[Way.ONLINE], actor=street.officer, at=NOW + 4 * HOUR
    )  # fmt: skip
    assert [need.solved_at_level, above.solved_at_level] == ["community", "street"]


def test_a_need_sent_twice_is_one_need() -> None:
    street = make_street()
    key = new_key()
    first = receive_need(street.here.community, submission=key)
    second = receive_need(street.here.community, submission=key)
    assert first.need == second.need
    assert slips.look(second.code, services.FOLLOW, at=NOW) == ref_of(first.need)


@pytest.mark.parametrize(
    ("matter", "field"), [(" \n", "matter"), ("长" * 100_000, "matter")], ids=["nothing", "100 kB"]
)
def test_it_refuses_nothing_and_far_too_much(matter: str, field: str) -> None:
    street = make_street()
    with pytest.raises(Refusal) as refused:
        receive_need(street.here.community, matter=matter)
    assert refused.value.field == field


def test_it_keeps_what_was_said_sign_for_sign() -> None:
    street = make_street()
    said = "🔥楼道𠮷字灯坏了 <script>alert(1)</script>"
    need = make_need(street.here.community, matter=said)
    need.refresh_from_db()
    assert need.matter == said


def test_a_category_switched_off_meanwhile_loses_nothing() -> None:
    street = make_street()
    street.lamps.is_active = False
    street.lamps.save()
    need = make_need(street.here.community, category=street.lamps)
    with pytest.raises(Refusal):
        receive_need(street.here.neighbour_community, street=street.here.street)
    assert (need.category, need.state) == (None, NeedState.RECEIVED)
