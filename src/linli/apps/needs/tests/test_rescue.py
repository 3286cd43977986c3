"""What nobody is named in any more is rescued unread; two at once are told so in a sentence; contacts are forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.apps.needs import queries, services
from linli.apps.needs.models import Contact, DailySum, HotTopic, HotTopicNeed, Need, NeedState, Route, Sensitivity, Via
from linli.apps.needs.services.forgetting import forget_contacts
from linli.apps.needs.tests.factories import CALLER, MATTER, NOW, make_category, make_need, receive_need
from linli.apps.needs.tests.staff import HOUR, Street, answer_it, make_analysed, make_handled, make_street
from linli.apps.people.models import Post
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import Verb, contribute
from linli.kernel.contributions.registry import _all
from linli.kernel.errors import Conflict, Missing, NotAllowed
from linli.kernel.privacy import retention_of
from linli.kernel.scope import Role, everyone, nobody

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def make_orphan(street: Street) -> Need:
    """A sensitive need whose only named handler has left."""
    handler = make_user(Role.COMMUNITY_WORKER, street.here.community, name="已离任", password=None)
    kind = make_category("0901", name="邻里纠纷", sensitivity=Sensitivity.DISPUTE)
    need = receive_need(street.here.community, category=kind, matter="和楼上吵了三年", actor=handler).need
    services.analyse(need, category=kind, route=Route.AT_ONCE, actor=handler)
    Post.objects.filter(user=handler).update(ended_on="2026-03-31")
    return need


def test_a_leader_names_who_handles_it_by_number_and_kind_alone() -> None:
    street = make_street()
    need, client = make_orphan(street), Client()
    client.force_login(street.leader)
    address = reverse("needs:name_handler", args=[need.pk])
    page, home = client.get(address).content.decode(), client.get(reverse("people:desk")).content.decode()
    assert (need.number in page, need.number in home, "吵了三年" in page + home, CALLER.name in page) == (
        True, True, False, False,
    )  # fmt: skip
    assert client.post(address, {"user": str(street.worker.pk)}).status_code == 302
    seen = [queries.visible_to(one).filter(pk=need.pk).exists() for one in (street.leader, street.worker)]
    told = AuditRow.objects.filter(ref_id=need.pk, action="needs.need.name_handler").values_list("actor_id", flat=True)
    assert (seen, list(told), client.get(address).status_code) == ([False, True], [street.leader.pk], 404)


def test_it_is_rescued_once_by_leaders_only_and_only_where_nobody_is_named() -> None:
    street = make_street()
    need, lamp = make_orphan(street), make_need(street.here.community)
    with pytest.raises(NotAllowed):
        services.name_handler(need.pk, user=street.worker, actor=street.head)
    with pytest.raises(Missing):
        services.name_handler(lamp.pk, user=street.worker, actor=street.leader)
    services.name_handler(need.pk, user=street.worker, actor=street.leader)
    with pytest.raises(Missing):
        services.name_handler(need.pk, user=street.colleague, actor=street.leader)
    assert queries.unnamed_for(street.leader).count() == 0


def test_of_two_who_dispatch_at_once_the_second_is_told() -> None:
    street = make_street()
    first = make_analysed(street)
    second = Need.objects.get(pk=first.pk)
    services.dispatch(first, unit=street.here.community, actor=street.officer, at=NOW + HOUR)
    with pytest.raises(Conflict):
        services.dispatch(second, unit=street.here.street, actor=street.head, at=NOW + HOUR)
    assert [str(part.unit) for part in first.assignments.filter(duty="handler")] == [str(street.here.community)]


def test_of_two_who_send_it_elsewhere_at_once_the_second_is_told() -> None:
    street = make_street()
    first = make_handled(street)
    second = Need.objects.get(pk=first.pk)
    services.dispatch(first, unit=street.here.street, actor=street.officer, at=NOW + 3 * HOUR)
    with pytest.raises(Conflict):
        services.dispatch(second, unit=street.here.community, actor=street.head, at=NOW + 3 * HOUR)


class Meanwhile(str):
    """Words during whose reading the very same form comes in a second time."""

    received: Any = None
    place: Place
    key: Any

    def replace(self, *given: Any) -> str:
        self.received = receive_need(self.place, submission=self.key)
        return str(self)


def test_a_form_sent_twice_at_once_is_one_need() -> None:
    street = make_street()
    words = Meanwhile(MATTER)
    words.place, words.key = street.here.community, street.worker.pk
    later = receive_need(street.here.community, matter=words, submission=words.key)
    assert (later.need, Need.objects.filter(submission=words.key).count()) == (words.received.need, 1)
    assert services.by_code(later.code) == later.need


def test_of_two_who_take_an_alarm_at_once_the_second_reads_who_was_first() -> None:
    street = make_street()
    need = make_need(street.here.community, matter="楼道着火了", at=timezone.now())
    first, second = need.alarm, type(need.alarm).objects.get(need=need)
    services.take_alarm(first, done="已报119", actor=street.worker)
    with pytest.raises(Conflict, match="米社工"):
        services.take_alarm(second, done="我去看", actor=street.colleague)


def test_of_two_verdicts_at_once_the_second_is_told() -> None:
    street = make_street()
    first = make_handled(street)
    answer_it(street, first)
    first.refresh_from_db()
    second = Need.objects.get(pk=first.pk)
    services.rate(first, solved=True, via=Via.CODE, actor=None, at=NOW + 30 * HOUR)
    with pytest.raises(Conflict):
        services.rate(second, solved=True, via=Via.PHONE, actor=street.worker, at=NOW + 30 * HOUR)
    assert (first.verdicts.count(), first.state) == (1, NeedState.CLOSED)


@pytest.fixture
def verbs() -> Iterator[None]:
    before = list(_all)
    yield
    _all[:] = before


@pytest.mark.usefixtures("verbs")
def test_a_later_app_adds_a_verb_and_without_one_there_is_no_button() -> None:
    street = make_street()
    need, client = make_need(street.here.community), Client()
    client.force_login(street.officer)
    page = reverse("needs:need", args=[need.pk])
    before = client.get(page).content.decode()
    contribute(
        Verb("needs.need", "later.make", "转为协商议题", everyone, lambda row: f"/later/{row.pk}/"),
        Verb("needs.need", "later.shut", "不给看的按钮", nobody, lambda row: "/never/"),
    )
    after = client.get(page).content.decode()
    assert ("data-later" in before, f"/later/{need.pk}/" in after, "/never/" in after) == (False, True, False)


def test_contacts_of_finished_needs_go_after_their_term_and_the_matter_stays() -> None:
    street = make_street()
    term = retention_of("needs.contact")
    assert term is not None
    old, fresh, running = (make_need(street.here.community, at=NOW + n * timedelta(days=1)) for n in (0, 9, 1))
    Need.objects.filter(pk__in=[old.pk, fresh.pk]).update(state=NeedState.WITHDRAWN, reason="已自行解决")
    forget_contacts(NOW + timedelta(days=5))
    kept = set(Contact.objects.values_list("need", flat=True))
    assert (kept, Need.objects.filter(pk=old.pk).exists(), term.days) == ({fresh.pk, running.pk}, True, 1095)
    assert {need.pk for need in queries.history_of(CALLER.phone, street.officer)} == {fresh.pk, running.pk}


@pytest.mark.parametrize("model", [DailySum, HotTopic, HotTopicNeed])
def test_no_sum_and_no_topic_has_a_column_for_a_person(model: type[models.Model]) -> None:
    told = {field.name for field in model._meta.get_fields()}
    related = {field.related_model.__name__ for field in model._meta.get_fields() if field.related_model}  # type: ignore[union-attr]  # a model, not a name, once loaded
    assert told & {"user", "person", "contact", "phone", "name", "score"} == set()
    assert related & {"User", "Person", "Contact"} == set()
