"""Records of the house that the walk of all addresses needs in its addresses."""

from datetime import timedelta

from django.utils import timezone

from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.services import assign_instructor
from linli.apps.organizations.tests.factories import make_agency, make_facility, make_organization, make_standing
from linli.apps.organizations.tests.party_factories import make_party
from linli.apps.people.models import Person, User
from linli.apps.people.services import enter_person
from linli.apps.people.services.persons import PersonText
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import FIRST_DAY, make_houses
from linli.kernel.api import scopes, tokens
from linli.kernel.api.models import ApiToken, TokenUse

ROSTER_ROWS = {
    "GET desk/roster/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/roster/export/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/roster/new/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/roster/new/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/roster/{child}/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/roster/{child}/edit/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/roster/{child}/edit/": "302 403 422 404 422 422 403 403 403 403",
    "GET desk/roster/{child}/merge/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/roster/{child}/merge/": "302 403 422 404 422 422 403 403 403 403",
    "GET desk/roster/{child}/guardian/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/roster/{child}/guardian/": "302 403 422 404 422 422 403 403 403 403",
    "GET desk/roster/{child}/roll/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/roster/{child}/roll/": "302 403 422 404 422 422 403 403 403 403",
    "POST desk/merges/{nothing}/undo/": "302 403 404 404 404 404 403 403 403 403",
    "POST desk/guardians/{nothing}/end/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/roster/{child}/consent/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/roster/{child}/consent/": "302 403 422 404 422 422 403 403 403 403",
    "POST desk/roster/consents/{nothing}/take-back/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/residents/{child}/passed-on/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/residents/{resident}/passed-on/": "302 403 422 404 422 422 403 403 403 403",
    "POST desk/roster/places/{nothing}/move/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/rolls/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/rolls/print/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/rolls/export/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/rolls/{nothing}/end/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/imports/new/people.roster/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/imports/template/people.roster/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/imports/{nothing}/doubts/": "302 404 404 404 404 404 404 404 404 404",
}
"""The table's rows of the roster, its rolls and its import."""


def make_child(community: Place) -> Person:
    """A child on the roster of the community."""
    born_on = timezone.localdate() - timedelta(days=3000)
    return enter_person(community=community, text=PersonText(name="王小明", born_on=born_on), actor=None)


def organizations_of(community: Place) -> dict[str, str]:
    """A team of the community, a public agency with a standing, a facility."""
    team = make_organization(community, "槐荫书画队", OrganizationKind.RESIDENT_TEAM)
    agency = make_agency(community, is_public=True)
    made = {"team": team, "agency": agency, "standing": make_standing(agency), "facility": make_facility(community)}
    party = make_party(community)
    sent = assign_instructor(agency, on=FIRST_DAY, source="派驻通知", actor=None)
    return {name: str(row.pk) for name, row in {**made, "party": party, "sent": sent}.items()}


def known_of(community: Place) -> dict[str, str]:
    """An estate with a building, a figure, an outline and a row of the register of equipment."""
    return {name: str(row.pk) for name, row in make_houses(community).items()}


def token_of(user: User) -> str:
    """The secret of a token of this person for everything there is; what he may do with it, his posts say."""
    secret = tokens.PREFIX + user.username
    now = timezone.now()
    token = ApiToken.objects.create(
        name="走查", owner=user, hashed=tokens._hash(secret), shown=secret[:12], made_at=now,
        expires_at=now + timedelta(days=1), scopes=[scope.name for scope in scopes.declared()],
    )  # fmt: skip
    TokenUse.objects.create(token=token)
    return secret
