"""What the parts of a copy are called, and who is told how far the work is."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

FORMAT = 1
HOUSE, END = "house.json", "end.json"
Progress = Callable[[str, int, int], None]
"""Told what is under way, how much is done and of how much."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Nobody looks on."""


def anchors() -> Path:
    """The folder of the audit's anchors."""
    return Path(settings.LINLI_HOME) / "anchors"
