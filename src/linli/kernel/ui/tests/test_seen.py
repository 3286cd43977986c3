"""Forms and addresses are read without what nobody sees."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client, RequestFactory
from tests.playground.models import Brochure

from linli.kernel.ui.middleware import Seen

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.playground.pages")]


def titles() -> list[str]:
    return list(Brochure.objects.values_list("title", flat=True))


def test_it_stores_what_people_see(client: Client) -> None:
    client.post("/brochures/add/", {"title": "\u202e停水\u200b通知\x00\ufeff"})
    assert titles() == ["停水通知"]


def test_it_takes_a_field_of_hidden_characters_alone_for_empty(client: Client) -> None:
    assert (client.post("/brochures/add/", {"title": "\u200b\u2066"}).status_code, titles()) == (200, [])


def test_it_keeps_rare_characters_and_says_nothing_about_them(client: Client) -> None:
    answer = client.post("/brochures/add/", {"title": "𠮷𱍐葛\U000e0100"})
    assert (titles(), [*get_messages(answer.wsgi_request)]) == (["𠮷𱍐葛\U000e0100"], [])


def test_it_keeps_a_self_made_character_and_says_what_it_may_cost(client: Client) -> None:
    answer = client.post("/brochures/add/", {"title": "张\ue863"})
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert (titles(), len(told), told[0][:16]) == (["张\ue863"], 1, "已保存，但“\ue863 (U+E863)")


def test_it_leaves_passwords_and_programs_alone() -> None:
    heard = []
    door = Seen(lambda request: heard.append(request.POST) or request)  # type: ignore[func-returns-value,arg-type,return-value]  # looks only
    door(RequestFactory().post("/x/", {"password": "a\u200bb", "name": "a\u200bb"}))
    door(RequestFactory().post("/api/v1/x", {"name": "a\u200bb"}))
    assert [dict(given.items()) for given in heard] == [{"password": "a\u200bb", "name": "ab"}, {"name": "a\u200bb"}]


def test_it_reads_addresses_the_same_way() -> None:
    heard = []
    Seen(lambda request: heard.append(request.GET["q"]) or request)(  # type: ignore[func-returns-value,arg-type,return-value]  # looks only
        RequestFactory().get("/x/", {"q": "张\u200b三"})
    )
    assert heard == ["张三"]
