"""Addresses of people: the desk's front page, contact cards, posts, residents' accounts; “my data” on the portal."""

from django.urls import path

from linli.apps.people.views import cards, data_requests, desk, joining, my_data, papers, posts, residents

app_name = "people"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/cards/", cards.card_list, name="cards"),
    path("desk/cards/new/", cards.new, name="new_card"),
    path("desk/cards/print/", papers.public_list, name="print_cards"),
    path("desk/cards/notice/", papers.notice, name="cards_notice"),
    path("desk/cards/<uuid:pk>/", cards.card, name="card"),
    path("desk/cards/<uuid:pk>/edit/", cards.edit, name="edit_card"),
    path("desk/cards/<uuid:pk>/<slug:verb>/", cards.move, name="move_card"),
    path("desk/posts/", posts.post_list, name="posts"),
    path("desk/residents/", residents.residents, name="residents"),
    path("desk/residents/<uuid:pk>/", residents.resident, name="resident"),
    path("desk/residents/<uuid:pk>/slip/", residents.print_slip, name="print_slip"),
    path("desk/residents/<uuid:pk>/request/", data_requests.new_request, name="new_request"),
    path("desk/residents/<uuid:pk>/prove/<slug:way>/", residents.prove_resident, name="prove_resident"),
    path("desk/data-requests/", data_requests.data_requests, name="data_requests"),
    path("desk/data-requests/<uuid:pk>/", data_requests.data_request, name="data_request"),
    path("desk/data-requests/<uuid:pk>/<slug:verb>/", data_requests.move_request, name="move_request"),
    path("my/", my_data.my_data, name="my_data"),
    path("my/join/", joining.join, name="join"),
    path("my/prove/", joining.prove, name="prove"),
    path("my/ask/", my_data.ask, name="ask"),
    path("my/correct/", my_data.correct, name="correct_own"),
    path("my/copies/<uuid:pk>/", my_data.my_copy, name="my_copy"),
    path("grades/", joining.grades, name="grades"),
]
