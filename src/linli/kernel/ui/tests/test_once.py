"""A form sent twice is done once."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.playground.models import Brochure

from linli.kernel.ui.models import SubmittedForm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.playground.pages")]

FORM = {"title": "通知", "_once": "k" * 24}


def test_it_does_a_form_pressed_twice_once(client: Client) -> None:
    first = client.post("/brochures/add/", FORM)
    second = client.post("/brochures/add/", FORM)
    assert (Brochure.objects.count(), second.status_code, second["Location"]) == (1, 302, first["Location"])


def test_it_does_two_forms_twice(client: Client) -> None:
    client.post("/brochures/add/", FORM)
    client.post("/brochures/add/", FORM | {"_once": "m" * 24})
    assert Brochure.objects.count() == 2


def test_it_lets_a_form_with_mistakes_be_sent_again(client: Client) -> None:
    client.post("/brochures/add/", FORM | {"title": ""})
    answer = client.post("/brochures/add/", FORM)
    assert (answer.status_code, Brochure.objects.count()) == (302, 1)


@pytest.mark.parametrize(("path", "key"), [("/brochures/add/", "a\tb"), ("/nowhere/%00/", "k" * 24)])
def test_it_keeps_no_key_that_a_database_cannot_keep(client: Client, path: str, key: str) -> None:
    assert client.post(path, {"title": "通知", "_once": key}).status_code in (302, 404)
    assert SubmittedForm.objects.count() == 0


def test_it_lets_a_refused_form_be_sent_again(client: Client) -> None:
    client.post("/forbid/", FORM)
    assert SubmittedForm.objects.count() == 0


def test_it_does_not_take_the_way_to_the_sign_in_for_an_answer(client: Client) -> None:
    client.post("/brochures/add-signed-in/", FORM)
    client.force_login(get_user_model().objects.create_user("lin", name="林望"))
    client.post("/brochures/add-signed-in/", FORM)
    assert Brochure.objects.count() == 1


def test_it_tells_the_page_which_form_was_done(client: Client) -> None:
    answer = client.post("/brochures/add/", FORM)
    assert answer.cookies["linli_done"].value == "k" * 24


def test_it_refuses_the_key_of_another_form(client: Client) -> None:
    client.post("/brochures/add/", FORM)
    answer = client.post("/feedback/", {"kind": "comment", "text": "好", "_once": "k" * 24})
    assert (answer.status_code, "已经" in answer.content.decode()) == (409, True)


def test_it_puts_a_fresh_key_into_every_form(client: Client) -> None:
    keys = {client.get("/brochures/add/").content.decode().split('name="_once" value="')[1][:24] for _ in range(2)}
    assert len(keys) == 2


PRESS = """
import warnings; warnings.simplefilter("ignore")
from django.conf import settings
settings.ROOT_URLCONF = "tests.playground.pages"
from django.test import Client
answer = Client(HTTP_HOST="localhost").post("/brochures/add/", {"title": "通知", "_once": "r" * 24})
print(answer.status_code, answer["Location"])
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_does_a_form_once_when_four_presses_arrive_together(race: Callable[..., list[str]]) -> None:
    answers = race(PRESS, [()] * 4)
    assert (len(set(answers)), answers[0][:3], Brochure.objects.count()) == (1, "302", 1)
