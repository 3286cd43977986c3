"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "linli.kernel.files"
    label = "files"

    def ready(self) -> None:
        """Make the kind and the job known."""
        from linli.kernel.files import jobs, kinds  # noqa: F401  # imported for what they register
