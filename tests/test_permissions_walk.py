"""Every address of the house, walked by everybody: one literal table of who gets which answer.

A new address without a row here fails. Columns, in this order: a stranger, a resident, the community worker who
wrote the card, the officer of the neighbour street, the officer of the card's own street, the community secretary,
the finance officer, and the three administrators (system, security, audit).
"""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import NamedTuple

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from linli.apps.people.models import ContactCard, User
from linli.apps.people.services import ask
from linli.apps.people.tests.factories import PASSWORD, TEXT, make_card, make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.publication import PublicationState
from linli.kernel.refs import new_key
from linli.kernel.scope import Role
from tests.support import delivery_walk, money_walk, reviews_walk, rights_walk, rounds_walk, tables_walk
from tests.support.api_walk import API_ROWS
from tests.support.office_walk import OFFICE_ROWS, posts_of
from tests.support.walked import ROSTER_ROWS, known_of, make_child, organizations_of, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]

ACTORS = (
    "stranger", "resident", "worker", "neighbour", "officer", "secretary", "finance", "system", "security", "audit",
)  # fmt: skip

BACKEND = "django.contrib.auth.backends.ModelBackend"
UUID_IN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class Visit(NamedTuple):
    """Who knocks, and with which cookies."""

    user: User | None
    cookies: SimpleCookie


