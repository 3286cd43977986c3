"""Django's ``makemigrations``, writing indexes and constraints into the creation of their table."""

from typing import Any

from django.core.management.commands import makemigrations

from linli.site.folding import fold


class Command(makemigrations.Command):
    """Same words, same output; only what is written is shorter."""

    def write_migration_files(self, changes: dict[str, list[Any]], *args: Any, **options: Any) -> None:
        """Fold each migration, then write as Django does."""
        for migrations in changes.values():
            for migration in migrations:
                migration.operations = fold(migration.operations)
        super().write_migration_files(changes, *args, **options)
