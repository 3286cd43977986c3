"""Addresses by which residents speak and follow, and the watch over words of danger."""

from django.urls import URLPattern, URLResolver, path

from linli.apps.needs.views import entering, portal, walking, watching

PORTAL: list[URLPattern | URLResolver] = [
    path("needs/report/", portal.report, name="report"),
    path("needs/report/words/", portal.look_at_words, name="look_at_words"),
    path("needs/look/<str:token>/", portal.look, name="look"),
    path("needs/follow/", portal.follow, name="follow"),
    path("needs/f/<str:code>/", portal.followed, name="followed"),
    path("desk/needs/enter/", entering.enter, name="enter"),
    path("desk/needs/entered/<str:token>/", entering.entered, name="entered"),
    path("desk/needs/entered/<str:token>/slip.pdf", entering.slip, name="slip"),
    path("desk/needs/walk/", walking.walk, name="walk"),
    path("desk/needs/chat/", walking.chat, name="chat"),
    path("desk/needs/alarms/<uuid:pk>/", watching.alarm, name="alarm"),
    path("desk/needs/watch/", watching.watches, name="watches"),
    path("desk/needs/watch/new/", watching.new_watch, name="new_watch"),
    path("desk/needs/watch/<uuid:pk>/drop/", watching.drop_watch, name="drop_watch"),
]
