"""The pages of tokens and webhooks: own tokens, secrets shown once, deliveries sent again by hand."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.api.models import ApiToken, WebhookDelivery, WebhookEndpoint
from linli.kernel.api.tokens import issue
from linli.kernel.scope import Role
from linli.kernel.scope.roles import ADMINISTRATORS

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone(db: None) -> Any:
    """``someone(role)``: an account that holds this role, and a client signed in as it.

    An administrator holds it for the district, anybody else in a street.
    """
    district = make_district()

    def make(role: Role) -> tuple[User, Client]:
        user = make_user(role, district.district if role in ADMINISTRATORS else district.street)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return user, client

    return make


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


def test_it_shows_the_secret_of_a_new_token_once(someone: Any) -> None:
    _, client = someone(Role.COMMUNITY_WORKER)
    made = client.post("/desk/api-tokens/", {"name": "街道平台", "scopes": ["places:read"], "days": "90"})
    assert (text(made).count("linli_"), made["Cache-Control"]) == (2, "no-store")
    assert text(client.get("/desk/api-tokens/")).count("linli_") == 1
    assert ApiToken.objects.get().name == "街道平台"


def test_it_lists_ones_own_tokens_and_all_for_the_administrator(someone: Any) -> None:
    user, client = someone(Role.COMMUNITY_WORKER)
    issue(name="街道平台", owner=user, scopes=["places:read"], actor=user)
    _, other = someone(Role.COMMUNITY_WORKER)
    _, administrator = someone(Role.SYSTEM_ADMINISTRATOR)
    seen = ["街道平台" in text(each.get("/desk/api-tokens/")) for each in (client, other, administrator)]
    assert seen == [True, False, True]


def test_it_revokes_a_token_of_ones_own_only(someone: Any) -> None:
    user, client = someone(Role.COMMUNITY_WORKER)
    token = issue(name="街道平台", owner=user, scopes=["places:read"], actor=user).token
    _, other = someone(Role.COMMUNITY_WORKER)
    address = f"/desk/api-tokens/{token.pk}/revoke/"
    assert (other.post(address).status_code, client.post(address).status_code) == (404, 302)
    assert ApiToken.objects.get().revoked_at is not None


@pytest.mark.parametrize(
    ("role", "tokens", "webhooks"),
    [
        (Role.RESIDENT, 403, 403),
        (Role.STREET_OFFICER, 200, 403),
        (Role.SYSTEM_ADMINISTRATOR, 200, 200),
        (Role.AUDIT_ADMINISTRATOR, 200, 403),
    ],
)
def test_it_opens_to_these(someone: Any, role: Role, tokens: int, webhooks: int) -> None:
    _, client = someone(role)
    statuses = [client.get(f"/desk/{page}/").status_code for page in ("api-tokens", "webhooks")]
    assert statuses == [tokens, webhooks]


def test_it_sets_up_a_webhook_and_shows_its_secret_once(someone: Any, settings: Any) -> None:
    settings.LINLI_WEBHOOKS_TO_PRIVATE = True
    _, client = someone(Role.SYSTEM_ADMINISTRATOR)
    data = {"name": "指挥中心", "url": "http://127.0.0.1:9/", "actions": ["api.token.revoke"]}
    assert text(client.post("/desk/webhooks/", data)).count("whsec_") == 1
    assert text(client.get("/desk/webhooks/")).count("whsec_") == 0


def test_it_refuses_a_private_address_with_a_sentence(someone: Any) -> None:
    _, client = someone(Role.SYSTEM_ADMINISTRATOR)
    data = {"name": "指挥中心", "url": "https://127.0.0.1/", "actions": ["api.token.revoke"]}
    assert "不能向这个地址推送" in text(client.post("/desk/webhooks/", data))
    assert WebhookEndpoint.objects.count() == 0


def test_it_shows_deliveries_and_sends_one_again(someone: Any) -> None:
    user, client = someone(Role.SYSTEM_ADMINISTRATOR)
    now = timezone.now()
    endpoint = WebhookEndpoint.objects.create(name="指挥中心", url="https://x.example/", owner=user, made_at=now)
    delivery = WebhookDelivery.objects.create(
        endpoint=endpoint, event=uuid4(), action="a.b.c", body="{}", state="failed", last_status=503, made_at=now
    )
    assert "503" in text(client.get(f"/desk/webhooks/{endpoint.pk}/"))
    assert client.post(f"/desk/webhooks/deliveries/{delivery.pk}/resend/").status_code == 302
    assert WebhookDelivery.objects.get().state == "waiting"


def test_it_switches_a_webhook_off_and_on(someone: Any) -> None:
    user, client = someone(Role.SYSTEM_ADMINISTRATOR)
    endpoint = WebhookEndpoint.objects.create(
        name="指挥中心", url="https://x.example/", owner=user, made_at=timezone.now()
    )
    states = []
    for active in ("0", "1"):
        client.post(f"/desk/webhooks/{endpoint.pk}/switch/", {"active": active})
        states.append(WebhookEndpoint.objects.get().active)
    assert states == [False, True]
