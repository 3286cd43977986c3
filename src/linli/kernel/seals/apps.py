"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    name = "linli.kernel.seals"
    label = "seals"
