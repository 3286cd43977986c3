"""The rows of the walk of all addresses that belong to the boards of needs, and the records they need."""

from linli.apps.needs import services
from linli.apps.needs.models import IssueSource
from linli.apps.places.models import Place

READ = "302 403 200 200 200 200 403 403 403 403"
KEEP = READ
ONE = "302 403 200 404 200 200 403 403 403 403"
"""Of a community: its own staff and those above."""

NEEDS_BOARDS_ROWS = {
    "GET desk/needs/board/": READ,
    "GET desk/needs/board/{nothing}/month/": READ.replace("200", "404"),
    "GET desk/needs/issues/": READ,
    "GET desk/needs/issues/print/": READ,
    "GET desk/needs/issues/new/": KEEP,
    "POST desk/needs/issues/new/": KEEP.replace("200", "422"),
    "GET desk/needs/issues/{issue}/": ONE,
    "GET desk/needs/issues/{issue}/do/begin/": ONE,
    "POST desk/needs/issues/{issue}/do/begin/": ONE.replace("200", "422"),
    "GET needs/figures/": "200 200 200 200 200 200 200 200 200 200",
}
"""The table's rows of the boards of needs."""


def needs_boards_of(community: Place) -> dict[str, str]:
    """An issue on the board of the community."""
    issue = services.notice_issue(
        place=community, street=community.street or community, title="雨前排水", source=IssueSource.PATROL, actor=None
    )
    return {"issue": str(issue.pk)}
