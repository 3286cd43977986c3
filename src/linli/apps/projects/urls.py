"""Addresses of projects."""

from django.urls import path

from linli.apps.projects.views import (
    beginning,
    boards,
    closing,
    closing_papers,
    doing,
    exports,
    items,
    projects,
    showcase,
)

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
    path(f"{ONE}closing/", closing.closing, name="closing"),
    path(f"{ONE}closing/do/<slug:verb>/", closing.do, name="closing_do"),
    path(f"{ONE}closing/advice/<uuid:item>/<slug:what>/", closing.advice, name="closing_advice"),
    path(f"{ONE}closing/papers/<slug:what>/<slug:suffix>/", closing_papers.paper, name="closing_paper"),
    path(f"{ONE}closing/told/<slug:what>/<uuid:item>/<slug:suffix>/", closing_papers.told, name="closing_told"),
    path(f"{ONE}closing/slides/", closing_papers.slides, name="closing_slides"),
    path(f"{ONE}closing/slides/own/", closing_papers.own_slides, name="closing_own_slides"),
    path(f"{ONE}closing/archive/", closing_papers.archive, name="closing_archive"),
    path(f"{HERE}summaries/<uuid:item>/<slug:suffix>/", closing_papers.summary, name="summary"),
    path("showcase/", showcase.showcases, name="showcases"),
    path("showcase/<uuid:pk>/", showcase.showcase, name="showcase"),
    path("showcase/<uuid:pk>/<slug:side>/", showcase.picture, name="showcase_picture"),
]
