"""Addresses of ordering."""

from django.urls import path

from linli.apps.ordering.views import deciding, desk, orders, portal, sheets

app_name = "ordering"

HERE = "desk/ordering/"
ITEM = f"{HERE}<uuid:pk>/"
SHEETS = f"{HERE}sheets/"
SHEET = f"{SHEETS}<uuid:pk>/"
ORDER = f"{HERE}orders/<uuid:pk>/"

urlpatterns = [
    path("menu/", portal.menu, name="menu"),
    path("menu/points/", portal.points, name="points"),
    path("menu/services.json", portal.directory, name="directory"),
    path("menu/wish/", portal.wish, name="wish"),
    path("menu/<uuid:pk>/", portal.order, name="order_it"),
    path("menu/mine/<str:code>/", portal.mine, name="mine"),
    path("menu/mine/<str:code>/confirm/", portal.confirm, name="confirm_mine"),
    path("menu/mine/<str:code>/withdraw/", portal.withdraw, name="withdraw_mine"),
    path(HERE, desk.items, name="items"),
    path(f"{HERE}new/", desk.new, name="new"),
    path(f"{HERE}copy/", desk.copy, name="copy"),
    path(f"{HERE}use/", desk.use, name="use"),
    path(f"{HERE}points/new/", desk.new_point, name="new_point"),
    path(f"{HERE}points/<uuid:pk>/close/", desk.close_point, name="close_point"),
    path("sheets/", sheets.public_sheets, name="public_sheets"),
    path("sheets/<uuid:pk>/", sheets.public_sheet, name="public_sheet"),
    path(SHEETS, sheets.sheets, name="sheets"),
    path(f"{SHEETS}new/", sheets.new, name="new_sheet"),
    path(f"{SHEETS}bundle/", sheets.bundle, name="bundle"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}discuss/", deciding.discuss, name="discuss"),
    path(f"{SHEET}publish/", deciding.publish, name="publish_sheet"),
    path(f"{SHEET}cancel/", deciding.cancel, name="cancel_sheet"),
    path(f"{SHEET}claim/", deciding.claim, name="claim"),
    path(f"{SHEET}award/", deciding.award, name="award"),
    path(f"{SHEET}paper/", sheets.paper, name="sheet_paper"),
    path(f"{HERE}claims/<uuid:pk>/withdraw/", deciding.withdraw, name="withdraw_claim"),
    path(f"{HERE}from-need/<uuid:pk>/", deciding.from_need, name="from_need"),
    path(ITEM, desk.item, name="item"),
    path(f"{ITEM}change/", desk.change, name="change"),
    path(f"{ITEM}open/", desk.open_, name="open"),
    path(f"{ITEM}close/", desk.close, name="close"),
    path(f"{ITEM}draw/", desk.draw, name="draw"),
    path(f"{ITEM}take/", orders.take, name="take"),
    path(ORDER, orders.order, name="order"),
    path(f"{ORDER}serve/", orders.do, {"verb": "serve"}, name="serve"),
    path(f"{ORDER}confirm/", orders.do, {"verb": "confirm"}, name="confirm"),
    path(f"{ORDER}withdraw/", orders.do, {"verb": "withdraw"}, name="withdraw"),
]
