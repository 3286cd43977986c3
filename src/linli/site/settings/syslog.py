"""The collector outside the house that is sent the record, from the environment. Without its address nobody is."""

import re
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"udp": 514, "tcp": 601, "tls": 6514}
ENTERPRISE = "32473"
"""The number IANA keeps for examples (RFC 5612): for a house whose district has none of its own."""
FORM = "LINLI_SYSLOG is written like tls://logs.example.org:6514; tcp:// and udp:// are the other ways"


def collector(environment: Mapping[str, str]) -> dict[str, Any]:
    """``LINLI_SYSLOG``: ``way``, ``host``, ``port``, ``authority``, ``certificate``, ``enterprise``, ``name``; or {}.

    Raises ImproperlyConfigured for an address or a number that cannot be used.
    """
    address = environment.get("LINLI_SYSLOG", "").strip()
    if not address:
        return {}
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(FORM) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(FORM)
    enterprise = environment.get("LINLI_SYSLOG_ENTERPRISE", "").strip() or ENTERPRISE
    if not re.fullmatch(r"\d{1,10}", enterprise, re.ASCII):
        raise ImproperlyConfigured("LINLI_SYSLOG_ENTERPRISE is the number IANA gave, digits only")
    name = environment.get("LINLI_SYSLOG_NAME", "").strip() or socket.gethostname()
    return {
        "way": parts.scheme,
        "host": parts.hostname,
        "port": port or PORTS[parts.scheme],
        "authority": environment.get("LINLI_SYSLOG_CA", "").strip(),
        "certificate": environment.get("LINLI_SYSLOG_CERTIFICATE", "").strip(),
        "enterprise": enterprise,
        "name": re.sub(r"[^!-~]", "", name)[:255] or "-",
    }
