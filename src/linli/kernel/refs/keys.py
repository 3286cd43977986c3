"""Keys of rows: time-ordered UUIDs (RFC 9562, version 7); secret rows take random ones (version 4)."""

import secrets
import time
import uuid


def new_key() -> uuid.UUID:
    """A UUID whose first 48 bits are milliseconds since 1970 and the next 12 the fraction of that millisecond
    (RFC 9562, section 6.2, method 3), so that rows sort as they were made.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def random_key() -> uuid.UUID:
    """A UUID that tells nothing about when, or in which order, its row was made."""
    return uuid.uuid4()
