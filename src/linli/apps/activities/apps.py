"""Tells Django that this subject exists."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "linli.apps.activities"
    label = "activities"

    def ready(self) -> None:
        from linli.apps.activities.contributions import contribute

        contribute()
