"""Addresses of ordering."""

from django.urls import path

from linli.apps.ordering.views import chain, deciding, delivery, desk, orders, portal, sheets, shifts

app_name = "ordering"

HERE = "desk/ordering/"
ITEM = f"{HERE}<uuid:pk>/"
SHEETS = f"{HERE}sheets/"
SHEET = f"{SHEETS}<uuid:pk>/"
ORDER = f"{HERE}orders/<uuid:pk>/"

SHIFT = f"{HERE}shifts/<uuid:pk>/"
CONTRACTOR = f"{HERE}contractors/<uuid:pk>/"

delivering = [
    path("shifts/<str:code>/", shifts.by_code, name="shift_code"),
    path("shifts/<str:code>/calendar.ics", shifts.calendar, name="shift_calendar"),
    path(f"{HERE}shifts/", shifts.shifts, name="shifts"),
    path(SHIFT, shifts.shift, name="shift"),
    path(f"{SHIFT}do/<slug:verb>/", shifts.do, name="do_shift"),
    path(f"{SHIFT}serve/", shifts.serve, name="serve_in_shift"),
    path(CONTRACTOR, delivery.contractor, name="contractor"),
    path(f"{CONTRACTOR}do/<slug:verb>/", delivery.do, name="do_contractor"),
    path(f"{HERE}incidents/<uuid:pk>/answer/", delivery.answer, name="answer_incident"),
    path(f"{HERE}defects/<uuid:pk>/", delivery.redeliver, name="redeliver"),
    path(f"{HERE}acceptances/<uuid:pk>/settle/", delivery.settle, name="settle"),
    path(f"{HERE}settlements/<uuid:pk>/drop/", delivery.drop, name="drop_settlement"),
    path(f"{HERE}settlements/<uuid:pk>/paper.pdf", chain.paper_35, name="settlement_paper"),
    path(f"{HERE}recipients/<uuid:pk>/", chain.recipients, name="recipients"),
    path(f"{HERE}unpaid/", chain.unpaid, name="unpaid"),
    path(f"{HERE}chain/", chain.look, name="chain_look"),
    path(f"{HERE}chain/ledger.xlsx", chain.ledger, name="chain_ledger"),
    path(f"{HERE}chain/sheet/<uuid:pk>/", chain.chain_of, name="chain_of"),
    path(f"{HERE}chain/<str:number>/", chain.chain, name="chain"),
]

urlpatterns = [
    *delivering,
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
    path(f"{SHEET}call/", deciding.call, name="call_panel"),
    path(f"{SHEET}change/", sheets.change, name="change_sheet"),
    path(f"{SHEET}fill/", sheets.fill, name="fill_sheet"),
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
