"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "linli.kernel.documents"
    label = "documents"
