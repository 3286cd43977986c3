"""Addresses of tickets and their exports, and Open311."""

from django.urls import URLPattern, URLResolver, path, re_path

from linli.apps.needs.views import open311, ticket_files, tickets

HERE = "desk/needs/tickets/"
FILES = f"{HERE}files/"
OPEN311 = r"^open311/v2/"
FORM = r"\.(?P<form>json|xml)$"

TICKETS: list[URLPattern | URLResolver] = [
    path(HERE, tickets.tickets, name="tickets"),
    path(f"{HERE}answers/", tickets.answers, name="ticket_answers"),
    path(f"{HERE}ledger/", tickets.ledger, name="ticket_ledger"),
    path(f"{HERE}import/tickets/", ticket_files.ticket_upload, {"purpose": "tickets"}, name="ticket_upload"),
    path(f"{HERE}import/needs/", ticket_files.ticket_upload, {"purpose": "needs"}, name="need_upload"),
    path(f"{HERE}import/grid/", ticket_files.ticket_upload, {"purpose": "grid"}, name="case_upload"),
    path(f"{HERE}cases/", tickets.cases, name="cases"),
    path(f"{HERE}cases/answers/", tickets.case_answers, name="case_answers"),
    path(FILES, ticket_files.ticket_files, name="ticket_files"),
    path(f"{FILES}<uuid:pk>/", ticket_files.ticket_file, name="ticket_file"),
    path(f"{FILES}<uuid:pk>/progress/", ticket_files.ticket_file_progress, name="ticket_file_progress"),
    path(f"{FILES}<uuid:pk>/take-over/", ticket_files.take_over, name="ticket_file_take_over"),
    path(f"{FILES}<uuid:pk>/give-up/", ticket_files.give_up, name="ticket_file_give_up"),
    path(f"{HERE}requests/<uuid:pk>/decide/", tickets.decide, name="ticket_request_decide"),
    path(f"{HERE}requests/<uuid:pk>/pdf/", tickets.request_pdf, name="ticket_request_pdf"),
    path(f"{HERE}requests/<uuid:pk>/docx/", tickets.request_docx, name="ticket_request_docx"),
    path(f"{HERE}<uuid:pk>/", tickets.ticket, name="ticket"),
    path(f"{HERE}<uuid:pk>/ask/", tickets.ask, name="ticket_ask"),
    path(f"{HERE}<uuid:pk>/again/", tickets.again, name="ticket_again"),
    re_path(rf"{OPEN311}services{FORM}", open311.service_list, name="open311_services"),
    re_path(rf"{OPEN311}services/(?P<code>[^/]{{1,40}}){FORM}", open311.service, name="open311_service"),
    re_path(rf"{OPEN311}requests{FORM}", open311.requests, name="open311_requests"),
    re_path(rf"{OPEN311}requests/(?P<number>[^/]{{1,40}}){FORM}", open311.one_request, name="open311_request"),
    re_path(rf"{OPEN311}tokens/(?P<code>[^/]{{1,40}}){FORM}", open311.token, name="open311_token"),
]
