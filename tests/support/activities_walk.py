"""The rows of the walk of all addresses that belong to activities, and the records they need.

Columns as in ``tests/test_permissions_walk.py``.
"""

from linli.apps.activities import services
from linli.apps.activities.tests.factories import make_date, somebody
from linli.apps.places.models import Place

ACTIVITY_ROWS = {
    "GET activities/": "200 200 200 200 200 200 200 200 200 200",
    "GET activities/{activity}/": "200 200 200 200 200 200 200 200 200 200",
    "GET activities/{nothing}/": "404 404 404 404 404 404 404 404 404 404",
    "GET activities/dates/{occurrence}/sign-up/": "200 200 200 200 200 200 200 200 200 200",
    "POST activities/dates/{occurrence}/sign-up/": "422 422 422 422 422 422 422 422 422 422",
    "GET activities/mine/{pass_code}/": "200 200 200 200 200 200 200 200 200 200",
    "POST activities/mine/{pass_code}/leave/": "302 302 302 302 302 302 302 302 302 302",
    "POST activities/mine/{pass_code}/take/": "302 302 302 302 302 302 302 302 302 302",
    "GET activities/door/{door_code}/": "200 200 200 200 200 200 200 200 200 200",
    "GET desk/activities/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/new/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/activities/new/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/activities/hours/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/hours/new/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/activities/{activity}/": "302 403 200 404 200 200 200 403 403 403",
    "GET desk/activities/{activity}/amend/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/activities/{activity}/publish/": "302 403 302 404 302 302 403 403 403 403",
    "GET desk/activities/{activity}/call-off/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/{activity}/dates/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/": "302 403 200 404 200 200 200 403 403 403",
    "GET desk/activities/dates/{occurrence}/sign-up/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/activities/dates/{occurrence}/came/{signup}/": "302 403 302 404 302 302 403 403 403 403",
    "POST desk/activities/dates/{occurrence}/leave/{signup}/": "302 403 302 404 302 302 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/count/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/agenda/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/call-off/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/activities/dates/{occurrence}/release/": "302 403 302 404 302 302 403 403 403 403",
}


def activities_of(community: Place) -> dict[str, str]:
    """A date with somebody on its list."""
    date = make_date(community)
    mine = services.sign_up(date, attendee=somebody(), actor=None)
    return {
        "activity": str(date.activity_id),
        "occurrence": str(date.pk),
        "signup": str(mine.pk),
        "pass_code": mine.pass_code,
        "door_code": date.door_code,
    }
