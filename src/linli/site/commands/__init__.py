"""The commands of the house itself; those of a mechanism or an app stand in its own folder."""

import os
from argparse import ArgumentParser
from pathlib import Path

from linli.kernel.contributions.commands import Command


def _up(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="default: 8000")
    parser.add_argument("--lan", action="store_true", help="let phones on this network in; prints a QR code")
    parser.add_argument("--tls", action="store_true", help="https with a certificate of its own")
    parser.add_argument("--demo", action="store_true", help="build the demo street where there is none")
    parser.add_argument("--processes", type=int, default=1, help="web processes (default: 1)")
    parser.add_argument("--threads", type=int, default=8, help="threads in each (default: 8)")
    parser.add_argument("--workers", type=int, default=1, help="job workers (default: 1)")


def _demo(parser: ArgumentParser) -> None:
    parser.add_argument("--residents", type=int, default=0, help="how many on the roster (default: some hundreds)")


def _check(parser: ArgumentParser) -> None:
    parser.add_argument("--deploy", action="store_true", help="also what a real house must have")
    parser.add_argument("--database", action="store_true", help="also whether the database answers and is set up")
    parser.add_argument("--host", action="store_true", help="also this machine: disk, clock, certificate, rights, …")
    parser.add_argument(
        "--mlps3", action="store_true", help="print the controls of 等保三级 with their evidence instead"
    )
    parser.add_argument("--format", choices=("text", "md", "xlsx"), default="text", help="of --mlps3 (default: text)")
    parser.add_argument("--to", type=Path, help="the file --mlps3 is written to (default: printed)")


def _setup(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--grant",
        action="append",
        default=[],
        metavar="ROLE",
        help="let this PostgreSQL role of a door read and write rows",
    )


def _createadmin(parser: ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--name", default="", help="the person's name (default: the user name)")
    parser.add_argument("--password", default="", help="asked for, or read from standard input, where not given")
    parser.add_argument("--district", default="", help="the district's name, on an empty database")
    parser.add_argument("--code", default="", help="its statistical code of 12 digits, on an empty database")


def _setpassword(parser: ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--password", default="", help="asked for, or read from standard input, where not given")


def _dropsecondstep(parser: ArgumentParser) -> None:
    parser.add_argument("username")


def _directory(parser: ArgumentParser) -> None:
    parser.add_argument("--close", action="store_true", help="close out whoever is gone, however many they are")


def _messages(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("extract", "update", "compile"))
    parser.add_argument("folders", nargs="*", help="only these (default: every folder of the house)")


def _bench(parser: ArgumentParser) -> None:
    parser.add_argument("subject", nargs="?", default="", help="which (none: list them)")
    parser.add_argument("words", nargs="*", help="words for the bench itself")


def _room(parser: ArgumentParser) -> None:
    from linli.site.commands.room import arguments

    arguments(parser)


def _files(parser: ArgumentParser) -> None:
    from linli.site.commands.scanner import arguments

    arguments(parser)


def _import(parser: ArgumentParser) -> None:
    from linli.site.commands.importing import arguments

    arguments(parser)


def _docs(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("lifecycles", "map", "openapi"))


def _audit(parser: ArgumentParser) -> None:
    from linli.site.commands.auditing import arguments

    arguments(parser)


def _backup(parser: ArgumentParser) -> None:
    parser.add_argument("target", type=Path, help="a folder, or a new file")
    parser.add_argument("--keep", type=int, default=0, help="then remove all copies in the folder but the newest N")
    parser.add_argument("--verify", action="store_true", help="read the copy TARGET to its end instead of making one")


def _restore(parser: ArgumentParser) -> None:
    parser.add_argument("copy", type=Path, help="what linli backup wrote")
    parser.add_argument("--replace", action="store_true", help="put it in the place of the house that is here")


def _rehearsal(parser: ArgumentParser) -> None:
    from linli.site.commands.rehearsal import arguments

    arguments(parser)


def _move(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, help="DATABASE_URL of an empty database")


COMMANDS = (
    Command(
        "audit",
        "Anchor the audit, prove it, or gather what an audit asks for",
        "linli.site.commands.auditing:run",
        _audit,
    ),
    Command(
        "room",
        "Play a review on a laptop without internet, and merge it once",
        "linli.site.commands.room:run",
        _room,
        django=False,
    ),
    Command("backup", "Make a sealed copy of the house while it runs", "linli.site.commands.keeping:backup", _backup),
    Command("restore", "Bring a house back from its copy", "linli.site.commands.keeping:restore", _restore),
    Command("move-database", "Write the house into another, empty database", "linli.site.commands.keeping:move", _move),
    Command(
        "rehearsal",
        "Practise a year in a house beside this one, and wipe it",
        "linli.site.commands.rehearsal:run",
        _rehearsal,
    ),
    Command("import", "Bring a table in from Excel", "linli.site.commands.importing:run", _import),
    Command("files", "Take in what a scanner drops into a folder", "linli.site.commands.scanner:run", _files),
    Command(
        "setup", "Make or bring up to date the database; safe to run again", "linli.site.commands.setup:run", _setup
    ),
    Command("up", "Run the site: web server, job worker, scheduler", "linli.site.commands.up:run", _up),
    Command("worker", "Run one job worker", "linli.site.commands.background:worker"),
    Command("scheduler", "Run the scheduler of periodic jobs", "linli.site.commands.background:scheduler"),
    Command("check", "Find what is wrong with this house", "linli.site.commands.check:run", _check),
    Command("demo", "Build the demo street", "linli.site.commands.demo:run", _demo),
    Command("createadmin", "Make the first system administrator", "linli.site.commands.admin:run", _createadmin),
    Command("setpassword", "Give an account a new password", "linli.site.commands.admin:set_password", _setpassword),
    Command(
        "dropsecondstep",
        "Take the second step off an account whose phone and recovery codes are lost",
        "linli.site.commands.admin:drop_second_step_of",
        _dropsecondstep,
    ),
    Command("directory", "Who is gone from the district's directory", "linli.site.commands.directory:run", _directory),
    Command("messages", "Keep the translations", "linli.site.messages.verbs:run", _messages),
    Command("bench", "Measure: ratios within one run", "linli.site.commands.bench:run", _bench),
    Command("docs", "Print what the code says of itself", "linli.site.commands.docs:run", _docs),
)
