"""Set-ups that many tests begin with are made by the verbs once a process, then written again row for row.

``@remembered`` stands on a factory. Called the first time from a given state of the database, the factory runs, and
every statement it writes is kept beside what it returns. Called again from that very state (an empty database, or one
in which nothing but remembered factories wrote) with equal arguments, the statements are written again, without all
that the verbs asked and reckoned between them, and an equal result comes back. Everything else runs as if the decorator
were not there: a test that wrote something itself, that commits, that moves the clock; a factory that stores files.
"""

import dataclasses
import functools
import io
import itertools
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import pytest

P = ParamSpec("P")
R = TypeVar("R")

LONGEST = 300.0
"""Seconds after which everything is forgotten: no row is older than that when a test takes it for new."""
PLAIN = (type(None), bool, int, float, str, bytes, Decimal, date, datetime, timedelta, UUID, Enum)
HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA")
EMPTY = ("places_place", "people_user", "audit_chainhead")
"""Tables in which every set-up leaves rows; where they are empty, the database is."""


class Strange(Exception):
    """A call that cannot be remembered."""


@dataclasses.dataclass
class Deed:
    """What one call wrote and returned; ``safe`` is False where writing it again would not be the same."""

    statements: list[tuple[str, Any, bool, int]] = dataclasses.field(default_factory=list)
    result: bytes = b""
    safe: bool = True
    state: int = dataclasses.field(default_factory=itertools.count(1).__next__)
    """Where the database stands after it."""


@dataclasses.dataclass
class Memory:
    """What this process remembers, and where the test that runs now stands."""

    deeds: dict[Any, Deed] = dataclasses.field(default_factory=dict)
    recording: list[Deed] = dataclasses.field(default_factory=list)
    state: Any = None
    """The calls made since the database was empty; None: not known, False: something else wrote."""
    since: float = 0.0

    def begin(self) -> None:
        """A test begins: nothing is known of its database."""
        self.state = None
        if time.monotonic() - self.since > LONGEST:
            self.deeds.clear()
            self.since = time.monotonic()

    def watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Around every statement of the connection: keep what is written, notice what nobody remembers."""
        done = execute(sql, params, many, context)
        if not sql.startswith(HARMLESS):
            self.state = False
            for deed in self.recording:
                deed.statements.append((sys.intern(sql), params, many, context["cursor"].rowcount))
                deed.safe = deed.safe and _can_be_said_again(sql)
        return done


MEMORY = Memory()


def _can_be_said_again(sql: str) -> bool:
    """Not so: keys the database gives, files beside the database, what was taken back."""
    if sql.startswith("INSERT"):
        return "RETURNING" not in sql and not sql.startswith('INSERT INTO "files_')
    return sql.startswith(("UPDATE", "DELETE"))


def _key(value: Any) -> Any:
    """Something hashable that equals that of equal arguments. Raises Strange."""
    from django.db.models import Model

    if isinstance(value, Model):
        if value.pk is None or value._state.adding:
            raise Strange
        return value._meta.label, value.pk
    if isinstance(value, PLAIN):
        return type(value), value
    if isinstance(value, tuple | list):
        return type(value), tuple(_key(one) for one in value)
    if isinstance(value, dict):
        return tuple((name, _key(one)) for name, one in value.items())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value), tuple(_key(getattr(value, field.name)) for field in dataclasses.fields(value))
    raise Strange


class Copier(pickle.Pickler):
    """Copies a result, with the sealed values of its records, which the house itself refuses to copy."""

    def reducer_override(self, value: Any) -> Any:
        """A sealed value by its parts; anything else as it says itself."""
        from linli.kernel.privacy.sealed import Sealed

        if type(value) is not Sealed:
            return NotImplemented
        parts = {name: getattr(value, name) for name in Sealed.__slots__}
        return object.__new__, (Sealed,), (None, parts)


def _copied(value: Any) -> bytes:
    copy = io.BytesIO()
    Copier(copy).dump(value)
    return copy.getvalue()


def _columns(values: Any) -> list[dict[str, Any]]:
    """What stands in the columns of the records among the arguments, to see whether the call changes them."""
    from django.db.models import Model

    records = [one for one in values if isinstance(one, Model)]
    return [{field.attname: one.__dict__.get(field.attname) for field in one._meta.concrete_fields} for one in records]


def _beginning() -> Any:
    """The state of an empty database: the day, the language and the keys it is filled with. False: it is not empty."""
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone, translation

    asked = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in EMPTY)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        row = cursor.fetchone()
    return not row[0] and (timezone.localdate(), translation.get_language(), str(settings.LINLI_KEYS))


def _house() -> tuple[Any, ...]:
    """What a test may have changed of the house: its settings, who hears, what is contributed."""
    from django.conf import UserSettingsHolder, settings

    from linli.kernel.contributions import contributions
    from linli.kernel.events.hearing import _subscribers

    holder, changed = settings._wrapped, []
    while isinstance(holder, UserSettingsHolder):
        changed.append(repr(sorted((name, repr(value)) for name, value in vars(holder).items() if name.isupper())))
        holder = holder.default_settings
    heard = sum(len(paths) for paths in _subscribers.values())
    return heard, len(contributions(object)), *changed


def _usual() -> bool:
    """Whether a transaction of the test stands around us and the clock goes as it does."""
    from django.db import connection
    from django.utils import timezone

    return connection.in_atomic_block and abs(timezone.now().timestamp() - time.time()) < 1


@contextmanager
def _recorded(deed: Deed) -> Iterator[None]:
    MEMORY.recording.append(deed)
    try:
        yield
    finally:
        MEMORY.recording.remove(deed)


def _write_again(deed: Deed) -> Any:
    """Write what the deed wrote; what it returned. Raises Strange, or an error of the database, and takes all back."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params, many, rows in deed.statements:
            cursor.executemany(sql, params) if many else cursor.execute(sql, params)
            changed = len(cursor.fetchall()) if "RETURNING" in sql else cursor.rowcount
            if changed != rows and ("RETURNING" not in sql or changed != 1):
                raise Strange
    return pickle.loads(deed.result)


