"""Tells Django that this subject exists."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "linli.apps.places"
    label = "places"

    def ready(self) -> None:
        from linli.apps.places.contributions import contribute

        contribute()
