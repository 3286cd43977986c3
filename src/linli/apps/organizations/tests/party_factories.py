"""Party organizations for tests, entered through the verbs."""

from datetime import date
from typing import Any

from tests.support.remembering import remembered

from linli.apps.organizations import services
from linli.apps.organizations.models import Organization, OrganizationKind, PartyKind, PartyOrganization
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import FIRST_DAY

SOURCE = "街道党工委批复"


@remembered
def make_party(
    place: Place, name: str = "槐荫社区党委", kind: PartyKind = PartyKind.COMMITTEE, **columns: Any
) -> PartyOrganization:
    given = {"valid_from": FIRST_DAY, "source": SOURCE, "actor": None, **columns}
    return services.found_party(name=name, kind=kind, place=place, **given)


@remembered
def make_units(place: Place, number: int, prefix: str = "单位") -> list[Organization]:
    """So many enterprises at one place."""
    return [make_organization(place, f"{prefix}{index}", OrganizationKind.ENTERPRISE) for index in range(number)]


def count(holder: Any, as_of: date = FIRST_DAY, **counts: int) -> None:
    services.count_members(holder, counts=counts, as_of=as_of, source="半年党内统计", actor=None)
