"""``linli rehearsal begin|end|list``: a house beside the real one to practise in, wiped whole afterwards."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path


def arguments(parser: ArgumentParser) -> None:
    """The words of the command."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, said in (
        ("begin", "make one in an empty folder, with what is set up here and nobody's data"),
        ("end", "wipe the one in this folder; its record stays here"),
    ):
        own = verbs.add_parser(verb, help=said)
        own.add_argument("folder", type=Path)
        own.add_argument("--name", required=True, help="its name, such as 2027; to wipe it, type it again")
        own.add_argument("--by", required=True, metavar="USERNAME", help="the system administrator who decided it")
    verbs.add_parser("list", help="what was rehearsed, and what was wiped")
    verbs.add_parser("ready", help="the last step of begin, inside the rehearsal")


def run(options: Namespace) -> None:
    """Begin, end or list. Raises Trouble."""
    from django.utils.translation import gettext as _

    from linli.site.commands.keeping import Bar
    from linli.site.opening import rehearsing
    from linli.site.opening.models import Rehearsal

    if options.verb == "begin":
        bar = Bar()
        row = rehearsing.begin(options.folder, name=options.name, by=options.by, progress=bar)
        bar.end()
        said = _("The rehearsal %(name)s is ready. Start it: LINLI_HOME=%(folder)s linli up --port 8001")
        sys.stdout.write(said % {"name": row.name, "folder": row.folder} + "\n")
    elif options.verb == "end":
        row = rehearsing.end(options.folder, name=options.name, by=options.by)
        said = _("The rehearsal %(name)s is wiped: %(rows)s rows.")
        sys.stdout.write(said % {"name": row.name, "rows": f"{row.rows_wiped:,}"} + "\n")
    elif options.verb == "ready":
        rehearsing.ready()
    else:
        for row in Rehearsal.objects.filter(is_here=False).order_by("begun_at"):
            until = f"{row.ended_at:%Y-%m-%d} {row.ended_by} {row.rows_wiped:,}" if row.ended_at else "…"
            sys.stdout.write(f"{row.name}\t{row.begun_at:%Y-%m-%d} {row.begun_by}\t{until}\t{row.folder}\n")
