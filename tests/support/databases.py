"""Gives each test process its own database: a SQLite file, or PostgreSQL where ``DATABASE_URL`` names one."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TextIO

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker


def sqlite_file() -> Path | None:
    """Where this process's SQLite test database lies, so that child processes can open it; None on PostgreSQL."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return None
    return Path(settings.LINLI_HOME) / "test.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Name a SQLite test database as a file."""
    if file := sqlite_file():
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(file)


MAKING: list[TextIO] = []
"""The lock this process holds while it makes the tables for all."""


def shared_tables() -> Path | None:
    """Where the xdist process that comes first leaves a SQLite file with all tables for the others of the run."""
    run, file = os.environ.get("PYTEST_XDIST_TESTRUNUID"), sqlite_file()
    return file.parents[1] / f"tables-{run}.sqlite3" if run and file else None


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Wait for the tables another process makes, and copy them: True. False where this process has to make them."""
    tables, file = shared_tables(), sqlite_file()
    if tables is None or file is None:
        return False
    lock = tables.with_suffix(".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not tables.exists():
        MAKING.append(lock)
        return False
    lock.close()
    shutil.copy(tables, file)
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """pytest-django's, after which the tables are left for others."""
    while MAKING:
        with MAKING.pop():
            _leave_tables()


def _leave_tables() -> None:
    tables, file = shared_tables(), sqlite_file()
    if tables and file:
        part = tables.with_suffix(".part")
        with closing(sqlite3.connect(file)) as ours, closing(sqlite3.connect(part)) as theirs:
            ours.backup(theirs)
        part.rename(tables)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets a fixture of a whole module make rows once: they stand in a transaction around those of its tests.

    Each test still rolls back what it wrote itself; the rows of the fixture go when the module is done.
    Not for modules whose tests commit (races, ``transactional_db``).
    """
    from django.test import TestCase
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    with django_db_blocker.unblock():
        around = TestCase._enter_atomics()  # type: ignore[attr-defined]  # as each test's own transaction is entered
        yield
        TestCase._rollback_atomics(around)  # type: ignore[attr-defined]  # same


@pytest.fixture
def is_sqlite() -> bool:
    """Whether this run is on SQLite."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "site", "fresh_site"}


def touches_a_database(item: pytest.Item) -> bool:
    """Whether a test asks for a database, by its marker or a fixture."""
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On SQLite, skip what only PostgreSQL shows; on PostgreSQL, leave out what no database changes.

    Marks whole pages, and what the apps do with rows: ``make check`` has no time for them.
    """
    for item in items:
        if "pages" in item.path.stem or "client" in getattr(item, "fixturenames", ()):
            item.add_marker("pages")
        if "apps" in item.path.parts and touches_a_database(item):
            item.add_marker("rows")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        skip = pytest.mark.skip(reason="shown on PostgreSQL only")
        for item in items:
            if item.get_closest_marker("postgres_only"):
                item.add_marker(skip)
        return
    left_out = [item for item in items if not _belongs_to_postgres(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _belongs_to_postgres(item)]


def _belongs_to_postgres(item: pytest.Item) -> bool:
    return touches_a_database(item) or item.get_closest_marker("postgres_only") is not None


@pytest.fixture(autouse=True)
def _forget_cached_keys() -> None:
    """Keys cached by an earlier test are not in this test's database."""
    from linli.kernel.audit.periods import forget_cached_keys

    forget_cached_keys()


@pytest.fixture(autouse=True)
def _speak_the_language_of_the_house() -> None:
    """A request of an earlier test may have left its own language behind."""
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
