"""``linli allocate``: winners of a budget's election from a file."""

from argparse import ArgumentParser

from linli.kernel.contributions.commands import Command

RULES = ("greedy", "equal-shares", "phragmen")
UTILITIES = ("cost", "cardinality", "points")
COMPLETIONS = ("none", "add1", "greedy")


def _allocate(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pb", help="an election in Pabulib form")
    parser.add_argument("--rule", choices=RULES, required=True)
    parser.add_argument("--utility", choices=UTILITIES, help="default: cost; points for points ballots")
    parser.add_argument("--completion", choices=COMPLETIONS, default="none", help="of equal shares (default: none)")
    parser.add_argument("--json", action="store_true", help="one JSON object")


COMMANDS = (
    Command(
        "allocate",
        "Find the winners of an election over a budget",
        "linli.algorithms.allocation.command:run",
        _allocate,
        django=False,
    ),
)
