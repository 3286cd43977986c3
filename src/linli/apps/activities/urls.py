"""Addresses of activities."""

from django.urls import path

from linli.apps.activities.views import dates, desk, goods, papers, platforms, portal, sheets

app_name = "activities"

HERE = "desk/activities/"
GOODS = f"{HERE}goods/"
DATE = f"{HERE}dates/<uuid:pk>/"

urlpatterns = [
    path("activities/", portal.activities, name="public"),
    path("activities/<uuid:pk>/", portal.activity, name="public_activity"),
    path("activities/goods/", portal.goods, name="public_goods"),
    path("activities/dates/<uuid:pk>/sign-up/", portal.sign_up, name="sign_up"),
    path("activities/mine/<str:code>/", portal.mine, name="mine"),
    path("activities/mine/<str:code>/leave/", portal.leave, name="leave"),
    path("activities/mine/<str:code>/take/", portal.take, name="take"),
    path("activities/door/<str:code>/", portal.door, name="door"),
    path("activities/calendar.ics", papers.feed, name="feed"),
    path("activities/<uuid:pk>/calendar.ics", papers.activity_feed, name="activity_feed"),
    path(HERE, desk.activities, name="activities"),
    path(f"{HERE}new/", desk.new, name="new"),
    path(f"{HERE}hours/", desk.hours, name="hours"),
    path(f"{HERE}hours/export/", desk.export_hours, name="export_hours"),
    path(f"{HERE}hours/new/", desk.new_hours, name="new_hours"),
    path(f"{HERE}hours/import/", platforms.import_hours, name="import_hours"),
    path(f"{HERE}hours/export/<str:platform>/", platforms.export_platform, name="export_platform"),
    path(f"{HERE}<uuid:pk>/", desk.activity, name="activity"),
    path(f"{HERE}<uuid:pk>/amend/", desk.amend, name="amend"),
    path(f"{HERE}<uuid:pk>/project/", platforms.name_project, name="name_project"),
    path(f"{HERE}<uuid:pk>/publish/", desk.publish, name="publish"),
    path(f"{HERE}<uuid:pk>/call-off/", desk.call_off, name="call_off"),
    path(f"{HERE}<uuid:pk>/dates/", desk.add_dates, name="add_dates"),
    path(DATE, dates.date, name="date"),
    path(f"{DATE}sign-up/", dates.enter, name="enter"),
    path(f"{DATE}came/<uuid:signup>/", dates.came, name="came"),
    path(f"{DATE}leave/<uuid:signup>/", dates.leave, name="leave_for"),
    path(f"{DATE}count/", dates.count, name="count"),
    path(f"{DATE}agenda/", dates.agenda, name="agenda"),
    path(f"{DATE}call-off/", dates.call_off, name="call_off_date"),
    path(f"{DATE}sheet/", sheets.type_sheet, name="type_sheet"),
    path(f"{DATE}chain/", sheets.chain, name="chain"),
    path(f"{DATE}door/", sheets.door_list, name="door_list"),
    path(f"{DATE}taps/", sheets.taps, name="taps"),
    path(f"{DATE}care/<uuid:signup>/", sheets.care, name="care"),
    path(f"{DATE}sheet.pdf", papers.sheet, name="sheet"),
    path(f"{DATE}poster.pdf", papers.poster, name="poster"),
    path(f"{DATE}door.pdf", papers.door_sheet, name="door_sheet"),
    path(f"{DATE}group/", papers.group, name="group"),
    path(GOODS, goods.goods, name="goods"),
    path(f"{GOODS}new/", goods.new_goods, name="new_goods"),
    path(f"{GOODS}<uuid:pk>/", goods.distribution, name="distribution"),
    path(f"{GOODS}<uuid:pk>/close/", goods.close_goods, name="close_goods"),
    path(f"{GOODS}<uuid:pk>/sheets.pdf", goods.goods_sheets, name="goods_sheets"),
    path(f"{GOODS}<uuid:pk>/sign/<uuid:handout>/", goods.sign, name="sign_for"),
    path(f"{GOODS}<uuid:pk>/<uuid:building>/", goods.building, name="goods_building"),
    path(f"{GOODS}<uuid:pk>/<uuid:building>/sheet/", goods.type_goods_sheet, name="type_goods_sheet"),
    path(f"{DATE}release/", dates.release, name="release"),
]
