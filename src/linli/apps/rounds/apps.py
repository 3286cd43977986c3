"""Tells Django that this subject exists."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "linli.apps.rounds"
    label = "rounds"

    def ready(self) -> None:
        from linli.apps.rounds.contributions import contribute

        contribute()
