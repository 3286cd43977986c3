"""``linli keys``: a new key, and everything sealed written anew under it."""

from argparse import ArgumentParser

from linli.kernel.contributions.commands import Command


def _keys(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("rotate", "reseal"), help="reseal finishes a rotation that was broken off")
    parser.add_argument(
        "--purpose", choices=("fields", "lookup", "owners"), default="fields", help="which key (default: fields)"
    )
    parser.add_argument("--later", action="store_true", help="let a worker of the running site write everything anew")


COMMANDS = (Command("keys", "Change the keys of sealed columns", "linli.kernel.privacy.changing:run", _keys),)
