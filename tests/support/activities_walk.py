"""The rows of the walk of all addresses that belong to activities, and the records they need.

Columns as in ``tests/test_permissions_walk.py``.
"""

from linli.apps.activities import services
from linli.apps.activities.tests.factories import make_date, somebody
from linli.apps.places.models import Place
from linli.apps.places.services import add_building, add_household
from linli.apps.places.tests.factories import FIRST_DAY

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
    "GET activities/goods/": "200 200 200 200 200 200 200 200 200 200",
    "GET activities/calendar.ics": "200 200 200 200 200 200 200 200 200 200",
    "GET activities/{activity}/calendar.ics": "200 200 200 200 200 200 200 200 200 200",
    "GET desk/activities/goods/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/goods/new/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/activities/goods/{goods}/": "302 403 200 404 200 200 200 403 403 403",
    "POST desk/activities/goods/{goods}/close/": "302 403 302 404 302 302 403 403 403 403",
    "GET desk/activities/goods/{goods}/sheets.pdf": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/goods/{goods}/sign/{handout}/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/goods/{goods}/{goods_building}/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/goods/{goods}/{goods_building}/sheet/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/sheet/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/chain/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/door/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/activities/dates/{occurrence}/taps/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/care/{signup}/": "302 403 200 403 403 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/sheet.pdf": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/poster.pdf": "302 403 200 404 200 200 200 403 403 403",
    "GET desk/activities/dates/{occurrence}/door.pdf": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/activities/dates/{occurrence}/group/": "302 403 200 404 200 200 200 403 403 403",
    "GET api/v1/activities": "401 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/new/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/activities/new/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/activities/hours/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/hours/export/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/hours/export/beijing/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/activities/hours/export/nowhere/": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/activities/hours/import/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/activities/hours/import/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/activities/{activity}/project/": "302 403 200 404 200 200 403 403 403 403",
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
    building = add_building(
        community=community, estate=None, name="走查楼", valid_from=FIRST_DAY, stairwells=1, actor=None
    )
    add_household(building, room="101", stairwell=building.stairwells.get(), actor=None)
    goods = services.distribute(place=community, item="绿植", bought=3, buildings=[building], actor=None)
    return {
        "goods": str(goods.pk),
        "goods_building": str(building.pk),
        "handout": str(goods.handouts.get().pk),
        "activity": str(date.activity_id),
        "occurrence": str(date.pk),
        "signup": str(mine.pk),
        "pass_code": mine.pass_code,
        "door_code": date.door_code,
    }
