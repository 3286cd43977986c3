"""The reader's choices, kept in cookies, without JavaScript."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_draws_large_text_after_the_switch(client: Client) -> None:
    client.post("/look/", {"elder": "1", "next": "/feedback/"})
    assert '<html lang="zh-hans" class="portal elder"' in client.get("/feedback/").content.decode()


def test_it_draws_dark_colours_after_the_switch(client: Client) -> None:
    client.post("/look/", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/feedback/").content.decode()


def test_it_speaks_english_after_the_switch(client: Client) -> None:
    client.post("/look/", {"language": "en"})
    assert '<html lang="en"' in client.get("/feedback/").content.decode()


def test_it_returns_to_the_page_it_came_from(client: Client) -> None:
    assert client.post("/look/", {"elder": "1", "next": "/feedback/"})["Location"] == "/feedback/"


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_it_never_returns_to_another_site(client: Client, address: str) -> None:
    assert client.post("/look/", {"elder": "1", "next": address})["Location"] == "/"


def test_it_ignores_a_theme_that_does_not_exist(client: Client) -> None:
    assert "linli_theme" not in client.post("/look/", {"theme": "pink"}).cookies


def test_it_answers_a_sign_of_life(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("lin", name="林望"))
    assert client.post("/keep-alive/").json() == {"signed_in": True}


def test_it_sends_a_stranger_to_the_sign_in_instead(client: Client) -> None:
    assert client.post("/keep-alive/").status_code == 302