ROWS = {
    **OFFICE_ROWS,
    "GET accounts/login/": "200 302 302 302 302 302 302 302 302 302",
    "POST accounts/login/": "200 302 302 302 302 302 302 302 302 302",
    "GET accounts/logout/": "302 200 200 200 200 200 200 200 200 200",
    "POST accounts/logout/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/inactive/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/signup/": "200 200 200 200 200 200 200 200 200 200",
    "POST accounts/signup/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/reauthenticate/": "302 200 200 200 200 200 200 200 200 200",
    "GET accounts/password/change/": "302 200 200 200 200 200 200 200 200 200",
    "GET accounts/password/set/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/password/reset/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/password/reset/done/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/password/reset/key/0-nothing/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/password/reset/key/done/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/2fa/": "302 200 200 200 200 200 200 200 200 200",
    "GET accounts/2fa/authenticate/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/2fa/reauthenticate/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/2fa/totp/activate/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/2fa/totp/deactivate/": "302 404 404 404 404 404 404 404 404 404",
    "GET accounts/2fa/recovery-codes/": "302 404 404 404 404 404 404 404 404 404",
    "GET accounts/2fa/recovery-codes/generate/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/second-step/": "302 302 302 302 302 302 302 302 302 302",
    "GET accounts/sessions/": "302 200 200 200 200 200 200 200 200 200",
    "GET accounts/sessions/1/end/": "302 405 405 405 405 405 405 405 405 405",
    "POST accounts/sessions/1/end/": "302 404 404 404 404 404 404 404 404 404",
    "GET accounts/sessions/others/end/": "302 405 405 405 405 405 405 405 405 405",
    "POST accounts/sessions/others/end/": "302 302 302 302 302 302 302 302 302 302",
    "POST accounts/oidc/nothing/login/": "404 404 404 404 404 404 404 404 404 404",
    "GET accounts/identity/nothing/login/": "404 404 404 404 404 404 404 404 404 404",
    "POST accounts/identity/nothing/login/": "404 404 404 404 404 404 404 404 404 404",
    "GET accounts/identity/nothing/login/callback/": "404 404 404 404 404 404 404 404 404 404",
    "GET accounts/3rdparty/": "302 200 200 200 200 200 200 200 200 200",
    "GET accounts/3rdparty/signup/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/3rdparty/login/cancelled/": "200 200 200 200 200 200 200 200 200 200",
    "GET accounts/3rdparty/login/error/": "401 401 401 401 401 401 401 401 401 401",
    "GET accounts/oidc/nothing/login/": "404 404 404 404 404 404 404 404 404 404",
    "GET accounts/oidc/nothing/login/callback/": "404 404 404 404 404 404 404 404 404 404",
    "GET ": "200 200 200 200 200 200 200 200 200 200",
    "GET communities/": "200 200 200 200 200 200 200 200 200 200",
    "GET communities/{community}/": "200 200 200 200 200 200 200 200 200 200",
    "GET communities/{nothing}/": "404 404 404 404 404 404 404 404 404 404",
    "POST communities/{community}/choose/": "302 302 302 302 302 302 302 302 302 302",
    "GET communities/{community}/choose/": "405 405 405 405 405 405 405 405 405 405",
    "GET feedback/": "200 200 200 200 200 200 200 200 200 200",
    "GET switches/": "200 200 200 200 200 200 200 200 200 200",
    "GET feedback/sent/": "200 200 200 200 200 200 200 200 200 200",
    "GET look/": "405 405 405 405 405 405 405 405 405 405",
    "POST look/": "302 302 302 302 302 302 302 302 302 302",
    "POST keep-alive/": "302 200 200 200 200 200 200 200 200 200",
    "GET files/{nothing}/": "404 404 404 404 404 404 404 404 404 404",
    "GET desk/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/cards/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/cards/new/": "302 403 200 403 403 200 403 403 403 403",
    "POST desk/cards/new/": "302 403 422 403 403 422 403 403 403 403",
    "GET desk/cards/print/": "302 403 200 302 200 200 403 403 403 403",
    "GET desk/cards/notice/": "302 403 403 302 200 403 403 403 403 403",
    "GET desk/cards/{draft}/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/cards/{public}/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/cards/{draft}/edit/": "302 403 200 403 403 200 403 403 403 403",
    "POST desk/cards/{draft}/edit/": "302 403 422 403 403 422 403 403 403 403",
    "POST desk/cards/{draft}/submit/": "302 403 302 404 403 302 403 403 403 403",
    "POST desk/cards/{submitted}/check/": "302 403 403 404 403 302 403 403 403 403",
    "POST desk/cards/{submitted}/send_back/": "302 403 403 404 302 302 403 403 403 403",
    "POST desk/cards/{checked}/sign_off/": "302 403 403 404 302 403 403 403 403 403",
    "POST desk/cards/{public}/withdraw/": "302 403 302 404 302 302 403 403 403 403",
    "POST desk/publication/people.contact_card/{submitted}/check/": "302 404 403 404 403 302 404 404 404 404",
    "POST desk/publication/people.contact_card/{public}/withdraw/": "302 404 302 404 302 302 404 404 404 404",
    "POST desk/publication/people.contact_card/{public}/erase/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/publication/places.place/{community}/check/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/publication/people.contact_card/{public}/withdraw/": "302 405 405 405 405 405 405 405 405 405",
    "POST desk/cards/{public}/erase/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/cards/{draft}/submit/": "302 403 405 405 405 405 403 403 403 403",
    "GET desk/places/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/places/address/": "302 403 200 200 200 200 200 200 200 200",
    "POST desk/places/address/": "302 403 422 422 422 422 422 422 422 422",
    "GET desk/places/?under={community}": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/burden/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/burden/export/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/places/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/places/{community}/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/places/{community}/found/": "302 403 403 404 200 403 403 200 403 403",
    "POST desk/places/{community}/found/": "302 403 403 404 422 403 403 422 403 403",
    "GET desk/places/{community}/change/merge/": "302 403 403 404 200 403 403 200 403 403",
    "POST desk/places/{community}/change/rename/": "302 403 403 404 422 403 403 422 403 403",
    "GET desk/places/{community}/change/explode/": "302 403 403 404 404 403 403 404 403 403",
    "GET desk/places/{community}/figures/": "302 403 200 404 200 200 200 200 200 200",
    "POST desk/places/{community}/figures/": "302 403 422 404 422 422 403 422 403 403",
    "POST desk/places/{community}/figures/{figure}/remove/": "302 403 302 404 302 302 403 302 403 403",
    "GET desk/places/{community}/outline/": "302 403 200 404 200 200 200 200 200 200",
    "POST desk/places/{community}/outline/": "302 403 403 404 422 403 403 422 403 403",
    "POST desk/places/{community}/outline/remove/": "302 403 403 404 302 403 403 302 403 403",
    "GET desk/places/{community}/equipment/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/places/{community}/equipment/export/": "302 403 200 404 200 200 200 200 200 200",
    "POST desk/places/{community}/equipment/": "302 403 422 404 422 422 403 422 403 403",
    "GET desk/equipment/{equipment}/": "302 403 200 404 200 200 403 200 403 403",
    "POST desk/equipment/{equipment}/": "302 403 422 404 422 422 403 422 403 403",
    "GET desk/places/{community}/estates/new/": "302 403 200 404 200 200 403 200 403 403",
    "POST desk/places/{community}/estates/new/": "302 403 422 404 422 422 403 422 403 403",
    "POST desk/places/{community}/buildings/new/": "302 403 422 404 422 422 403 422 403 403",
    "GET desk/estates/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/estates/?under={community}": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/estates/export/households/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/estates/{estate}/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/estates/{estate}/edit/": "302 403 200 404 200 200 403 200 403 403",
    "POST desk/estates/{estate}/buildings/new/": "302 403 422 404 422 422 403 422 403 403",
    "GET desk/buildings/{building}/": "302 403 200 404 200 200 200 200 200 200",
    "POST desk/buildings/{building}/add/stairwell/": "302 403 422 404 422 422 403 422 403 403",
    "GET desk/imports/new/places.change/": "302 403 403 200 200 403 403 200 403 403",
    "GET desk/imports/new/places.household/": "302 403 200 200 200 200 403 200 403 403",
    "GET desk/organizations/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/organizations/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET organizations/{team}/": "404 404 404 404 404 404 404 404 404 404",
    "GET organizations/{agency}/": "200 200 200 200 200 200 200 200 200 200",
    "GET desk/organizations/standings/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/organizations/new/": "302 403 200 200 200 200 403 200 403 403",
    "POST desk/organizations/new/": "302 403 422 422 422 422 403 422 403 403",
    "GET desk/organizations/{agency}/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/organizations/{agency}/edit/": "302 403 403 404 200 403 403 200 403 403",
    "GET desk/organizations/{team}/edit/": "302 403 200 404 200 200 403 200 403 403",
    "GET desk/organizations/{agency}/contact/": "302 403 403 404 200 403 403 200 403 403",
    "GET desk/organizations/{agency}/change/rename/": "302 403 403 404 200 403 403 200 403 403",
    "GET desk/organizations/{team}/change/rename/": "302 403 200 404 200 200 403 200 403 403",
    "POST desk/organizations/{agency}/change/end/": "302 403 403 404 422 403 403 422 403 403",
    "GET desk/organizations/{agency}/add/standing/": "302 403 403 404 200 403 403 200 403 403",
    "POST desk/organizations/{agency}/add/standing/": "302 403 403 404 422 403 403 422 403 403",
    "GET desk/organizations/{agency}/checklists/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/organizations/{team}/checklists/six_haves/venue/": "302 403 200 404 200 200 403 200 403 403",
    "GET desk/organizations/rows/standing/{standing}/end/": "302 403 403 404 200 403 403 200 403 403",
    "POST desk/organizations/rows/standing/{standing}/end/": "302 403 403 404 422 403 403 422 403 403",
    "GET desk/party/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/tree/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/new/": "302 403 403 200 200 200 403 200 403 403",
    "POST desk/party/new/": "302 403 403 422 422 422 403 422 403 403",
    "GET desk/party/coverage/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/coverage/print/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/coverage/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/coverage/rows/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/coverage/rows/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/party/units/{agency}/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/party/units/{agency}/instructor/": "302 403 403 404 200 200 403 200 403 403",
    "POST desk/party/units/{agency}/instructor/": "302 403 403 404 422 422 403 422 403 403",
    "GET desk/party/places/{community}/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/party/counts/party/{party}/": "302 403 403 404 200 200 403 200 403 403",
    "POST desk/party/counts/unit/{agency}/": "302 403 403 404 422 422 403 422 403 403",
    "GET desk/party/counts/place/{community}/": "302 403 403 404 200 200 403 200 403 403",
    "GET desk/party/rows/instructor/{sent}/end/": "302 403 403 404 200 200 403 200 403 403",
    "POST desk/party/rows/instructor/{sent}/end/": "302 403 403 404 422 422 403 422 403 403",
    "GET desk/party/{party}/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/party/{party}/checklists/": "302 403 200 404 200 200 200 200 200 200",
    "GET desk/party/{party}/checklists/six_haves/venue/": "302 403 403 404 200 200 403 200 403 403",
    "GET desk/party/{party}/change/change/": "302 403 403 404 200 200 403 200 403 403",
    "POST desk/party/{party}/change/end/": "302 403 403 404 422 422 403 422 403 403",
    "GET desk/honours/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/honours/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/honours/new/": "302 403 403 200 200 403 403 200 403 403",
    "GET desk/facilities/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/facilities/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/facilities/new/": "302 403 403 200 200 403 403 200 403 403",
    "GET desk/facilities/{facility}/edit/": "302 403 403 404 200 403 403 200 403 403",
    "GET desk/partners/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/partners/export/": "302 403 200 200 200 200 200 200 200 200",
    "GET desk/partners/new/": "302 403 403 200 200 403 403 200 403 403",
    "GET desk/imports/new/organizations.organization/": "302 403 403 200 200 403 403 200 403 403",
    "POST desk/imports/new/organizations.organization/": "302 403 403 422 422 403 403 422 403 403",
    "GET desk/imports/template/organizations.organization/": "302 403 403 200 200 403 403 200 403 403",
    "GET desk/posts/": "302 403 403 200 200 200 403 200 403 403",
    "GET desk/feedback/": "302 403 403 403 403 403 403 403 200 200",
    "GET desk/styleguide/": "302 200 200 200 200 200 200 200 200 200",
    "GET desk/jobs/": "302 403 200 200 200 200 200 200 200 200",
    "POST desk/jobs/{nothing}/retry/": "302 403 403 403 403 403 403 404 403 403",
    "GET desk/jobs/{nothing}/progress/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/audit/": "302 403 403 403 403 403 403 403 403 200",
    "GET desk/audit/check/": "302 403 403 403 403 403 403 403 403 405",
    "POST desk/audit/check/": "302 403 403 403 403 403 403 403 403 302",
    "GET desk/audit/csv/": "302 403 403 403 403 403 403 403 403 200",
    "GET desk/audit/xlsx/": "302 403 403 403 403 403 403 403 403 200",
    "GET desk/settings/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/settings/audit.retention_days/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/api-tokens/": "302 403 200 200 200 200 200 200 200 200",
    "POST desk/api-tokens/": "302 403 200 200 200 200 200 200 200 200",
    "POST desk/api-tokens/{nothing}/revoke/": "302 403 404 404 404 404 404 404 404 404",
    "GET desk/webhooks/": "302 403 403 403 403 403 403 200 403 403",
    "POST desk/webhooks/": "302 403 403 403 403 403 403 200 403 403",
    "GET desk/webhooks/{nothing}/": "302 403 403 403 403 403 403 404 403 403",
    "POST desk/webhooks/{nothing}/switch/": "302 403 403 403 403 403 403 404 403 403",
    "POST desk/webhooks/deliveries/{nothing}/resend/": "302 403 403 403 403 403 403 404 403 403",
    "GET desk/calendar/": "302 403 200 200 200 200 200 200 200 200",
    "GET search/": "200 200 200 200 200 200 200 200 200 200",
    "GET search/?q=养老": "200 200 200 200 200 200 200 200 200 200",
    "GET desk/search/": "302 200 200 200 200 200 200 200 200 200",
    "GET desk/search/?q=养老": "302 200 200 200 200 200 200 200 200 200",
    "GET desk/notices/": "302 200 200 200 200 200 200 200 200 200",
    "POST desk/notices/read/": "302 302 302 302 302 302 302 302 302 302",
    "POST desk/notices/choose/": "302 302 302 302 302 302 302 302 302 302",
    "POST desk/notices/wishes/": "302 302 302 302 302 302 302 302 302 302",
    "POST desk/notices/{nothing}/open/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/notices/{nothing}/open/": "302 405 405 405 405 405 405 405 405 405",
    "GET desk/notices/outbox/": "302 403 403 403 403 403 403 200 403 403",
    "POST desk/notices/outbox/{nothing}/again/": "302 403 403 403 403 403 403 404 403 403",
    "GET desk/privacy/people.user/{worker}/phone/": "302 404 200 404 404 404 404 200 404 404",
    "POST desk/privacy/people.user/{worker}/phone/": "302 404 200 404 404 404 404 200 404 404",
    "GET desk/privacy/people.contact_card/{public}/phone/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/privacy/people.contact_card/{public}/phone/": "302 404 404 404 404 404 404 404 404 404",
    **API_ROWS,
    **ROSTER_ROWS,
    **money_walk.MONEY_ROWS,
    **reviews_walk.REVIEW_ROWS,
    **rounds_walk.ROUNDS_ROWS,
    **delivery_walk.DELIVERY_ROWS,
    **tables_walk.TABLE_ROWS,
} | rights_walk.ROWS


