"""What reviews adds to ``linli``: ``calibrate`` and ``panels``, both without Django."""

from argparse import ArgumentParser
from pathlib import Path

from linli.kernel.contributions.commands import Command


def _calibrate(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV in long form: entry,judge,score[,panel]")
    parser.add_argument("--method", choices=("mean", "trimmed", "effects"), default="mean")
    parser.add_argument("--seed", type=int, default=0, help="of the draws behind the intervals")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")


def _panels(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JSON: units, groups, days, minutes, change_over")
    parser.add_argument("--seconds", type=float, default=20.0, help="give up proving after so long")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table")


COMMANDS = (
    Command(
        "calibrate",
        "Scores of entries from the marks of judges",
        "linli.apps.reviews.commands.calibrate:run",
        _calibrate,
        django=False,
    ),
    Command(
        "panels",
        "Panels and days for units and their projects",
        "linli.apps.reviews.commands.panels:run",
        _panels,
        django=False,
    ),
)
