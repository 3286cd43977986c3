"""Tells Django that this subject exists."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "linli.apps.projects"
    label = "projects"

    def ready(self) -> None:
        from linli.apps.projects.contributions import contribute

        contribute()
