"""The signature of a message: HMAC-SHA256 over its time and its body, with the endpoint's own secret."""

import hashlib
import hmac
from datetime import datetime

HEADER = "Linli-Signature"
TOLERANCE = 300
"""Seconds a message may be old; older ones are repeats of somebody who listened."""


def _mac(secret: str, moment: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def signature(secret: str, body: bytes, *, at: datetime) -> str:
    """``t=<seconds since 1970>,v1=<hex>``."""
    moment = int(at.timestamp())
    return f"t={moment},v1={_mac(secret, moment, body)}"


def is_genuine(header: str, secret: str, body: bytes, *, at: datetime) -> bool:
    """Whether ``header`` signs ``body`` with ``secret`` and is at most five minutes from ``at``."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    moment = parts.get("t", "")
    if not moment.isdigit() or abs(int(at.timestamp()) - int(moment)) > TOLERANCE:
        return False
    return hmac.compare_digest(_mac(secret, int(moment), body), parts.get("v1", ""))
