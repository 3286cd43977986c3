"""Addresses of reviews."""

from django.urls import path

from linli.apps.reviews.views import (
    away,
    correcting,
    deciding,
    experts,
    judging,
    panels,
    papers,
    sessions,
    timetable,
)
from linli.apps.reviews.views.room.routes import ROOM

app_name = "reviews"

HERE = "desk/reviews/"
POOL = "desk/experts/"

urlpatterns = [
    *ROOM,
    path(HERE, sessions.sessions, name="list"),
    path(f"{HERE}new/", sessions.new, name="new"),
    path(f"{HERE}rubrics/new/", sessions.new_rubric, name="new_rubric"),
    path(f"{HERE}panels/<uuid:pk>/", panels.panel, name="panel"),
    path(f"{HERE}panels/<uuid:pk>/judges/new/", panels.new_judge, name="new_judge"),
    path(f"{HERE}panels/<uuid:pk>/typing/", judging.typing, name="typing"),
    path(f"{HERE}panels/<uuid:pk>/papers/", papers.bundle, name="bundle"),
    path(f"{HERE}panels/<uuid:pk>/print/<slug:what>/", papers.of_panel, name="panel_paper"),
    path(f"{HERE}panels/<uuid:pk>/print/<slug:what>/docx/", papers.panel_draft, name="panel_draft"),
    path(f"{HERE}panels/<uuid:pk>/timetable/print/", timetable.printed_panel, name="print_panel_timetable"),
    path(f"{HERE}panels/<uuid:pk>/timetable/calendar.ics", timetable.calendar_panel, name="panel_calendar"),
    path(f"{HERE}panels/<uuid:pk>/choose/", deciding.choose, name="choose"),
    path(f"{HERE}panels/<uuid:pk>/<slug:verb>/", panels.change, name="change_panel"),
    path(f"{HERE}seats/<uuid:pk>/fee/", experts.fee, name="fee"),
    path(f"{HERE}seats/<uuid:pk>/print/promise/", papers.promise, name="promise_paper"),
    path(f"{HERE}seats/<uuid:pk>/ballot/", deciding.ballot, name="ballot"),
    path(f"{HERE}seats/<uuid:pk>/<slug:verb>/", panels.change_seat, name="change_seat"),
    path(f"{HERE}entries/<uuid:pk>/judges/<uuid:seat>/", judging.type_sheet, name="type_sheet"),
    path(f"{HERE}entries/<uuid:pk>/verdict/", deciding.verdict, name="verdict"),
    path(f"{HERE}entries/<uuid:pk>/move/", timetable.move, name="move_entry"),
    path(f"{HERE}entries/<uuid:pk>/<slug:verb>/", panels.change_entry, name="change_entry"),
    path(f"{HERE}recusals/<uuid:pk>/", judging.decide, name="decide"),
    path(f"{HERE}corrections/<uuid:pk>/<slug:decision>/", judging.correct, name="correct"),
    path(f"{HERE}<uuid:pk>/", sessions.session, name="session"),
    path(f"{HERE}<uuid:pk>/timetable/", timetable.timetable, name="timetable"),
    path(f"{HERE}<uuid:pk>/timetable/plan/", timetable.plan, name="plan_timetable"),
    path(f"{HERE}<uuid:pk>/timetable/undo/", timetable.undo, name="undo_move"),
    path(f"{HERE}<uuid:pk>/timetable/print/", timetable.printed, name="print_timetable"),
    path(f"{HERE}<uuid:pk>/timetable/calendar.ics", timetable.calendar, name="calendar"),
    path(f"{HERE}<uuid:pk>/panels/new/", sessions.new_panel, name="new_panel"),
    path(f"{HERE}<uuid:pk>/staff/new/", sessions.new_staff, name="new_staff"),
    path(f"{HERE}<uuid:pk>/recusals/", judging.recusals, name="recusals"),
    path(f"{HERE}<uuid:pk>/results/", judging.results, name="results"),
    path(f"{HERE}<uuid:pk>/consistency/", judging.consistency, name="consistency"),
    path(f"{HERE}<uuid:pk>/results/export/", judging.export, name="export"),
    path(f"{HERE}<uuid:pk>/fees/", experts.fees, name="fees"),
    path(f"{HERE}<uuid:pk>/fees/export/", experts.export_fees, name="export_fees"),
    path(f"{HERE}<uuid:pk>/print/minutes/", papers.minutes, name="minutes"),
    path(f"{HERE}<uuid:pk>/print/minutes/docx/", papers.minutes_draft, name="minutes_draft"),
    path(f"{HERE}<uuid:pk>/laptop/", away.take_out, name="take_out"),
    path(f"{HERE}<uuid:pk>/laptop/file/", away.laptop_file, name="laptop_file"),
    path(f"{HERE}<uuid:pk>/laptop/back/", away.hand_back, name="hand_back"),
    path(f"{HERE}<uuid:pk>/laptop/take-in/", away.take_in, name="take_in"),
    path(f"{HERE}<uuid:pk>/edit/", correcting.correct, name="correct_session"),
    path(f"{HERE}<uuid:pk>/<slug:verb>/", sessions.change, name="change"),
    path(POOL, experts.experts, name="experts"),
    path(f"{POOL}export/", experts.export_experts, name="export_experts"),
    path(f"{POOL}new/", experts.new_expert, name="new_expert"),
    path(f"{POOL}ties/<uuid:pk>/remove/", experts.drop_tie, name="drop_tie"),
    path(f"{POOL}<uuid:pk>/", experts.expert, name="expert"),
    path(f"{POOL}<uuid:pk>/edit/", experts.edit_expert, name="edit_expert"),
    path(f"{POOL}<uuid:pk>/ties/new/", experts.new_tie, name="new_tie"),
]
