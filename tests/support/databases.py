"""Gives each test process its own database: a SQLite file, or PostgreSQL where ``DATABASE_URL`` names one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Name a SQLite test database as a file in this process's home, so that child processes can open it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = str(Path(settings.LINLI_HOME) / "test.sqlite3")
        database.setdefault("TEST", {})["NAME"] = name


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
    """On SQLite, skip what only PostgreSQL shows; on PostgreSQL, leave out what no database changes."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        skip = pytest.mark.skip(reason="shown on PostgreSQL only")
        for item in items:
            if item.get_closest_marker("postgres_only"):
                item.add_marker(skip)
        return
    left_out = [item for item in items if not touches_a_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if touches_a_database(item)]


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
