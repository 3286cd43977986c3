"""Django's ``migrate`` with migrations that survive a kill."""

from typing import Any

from django.core.management.commands import migrate

from linli.site.migrating import WholeExecutor


class Command(migrate.Command):
    """Same words, same output; only the executor differs."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Run Django's command with our executor in place of its own."""
        migrate.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]  # Django offers no other place
        return super().handle(*args, **options)
