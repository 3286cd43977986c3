"""The first administrator is made from the terminal, with a password of the operator's own."""

import pytest
from django.contrib.auth import authenticate

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role
from linli.site.cli import main

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-phrase"


def create(*words: str) -> int:
    """What ``linli createadmin`` answers."""
    return main(["createadmin", "boss", "--password", PASSWORD, *words])


def test_it_makes_the_system_administrator_of_the_district() -> None:
    here = make_district()
    assert create("--name", "沈某") == 0
    user = User.objects.get(username="boss")
    assert (authenticate(username="boss", password=PASSWORD), user.name) == (user, "沈某")
    assert [(post.role, post.place) for post in user.posts.all()] == [(Role.SYSTEM_ADMINISTRATOR, here.district)]


def test_it_founds_the_district_where_there_is_none() -> None:
    assert create() == 1
    assert create("--district", "和安区", "--code", "990101000000") == 0
    assert list(Place.objects.values_list("name", flat=True)) == ["和安区"]


@pytest.mark.parametrize("password", ["short", "12345678", "boss-boss-boss"])
def test_it_makes_nothing_with_a_weak_password(password: str) -> None:
    make_district()
    assert main(["createadmin", "boss", "--password", password]) == 1
    assert User.objects.count() == 0


def test_it_makes_nothing_for_a_name_that_is_taken() -> None:
    here = make_district()
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, here.district, username="boss")
    assert create() == 1
    assert auditor.posts.get().role == Role.AUDIT_ADMINISTRATOR
