"""The rows of the walk of all addresses that belong to the center's months, and the records they need."""

from datetime import date

from linli.apps.incubation.models import MonthWarning
from linli.apps.incubation.services import open_stars
from linli.apps.incubation.tests.factories import make_member, settled
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.kernel.scope import Role
from tests.support.center_walk import center_of

READ = "302 403 403 200 200 200 403 403 403 403"
ONE = "302 403 403 404 200 200 403 403 403 403"
KEEP = "302 404 404 404 200 403 404 404 404 404"
STREET = "302 403 403 404 200 404 403 403 403 403"
STARS = "302 404 404 404 200 404 404 404 404 404"
RATE = "302 404 404 404 200 200 404 404 404 404"
NOTHING = "302 404 404 404 404 404 404 404 404 404"

INCUBATION_ROWS = {
    "GET desk/incubation/": READ,
    "GET desk/incubation/years/2026/": READ,
    "POST desk/incubation/open/": "302 403 403 302 302 403 403 403 403 403",
    "GET desk/incubation/sheets/{sheet}/": ONE,
    "GET desk/incubation/sheets/{sheet}/do/rate/": RATE,
    "GET desk/incubation/sheets/{sheet}/do/correct/": KEEP,
    "POST desk/incubation/sheets/{sheet}/do/settle/": KEEP.replace("200", "422"),
    "GET desk/incubation/objections/{nothing}/answer/": NOTHING,
    "GET desk/incubation/organizations/{member}/": ONE,
    "GET desk/incubation/organizations/{member}/do/evidence/": RATE,
    "GET desk/incubation/organizations/{member}/do/leave/": KEEP,
    "GET desk/incubation/warnings/{warning}/hear/": KEEP,
    "GET desk/incubation/exits/{nothing}/do/decide/": NOTHING,
    "GET desk/incubation/papers/months.txt": READ.replace("200", "404"),
    "GET desk/incubation/papers/sheets/{sheet}.docx": ONE,
    "GET desk/incubation/papers/warnings/{warning}.docx": ONE,
    "GET desk/incubation/papers/exits/{nothing}.docx": ONE.replace("200", "404"),
    "GET desk/incubation/papers/stars/{stars}.xlsx": STREET,
    "GET api/v1/organization-months": "401 403 403 200 200 200 403 403 403 403",
    "GET api/v1/organization-months/{sheet}": "401 403 403 404 200 200 403 403 403 403",
    "GET api/v1/organization-stars": "401 403 403 200 200 200 403 403 403 403",
    "GET stars/": "200 200 200 200 200 200 200 200 200 200",
    "GET desk/incubation/stars/": READ,
    "GET desk/incubation/stars/open/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/incubation/stars/{stars}/": STREET,
    "GET desk/incubation/stars/{stars}/do/reckon/": STARS,
    "POST desk/incubation/stars/{stars}/do/show/": STARS.replace("200", "422"),
    "GET desk/incubation/stars/ratings/{nothing}/object/": NOTHING,
    "GET desk/incubation/stars/objections/{nothing}/answer/": NOTHING,
}
"""The table's rows of the center."""


def incubation_of(community: Place) -> dict[str, str]:
    """A member of the center at the community with a settled month below the line."""
    member = make_member(community, "槐荫便民服务队")
    sheet = settled(member, date(2026, 3, 1), "5", make_user(Role.SECTION_HEAD, community.street))
    assert community.street is not None  # a community lies in a street
    stars = open_stars(community.street, year=2026, actor=None)
    return center_of(community, member) | {
        "member": str(member.pk), "sheet": str(sheet.pk), "warning": str(MonthWarning.objects.get(sheet=sheet).pk),
        "stars": str(stars.pk),
    }  # fmt: skip
