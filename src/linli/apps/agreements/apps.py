"""Tells Django that this subject exists."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "linli.apps.agreements"
    label = "agreements"

    def ready(self) -> None:
        from linli.apps.agreements.contributions import contribute

        contribute()
