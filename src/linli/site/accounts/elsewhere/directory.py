"""An LDAP directory, over TLS only: whose name and password these are, and who is in it at all.

The house searches with an account of its own, then binds as the entry that was found (RFC 4513, section 5.1.3). A
question takes so many seconds and no more, whatever the server does meanwhile.
"""

import ssl
import struct
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from socket import SHUT_RDWR
from typing import Any
from uuid import UUID

from pyasn1.error import PyAsn1Error  # type: ignore[import-untyped,unused-ignore]  # untyped library

from linli.site.accounts.elsewhere import NotProved, Proof, Unanswered

CONNECTING, ASKING, LISTING = 4, 8, 120
"""Seconds to connect, to find and check one person, to list everybody."""
PAGE, PAGING, SUCCESS = 500, "1.2.840.113556.1.4.319", 0
LONGEST_NAME, LONGEST_PASSWORD = 150, 500
MICROSOFT = "objectguid"
"""The one subject that is kept as sixteen octets."""


UNREADABLE = (OSError, ValueError, TypeError, LookupError, AttributeError, struct.error, PyAsn1Error)
"""What is no LDAP at all breaks in the library's decoder with whatever comes first."""


@dataclass(frozen=True)
class Everybody:
    """Who is in the directory: subjects and staff numbers."""

    subjects: frozenset[str]
    numbers: frozenset[str]


def _ldap3() -> Any:
    """The library, which imports names that the one below it would rather see spelled otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        library: Any = import_module("ldap3")
        for part in ("core.exceptions", "utils.conv"):
            import_module(f"ldap3.{part}")
    return library


def _tls(authority: str) -> Any:
    """TLS as the interpreter does it: chain and name are checked before a word is said."""

    def wrap_socket(connection: Any, **_handshake: bool) -> None:
        context = ssl.create_default_context(cafile=authority or None)
        plain = connection.socket
        try:
            connection.socket = context.wrap_socket(plain, server_hostname=connection.server.host)
        except OSError:
            plain.close()
            raise

    tls = _ldap3().Tls(validate=ssl.CERT_REQUIRED)
    tls.wrap_socket = wrap_socket  # its own check asks the interpreter for what newer ones no longer have
    return tls


def _hang_up(connection: Any) -> None:
    line = connection.socket
    if line is not None:
        with suppress(OSError):  # closed in the same moment
            line.shutdown(SHUT_RDWR)


@contextmanager
def _asking(own: Mapping[str, Any], user: str, password: str, seconds: int) -> Iterator[Any]:
    """A connection bound as ``user``. Raises Unanswered for every trouble but a wrong password: NotProved."""
    ldap3 = _ldap3()
    troubles = ldap3.core.exceptions
    server = ldap3.Server(
        own["host"],
        own["port"],
        use_ssl=not own["start_tls"],
        tls=_tls(own["authority"]),
        get_info=ldap3.NONE,
        connect_timeout=CONNECTING,
    )
    words = {"raise_exceptions": True, "receive_timeout": ASKING, "check_names": False, "auto_referrals": False}
    connection = ldap3.Connection(server, user, password, read_only=True, **words)
    clock = threading.Timer(seconds, _hang_up, (connection,))
    clock.daemon = True
    clock.start()
    try:
        connection.open(read_server_info=False)
        if own["start_tls"]:
            connection.start_tls(read_server_info=False)
        connection.bind(read_server_info=False)
        yield connection
    except troubles.LDAPInvalidCredentialsResult as error:
        raise NotProved("a wrong name or password") from error
    except (troubles.LDAPException, *UNREADABLE) as error:
        raise Unanswered(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        clock.cancel()
        line = connection.socket
        with suppress(Exception):  # the line may be gone already
            connection.unbind()
        if line is not None:
            line.close()


def _wanted(own: Mapping[str, Any]) -> list[str]:
    return [name for name in (own["subject"], own["staff_number"]) if name]


def _text(entry: Mapping[str, Any], name: str) -> str:
    """The only value of an attribute, however it is spelled; "" where there is none or several."""
    found = {key.lower(): values for key, values in entry["raw_attributes"].items()}.get(name.lower(), [])
    if not name or len(found) != 1:
        return ""
    if name.lower() == MICROSOFT:
        return str(UUID(bytes_le=found[0])) if len(found[0]) == 16 else ""
    return str(found[0].decode("utf-8", "replace")).strip()


def _entries(connection: Any, own: Mapping[str, Any], query: str) -> list[Mapping[str, Any]]:
    """Whatever the search finds, page by page. A list that was cut short is a trouble, not a list."""
    found: list[Mapping[str, Any]] = []
    cookie: bytes | None = None
    while True:
        connection.search(own["base"], query, attributes=_wanted(own), paged_size=PAGE, paged_cookie=cookie)
        if connection.result["result"] != SUCCESS:  # the library takes some troubles for an answer
            raise Unanswered(f"the directory answered with {connection.result['description']}")
        found += [one for one in connection.response if one["type"] == "searchResEntry"]
        cookie = connection.result.get("controls", {}).get(PAGING, {}).get("value", {}).get("cookie")
        if not cookie:
            return found


def prove(own: Mapping[str, Any], *, name: str, password: str) -> Proof:
    """Whose name and password these are. Raises NotProved, Unanswered."""
    if not name or not password or len(name) > LONGEST_NAME or len(password) > LONGEST_PASSWORD or "\0" in password:
        raise NotProved("no name or no password")  # an empty password would bind as nobody, and succeed
    try:
        with _asking(own, own["bind"], own["password"], ASKING) as connection:
            escaped = _ldap3().utils.conv.escape_filter_chars(name)
            found = _entries(connection, own, f"(&{own['filter']}({own['name']}={escaped}))")
    except NotProved as error:
        raise Unanswered("the directory does not take the house's own account") from error
    if len(found) != 1:
        raise NotProved("nobody, or several")
    with _asking(own, found[0]["dn"], password, ASKING):
        return Proof(_text(found[0], own["subject"]), _text(found[0], own["staff_number"]))


def everybody(own: Mapping[str, Any]) -> Everybody:
    """Who is in the directory now. Raises Unanswered where that cannot be said for certain."""
    try:
        with _asking(own, own["bind"], own["password"], LISTING) as connection:
            found = _entries(connection, own, own["filter"])
    except NotProved as error:
        raise Unanswered("the directory does not take the house's own account") from error
    subjects = frozenset(_text(one, own["subject"]) for one in found) - {""}
    return Everybody(subjects, frozenset(_text(one, own["staff_number"]) for one in found) - {""})
