"""Addresses of the interface itself."""

from django.urls import path

from linli.kernel.ui.pages import feedback, files, look, styleguide

app_name = "ui"

urlpatterns = [
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/sent/", feedback.sent, name="feedback_sent"),
    path("desk/feedback/", feedback.inbox, name="feedback_inbox"),
    path("desk/styleguide/", styleguide.styleguide, name="styleguide"),
    path("look/", look.look, name="look"),
    path("keep-alive/", look.keep_alive, name="keep_alive"),
    path("files/<uuid:file_id>/", files.download, name="file"),
]