@pytest.fixture(scope="module")
def people(module_db: None) -> dict[str, User]:
    here = make_district()
    found = {
        "resident": make_user(Role.RESIDENT, here.community, password=None),
        "worker": make_user(Role.COMMUNITY_WORKER, here.community, password=None),
        "neighbour": make_user(Role.STREET_OFFICER, here.neighbour_street, password=None),
        "officer": make_user(Role.STREET_OFFICER, here.street, password=None),
        "secretary": make_user(Role.COMMUNITY_SECRETARY, here.community, password=None),
        "finance": make_user(Role.FINANCE_OFFICER, here.street, password=None),
        "system": make_user(Role.SYSTEM_ADMINISTRATOR, here.district, password=None),
        "security": make_user(Role.SECURITY_ADMINISTRATOR, here.district, password=None),
        "audit": make_user(Role.AUDIT_ADMINISTRATOR, here.district, password=None),
    }
    User.objects.update(password=make_password(PASSWORD))
    return {name: User.objects.get(pk=user.pk) for name, user in found.items()}


@pytest.fixture(scope="module")
def names(people: dict[str, User]) -> dict[str, str]:
    """What stands in the addresses of the table for records."""
    worker, secretary = people["worker"], people["secretary"]
    community = worker.posts_in_force[0].place
    assert community is not None
    states = {name: PublicationState(name) for name in ("draft", "submitted", "checked")}
    cards = {name: make_card(community, state, author=worker, checker=secretary) for name, state in states.items()}
    cards["public"] = make_card(
        community, PublicationState.PUBLIC, author=worker, checker=secretary, signer=people["officer"]
    )
    return {
        **{name: str(card.pk) for name, card in cards.items()},
        **organizations_of(community),
        "child": str(make_child(community).pk),
        **known_of(community),
        **rounds_walk.rounds_of(community),
        **delivery_walk.delivery_of(community),
        **tables_walk.tables_of(community),
        **money_walk.money_of(people["officer"].posts_in_force[0].place),
        **reviews_walk.reviews_of(people["officer"].posts_in_force[0].place),
        **posts_of(worker, secretary, people["officer"]),
        "community": str(community.pk),
        "worker": str(worker.pk),
        "resident": str(people["resident"].pk),
        "request": str(ask(people["resident"], kind="explain", text="有哪些", actor=people["resident"]).pk),
        "nothing": str(new_key()),
    }


