"""Migrations that survive a kill at any moment: what one made and the note that it ran are one commit.

Django notes a migration after the commit of its tables where statements were deferred; a process killed
between the two leaves tables that the next run tries to make again. It also draws every related model anew
for each new table, which takes a fresh house four fifths of its time; a new model is drawn alone here.
"""

from typing import Any

from django.db import transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ModelState, ProjectState


class GrowingState(ProjectState):
    """The models as migrations make them; nothing drawn before can point to a new one, so it is drawn alone."""

    @classmethod
    def of(cls, state: ProjectState) -> "GrowingState":
        """The same models, drawn or not, growing from now on."""
        growing = cls(models=state.models, real_apps=state.real_apps)
        if "apps" in state.__dict__:
            growing.apps = state.apps
        growing.is_delayed = state.is_delayed
        return growing

    def clone(self) -> "GrowingState":
        """A copy that grows in the same way."""
        return self.of(super().clone())

    def add_model(self, model_state: ModelState) -> None:
        """Add a new model, and draw it where the others are drawn already."""
        if "apps" not in self.__dict__:
            super().add_model(model_state)
            return
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        if self._relations is not None:  # type: ignore[attr-defined]  # a cache the stubs do not name
            self.resolve_model_relations(key)
        self.apps.render_multiple([model_state])


class WholeExecutor(MigrationExecutor):
    """Applies each atomic migration and its note in one transaction."""

    def _create_project_state(
        self,
        with_applied_migrations: bool = False,  # noqa: FBT001, FBT002  # Django's own signature
    ) -> ProjectState:
        state: ProjectState = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]  # unnamed there
        return GrowingState.of(state)

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
