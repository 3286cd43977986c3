"""Addresses of public notices."""

from django.urls import path

from linli.apps.publicity.views import desk, papers, portal, telling

app_name = "publicity"

HERE = "desk/publicity/"

urlpatterns = [
    path("notices/", portal.notices, name="notices"),
    path("notices/<uuid:pk>/", portal.notice, name="notice"),
    path("notices/<uuid:pk>/object/", portal.object_to, name="object"),
    path(HERE, desk.notices, name="desk_notices"),
    path(f"{HERE}new/", desk.new, name="new"),
    path(f"{HERE}<uuid:pk>/", desk.notice, name="desk_notice"),
    path(f"{HERE}<uuid:pk>/amend/", desk.amend, name="amend"),
    path(f"{HERE}<uuid:pk>/close/", desk.close, name="close"),
    path(f"{HERE}<uuid:pk>/objection/", desk.heard, name="heard"),
    path(f"{HERE}<uuid:pk>/photo/", desk.photo, name="photo"),
    path(f"{HERE}objections/<uuid:pk>/answer/", desk.answer, name="answer"),
    path(f"{HERE}<uuid:pk>/board/a4/", papers.board, {"size": "a4"}, name="board"),
    path(f"{HERE}<uuid:pk>/board/a3/", papers.board, {"size": "a3"}, name="board_a3"),
    path(f"{HERE}<uuid:pk>/group/", telling.group, name="group"),
    path(f"{HERE}<uuid:pk>/poster/", telling.poster, name="poster"),
    path(f"{HERE}<uuid:pk>/docx/", papers.notice_docx, name="notice_docx"),
    path(f"{HERE}<uuid:pk>/report/", papers.report, name="report"),
    path(f"{HERE}<uuid:pk>/report/docx/", papers.report_docx, name="report_docx"),
]