@pytest.fixture(scope="module")
def visits(people: dict[str, User]) -> dict[str, Visit]:
    """Everybody at the door, signed in once; each try starts from these cookies."""
    found = {"stranger": Visit(None, SimpleCookie())}
    for who, user in people.items():
        client = Client()
        client.force_login(user, backend=BACKEND)
        found[who] = Visit(user, client.cookies)
    return found


@pytest.fixture(scope="module")
def client() -> Client:
    """The one browser all take turns at; it gives errors as answers."""
    return Client(raise_request_exception=False)


def answers(row: str, client: Client, visits: dict[str, Visit], names: dict[str, str]) -> str:
    """The statuses everybody gets, in the order of the columns; each try is rolled back."""
    method, _space, address = row.partition(" ")
    found = []
    for who in ACTORS:
        with transaction.atomic():
            client.cookies = SimpleCookie(visits[who].cookies.output(header="", sep=";"))
            found.append(str(_status(method, "/" + address.format(**names), client, visits[who].user)))
            transaction.set_rollback(True)
    return " ".join(found)


def _status(method: str, address: str, client: Client, user: User | None) -> int:
    # of a refusal only the status is asked, not its page; the doors of allauth would answer a program otherwise
    headers = {} if address.startswith("/accounts/") else {"Accept": "application/json"}
    if address.startswith("/api/"):
        client.cookies.clear()
        if user is not None:
            headers["Authorization"] = f"Bearer {token_of(user)}"
    if method == "GET":
        return client.get(address, headers=headers).status_code
    if address.startswith("/api/"):
        headers["Idempotency-Key"] = str(new_key())
        return client.post(address, _said(address), "application/json", headers=headers).status_code
    return client.post(address, {"version": _version_of(address), "reason": "走查"}, headers=headers).status_code


