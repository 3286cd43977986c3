"""Tells Django that this subject exists."""

from django.apps import AppConfig


class IncubationConfig(AppConfig):
    name = "linli.apps.incubation"
    label = "incubation"

    def ready(self) -> None:
        from linli.apps.incubation.contributions import contribute

        contribute()
