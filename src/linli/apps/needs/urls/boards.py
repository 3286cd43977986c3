"""Addresses of boards, published figures and proactive issues."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import boards, issues

HERE = "desk/needs/"
BOARDS: list[URLPattern | URLResolver] = [
    path(f"{HERE}board/", boards.board, name="board"),
    path(f"{HERE}board/<uuid:street>/<slug:span>/", boards.paper, name="report_paper"),
    path(f"{HERE}issues/", issues.issues, name="issues"),
    path(f"{HERE}issues/print/", issues.issues_print, name="issues_print"),
    path(f"{HERE}issues/new/", issues.new_issue, name="new_issue"),
    path(f"{HERE}issues/<uuid:pk>/", issues.issue, name="issue"),
    path(f"{HERE}issues/<uuid:pk>/do/<slug:verb>/", issues.do_issue, name="do_issue"),
    path("needs/figures/", boards.figures, name="figures"),
]
