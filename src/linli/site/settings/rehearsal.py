"""A rehearsal is a house of its own, known by a mark in its folder: nothing of the real house's environment reaches it."""

from collections.abc import MutableMapping
from pathlib import Path

MARK = "rehearsal.json"
"""The file that makes a folder a rehearsal; ``linli rehearsal begin`` writes it first and ``end`` removes it last."""
SHARED = frozenset(
    f"LINLI_{name}"
    for name in (
        "HOME", "HOSTS", "ORIGINS", "LOGS", "FONTS", "HOTLINE", "OFFICE_HOURS", "IDLE_MINUTES", "MAP_NUMBER", "MAP_NAME",
        "MAP_TILES", "MAP_KEY", "BEHIND_PROXY", "HSTS_SECONDS", "CERTIFICATE", "SECOND_STEP",
    )
)  # fmt: skip
"""What a rehearsal may know of the house beside it. No database, keys, storage, directory, collector or gateway."""


def set_apart(environment: MutableMapping[str, str], home: Path) -> bool:
    """Whether ``home`` is a rehearsal; then everything that leads out of it is taken from the environment."""
    if not (home / MARK).is_file():
        return False
    for name in [name for name in environment if name.startswith(("LINLI_", "DATABASE_URL"))]:
        if name not in SHARED:
            del environment[name]
    return True
