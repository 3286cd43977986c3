"""Addresses of stages, sub-tasks, disputes, and of the list of who is to be rung."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import disputes, ringing, stages, subtasks

HERE = "desk/needs/"
ONE = f"{HERE}<uuid:pk>/"
TASK = f"{HERE}tasks/<uuid:pk>/"
DISPUTE = f"{HERE}disputes/<uuid:pk>/"

PARTS: list[URLPattern | URLResolver] = [
    path(f"{ONE}stages/", stages.stages, name="stages"),
    path(f"{ONE}stages/paper/", stages.stage_paper, name="stage_paper"),
    path(f"{ONE}stages/<uuid:item>/<slug:verb>/", stages.stage, name="stage"),
    path(f"{ONE}tasks/new/", subtasks.new_sub_task, name="new_sub_task"),
    path(TASK, subtasks.sub_task, name="sub_task"),
    path(f"{TASK}<slug:verb>/", subtasks.do_sub_task, name="do_sub_task"),
    path("needs/t/<str:token>/", subtasks.sub_task_link, name="sub_task_link"),
    path(f"{HERE}disputes/", disputes.disputes, name="disputes"),
    path(f"{ONE}dispute/", disputes.register_dispute, name="register_dispute"),
    path(DISPUTE, disputes.dispute, name="dispute"),
    path(f"{DISPUTE}do/<slug:verb>/", disputes.do_dispute, name="do_dispute"),
    path(f"{DISPUTE}parties/<uuid:item>/", disputes.consent, name="dispute_consent"),
    path(f"{HERE}ringing/", ringing.ringing, name="ringing"),
    path(f"{ONE}asking/", ringing.asking, name="asking"),
]
