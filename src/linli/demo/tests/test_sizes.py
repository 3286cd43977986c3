"""The demo with a larger roster, and what its outbox shows."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from linli.apps.people.models import Person, User
from linli.apps.places.models import Level, Place
from linli.demo.build import build, silence
from linli.kernel.notices.models import Delivery, DeliveryState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RESIDENTS = 500
NOBODY = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture(scope="module", autouse=True)
def progress(tmp_path_factory: pytest.TempPathFactory, module_db: None) -> Iterator[list[str]]:
    """What was told while the demo with a few hundred more residents was built, once for this module."""
    told: list[str] = []
    with override_settings(LINLI_HOME=tmp_path_factory.mktemp("sizes"), EMAIL_BACKEND=NOBODY):
        build(print=silence, progress=told.append, residents=RESIDENTS)
        yield told


def test_its_roster_holds_as_many_as_were_asked_for_and_who_asks_for_his_rights() -> None:
    assert Person.objects.living().count() == RESIDENTS + 1


def test_every_community_has_its_share() -> None:
    communities = Place.objects.filter(parent__name="临湖街道", level=Level.COMMUNITY, valid_to__isnull=True)
    empty = communities.exclude(pk__in=Person.objects.values("community"))
    assert (communities.count(), list(empty)) == (15, [])


def test_no_two_of_them_have_one_document_or_mobile() -> None:
    rows = Person.objects.living()
    prints, phones = (list(rows.values_list(column, flat=True)) for column in ("id_print", "phone_print"))
    mobiles = [one for one in phones if one]
    assert (len(set(prints)), len(set(mobiles))) == (RESIDENTS + 1, len(mobiles))


def test_it_tells_how_far_the_roster_is(progress: list[str]) -> None:
    told = [line.split("：")[1] for line in progress if line.startswith("  ")]
    assert (told[-1], len(told)) == (f"居民 {RESIDENTS} / {RESIDENTS}", 16)


def test_its_outbox_shows_what_was_told(client: Client) -> None:
    client.force_login(User.objects.get(username="xitong"), backend="django.contrib.auth.backends.ModelBackend")
    rows = client.get("/desk/notices/outbox/").context["page"].rows
    assert (len(rows), {row.state for row in rows}) == (Delivery.objects.count(), {DeliveryState.OFF})
