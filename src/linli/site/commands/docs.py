"""``linli docs``: diagrams and tables printed from the code itself."""

import sys
from argparse import Namespace

from linli.kernel.api.openapi import text_of
from linli.site.docs import lifecycles, map_of_names


def openapi() -> str:
    """The interface for other systems, as checked in at ``docs/openapi.json``."""
    from linli.site.api import SHELL  # Django must stand ready first

    return text_of(SHELL).rstrip("\n")


TEXTS = {"lifecycles": lifecycles, "map": map_of_names, "openapi": openapi}


def run(options: Namespace) -> None:
    """Print the asked one."""
    sys.stdout.write(TEXTS[options.what]() + "\n")
