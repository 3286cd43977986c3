"""``linli import WHAT FILE``: tickets and needs by their own reading, every other table as the desk would take it."""

import json
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

SHEETS = {
    "catalog": ("ordering.catalog", "the menu of services by community and month"),
    "organizations": ("organizations.organization", "organizations with seat, credit code and contact"),
    "projects": ("projects.earlier", "the register of projects of earlier years"),
    "scores": ("projects.earlier_scores", "score tables of earlier reviews, a column a seat"),
}
"""What can be imported as the desk would take it: the sheet's name and what it holds."""
EXPORTS = {
    "tickets": "an export of 12345",
    "grid": "an export of the grid system or of 综治",
    "needs": "a list of needs kept in Excel",
}


def arguments(parser: ArgumentParser) -> None:
    """What can be said of each kind of table."""
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for what, told in EXPORTS.items():
        own = _file(kinds.add_parser(what, help=told, description=told))
        own.add_argument("--mapping", default="", metavar="NAME", help="what was said of the columns on the desk")
        own.add_argument("--street", default="", metavar="CODE", help="code or name, where there are several streets")
        own.add_argument("--ignore", default="", metavar="TITLES", help="columns not needed, parted by commas")
    for what, (_sheet, told) in SHEETS.items():
        own = _file(kinds.add_parser(what, help=told, description=told))
        own.add_argument("--account", default="", metavar="NAME", help="the account in whose name it is entered")
        own.add_argument("--dry-run", action="store_true", help="only say what would become of every row")


def _file(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help=".xlsx, .xls, .ods or .csv")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def run(options: Namespace) -> int:
    """Import, say what became of the rows. Exit code 1 where every row was left out."""
    if options.what in EXPORTS:
        code: int = import_module("linli.apps.needs.commands.importing").run(options)
        return code
    return _take_in(options)


def _take_in(options: Namespace) -> int:
    from django.core.files import File
    from django.utils.translation import gettext as _

    from linli.kernel import tables
    from linli.kernel.errors import Missing
    from linli.site.commands.imported import account_named, lines_of, told_of

    name = SHEETS[options.what][0]
    actor = account_named(options.account, name)
    if not options.file.is_file():
        raise Missing(_("There is no file %(file)s.") % {"file": options.file.name})
    with options.file.open("rb") as body:
        batch = tables.take_in(File(body, name=options.file.name), sheet=name, actor=actor, only_look=options.dry_run)
    told = told_of(batch)
    sys.stdout.write((json.dumps(told, ensure_ascii=False) if options.json else "\n".join(lines_of(told))) + "\n")
    if batch.state == tables.ImportState.PREVIEW:
        tables.cancel(batch, actor=actor)
    return 1 if told["rows"] and told["bad"] == told["rows"] else 0
