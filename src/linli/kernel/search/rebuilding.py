"""What ``linli search`` does, in a sentence for the terminal."""

import sys
from argparse import Namespace

from django.utils.translation import ngettext

from linli.kernel.search.writing import rebuild


def run(options: Namespace) -> None:
    """Rebuild, and say how many records can be found."""
    count = rebuild()
    said = ngettext("%(count)s record can be found.", "%(count)s records can be found.", count)
    sys.stdout.write(said % {"count": count} + "\n")
