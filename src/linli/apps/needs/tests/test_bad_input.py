"""What comes in crooked: outside the street, switched off meanwhile, twice, too late, at once; each its sentence."""

import pytest
from django.test import Client

from linli.apps.needs import queries, services
from linli.apps.needs.models import Answer, AttemptWay, Category, Duty, Need, NeedState, Outcome, Route, Verdict, Way
from linli.apps.needs.tests.factories import MATTER, NOW, make_category, make_need, receive_need
from linli.apps.needs.tests.staff import HOUR, answer_it, make_analysed, make_handled, make_street, rate_it
from linli.apps.places.tests.factories import make_district
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.search import index_many

pytestmark = pytest.mark.django_db


def test_a_place_outside_the_street_is_refused_and_nothing_is_kept() -> None:
    here = make_district()
    with pytest.raises(Refusal) as outside:
        services.receive(
            street=here.street, place=here.neighbour_street, matter=MATTER, channel="portal", actor=None, at=NOW
        )
    with pytest.raises(Refusal) as no_street:
        services.receive(street=here.community, matter=MATTER, channel="portal", actor=None, at=NOW)
    assert (outside.value.field, outside.value.code, no_street.value.field) == ("place", "outside", "street")
    assert Need.objects.count() == 0


def test_a_category_switched_off_meanwhile_loses_no_word() -> None:
    street = make_street()
    gone = make_category("0777", is_active=True)
    need = make_need(street.here.community)
    Category.objects.filter(pk=gone.pk).update(is_active=False)
    received = make_need(street.here.community, category=gone)
    with pytest.raises(Refusal) as refused:
        services.analyse(need, category=gone, route=Route.AT_ONCE, actor=street.worker, at=NOW + HOUR)
    need.refresh_from_db()
    assert (received.matter, received.category, need.state, refused.value.field) == (
        MATTER, None, NeedState.RECEIVED, "category",
    )  # fmt: skip


def test_a_closed_need_is_answered_no_more() -> None:
    street = make_street()
    need = make_handled(street)
    answer_it(street, need)
    rate_it(need, solved=True)
    said = {"text": "再答一次", "outcome": Outcome.SOLVED, "ways": [Way.AT_DOOR]}
    with pytest.raises(Conflict):
        services.answer(need, actor=street.worker, at=NOW + 40 * HOUR, **said)
    with pytest.raises((Conflict, Refusal)):
        services.record_contact(need, way=AttemptWay.PHONE, reached=True, actor=street.worker, at=NOW + 40 * HOUR)
    need.refresh_from_db()
    assert (need.state, Answer.objects.filter(need=need, text="再答一次").count()) == (NeedState.CLOSED, 0)


def test_a_code_used_again_says_it_once_more_and_moves_nothing() -> None:
    street = make_street()
    received = receive_need(street.here.community, actor=street.worker)
    need, address = received.need, f"/needs/f/{received.code}/"
    services.analyse(need, category=street.lamps, route=Route.AT_ONCE, by_rules=False, actor=street.worker)
    services.dispatch(need, unit=street.here.community, actor=street.officer)
    services.accept(need, actor=street.worker)
    services.record_contact(need, way=AttemptWay.PHONE, reached=True, actor=street.worker)
    services.answer(need, text="修好了。", outcome=Outcome.SOLVED, ways=[Way.ONLINE], actor=street.worker)
    browser = Client()
    statuses = [browser.post(address, {"solved": "1", "satisfied": "satisfied"}).status_code for _ in range(2)]
    need.refresh_from_db()
    assert (statuses[0], need.state, need.reopened) == (302, NeedState.CLOSED, 0)
    assert (statuses[1], Verdict.objects.filter(need=need).count()) == (302, 2)


def test_of_two_who_dispatch_at_once_one_is_told_that_the_other_was_first() -> None:
    street = make_street()
    need = make_analysed(street)
    one, other = Need.objects.get(pk=need.pk), Need.objects.get(pk=need.pk)
    services.dispatch(one, unit=street.here.community, actor=street.officer, at=NOW + HOUR)
    with pytest.raises(Conflict):
        services.dispatch(other, unit=street.here.street, actor=street.head, at=NOW + HOUR)
    handlers = need.assignments.filter(duty=Duty.HANDLER, until__isnull=True)
    assert [part.place for part in handlers] == [street.here.community]


@pytest.mark.sqlite_only
def test_search_shows_the_newest_200_and_says_that_there_are_more() -> None:
    street = make_street()
    first = make_need(street.here.community, matter="针眼大的窟窿漏风。")
    copied = {
        field.attname: getattr(first, field.attname)
        for field in Need._meta.concrete_fields
        if field.name not in ("id", "serial", "number", "received_at")
    }
    more = [
        Need(**copied, serial=number, number=f"2026-{number:05d}", received_at=NOW + number * HOUR)
        for number in range(2, 202)
    ]
    index_many([*Need.objects.bulk_create(more[:199]), first])
    whole = queries.found("针眼大", street.officer)
    index_many(Need.objects.bulk_create(more[199:]))
    over = queries.found("针眼大", street.officer)
    client = Client()
    client.force_login(street.officer)
    page = client.get("/desk/needs/", {"q": "针眼大"}).content.decode()

    assert (len(whole.keys), whole.more, whole.count_text) == (200, False, "200")
    assert (len(over.keys), over.more, over.count_text) == (200, True, "200+")
    assert (first.pk in over.keys, more[199].pk in over.keys, "200+" in page) == (False, True, True)
