"""How a mechanism or an app adds a command to ``linli``: a tuple ``COMMANDS`` in its own ``commands.py``."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _no_arguments(parser: ArgumentParser) -> None:
    """A command without words of its own."""


@dataclass(frozen=True)
class Command:
    """``linli <name> …``.

    ``run(options)`` returns an exit code, or None for success; it is a function, or its dotted address
    ``"package.module:function"``, imported when the command is run, so that heavy libraries stay out of the
    way of the others. ``arguments(parser)`` adds options. With ``django`` (the default) Django stands ready
    before ``run``; a pure command says ``django=False``, one of which only some verbs need it a function of the
    options. A ``Refusal`` raised by ``run`` is printed as its
    sentence.
    """

    name: str
    help: str
    run: Callable[[Namespace], int | None] | str
    arguments: Callable[[ArgumentParser], None] = _no_arguments
    django: bool | Callable[[Namespace], bool] = True


class Malformed(ValueError):
    """What is wrong with a file a command was given: where, and what was expected. Its run ends with 2."""

    def __init__(self, file: Path, line: int, expected: str) -> None:
        super().__init__(f"{file}:{line}: {expected}")
