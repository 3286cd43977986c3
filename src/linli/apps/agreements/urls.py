"""Addresses of agreements."""

from django.urls import path

from linli.apps.agreements.views import agreements, papers, signing

app_name = "agreements"

HERE = "desk/agreements/"

urlpatterns = [
    path(HERE, agreements.agreements, name="agreements"),
    path(f"{HERE}export/", agreements.export, name="export"),
    path(f"{HERE}new/", agreements.new, name="new"),
    path(f"{HERE}templates/", papers.templates, name="templates"),
    path(f"{HERE}templates/blank/", papers.blank, name="blank"),
    path(f"{HERE}<uuid:pk>/", agreements.agreement, name="agreement"),
    path(f"{HERE}<uuid:pk>/change/", agreements.change, name="change"),
    path(f"{HERE}<uuid:pk>/review/", agreements.send, name="send_to_review"),
    path(f"{HERE}<uuid:pk>/opinion/<slug:office>/", agreements.opinion, name="opinion"),
    path(f"{HERE}<uuid:pk>/sign/", signing.sign, name="sign"),
    path(f"{HERE}<uuid:pk>/end/", signing.finish, {"verb": "end"}, name="end"),
    path(f"{HERE}<uuid:pk>/call-off/", signing.finish, {"verb": "call_off"}, name="call_off"),
    path(f"{HERE}<uuid:pk>/archive/", signing.archive, name="archive"),
    path(f"{HERE}<uuid:pk>/docx/", papers.docx, name="docx"),
    path(f"{HERE}<uuid:pk>/pdf/", papers.pdf, name="pdf"),
    path(f"{HERE}<uuid:pk>/countersign/", papers.countersign, name="countersign"),
    path(f"{HERE}<uuid:pk>/bundle/", papers.bundle, name="bundle"),
]
