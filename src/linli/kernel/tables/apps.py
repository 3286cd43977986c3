"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "linli.kernel.tables"
    label = "tables"

    def ready(self) -> None:
        """Make the kind, the verbs and the jobs known."""
        from linli.kernel.tables import importing, jobs, kinds  # noqa: F401  # imported for what they register
        from linli.kernel.tables.collecting import tasks, words  # noqa: F401  # imported for what they register
