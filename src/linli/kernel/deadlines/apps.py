"""Tells Django that this mechanism exists, and the audit which verbs it has."""

from importlib import import_module

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "linli.kernel.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        import_module("linli.kernel.deadlines.clocks")
        import_module("linli.kernel.deadlines.days")
