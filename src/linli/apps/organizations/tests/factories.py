"""Organizations for tests, entered through the verb."""

from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.services import enter
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import FIRST_DAY


def make_organization(
    place: Place, name: str = "暖邻社会工作服务中心", kind: OrganizationKind = OrganizationKind.SOCIAL_ORGANIZATION
) -> Organization:
    return enter(name=name, kind=kind, place=place, valid_from=FIRST_DAY, actor=None)
