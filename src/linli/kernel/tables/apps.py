"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "linli.kernel.tables"
    label = "tables"
