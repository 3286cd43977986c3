"""Migrations found each table in one statement; a fresh house is founded in seconds."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel

from linli.site.folding import fold

pytestmark = pytest.mark.sqlite_only


def creation(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.IntegerField(primary_key=True)), ("a", models.IntegerField())])


def positive(name: str = "positive") -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(a__gte=0), name=name)


def test_it_puts_indexes_and_constraints_into_the_creation_of_their_table() -> None:
    index = models.Index(fields=["a"], name="by_a")
    folded = fold([creation("Bench"), creation("Tree"), AddConstraint("Bench", positive()), AddIndex("Tree", index)])
    made = {one.name: one.options for one in folded if isinstance(one, CreateModel)}
    assert made == {"Bench": {"constraints": [positive()]}, "Tree": {"indexes": [index]}}


def test_it_leaves_those_alone_whose_columns_come_later() -> None:
    later = [creation("Bench"), AddField("Bench", "b", models.IntegerField()), AddConstraint("Bench", positive())]
    assert fold(later) == later


def test_it_leaves_tables_of_earlier_migrations_alone() -> None:
    only = [AddConstraint("Bench", positive())]
    assert fold(only) == only


def test_every_migration_of_the_house_is_folded() -> None:
    unfolded = []
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/0*.py")) if app.name.startswith("linli.") else ():
            operations = import_module(f"{app.name}.migrations.{file.stem}").Migration.operations
            if len(fold(operations)) < len(operations):
                unfolded.append(f"{app.name}: {file.stem}")
    assert unfolded == []
