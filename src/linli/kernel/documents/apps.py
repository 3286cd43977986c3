"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "linli.kernel.documents"
    label = "documents"

    def ready(self) -> None:
        """Make the action known."""
        from linli.kernel.documents import issuing  # noqa: F401  # imported for what it registers
