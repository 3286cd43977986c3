"""Addresses of the interface itself."""

from django.urls import path

from linli.kernel.ui.pages import (
    api_tokens,
    audit,
    feedback,
    files,
    imports,
    jobs,
    look,
    settings,
    styleguide,
    webhooks,
)

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
    path("desk/api-tokens/", api_tokens.api_tokens, name="api_tokens"),
    path("desk/api-tokens/<uuid:token_id>/revoke/", api_tokens.end_token, name="end_token"),
    path("desk/webhooks/", webhooks.webhooks, name="webhooks"),
    path("desk/webhooks/<uuid:endpoint_id>/", webhooks.webhook, name="webhook"),
    path("desk/webhooks/<uuid:endpoint_id>/switch/", webhooks.switch, name="webhook_switch"),
    path("desk/webhooks/deliveries/<uuid:delivery_id>/resend/", webhooks.resend, name="webhook_resend"),
    path("look/", look.look, name="look"),
    path("keep-alive/", look.keep_alive, name="keep_alive"),
    path("files/<uuid:file_id>/", files.download, name="file"),
    path("desk/imports/", imports.imports, name="imports"),
    path("desk/imports/new/<str:sheet>/", imports.upload, name="import_upload"),
    path("desk/imports/template/<str:sheet>/", imports.template, name="import_template"),
    path("desk/imports/<uuid:import_id>/", imports.show, name="import"),
    path("desk/imports/<uuid:import_id>/progress/", imports.progress, name="import_progress"),
    path("desk/imports/<uuid:import_id>/confirm/", imports.confirm, name="import_confirm"),
    path("desk/imports/<uuid:import_id>/cancel/", imports.cancel, name="import_cancel"),
    path("desk/imports/<uuid:import_id>/again/", imports.again, name="import_again"),
    path("desk/imports/<uuid:import_id>/bad-rows/", imports.bad_rows, name="import_bad_rows"),
]
