"""``linli ledger verify``: every sum of the ledger, summed anew."""

from argparse import ArgumentParser

from linli.kernel.contributions.commands import Command


def _ledger(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("verify", "check"), help="sum everything anew and tell what does not agree")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


COMMANDS = (Command("ledger", "Check that the ledger adds up", "linli.apps.ledger.services.checking:run", _ledger),)
