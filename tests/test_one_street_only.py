"""A post at one street opens nothing of its neighbours, and nothing that belongs to the whole district."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.models import User
from linli.apps.people.tests.factories import TEXT, make_card, make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel import settings
from linli.kernel.api.models import ApiToken, WebhookEndpoint
from linli.kernel.api.tokens import issue
from linli.kernel.jobs import Job
from linli.kernel.refs import new_key
from linli.kernel.scope import Role
from linli.kernel.settings.models import ChosenValue
from linli.kernel.ui.feedback import write
from tests.playground.jobs import count

pytestmark = pytest.mark.django_db

RETENTION = "audit.retention_days"


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def street() -> Place:
    return make_district().street


@pytest.fixture
def keeper(street: Place) -> User:
    return make_user(Role.SYSTEM_ADMINISTRATOR, street)


def draw_up(community: Place, title: str) -> None:
    make_card(community, text=replace(TEXT, title=title))


def choose(client: Client, ask: str = "") -> int:
    form = {"value": "365", "reason": "区里要求"}
    return client.post(reverse("ui:setting", args=[RETENTION]) + ask, form).status_code


def test_it_keeps_the_settings_of_the_house_from_the_administrator_of_a_street(keeper: User) -> None:
    choose(enter(keeper))
    assert (ChosenValue.objects.count(), settings.value_of(RETENTION)) == (0, 180)


@pytest.mark.parametrize("page", ["ui:settings", "ui:calendar"])
@pytest.mark.parametrize("kind", ["people.contact_card", "places.place", "no.such"])
def test_it_takes_only_a_street_for_a_street(page: str, kind: str) -> None:
    here = make_district()
    card = make_card(here.community)
    client = enter(make_user(Role.LEADER, here.district))
    key = {"people.contact_card": card.pk, "places.place": here.community.pk}.get(kind, new_key())
    assert client.get(f"{reverse(page)}?for={kind}:{key}").status_code == 404


def test_it_shows_an_auditor_of_a_street_the_rows_of_that_street_only() -> None:
    here = make_district()
    draw_up(here.community, "本街道的卡")
    draw_up(here.neighbour_community, "邻街道的卡")
    client = enter(make_user(Role.AUDITOR, here.street))
    page = client.get(reverse("ui:audit")).content.decode()
    table = b"".join(client.get(reverse("ui:audit_csv"))).decode()
    assert [("本街道的卡" in text, "邻街道的卡" in text) for text in (page, table)] == [(True, False), (True, False)]


def test_it_shows_the_auditor_of_the_district_every_row() -> None:
    here = make_district()
    draw_up(here.neighbour_community, "邻街道的卡")
    client = enter(make_user(Role.AUDITOR, here.district))
    assert "邻街道的卡" in client.get(reverse("ui:audit")).content.decode()


def test_it_leaves_the_tokens_of_others_to_the_administrator_of_the_district(keeper: User, street: Place) -> None:
    officer = make_user(Role.STREET_OFFICER, street)
    token = issue(name="别人的系统", owner=officer, scopes=["people.contact_card:read"], actor=officer).token
    client = enter(keeper)
    assert "别人的系统" not in client.get(reverse("ui:api_tokens")).content.decode()
    assert client.post(reverse("ui:end_token", args=[token.pk])).status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_it_leaves_webhooks_to_the_administrator_of_the_district(keeper: User) -> None:
    form = {"name": "外部系统", "url": "https://93.184.216.34/", "actions": ["people.contact_card.draw_up"]}
    enter(keeper).post(reverse("ui:webhooks"), form)
    assert WebhookEndpoint.objects.count() == 0


def test_it_leaves_the_work_of_others_to_the_administrator_of_the_district(keeper: User) -> None:
    count.enqueue("甲")
    assert Job.objects.count() == 1
    assert 'class="lamp' not in enter(keeper).get(reverse("ui:jobs")).content.decode()


def test_it_leaves_letters_to_the_administrators_of_the_district(street: Place) -> None:
    write(kind="fault", text="一封信")
    pages = [
        enter(make_user(Role.SECURITY_ADMINISTRATOR, place)).get(reverse("ui:feedback_inbox")).content.decode()
        for place in (street, street.parent)
    ]
    assert ["一封信" in page for page in pages] == [False, True]
