"""Tells Django that this subject exists."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linli.apps.people"
    label = "people"

    def ready(self) -> None:
        from linli.apps.people.contributions import contribute

        contribute()
