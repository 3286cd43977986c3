"""Addresses of projects."""

from django.urls import path

from linli.apps.projects.views import (
    beginning,
    boards,
    closing,
    closing_papers,
    doing,
    earlier,
    exports,
    items,
    projects,
    reviewing,
    showcase,
    summaries,
)

app_name = "projects"

HERE = "desk/projects/"
ONE = f"{HERE}<uuid:pk>/"
REVIEW = f"{HERE}reviews/<uuid:pk>/"

urlpatterns = [
    path(HERE, projects.projects, name="projects"),
    path(f"{HERE}board/", boards.board, name="board"),
    path(f"{HERE}new/", beginning.new, name="new"),
    path(f"{HERE}earlier/", earlier.projects, name="earlier"),
    path(f"{HERE}earlier/export/", earlier.export, name="earlier_export"),
    path(f"{HERE}earlier/<uuid:pk>/", earlier.project, name="earlier_one"),
    path(f"{HERE}awards/", beginning.waiting, name="waiting"),
    path(f"{HERE}awards/<uuid:award>/", beginning.begin, name="begin"),
    path(f"{HERE}reports/<slug:suffix>/", exports.progress, name="progress"),
    path(f"{HERE}reviews/", reviewing.reviews, name="reviews"),
    path(f"{HERE}reviews/new/", reviewing.new_review, name="new_review"),
    path(REVIEW, reviewing.review, name="review"),
    path(f"{REVIEW}enter/", reviewing.enter, name="review_enter"),
    path(f"{REVIEW}attend/", reviewing.attend, name="review_attend"),
    path(f"{REVIEW}results/", reviewing.results, name="review_results"),
    path(f"{REVIEW}notice/<slug:suffix>/", closing_papers.notice, name="review_notice"),
    path(f"{HERE}summaries/", summaries.summaries, name="summaries"),
    path(f"{HERE}summaries/new/", summaries.new_summary, name="new_summary"),
    path(f"{HERE}summaries/<uuid:item>/", summaries.summary, name="summary_page"),
    path(f"{HERE}summaries/<uuid:item>/write/", summaries.write, name="write_summary"),
    path(f"{HERE}summaries/<uuid:item>/<slug:suffix>/", closing_papers.summary, name="summary"),
    path(f"{HERE}slides/", summaries.slides, name="slides"),
    path(f"{HERE}slides/new/", summaries.new_slides, name="new_slides"),
    path(f"{HERE}slides/shipped/", summaries.shipped_slides, name="shipped_slides"),
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
    path("showcase/", showcase.showcases, name="showcases"),
    path("showcase/<uuid:pk>/", showcase.showcase, name="showcase"),
    path("showcase/<uuid:pk>/<slug:side>/", showcase.picture, name="showcase_picture"),
]
