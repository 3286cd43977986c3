"""Addresses of people: the desk's front page, contact cards, posts."""

from django.urls import path

from linli.apps.people.views import absences, accounts, cards, desk, handovers, papers, posts, skills

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
    path("desk/posts/new/", posts.new, name="new_post"),
    path("desk/posts/offices/", posts.offices, name="offices"),
    path("desk/posts/<uuid:pk>/", posts.post, name="post"),
    path("desk/posts/<uuid:pk>/term/", posts.set_term, name="set_term"),
    path("desk/posts/<uuid:pk>/end/", posts.end, name="end_post"),
    path("desk/posts/<uuid:pk>/substitute/", posts.substitute, name="name_substitute"),
    path("desk/posts/substitutes/<uuid:pk>/end/", posts.end_substitute, name="end_substitute"),
    path("desk/accounts/", accounts.account_list, name="accounts"),
    path("desk/accounts/new/", accounts.new, name="new_account"),
    path("desk/accounts/<uuid:pk>/", accounts.account, name="account"),
    path("desk/accounts/<uuid:pk>/correct/", accounts.correct, name="correct_account"),
    path("desk/accounts/<uuid:pk>/password/", accounts.password, name="issue_password"),
    path("desk/accounts/<uuid:pk>/close/", accounts.close, name="close_account"),
    path("desk/absences/", absences.absence_list, name="absences"),
    path("desk/absences/new/", absences.new, name="new_absence"),
    path("desk/absences/<uuid:pk>/call-off/", absences.call_off, name="call_off_absence"),
    path("desk/handovers/", handovers.handover_list, name="handovers"),
    path("desk/handovers/new/<uuid:post>/", handovers.new, name="new_handover"),
    path("desk/handovers/items/<uuid:pk>/remove/", handovers.remove, name="remove_item"),
    path("desk/handovers/<uuid:pk>/", handovers.handover, name="handover"),
    path("desk/handovers/<uuid:pk>/add/", handovers.add, name="add_item"),
    path("desk/handovers/<uuid:pk>/print/", handovers.paper, name="print_handover"),
    path("desk/handovers/<uuid:pk>/<slug:verb>/", handovers.move, name="move_handover"),
    path("desk/skills/", skills.skill_page, name="skills"),
    path("desk/skills/new/", skills.new, name="new_skill"),
    path("desk/skills/export/", skills.export, name="export_skills"),
    path("desk/skills/<uuid:pk>/end/", skills.end, name="end_skill"),
]
