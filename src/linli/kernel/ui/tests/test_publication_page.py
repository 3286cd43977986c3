"""The common door of check and sign-off, and what it says when it stays shut."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.tests.factories import make_card, make_user, secretary_of
from linli.apps.places.tests.factories import make_district
from linli.kernel.publication import PublicationState, digest_of, publication_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


def test_the_common_door_passes_and_refuses_with_a_sentence_and_the_way_back() -> None:
    here = make_district()
    card = make_card(here.community, PublicationState.SUBMITTED)
    client = Client()
    client.force_login(secretary_of(here.community), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("ui:publication", args=["people.contact_card", card.pk, "check"])
    stale = client.post(address, {"seen": "0" * 64})
    assert (stale.status_code, publication_of(card).state) == (409, PublicationState.SUBMITTED)
    assert f'href="/desk/cards/{card.pk}/"' in stale.content.decode()
    done = client.post(address, {"seen": digest_of(card)})
    assert (done.status_code, done.headers["Location"], publication_of(card).state) == (
        302,
        f"/desk/cards/{card.pk}/",
        PublicationState.CHECKED,
    )


def test_a_card_page_tells_what_may_not_be_public_before_anybody_presses() -> None:
    here = make_district()
    card = make_card(here.community)
    type(card).objects.filter(pk=card.pk).update(body="找李师傅 13812341234")
    client = Client()
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    assert "手机号码“138******34”" in client.get(f"/desk/cards/{card.pk}/").content.decode()
