"""Addresses by which residents speak and follow, and the watch over words of danger."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import entering, guiding, portal, walking, watching

PORTAL: list[URLPattern | URLResolver] = [
    path("needs/report/", portal.report, name="report"),
    path("needs/report/words/", portal.look_at_words, name="look_at_words"),
    path("needs/look/<str:token>/", portal.look, name="look"),
    path("needs/follow/", portal.follow, name="follow"),
    path("needs/f/<str:code>/", portal.followed, name="followed"),
    path("needs/f/<str:code>/photos/<uuid:pk>/", portal.followed_photo, name="followed_photo"),
    path("desk/needs/enter/", entering.enter, name="enter"),
    path("desk/needs/entered/<str:token>/", entering.entered, name="entered"),
    path("desk/needs/entered/<str:token>/slip.pdf", entering.slip, name="slip"),
    path("needs/guides/", guiding.guides, name="guides"),
    path("needs/guides/<uuid:pk>/", guiding.guide, name="guide"),
    path("desk/needs/guides/", guiding.desk_guides, name="desk_guides"),
    path("desk/needs/guides/new/", guiding.new_guide, name="new_guide"),
    path("desk/needs/guides/<uuid:pk>/", guiding.edit_guide, name="edit_guide"),
    path("desk/needs/<uuid:pk>/came-again/", guiding.came_again, name="came_again"),
    path("desk/needs/walk/", walking.walk, name="walk"),
    path("desk/needs/chat/", walking.chat, name="chat"),
    path("desk/needs/alarms/<uuid:pk>/", watching.alarm, name="alarm"),
    path("desk/needs/watch/", watching.watches, name="watches"),
    path("desk/needs/watch/new/", watching.new_watch, name="new_watch"),
    path("desk/needs/watch/<uuid:pk>/drop/", watching.drop_watch, name="drop_watch"),
]
