"""``linli docs``: diagrams and tables printed from the code itself."""

import sys
from argparse import Namespace

from linli.site.docs import lifecycles, map_of_names

TEXTS = {"lifecycles": lifecycles, "map": map_of_names}


def run(options: Namespace) -> None:
    """Print the asked one."""
    sys.stdout.write(TEXTS[options.what]() + "\n")
