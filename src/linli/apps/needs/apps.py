"""Tells Django that this subject exists."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "linli.apps.needs"
    label = "needs"

    def ready(self) -> None:
        from linli.apps.needs.contributions import contribute

        contribute()
