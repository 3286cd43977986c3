"""``linli export hsds``: the service directory for other systems."""

from argparse import ArgumentParser
from pathlib import Path

from linli.kernel.contributions.commands import Command


def _export(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("hsds",), help="the service directory in the shapes of HSDS 3")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.json", help="default: standard output")
    parser.add_argument(
        "--site", default="http://127.0.0.1:8000", metavar="ADDRESS", help="where residents reach the portal"
    )


COMMANDS = (Command("export", "Write what others read", "linli.apps.ordering.commands.exporting:run", _export),)
