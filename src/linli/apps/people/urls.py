"""Addresses of people: the desk's front page, contact cards, posts."""

from django.urls import path

from linli.apps.people.views import cards, desk, papers, posts

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
]
