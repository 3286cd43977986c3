"""Pages of signed-in people stay out of the browser's memory; public ones may be kept."""

import pytest
from django.test import Client

from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    make_user(Role.SYSTEM_ADMINISTRATOR, make_district().district, username="system")
    client = Client()
    client.post("/accounts/login/", {"login": "system", "password": PASSWORD})
    return client


@pytest.mark.parametrize("path", ["/", "/desk/", "/desk/posts/", "/desk/nowhere/", "/desk/cards/", "/accounts/2fa/"])
def test_it_lets_no_browser_keep_a_page_of_somebody_signed_in(client: Client, path: str) -> None:
    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_it_says_nothing_about_pages_for_everybody() -> None:
    make_district()
    assert "Cache-Control" not in Client().get("/").headers
