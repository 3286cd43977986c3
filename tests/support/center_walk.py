"""The rows of the walk of all addresses that belong to the service center, and the records they need."""

from datetime import date

from linli.apps.incubation.services import add_desks, give_desk, open_case, open_center
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place

READ = "302 403 403 200 200 200 403 403 403 403"
ONE = "302 403 403 404 200 200 403 403 403 403"
KEEP = "302 403 403 200 200 403 403 403 403 403"
OWN = "302 403 403 404 200 403 403 403 403 403"

CENTER_ROWS = {
    "GET desk/incubation/center/": READ,
    **{
        f"GET desk/incubation/center/{name}/": READ
        for name in (
            "desks", "support", "books", "training", "growth", "checklists", "pipeline", "inactive", "matrix",
            "centers",
        )
    },
    "GET desk/incubation/center/nothing/": READ.replace("200", "404"),
    "GET desk/incubation/center/desks/export/": READ,
    "GET desk/incubation/center/add/center/": KEEP,
    "GET desk/incubation/center/add/desks/": KEEP,
    "GET desk/incubation/center/add/award/": KEEP,
    "GET desk/incubation/center/add/training/": KEEP,
    "GET desk/incubation/center/add/unit/": KEEP,
    "POST desk/incubation/center/add/center/": KEEP.replace("200", "422"),
    "GET desk/incubation/center/rows/stay/{stay}/free/": OWN,
    "GET desk/incubation/center/rows/case/{case}/close/": OWN,
    "GET desk/incubation/center/files/{member}/": ONE,
    "GET desk/incubation/center/files/{member}/do/desk/": "302 404 404 404 200 403 404 404 404 404",
    "GET desk/incubation/center/files/{member}/do/figure/": "302 404 404 404 200 403 404 404 404 404",
}  # fmt: skip
"""The table's rows of the service center."""


def center_of(community: Place, member: Organization) -> dict[str, str]:
    """A center of the community's street with a desk the member has, and a service it uses."""
    center = open_center(community, name="槐荫社区服务站", opened_on=date(2026, 1, 1), actor=None)
    (desk,) = add_desks(center, numbers=["1"], actor=None)
    stay = give_desk(desk, organization=member, since=date(2026, 2, 1), actor=None)
    case = open_case(member, service="platform", title="场地支持", opened_on=date(2026, 2, 1), actor=None)
    return {"stay": str(stay.pk), "case": str(case.pk)}
