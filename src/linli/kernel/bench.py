"""``linli bench kernel``: the measurements of every mechanism, one after the other."""

from collections.abc import Sequence
from importlib import import_module

MECHANISMS = ("tables",)


def run(words: Sequence[str] = ()) -> int:
    """Run each bench with the same words; 1 where one of them missed a goal."""
    codes: list[int] = [import_module(f"linli.kernel.{name}.bench").run(words) for name in MECHANISMS]
    return max(codes)
