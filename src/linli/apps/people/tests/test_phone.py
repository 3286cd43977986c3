"""The telephone number of an account: sealed, masked, opened by the system administrator with a reason, erased."""

import pytest
from django.db import connection
from django.test import Client

from linli.apps.people import services
from linli.apps.people.contributions.personal import PERSONAL
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit import timeline
from linli.kernel.contributions import Person
from linli.kernel.errors import Refusal
from linli.kernel.privacy import PHONE, fingerprints
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

NUMBER = "13000000042"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def worker(here: District) -> User:
    """A community worker whose number is known."""
    user = make_user(Role.COMMUNITY_WORKER, here.community)
    services.correct_account(user, name=None, email=None, phone="130 0000 0042", actor=None)
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address_of(user: User) -> str:
    return f"/desk/privacy/people.user/{user.pk}/phone/"


def test_it_stands_sealed_and_is_found_again(worker: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_print FROM people_user")
        stored = cursor.fetchall()
    assert (str(worker.phone), NUMBER in str(stored)) == ("130****0042", False)
    assert User.objects.get(phone_print__in=fingerprints(PHONE, NUMBER)) == worker


def test_it_refuses_what_is_no_telephone_number(worker: User) -> None:
    with pytest.raises(Refusal):
        services.correct_account(worker, name=None, email=None, phone="1234", actor=None)
    assert str(User.objects.get(pk=worker.pk).phone) == "130****0042"


def test_the_page_of_posts_shows_it_masked(here: District, worker: User) -> None:
    page = signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, here.district)).get("/desk/posts/").content.decode()
    assert (page.count("130****0042"), page.count(NUMBER), page.count(f'action="{address_of(worker)}"')) == (1, 0, 1)


def test_the_system_administrator_opens_it_with_a_reason_that_stays(here: District, worker: User) -> None:
    administrator = make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
    page = signed_in(administrator).post(address_of(worker), {"reason": "通知本人改密码"}).content.decode()
    last = timeline(ref_of(worker))[-1]
    assert (page.count(NUMBER), last.row.action, last.row.actor_id) == (1, "privacy.value.reveal", administrator.pk)
    assert [str(value) for _word, value in last.facts] == ["电话", "通知本人改密码"]


def test_it_stays_masked_without_a_reason(here: District, worker: User) -> None:
    client = signed_in(make_user(Role.SYSTEM_ADMINISTRATOR, here.district))
    page = client.post(address_of(worker), {"reason": ""}).content.decode()
    assert (page.count(NUMBER), [entry.row.action for entry in timeline(ref_of(worker))]) == (
        0,
        ["people.user.open", "people.user.correct"],
    )


def test_nobody_else_opens_it(here: District, worker: User) -> None:
    posts = (
        (Role.STREET_OFFICER, here.street),
        (Role.SECURITY_ADMINISTRATOR, here.district),
        (Role.AUDIT_ADMINISTRATOR, here.district),
    )
    found = [signed_in(make_user(*post)).post(address_of(worker), {"reason": "我想看看"}) for post in posts]
    own = signed_in(worker).post(address_of(worker), {"reason": "我想看看"})
    assert [answer.status_code for answer in (*found, own)] == [404, 404, 404, 403]


def test_it_is_exported_to_its_owner_put_right_and_destroyed(worker: User) -> None:
    person = Person(user_id=worker.pk)
    assert PERSONAL.correct is not None
    PERSONAL.correct(person, {"phone": "13000000043"})
    exported = PERSONAL.export(person)[0]["电话"]
    PERSONAL.erase(person)
    after = User.objects.get(pk=worker.pk)
    assert (exported, bool(after.phone), after.phone_print) == ("13000000043", False, "")
