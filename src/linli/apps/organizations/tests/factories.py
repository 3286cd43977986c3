"""Organizations and what is kept about them for tests, entered through the verbs."""

from datetime import date
from typing import Any

from tests.support.remembering import remembered

from linli.apps.organizations import services
from linli.apps.organizations.models import Facility, Organization, OrganizationKind, Standing
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import FIRST_DAY


@remembered
def make_organization(
    place: Place,
    name: str = "暖邻社会工作服务中心",
    kind: OrganizationKind = OrganizationKind.SOCIAL_ORGANIZATION,
    **details: Any,
) -> Organization:
    code = details.pop("credit_code", "")
    return services.enter(
        name=name, kind=kind, place=place, valid_from=FIRST_DAY, credit_code=code, details=details, actor=None
    )


@remembered
def make_agency(place: Place, name: str = "清河支持中心", **details: Any) -> Organization:
    return make_organization(place, name, OrganizationKind.SUPPORTING_AGENCY, **details)


@remembered
def make_standing(
    organization: Organization,
    value: str = "3A",
    *,
    kind: str = "social_grade",
    valid_from: date = FIRST_DAY,
    valid_to: date | None = None,
) -> Standing:
    return services.give_standing(
        organization, kind=kind, value=value, valid_from=valid_from, valid_to=valid_to, source="民政公告", actor=None
    )


@remembered
def make_facility(place: Place, name: str = "槐荫居家养老服务中心", **columns: Any) -> Facility:
    given = {
        "kind": "elder_care",
        "address": "槐荫路5号",
        "hours": "周一至周五 9:00—17:00",
        "valid_from": FIRST_DAY,
        **columns,
    }
    return services.open_facility(place=place, name=name, actor=None, **given)
