"""The pages of the desk: the list, one need, its verbs, the answer, the rules with their trial."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.remembering import remembered

from linli.apps.needs import services
from linli.apps.needs.models import AnswerTemplate, Need, Route, RoutingRule
from linli.apps.needs.tests.factories import make_need
from linli.apps.needs.tests.staff import Street, make_handled, make_street
from linli.apps.people.models import User
from linli.kernel.audit.models import AuditRow

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@remembered
def make_desk() -> tuple[Street, Need, Need]:
    """A street, a need being handled and one that came in."""
    street = make_street()
    services.load_catalogue(actor=street.officer)
    return street, make_handled(street), make_need(street.here.community, actor=street.worker)


def page(user: User, name: str, *args: object, **asked: str) -> str:
    """What the page says to this reader."""
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(f"needs:{name}", args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(user: User, name: str, *args: object, **data: object) -> int:
    """The status of what was sent."""
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"needs:{name}", args=args), data).status_code


def test_it_lists_needs_by_what_is_to_be_done() -> None:
    street, handled, received = make_desk()
    shown = {tab: page(street.worker, "needs", tab=tab) for tab in ("analyse", "handling", "mine")}
    found = {tab: (handled.number in text, received.number in text) for tab, text in shown.items()}
    assert found == {"analyse": (False, True), "handling": (True, False), "mine": (True, True)}


def test_it_masks_the_contact_and_opens_it_only_to_the_chain() -> None:
    street, handled, _received = make_desk()
    mine, leaders = page(street.worker, "need", handled.pk), page(street.leader, "need", handled.pk)
    assert ["13800010001" in text for text in (mine, leaders)] == [False, False]
    assert ["reveal-phone" in text for text in (mine, leaders)] == [True, True]


def test_it_offers_the_verbs_of_the_state() -> None:
    street, handled, received = make_desk()
    texts = {"handled": page(street.worker, "need", handled.pk), "received": page(street.worker, "need", received.pk)}
    verbs = ("do/analyse/", "do/contact/", f"{handled.pk}/answer/", "do/rate/")
    found = {name: [verb in text for verb in verbs] for name, text in texts.items()}
    assert found == {"handled": [False, True, True, False], "received": [True, True, False, False]}


def test_it_analyses_on_the_page() -> None:
    street, _handled, received = make_desk()
    status = send(
        street.worker, "do", received.pk, "analyse", category=street.lamps.pk, route=Route.AT_ONCE
    )  # fmt: skip
    received.refresh_from_db()
    assert (status, received.state) == (302, "analysed")


def test_it_dispatches_on_the_page_and_asks_why_for_what_is_not_on_the_list() -> None:
    street, _handled, received = make_desk()
    services.analyse(received, category=street.roads, route=Route.FORWARD, actor=street.worker)
    unit = f"place:{street.here.community.pk}"
    bare = send(street.head, "do", received.pk, "dispatch", unit=unit)
    told = send(street.head, "do", received.pk, "dispatch", unit=unit, approval="临时处置")
    left_open = send(street.head, "do", received.pk, "dispatch", unit=unit, approval="临时处置")
    parts = received.assignments.filter(duty="handler").count()
    assert (bare, told, left_open, parts) == (422, 302, 422, 1)


def test_it_fills_the_answer_from_a_template_with_a_button_for_each_field() -> None:
    street, handled, _received = make_desk()
    solved = AnswerTemplate.objects.get(outcome="solved", street=None)
    text = page(street.worker, "answer", handled.pk, template=str(solved.pk))
    assert f"关于诉求{handled.number}的答复意见" in text
    assert text.count('aria-controls="copy-') == 3


def test_it_says_before_anything_is_typed_that_a_need_cannot_be_answered_yet() -> None:
    street, _handled, received = make_desk()
    client = Client()
    client.force_login(street.officer)
    landed = client.get(reverse("needs:answer", args=[received.pk]), follow=True)
    assert (landed.redirect_chain[0][0], "处置中才能答复" in landed.content.decode()) == (
        reverse("needs:need", args=[received.pk]), True,
    )  # fmt: skip


def test_it_offers_each_unit_once_and_tells_where_a_person_works() -> None:
    street, _handled, received = make_desk()
    services.analyse(received, category=street.lamps, route=Route.AT_ONCE, actor=street.worker)
    text = page(street.officer, "do", received.pk, "dispatch")
    units = re.findall(r'<option value="(place:[^"]+)"', text)
    assert (len(units) > 2, len(units) - len(set(units))) == (True, 0)
    assert f"{street.worker.name} · 槐荫社区" in text


def test_it_shows_what_a_rule_would_have_changed_before_it_is_switched_on() -> None:
    street, handled, _received = make_desk()
    rule = services.write_rule(
        street=street.here.street, actor=street.officer, title="照明归街道", words="路灯 台阶", place=street.here.street
    )  # fmt: skip
    early = send(street.officer, "rule_verb", rule.pk, "on")
    client = Client()
    client.force_login(street.officer)
    text = client.post(reverse("needs:rule", args=[rule.pk])).content.decode()
    late = send(street.officer, "rule_verb", rule.pk, "on")
    row = RoutingRule.objects.get(pk=rule.pk)
    assert (early, late, row.is_on, row.tried_on, row.would_change) == (302, 302, True, 1, 1)
    assert handled.title in text


def test_it_sends_a_need_by_the_first_rule_that_matches() -> None:
    street, _handled, received = make_desk()
    for title, place in (("先", street.here.other_community), ("后", street.here.street)):
        rule = services.write_rule(
            street=street.here.street, actor=street.officer, title=title, words="路灯", place=place
        )  # fmt: skip
        services.try_rule(rule, actor=street.officer)
        services.switch_rule(rule, on=True, actor=street.officer)
    services.analyse(received, category=street.lamps, route=Route.FORWARD, actor=street.worker)
    part = received.assignments.get(duty="handler")
    assert (received.state, part.place, part.came) == ("handling", street.here.other_community, "rule")


def test_it_opens_every_page_of_what_the_street_keeps() -> None:
    street, handled, _received = make_desk()
    rule = services.write_rule(street=street.here.street, actor=street.officer, title="规则")
    pages = [("rules",), ("new_rule",), ("rule", rule.pk), ("edit_rule", rule.pk), ("new_category",)]
    pages += [("category", street.lamps.pk), ("new_template",)]
    verbs = ("contact", "redispatch", "extend", "join", "split", "withdraw", "part", "hand", "pass", "category")
    pages += [("do", handled.pk, verb) for verb in verbs]
    assert all("<h1>" in page(street.head, *one) for one in pages)  # type: ignore[arg-type]  # names and keys


def test_it_opens_a_telephone_with_a_reason_that_is_kept() -> None:
    street, handled, _received = make_desk()
    client = Client()
    client.force_login(street.worker)
    address = reverse("ui:reveal", args=["needs.contact", handled.contact.pk, "phone"])
    text = client.post(address, {"reason": "回访居民"}).content.decode()
    row = AuditRow.objects.get(action="privacy.value.reveal", ref_id=handled.contact.pk)
    assert "138 0001 0001" in text or "13800010001" in text
    assert row.actor_id == street.worker.pk
