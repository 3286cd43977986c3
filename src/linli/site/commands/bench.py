"""``linli bench``: runs the ``bench.py`` (or ``bench/``) of the kernel, an app or the algorithms by name."""

import sys
from argparse import Namespace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from linli.site.troubles import Trouble

HOUSE = Path(__file__).resolve().parents[2]
OTHER_NAMES = {"people": "house", "reviews": "room", "ledger": "vouchers"}
"""The lists of residents are what the house is measured by, the live room what reviews are, invoices what the
ledger is."""


def benches() -> dict[str, str]:
    """Name → dotted module of every bench: ``kernel`` for all mechanisms, else the folder's own name."""
    files = [*HOUSE.glob("kernel/bench.py"), *HOUSE.glob("kernel/bench/__init__.py")]
    files += [*HOUSE.glob("*/*/bench.py"), *HOUSE.glob("*/*/bench/__init__.py")]
    found = {}
    for file in sorted(set(files)):
        parts = file.relative_to(HOUSE).with_suffix("").parts
        words = [part for part in parts if part != "__init__"]
        found[OTHER_NAMES.get(words[-2], words[-2])] = ".".join(["linli", *words])
    return found


def run(options: Namespace) -> int | None:
    """Run one bench (its ``run(words)``), or list them. Raises Trouble for an unknown name."""
    known = benches()
    if not options.subject:
        sys.stdout.write("\n".join(known) + "\n")
        return None
    module = known.get(options.subject)
    if module is None or find_spec(module) is None:
        raise Trouble(f"There is no bench named {options.subject}. There are: {', '.join(known)}.")
    code: int | None = import_module(module).run(options.words)
    return code
