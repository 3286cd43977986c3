"""Migrations that survive a kill at any moment: what one made and the note that it ran are one commit.

Django notes a migration after the commit of its tables where statements were deferred; a process killed
between the two leaves tables that the next run tries to make again.
"""

from typing import Any

from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration


class WholeExecutor(MigrationExecutor):
    """Applies each atomic migration and its note in one transaction."""

    def apply_migration(
        self,
        state: Any,
        migration: Migration,
        fake: bool = False,  # noqa: FBT001, FBT002  # Django's own signature
        fake_initial: bool = False,  # noqa: FBT001, FBT002  # the same
    ) -> Any:
        """Django's own inside one transaction more; foreign keys are off before it opens (SQLite)."""
        if not migration.atomic:
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        with self.connection.constraint_checks_disabled(), transaction.atomic(using=self.connection.alias):
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
