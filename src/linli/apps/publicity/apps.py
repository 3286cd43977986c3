"""Tells Django that this subject exists."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "linli.apps.publicity"
    label = "publicity"

    def ready(self) -> None:
        from linli.apps.publicity.contributions import contribute

        contribute()
