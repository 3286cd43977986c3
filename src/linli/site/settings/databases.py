"""The database of a house, from its address."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import dj_database_url

SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;"
    "PRAGMA cache_size=-16000;"  # 16 MB a connection, where needed: a large import takes half the time
)


def schema_of(url: str) -> str:
    """The PostgreSQL schema named by ``?schema=``; empty: the role's own search path."""
    return dict(parse_qsl(urlsplit(url).query)).get("schema", "")


def database(url: str, *, pooled: bool = False) -> dict[str, Any]:
    """Django's settings of the database at ``url``. Every other word behind the ``?`` is libpq's own.

    Several servers, of which one takes writes: ``postgresql://linli@/linli?host=a,b&port=5432,5432&
    target_session_attrs=read-write``. The schema stands in no connection: the role carries it, so that a connection is
    like any other (``linli setup`` writes it). ``pooled``: between us and the server stands a pooler that lends a
    connection for one transaction (pgbouncer), so that no cursor may outlive its transaction.
    """
    address, _mark, query = url.partition("?")
    words = urlencode([(name, text) for name, text in parse_qsl(query) if name != "schema"])
    told = dj_database_url.parse(f"{address}?{words}" if words else address, conn_max_age=60, conn_health_checks=True)
    config: dict[str, Any] = dict(told)
    if config["ENGINE"].endswith("sqlite3"):
        config["CONN_MAX_AGE"] = None
        config["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE}
        return config
    config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    config["DISABLE_SERVER_SIDE_CURSORS"] = pooled
    return config
