"""``linli needs likeness [--rebuild]``: how many needs are in the index of likeness; the whole of it built anew."""

import json
import sys
from argparse import Namespace

from django.utils.translation import gettext as _

from linli.apps.needs.models import Sketch
from linli.apps.needs.services.likeness import rebuild_likeness


def run(options: Namespace) -> int:
    """Print how many needs are in the index; with ``--rebuild`` after it was built anew. Nobody waits for it."""
    before = Sketch.objects.count()
    now = rebuild_likeness() if options.rebuild else before
    if options.json:
        sys.stdout.write(json.dumps({"before": before, "indexed": now}) + "\n")
    else:
        figures = {"before": before, "now": now}
        sys.stdout.write(_("Needs in the index of likeness: %(now)s (before: %(before)s)") % figures + "\n")
    return 0
