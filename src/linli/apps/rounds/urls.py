"""Addresses of rounds."""

from django.urls import path

from linli.apps.rounds.views import (
    adding,
    answering,
    changing,
    decisions,
    editing,
    exports,
    ideas,
    judging,
    open_data,
    plans,
    portal,
    proposals,
    resources,
    returning,
    rounds,
)

app_name = "rounds"

DESK = "desk/rounds/"
ONE = "proposals/<uuid:pk>/"

urlpatterns = [
    path("calls/", portal.calls, name="calls"),
    path("calls/<uuid:pk>/", portal.call, name="call"),
    path("calls/<uuid:pk>/awards.json", open_data.awards_json, name="awards_json"),
    path("calls/<uuid:pk>/awards.csv", open_data.awards_csv, name="awards_csv"),
    path("calls/<uuid:pk>/idea/", portal.idea, name="hand_in_idea"),
    path("calls/<uuid:pk>/propose/", portal.propose, name="propose"),
    path("proposals/", proposals.mine, name="mine"),
    path(ONE, proposals.proposal, name="proposal"),
    path(f"{DESK}proposals/<uuid:pk>/", proposals.proposal, name="desk_proposal"),
    path(f"{ONE}revisions/", proposals.revisions, name="revisions"),
    path(f"{ONE}edit/<slug:section>/", editing.edit, name="edit"),
    path(f"{ONE}add/<slug:what>/", adding.add, name="add"),
    path(f"{ONE}surveys/<uuid:survey>/remove/", adding.remove_survey, name="remove_survey"),
    path(f"{ONE}do/<slug:verb>/", answering.change, name="change"),
    path(f"{ONE}form/", returning.bring_back, name="form_back"),
    path(f"{ONE}form/<slug:suffix>/", returning.blank, name="form"),
    path(f"{ONE}papers/<slug:what>/", exports.paper_of_proposal, name="paper_of_proposal"),
    path(f"{ONE}resources/", resources.demands, name="demands"),
    path("ideas/<uuid:pk>/", ideas.idea, name="idea"),
    path("ideas/<uuid:pk>/do/<slug:verb>/", ideas.change, name="change_idea"),
    path(DESK, rounds.rounds, name="rounds"),
    path(f"{DESK}new/", rounds.new_round, name="new"),
    path(f"{DESK}programmes/new/", rounds.new_programme, name="new_programme"),
    path(f"{DESK}programmes/<uuid:pk>/", rounds.words, name="words"),
    path(f"{DESK}views/<uuid:pk>/", answering.view, name="view"),
    path(f"{DESK}phases/<uuid:pk>/<slug:verb>/", changing.phase, name="phase"),
    path(f"{DESK}<uuid:pk>/", rounds.round_page, name="round"),
    path(f"{DESK}<uuid:pk>/phases/", rounds.phases, name="phases"),
    path(f"{DESK}<uuid:pk>/codes/", changing.codes, name="codes"),
    path(f"{DESK}<uuid:pk>/agency/", changing.agency, name="agency"),
    path(f"{DESK}<uuid:pk>/ideas/new/", ideas.new_idea, name="new_idea"),
    path(f"{DESK}<uuid:pk>/do/<slug:verb>/", changing.change, name="change_round"),
    path(f"{DESK}<uuid:pk>/export/", exports.summary, name="summary"),
    path(f"{DESK}<uuid:pk>/papers/<slug:what>/", exports.paper, name="paper"),
    path(f"{DESK}<uuid:pk>/papers/<slug:what>/docx/", exports.draft, name="draft"),
    path(f"{DESK}<uuid:pk>/review/", judging.enter, name="enter_review"),
    path(f"{DESK}decisions/<uuid:pk>/papers/<slug:what>/", judging.record_answer, name="record_answer"),
    path(f"{DESK}<uuid:pk>/plans/", plans.plans, name="plans"),
    path(f"{DESK}<uuid:pk>/resources/", resources.stock, name="stock"),
    path(f"{DESK}plans/<uuid:pk>/drop/", plans.drop_plan, name="drop_plan"),
    path(f"{DESK}plans/lines/<uuid:pk>/", plans.set_amount, name="set_amount"),
    path(f"{DESK}plans/<uuid:pk>/decide/", decisions.decide, name="decide"),
    path(f"{DESK}<uuid:pk>/decisions/", decisions.decisions, name="decisions"),
    path(f"{DESK}<uuid:pk>/decisions/new/", decisions.amend, name="amend"),
    path(f"{DESK}decisions/<uuid:pk>/announce/", decisions.announce, name="announce"),
]