def _watch_the_connection() -> None:
    from django.db import connection

    if MEMORY.watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, MEMORY.watch)


def _make(make: Callable[..., R], key: Any, args: Any, kwargs: Any) -> R:
    """Run the factory and keep what it does, where it can be kept."""
    deed = Deed()
    given = [*args, *kwargs.values()]
    before = _columns(given)
    with _recorded(deed):
        made = make(*args, **kwargs)
    try:
        deed.result = _copied(made)
        deed.safe = deed.safe and before == _columns(given)
    except (pickle.PicklingError, TypeError, AttributeError):
        deed.safe = False
    MEMORY.deeds[key] = deed
    if deed.safe:
        MEMORY.state = deed.state
    return made


def _call(make: Callable[..., Any], args: Any, kwargs: Any) -> tuple[Any, ...] | None:
    """What this call is remembered under; None where it cannot be."""
    if MEMORY.state is False or not _usual():
        return None
    if MEMORY.state is None:
        MEMORY.state = _beginning()
    try:
        what = make.__module__, make.__qualname__, _key(args), _key(kwargs)
    except Strange:
        return None
    return (MEMORY.state, _house(), *what) if MEMORY.state else None


def remembered(make: Callable[P, R]) -> Callable[P, R]:
    """A factory whose work is done once a process; see the head of this module."""

    @functools.wraps(make)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        from django.db import DatabaseError

        _watch_the_connection()
        call = _call(make, args, kwargs)
        if not call:
            return make(*args, **kwargs)
        deed = MEMORY.deeds.get(call)
        if deed is None:
            return _make(make, call, args, kwargs)
        if deed.safe:
            try:
                made: R = _write_again(deed)
            except (Strange, DatabaseError):
                deed.safe = False
            else:
                MEMORY.state = deed.state
                return made
        return make(*args, **kwargs)

    return again


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Each test begins from a database of its own."""
    MEMORY.begin()


def _noticed(patch: Callable[P, R]) -> Callable[P, R]:
    """A test that patches code makes its rows itself from there on."""

    @functools.wraps(patch)
    def noticed(*args: P.args, **kwargs: P.kwargs) -> R:
        MEMORY.state = False
        return patch(*args, **kwargs)

    return noticed


def pytest_configure(config: pytest.Config) -> None:
    """Notice what ``monkeypatch`` changes."""
    for verb in ("setattr", "delattr", "setitem", "delitem"):
        setattr(pytest.MonkeyPatch, verb, _noticed(getattr(pytest.MonkeyPatch, verb)))
