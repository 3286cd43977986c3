"""``linli docs``: diagrams and tables printed from the code itself."""

import sys
from argparse import Namespace


def run(options: Namespace) -> None:
    """Print the asked one."""
    from linli.site import docs

    sys.stdout.write(getattr(docs, options.what)() + "\n")
