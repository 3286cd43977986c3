"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "linli.kernel.files"
    label = "files"
