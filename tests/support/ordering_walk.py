"""The rows of the walk of all addresses that belong to ordering, and the records they need.

Columns as in ``tests/test_permissions_walk.py``.
"""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

from linli.apps.ordering import services
from linli.apps.ordering.models import Channel
from linli.apps.ordering.services import ItemText, OrderText, PointText, SheetText
from linli.apps.places.models import Place

ALL = "200 200 200 200 200 200 200 200 200 200"
ORDERING_ROWS = {
    "GET menu/": ALL,
    "GET menu/points/": ALL,
    "GET menu/services.json": ALL,
    "GET menu/wish/": "302 200 200 302 302 200 302 302 302 302",
    "GET menu/{menu_item}/": ALL,
    "POST menu/{menu_item}/": "422 422 422 422 422 422 422 422 422 422",
    "GET menu/mine/{order_pass}/": ALL,
    "POST menu/mine/{order_pass}/confirm/": "302 302 302 302 302 302 302 302 302 302",
    "POST menu/mine/{order_pass}/withdraw/": "302 302 302 302 302 302 302 302 302 302",
    "GET api/v1/menu": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/menu/{menu_item}": "401 403 200 404 200 200 200 403 403 403",
    "GET api/v1/orders": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/orders/{menu_order}": "401 403 200 404 200 200 200 403 403 403",
    "POST api/v1/orders": "401 403 422 422 422 422 403 403 403 403",
    "GET api/v1/sheets": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/sheets/{nothing}": "401 403 404 404 404 404 404 403 403 403",
    "GET api/v1/claims": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/acceptances": "401 403 200 200 200 200 200 403 403 403",
    "GET sheets/": ALL,
    "GET sheets/{work_sheet}/": ALL,
    "GET desk/ordering/sheets/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/ordering/sheets/new/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/ordering/sheets/bundle/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/": "302 403 200 404 200 200 200 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/discuss/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/ordering/sheets/{work_sheet}/publish/": "302 403 403 404 302 302 403 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/cancel/": "302 403 403 404 200 200 403 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/claim/": "302 403 403 403 403 403 403 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/award/": "302 403 403 404 200 403 403 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/paper/": "302 403 200 404 200 200 200 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/call/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/change/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/ordering/sheets/{work_sheet}/fill/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/ordering/sheets/{work_sheet}/fill/": "302 403 302 404 302 302 403 403 403 403",
    "POST desk/ordering/claims/{nothing}/withdraw/": "302 403 403 403 403 403 403 403 403 403",
    "GET desk/ordering/from-need/{nothing}/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/ordering/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/ordering/new/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/ordering/new/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/ordering/copy/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/ordering/use/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/ordering/points/new/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/ordering/points/{service_point}/close/": "302 403 302 404 302 302 403 403 403 403",
    "GET desk/ordering/{menu_item}/": "302 403 200 404 200 200 200 403 403 403",
    "GET desk/ordering/{nothing}/": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/ordering/{menu_item}/change/": "302 403 200 404 200 200 403 403 403 403",
    "POST desk/ordering/{menu_item}/open/": "302 403 302 404 302 302 403 403 403 403",
    "POST desk/ordering/{menu_item}/close/": "302 403 302 404 302 302 403 403 403 403",
    "GET desk/ordering/{menu_item}/draw/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/ordering/{menu_item}/take/": "302 403 200 404 200 200 403 403 403 403",
    "GET desk/ordering/orders/{menu_order}/": "302 403 200 404 200 200 200 403 403 403",
    "POST desk/ordering/orders/{menu_order}/serve/": "302 403 302 404 302 302 403 403 403 403",
    "POST desk/ordering/orders/{menu_order}/confirm/": "302 403 302 404 302 302 403 403 403 403",
    "POST desk/ordering/orders/{menu_order}/withdraw/": "302 403 302 404 302 302 403 403 403 403",
}


def ordering_of(community: Place) -> dict[str, str]:
    """An open service of this month with one order, and a service point."""
    today: date = timezone.localdate()
    at = datetime(today.year, today.month, today.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    item = services.write_item(
        place=community, month=today, text=ItemText("haircut", "理发", capacity=5), actor=None, at=at
    )
    services.open_items([item], actor=None, at=at)
    row = services.order(item, text=OrderText("居民某", phone="13800000001"), channel=Channel.PORTAL, actor=None, at=at)
    point = services.add_point(place=community, text=PointText("驿站", "槐荫路1号"), actor=None, at=at)
    text = SheetText("haircut", "理发", "为老人理发", today, today, "服务对象确认", Decimal(100), quantity=5)
    sheet = services.draw_up(place=community, text=text, actor=None, at=at)
    services.publish_sheet(sheet, actor=None, at=at)
    return {
        "work_sheet": str(sheet.pk),
        "menu_item": str(item.pk),
        "menu_order": str(row.pk),
        "order_pass": row.pass_code,
        "service_point": str(point.pk),
    }
