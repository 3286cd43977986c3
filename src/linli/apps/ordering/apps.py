"""Tells Django that this subject exists."""

from django.apps import AppConfig


class OrderingConfig(AppConfig):
    name = "linli.apps.ordering"
    label = "ordering"

    def ready(self) -> None:
        from linli.apps.ordering.contributions import contribute

        contribute()
