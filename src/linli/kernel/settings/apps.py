"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "linli.kernel.settings"
    label = "settings"

    def ready(self) -> None:
        """Make the actions of its verbs known in every process, also in one that only reads the record."""
        import linli.kernel.settings.choosing  # noqa: F401  # registers its actions
