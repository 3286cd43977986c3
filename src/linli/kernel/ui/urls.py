"""Addresses of the interface itself."""

from django.urls import path

from linli.kernel.ui.pages import audit, feedback, files, jobs, look, settings, styleguide

app_name = "ui"

urlpatterns = [
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/sent/", feedback.sent, name="feedback_sent"),
    path("desk/feedback/", feedback.inbox, name="feedback_inbox"),
    path("desk/styleguide/", styleguide.styleguide, name="styleguide"),
    path("desk/jobs/", jobs.jobs, name="jobs"),
    path("desk/jobs/<uuid:job_id>/retry/", jobs.try_again, name="job_retry"),
    path("desk/jobs/<uuid:job_id>/progress/", jobs.progress, name="job_progress"),
    path("desk/audit/", audit.audit_view, name="audit"),
    path("desk/audit/check/", audit.check, name="audit_check"),
    path("desk/audit/csv/", audit.download, name="audit_csv"),
    path("desk/settings/", settings.overview, name="settings"),
    path("desk/settings/<str:name>/", settings.edit, name="setting"),
    path("look/", look.look, name="look"),
    path("keep-alive/", look.keep_alive, name="keep_alive"),
    path("files/<uuid:file_id>/", files.download, name="file"),
]
