"""Keys of rows: time-ordered UUIDs (RFC 9562, version 7); secret rows take random ones (version 4)."""

import secrets
import time
import uuid


def new_key() -> uuid.UUID:
    """A UUID whose first 48 bits are milliseconds since 1970, so that rows sort as they were made."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def random_key() -> uuid.UUID:
    """A UUID that tells nothing about when, or in which order, its row was made."""
    return uuid.uuid4()
