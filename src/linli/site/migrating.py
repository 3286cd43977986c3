"""Migrations that survive a kill at any moment: what one made and the note that it ran are one commit.

Django notes a migration after the commit of its tables where statements were deferred; a process killed
between the two leaves tables that the next run tries to make again. It also draws every related model anew
for each new table, index and constraint, which takes a fresh house four fifths of its time; here a new model is drawn
alone, an index or a constraint is added to the model as it is drawn, and a new field draws its model's neighbours
anew, not all models of the house.
"""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import BaseConstraint, Field, Index


@contextmanager
def steady_names() -> Iterator[None]:
    """Keep which models may be swapped; Django forgets it with each model that is drawn, and asks all models anew."""
    asked = Apps.get_swappable_settings_name.__wrapped__  # type: ignore[attr-defined]  # a cache the stubs do not name
    vars(apps)["get_swappable_settings_name"] = functools.cache(functools.partial(asked, apps))
    try:
        yield
    finally:
        del vars(apps)["get_swappable_settings_name"]


class GrowingState(ProjectState):
    """The models as migrations make them; nothing drawn before can point to a new one, so it is drawn alone."""

    _near = False

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

    def add_field(
        self,
        app_label: str,
        model_name: str,
        name: str,
        field: Field[Any, Any],
        preserve_default: bool,  # noqa: FBT001  # Django's own signature
    ) -> None:
        """Add a field; what points to its model, and what it points to, is drawn anew, nothing behind those."""
        self._near = True
        try:
            super().add_field(app_label, model_name, name, field, preserve_default)
        finally:
            self._near = False

    def reload_model(
        self,
        app_label: str,
        model_name: str,
        delay: bool = False,  # noqa: FBT001, FBT002  # Django's own signature
    ) -> None:
        """Draw a model anew with its neighbours, and where more than a field was added with theirs too."""
        super().reload_model(app_label, model_name, delay=delay or self._near)

    def add_index(self, app_label: str, model_name: str, index: Index) -> None:
        """Add an index; no other model depends on it."""
        self._add_to(app_label, model_name, "indexes", index)

    def add_constraint(self, app_label: str, model_name: str, constraint: BaseConstraint) -> None:
        """Add a constraint; no other model depends on it."""
        self._add_to(app_label, model_name, "constraints", constraint)

    def _add_to(self, app_label: str, model_name: str, option: str, one: Index | BaseConstraint) -> None:
        options = self.models[app_label, model_name].options
        options[option] = [*options[option], one]
        if "apps" in self.__dict__:
            drawn = self.apps.get_model(app_label, model_name)._meta
            setattr(drawn, option, [*getattr(drawn, option), one])
            drawn.original_attrs[option] = getattr(drawn, option)


def unknown_here(connection: BaseDatabaseWrapper) -> tuple[list[str], bool]:
    """Migrations of our apps that ran in this database and that this release does not have; whether any ran at all."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    own = {config.label: Path(config.path) / "migrations" for config in apps.get_app_configs() if _is_ours(config.name)}
    gone = [f"{label}.{name}" for label, name in applied if label in own and not (own[label] / f"{name}.py").exists()]
    return sorted(gone), bool(applied)


def _is_ours(name: str) -> bool:
    return name.startswith("linli.")


class WholeExecutor(MigrationExecutor):
    """Applies each atomic migration and its note in one transaction."""

    def _create_project_state(
        self,
        with_applied_migrations: bool = False,  # noqa: FBT001, FBT002  # Django's own signature
    ) -> ProjectState:
        state: ProjectState = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]  # unnamed there
        return GrowingState.of(state)

    def migrate(self, *args: Any, **named: Any) -> Any:
        """Django's own, with the names of what may be swapped kept."""
        with steady_names():
            return super().migrate(*args, **named)

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
