"""Whoever signs in finds his start page, his own matters and the page of his role by following links alone."""

import re
from pathlib import Path

import pytest
from django.test import Client

from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.queries.fronts import NEIGHBOURS
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role
from linli.kernel.scope.roles import STAFF

ROOT = Path(__file__).resolve().parents[1]
OWN = {
    Role.RESIDENT: {"/proposals/", "/my/"},
    Role.TEAM_LEADER: {"/proposals/", "/my/"},
    Role.ORGANIZATION_MANAGER: {"/proposals/", "/my/", "/desk/organizations/"},
}
"""What those without a desk find on the portal; everybody else finds the desk."""


def links_of(client: Client, address: str) -> set[str]:
    page = client.get(address)
    assert page.status_code == 200, address
    return set(re.findall(r'href="([^"#?]*)', page.content.decode()))


def signed_in(role: Role, here: District) -> Client:
    if role in (Role.TEAM_LEADER, Role.ORGANIZATION_MANAGER):
        user = make_user(role, organization=make_organization(here.community, f"{role.label}的队伍"))
    else:
        user = make_user(role, here.community if role in NEIGHBOURS else here.district)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
@pytest.mark.sqlite_only
@pytest.mark.slow
def test_every_role_reaches_its_start_and_its_own_matters_from_the_front_page_by_links() -> None:
    here = make_district()
    missing = {}
    for role in Role:
        client = signed_in(role, here)
        wanted = OWN.get(role, {"/desk/", "/my/"})
        found = links_of(client, "/")
        unopened = {address for address in wanted & found if client.get(address).status_code != 200}
        if wanted - found or unopened:
            missing[role] = wanted - found | unopened
    assert ("/accounts/login/" in links_of(Client(), "/"), missing) == (True, {})


@pytest.mark.django_db
@pytest.mark.sqlite_only
def test_who_has_no_desk_is_never_led_to_one_from_his_messages() -> None:
    here = make_district()
    led = {role: "/desk/" in links_of(signed_in(role, here), "/desk/notices/") for role in Role}
    assert led == {role: role in STAFF for role in Role}


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_role_is_found_from_the_readme(role: Role) -> None:
    page = f"{role.value.replace('_', '-')}.md"
    steps = ["](docs/use/)" in (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
    index = (ROOT / "docs" / "use" / "README.md").read_text(encoding="utf-8")
    assert (steps, f"]({page})" in index, (ROOT / "docs" / "use" / page).is_file()) == ([True, True], True, True)
