"""``linli search``: the index anew."""

from argparse import ArgumentParser

from linli.kernel.contributions.commands import Command


def _search(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("rebuild",), help="index every record anew and forget what is gone")


COMMANDS = (Command("search", "Keep the search index", "linli.kernel.search.rebuilding:run", _search),)
