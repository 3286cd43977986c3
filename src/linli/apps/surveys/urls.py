"""Addresses of surveys."""

from django.urls import path

from linli.apps.surveys.views import answering, asking, calls, desk, papers, questions, results

app_name = "surveys"

DESK = "desk/surveys/"
ONE = f"{DESK}<uuid:pk>/"

urlpatterns = [
    path("answer/", answering.enter, name="enter"),
    path("answer/<uuid:pk>/", answering.answer, name="answer"),
    path("answer/<uuid:pk>/open/", answering.answer_openly, name="answer_openly"),
    path("answer/<uuid:pk>/done/", answering.done, name="done"),
    path(DESK, desk.surveys, name="surveys"),
    path(f"{DESK}new/", desk.new, name="new"),
    path(ONE, desk.survey, name="survey"),
    path(f"{ONE}edit/", desk.edit, name="edit"),
    path(f"{ONE}do/<slug:verb>/", desk.change, name="change"),
    path(f"{ONE}questions/", questions.questions, name="questions"),
    path(f"{ONE}questions/preview/", questions.preview, name="preview"),
    path(f"{ONE}questions/sections/<int:at>/", questions.section, name="section"),
    path(f"{ONE}questions/sections/<int:at>/new/", questions.question, name="new_question"),
    path(f"{ONE}questions/<slug:key>/", questions.question, name="question"),
    path(f"{ONE}questions/<slug:key>/<slug:verb>/", questions.move, name="move_question"),
    path(f"{ONE}sample/", asking.sample, name="sample"),
    path(f"{ONE}group/", asking.group, name="group"),
    path(f"{DESK}strata/<uuid:pk>/slips/", asking.slips, name="slips"),
    path(f"{DESK}strata/<uuid:pk>/doors/", asking.doors, name="doors"),
    path(f"{DESK}strata/<uuid:pk>/by/", asking.by, name="ask_by"),
    path(f"{DESK}strata/<uuid:pk>/drop/", asking.drop, name="drop_group"),
    path(f"{ONE}calls/", calls.calls, name="calls"),
    path(f"{DESK}calls/<uuid:pk>/", calls.call, name="call"),
    path(f"{ONE}papers/", papers.papers, name="papers"),
    path(f"{ONE}papers/type/", papers.type_one, name="type_paper"),
    path(f"{ONE}table/<slug:suffix>/", results.table, name="table"),
]
