"""Addresses of incubation."""

from django.urls import path

from linli.apps.incubation.views import months, sheets, stories

app_name = "incubation"

HERE = "desk/incubation/"
SHEET = f"{HERE}sheets/<uuid:pk>/"
STORY = f"{HERE}organizations/<uuid:pk>/"

urlpatterns = [
    path(HERE, months.months, name="months"),
    path(f"{HERE}open/", months.open_month, name="open"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}do/<slug:verb>/", sheets.do, name="do_sheet"),
    path(f"{HERE}objections/<uuid:pk>/answer/", sheets.answer, name="answer"),
    path(STORY, stories.told, name="story"),
    path(f"{STORY}do/<slug:verb>/", stories.do, name="do"),
    path(f"{HERE}warnings/<uuid:pk>/hear/", stories.hear, name="hear"),
    path(f"{HERE}exits/<uuid:pk>/do/<slug:verb>/", stories.do_case, name="do_case"),
]