def _said(address: str) -> dict[str, object]:
    """What a program would send: the version it read, or a whole new card."""
    if address.endswith("/submit"):
        return {"version": int(_version_of(address))}
    return {**vars(TEXT), "title": "另一件事", "community": str(Place.objects.get(name="槐荫社区").pk)}


def _version_of(address: str) -> str:
    """The version of the card an address names, as its page would send it."""
    card = ContactCard.objects.filter(pk__in=UUID_IN.findall(address)).first()
    return str(card.version) if card else ""


@pytest.mark.parametrize("row", ROWS)
def test_it_answers_everybody_as_the_table_says(
    row: str, client: Client, visits: dict[str, Visit], names: dict[str, str]
) -> None:
    assert answers(row, client, visits, names) == ROWS[row]


def routes(patterns: list[URLPattern | URLResolver], above: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, above + str(pattern.pattern))
        else:
            yield (above + str(pattern.pattern)).replace("^", "")


def test_the_table_has_a_row_for_every_address_of_the_house() -> None:
    key = str(new_key())
    blank = dict.fromkeys(re.findall(r"{(\w+)}", " ".join(ROWS)), key)
    walked = {
        resolve("/" + row.partition(" ")[2].format(**blank).partition("?")[0]).route.replace("^", "") for row in ROWS
    }
    assert sorted(set(routes(get_resolver().url_patterns)) - walked) == []
