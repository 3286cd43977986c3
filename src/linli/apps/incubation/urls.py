"""Addresses of incubation."""

from django.urls import path

from linli.apps.incubation.views import center, files, months, papers, sheets, stars, stories

app_name = "incubation"

HERE = "desk/incubation/"
SHEET = f"{HERE}sheets/<uuid:pk>/"
STORY = f"{HERE}organizations/<uuid:pk>/"
STARS = f"{HERE}stars/"
CENTER = f"{HERE}center/"
FILE = f"{CENTER}files/<uuid:pk>/"

urlpatterns = [
    path(HERE, months.months, name="months"),
    path(f"{HERE}years/<int:year>/", months.year, name="year"),
    path(f"{HERE}open/", months.open_month, name="open"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}do/<slug:verb>/", sheets.do, name="do_sheet"),
    path(f"{HERE}objections/<uuid:pk>/answer/", sheets.answer, name="answer"),
    path(STORY, stories.told, name="story"),
    path(f"{STORY}do/<slug:verb>/", stories.do, name="do"),
    path(f"{HERE}warnings/<uuid:pk>/hear/", stories.hear, name="hear"),
    path(f"{HERE}exits/<uuid:pk>/do/<slug:verb>/", stories.do_case, name="do_case"),
    path(f"{HERE}papers/months.<slug:suffix>", papers.month_paper, name="month_paper"),
    path(f"{HERE}papers/sheets/<uuid:pk>.<slug:suffix>", papers.sheet_paper, name="sheet_paper"),
    path(f"{HERE}papers/warnings/<uuid:pk>.<slug:suffix>", papers.warning_paper, name="warning_paper"),
    path(f"{HERE}papers/exits/<uuid:pk>.<slug:suffix>", papers.exit_paper, name="exit_paper"),
    path(f"{HERE}papers/stars/<uuid:pk>.<slug:suffix>", papers.star_paper, name="star_paper"),
    path("stars/", stars.public_stars, name="public_stars"),
    path(STARS, stars.star_rounds, name="star_rounds"),
    path(f"{STARS}open/", stars.open_stars, name="open_stars"),
    path(f"{STARS}<uuid:pk>/", stars.stars, name="stars"),
    path(f"{STARS}<uuid:pk>/do/<slug:verb>/", stars.do_stars, name="do_stars"),
    path(f"{STARS}ratings/<uuid:pk>/object/", stars.object_stars, name="object_stars"),
    path(f"{STARS}objections/<uuid:pk>/answer/", stars.answer_stars, name="answer_stars"),
    path(CENTER, center.register, name="center"),
    path(f"{CENTER}<slug:name>/", center.register, name="register"),
    path(f"{CENTER}<slug:name>/export/", center.export, name="export"),
    path(f"{CENTER}add/<slug:what>/", center.add, name="add"),
    path(f"{CENTER}rows/<slug:kind>/<uuid:pk>/<slug:verb>/", center.row, name="row"),
    path(FILE, files.file, name="file"),
    path(f"{FILE}do/<slug:verb>/", files.do, name="do_file"),
]
