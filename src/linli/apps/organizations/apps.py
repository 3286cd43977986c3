"""Tells Django that this subject exists."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "linli.apps.organizations"
    label = "organizations"

    def ready(self) -> None:
        from linli.apps.organizations.contributions import contribute

        contribute()
