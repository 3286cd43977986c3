"""The rows of the walk of all addresses that belong to whistles, and the records they need."""

from linli.apps.needs import services
from linli.apps.needs.models import WhistleKind
from linli.apps.needs.services import Called
from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.models import Place

READ = "302 403 200 200 200 200 403 403 403 403"
ONE = "302 403 200 404 200 200 403 403 403 403"
"""Of a community: its own staff and those above."""

WHISTLE_ROWS = {
    "GET desk/needs/whistles/": READ,
    "GET desk/needs/whistles/new/": "302 403 403 200 200 200 403 403 403 403",
    "POST desk/needs/whistles/new/": "302 403 403 422 422 422 403 403 403 403",
    "GET desk/needs/whistles/months/2026-04/": READ,
    "GET desk/needs/whistles/{whistle}/": ONE,
    "GET desk/needs/whistles/{whistle}/do/close/": "302 403 403 404 200 200 403 403 403 403",
    "POST desk/needs/whistles/{whistle}/do/settle/": "302 403 403 404 422 422 403 403 403 403",
    "GET desk/needs/whistles/{whistle}/steps/": "302 403 403 404 200 200 403 403 403 403",
    "GET desk/needs/whistles/{whistle}/papers/call/": ONE,
    "GET desk/needs/whistles/{whistle}/calls/{nothing}/check_in/": "302 403 403 404 404 404 403 403 403 403",
}
"""The table's rows of whistles."""


def whistles_of(community: Place) -> dict[str, str]:
    """A whistle that waits for the leader."""
    police = make_organization(community, "和安公安分局", OrganizationKind.DEPARTMENT)
    whistle = services.draft_whistle(
        place=community, kind=WhistleKind.RESIDENTS, title="东门锁闭", matter="消防通道被锁。", point="东门",
        departments=[Called(police, leads=True)], actor=None,
    )  # fmt: skip
    return {"whistle": str(whistle.pk)}
