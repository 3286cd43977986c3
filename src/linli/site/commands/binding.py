"""What ``linli setup`` writes about roles of PostgreSQL: whose schema they work in, and what a door's role may do.

The role carries the search path, so that a connection needs no word of its own: a pooler that lends connections for one
transaction each (pgbouncer) may hand any of them to anybody.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext as _

from linli.site.troubles import Trouble

BOUND = (
    "SELECT split_part(word, '=', 2) FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole "
    "JOIN pg_database ON pg_database.oid = setdatabase, unnest(setconfig) AS word "
    "WHERE rolname = %s AND datname = current_database() AND word LIKE 'search_path=%%'"
)


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it is made of."""
    return connection.ops.quote_name(name.replace('"', '""'))


def bind() -> None:
    """Make the schema named by ``?schema=`` and let the role carry it. Nothing where none is named. Raises Trouble."""
    schema = settings.LINLI_SCHEMA
    if connection.vendor != "postgresql" or not schema:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, database = (str(word) for word in cursor.fetchone())
        cursor.execute(BOUND, [role])
        row = cursor.fetchone()
    if row and str(row[0]).strip('"') == schema == _current():
        return
    _refuse_another(role, str(row[0]).strip('"') if row else schema)
    _make(schema, role)
    _carry(role, database, schema)
    connection.close()
    if _current() != schema:
        raise Trouble(
            _(
                "The role %(role)s carries the schema %(schema)s now, but the connection does not know it yet. "
                "Reload the pooler (RECONNECT), then run linli setup again."
            )
            % {"role": role, "schema": schema}
        )


def _current() -> str | None:
    """The schema a new table would come to; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        found: str | None = cursor.fetchone()[0]
    return found


def _refuse_another(role: str, held: str) -> None:
    """A role that carries the schema of another district is not taken from it. Raises Trouble."""
    if held != settings.LINLI_SCHEMA:
        raise Trouble(
            _("The role %(role)s works in the schema %(held)s already. Give each district a role of its own.")
            % {"role": role, "held": held}
        )


def _make(schema: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
        if cursor.fetchone():
            return
    _run(f"CREATE SCHEMA {quoted(schema)} AUTHORIZATION {quoted(role)}")


def _carry(role: str, database: str, schema: str) -> None:
    _run(f"ALTER ROLE {quoted(role)} IN DATABASE {quoted(database)} SET search_path = {quoted(schema)}")


def _run(words: str) -> None:
    """Run one statement; where this role may not, say who may. Raises Trouble."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    except ProgrammingError as error:
        raise Trouble(
            _("This role may not do it itself. Let the administrator of the database run: %(words)s;")
            % {"words": words}
        ) from error


def grant(roles: Sequence[str]) -> None:
    """Let each role (of a door) read and write rows of this house, but change no table. Raises Trouble."""
    if connection.vendor != "postgresql":
        if roles:
            raise Trouble(_("Roles are PostgreSQL's. A SQLite file has none: leave --grant away."))
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = (str(word) for word in cursor.fetchone())
    for name in roles:
        role, where = quoted(name), quoted(schema)
        for words in (
            f"GRANT USAGE ON SCHEMA {where} TO {role}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {where} TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {where} TO {role}",
            f"REVOKE INSERT, UPDATE, DELETE ON {where}.django_migrations FROM {role}",
            f"ALTER ROLE {role} IN DATABASE {quoted(database)} SET search_path = {where}",
        ):
            _run(words)
