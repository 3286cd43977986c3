"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "linli.kernel.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Make the actions of its verbs known in every process, also in one that only reads the record."""
        import linli.kernel.jobs.retrying  # noqa: F401  # registers its actions
