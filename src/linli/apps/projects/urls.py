"""Addresses of projects."""

from django.urls import path

from linli.apps.projects.views import beginning, boards, doing, exports, items, projects

app_name = "projects"

HERE = "desk/projects/"
ONE = f"{HERE}<uuid:pk>/"

urlpatterns = [
    path(HERE, projects.projects, name="projects"),
    path(f"{HERE}board/", boards.board, name="board"),
    path(f"{HERE}new/", beginning.new, name="new"),
    path(f"{HERE}awards/", beginning.waiting, name="waiting"),
    path(f"{HERE}awards/<uuid:award>/", beginning.begin, name="begin"),
    path(f"{HERE}reports/<slug:suffix>/", exports.progress, name="progress"),
    path(ONE, projects.project, name="project"),
    path(f"{ONE}change/", doing.change, name="change"),
    path(f"{ONE}count/", items.count, name="count"),
    path(f"{ONE}do/<slug:verb>/", doing.do, name="do"),
    path(f"{ONE}do/<slug:verb>/<uuid:item>/", items.do, name="do_item"),
    path(f"{ONE}midterm/<uuid:item>/", items.score, name="score"),
    path(f"{ONE}changes/<uuid:item>/approve/", items.approve, name="approve"),
    path(f"{ONE}changes/<uuid:item>/withdraw/", items.withdraw, name="withdraw"),
    path(f"{ONE}papers/<slug:what>/<uuid:item>/", exports.paper_of, name="paper"),
]
