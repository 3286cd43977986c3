"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "linli.kernel.publication"
    label = "publication"

    def ready(self) -> None:
        """Make the settings known."""
        from linli.kernel.publication import contributions  # noqa: F401  # imported for what it declares
