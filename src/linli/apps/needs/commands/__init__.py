"""What needs adds to ``linli``: ``linli needs …``, each verb a module, most without Django."""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

from linli.kernel.contributions.commands import Command


def _duplicates(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="columns id,text[,time,place]")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _train(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.csv[.gz]", help="columns text,label; words cut or not")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the model is written")


def _classify(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="columns id,text")
    parser.add_argument("--model", type=Path, required=True, metavar="FILE", help="what linli needs train wrote")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _likeness(parser: ArgumentParser) -> None:
    parser.add_argument("--rebuild", action="store_true", help="build the whole index anew from the needs")
    parser.add_argument("--json", action="store_true", help="one JSON object")


VERBS = {
    "classify": ("What each text is about, by a learned model", _classify),
    "duplicates": ("Groups of reports that say the same", _duplicates),
    "likeness": ("The index by which like needs are found: how many are in it", _likeness),
    "train": ("Learn a model from labelled texts", _train),
}


ON_THE_HOUSE = {"likeness"}
"""Verbs that read the house; the others work on files alone, without Django."""


def _arguments(parser: ArgumentParser) -> None:
    words = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, (told, arguments) in VERBS.items():
        arguments(words.add_parser(verb, help=told, description=told))


def _run(options: Namespace) -> int | None:
    code: int | None = import_module(f"linli.apps.needs.commands.{options.verb}").run(options)
    return code


def _on_the_house(options: Namespace) -> bool:
    return options.verb in ON_THE_HOUSE


COMMANDS = (
    Command(
        "needs",
        "Residents' needs: learn, classify, find copies",
        _run,
        _arguments,
        django=lambda options: options.verb in ON_THE_HOUSE,
    ),
)
