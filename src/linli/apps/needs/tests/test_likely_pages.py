"""Pairs that wait are joined or told apart by who may; the topics of the week."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.remembering import remembered

from linli.apps.needs import queries, services
from linli.apps.needs.models import HotTopic, Likely, Need, Route, Sensitivity
from linli.apps.needs.tests.factories import MATTER, make_category, make_need
from linli.apps.needs.tests.staff import Street, make_street
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import Ref

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)
NOISE = (
    "丽景园施工工地夜里噪声扰民", "丽景园旁的工地深夜施工太吵", "反映丽景园工地凌晨还在浇筑混凝土",
    "丽景园小区外工地噪声何时能停",
)  # fmt: skip


@remembered
def make_pairs() -> tuple[Street, Need, list[Need]]:
    """A lamp reported once, and twice again the days after; the pairs are proposed."""
    street = make_street()
    here = street.here.community
    first = make_need(here, at=NOW - 3 * DAY)
    later = [make_need(here, at=NOW - day * DAY, matter=MATTER + word) for day, word in ((2, "急"), (1, "请修"))]
    for need in (first, *later):
        services.propose_likely(need, at=NOW)
    return street, first, later


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]  # an account
    return client


def test_it_lays_a_new_need_beside_the_earlier_ones_once() -> None:
    street, first, later = make_pairs()
    assert services.propose_likely(later[1]) == 0
    assert set(Likely.objects.values_list("other", "need")) == {
        (first.pk, later[0].pk), (first.pk, later[1].pk), (later[0].pk, later[1].pk),
    }  # fmt: skip
    told = {one.need.pk: [beside.need.pk for beside in one.beside] for one in queries.bundles(street.worker)}
    assert told == {first.pk: [need.pk for need in later], later[0].pk: [later[1].pk]}


def test_the_worker_joins_on_the_page_what_is_one_matter() -> None:
    street, first, later = make_pairs()
    client = signed_in(street.worker)
    page = client.get("/desk/needs/likely/").content.decode()
    assert all(need.number in page for need in (first, *later))
    answer = client.post(f"/desk/needs/likely/{first.pk}/", {"verb": "join", "needs": [str(one.pk) for one in later]})
    assert answer.status_code == 302
    assert list(Need.objects.filter(joined_to=first).order_by("received_at")) == later
    assert queries.bundles(street.worker) == []
    services.take_apart(Need.objects.get(pk=later[0].pk), reason="是另一盏灯", actor=street.worker)
    assert [need.joined_to for need in Need.objects.filter(pk=later[0].pk)] == [None]


def test_what_was_told_apart_is_not_asked_again() -> None:
    street, first, later = make_pairs()
    assert services.tell_apart(first, [later[0].pk], actor=street.worker, at=NOW) == 1
    assert services.propose_likely(later[0]) == 0
    assert [
        [one.need for one in bundle.beside] for bundle in queries.bundles(street.worker) if bundle.need == first
    ] == [[later[1]]]
    assert AuditRow.objects.filter(action="needs.need.tell_apart", ref_id=later[0].pk).count() == 1
    with pytest.raises(Refusal):
        services.tell_apart(first, [later[0].pk], actor=street.worker, at=NOW)


def test_who_may_not_see_both_is_asked_nothing() -> None:
    street, first, later = make_pairs()
    elsewhere = make_need(street.here.street, at=NOW, matter=MATTER)
    services.propose_likely(elsewhere)
    assert all(elsewhere != one.need for bundle in queries.bundles(street.worker) for one in bundle.beside)
    assert any(elsewhere == one.need for bundle in queries.bundles(street.officer) for one in bundle.beside)
    with pytest.raises(Refusal):
        services.join_likely(first, [elsewhere.pk], actor=street.worker, at=NOW)
    with pytest.raises(NotAllowed):
        services.join_likely(first, [later[0].pk], actor=street.leader, at=NOW)


def test_complaints_and_sensitive_matters_are_in_no_pair_and_no_topic() -> None:
    street = make_street()
    here = street.here.community
    hardship = make_category("0901", sensitivity=Sensitivity.HARDSHIP)
    needs = [make_need(here, at=NOW - DAY, matter=words) for words in NOISE]
    complaint = make_need(here, at=NOW, matter=NOISE[0], about=Ref("people.user", street.secretary.pk))
    assert (services.propose_likely(complaint), Likely.objects.filter(other=complaint).count()) == (0, 0)
    services.find_topics(street.here.street, until=timezone.localdate(NOW))
    assert [topic.count for topic in HotTopic.objects.all()] == [4]
    topic = HotTopic.objects.get()
    source = next(need for need in needs if need.title == topic.title)
    services.analyse(source, category=hardship, route=Route.AT_ONCE, actor=street.worker, at=NOW)
    topic.refresh_from_db()
    assert (topic.count, topic.title != source.title) == (3, True)
    assert source not in queries.needs_of_topic(topic, street.officer)


def test_a_topic_tells_what_where_when_how_many_and_the_change() -> None:
    street = make_street()
    here = street.here.community
    for words in NOISE[:3]:
        make_need(here, at=NOW - DAY, matter=words)
    make_need(here, at=NOW - 9 * DAY, matter=NOISE[3])
    make_need(here, at=NOW - DAY, matter="自来水发黄。")
    assert services.find_all_topics(at=NOW) == services.find_all_topics(at=NOW) == 1
    topic = HotTopic.objects.get()
    today = timezone.localdate(NOW)
    assert (topic.place, topic.since, topic.until, topic.count, topic.before) == (here, today - 6 * DAY, today, 3, 1)
    client = signed_in(street.officer)
    page, one = (client.get(at).content.decode() for at in ("/desk/needs/topics/", f"/desk/needs/topics/{topic.pk}/"))
    assert (topic.title in page, "何素芬" in page + one) == (True, False)
    assert all(need.number in one for need in Need.objects.filter(topics__topic=topic))
