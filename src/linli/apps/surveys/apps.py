"""Tells Django that this subject exists."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "linli.apps.surveys"
    label = "surveys"

    def ready(self) -> None:
        from linli.apps.surveys.contributions import contribute

        contribute()
